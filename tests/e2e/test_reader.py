"""The reader in a browser without any extension: highlights, cards and panel by the code of the overlay, the
same text without scripts, versions side by side, and snapshots that are hostile."""

from __future__ import annotations

import asyncio
import datetime as dt
import html
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from captures import KEEPING, SALE, SHARING, capture
from captures import page as policy_page
from clauselight.settings import Settings
from clauselight.store.engine import open_archive
from e2e.support.archive import with_catalogue
from e2e.support.axe import SCHEMES, violations, violations_in_both_schemes
from e2e.support.browser import chromium
from e2e.support.server import Server, start_server
from payloads import PAYLOADS
from records import a_document

PICTURES = Path(os.environ.get("CLAUSELIGHT_TEST_PICTURES") or tempfile.mkdtemp())
"""Where pictures go: `extension/screenshots` when they are to be renewed, else nowhere that matters."""

KEPT = "CL-D-000900"
"""A document with two versions."""
HOSTILE = "CL-D-000901"
DEMO = "CL-D-000001"

OPEN_SHADOW = """const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: "open" }); };"""


def fill(folder: Path) -> None:
    """A document with two versions, and one whose snapshot tries everything."""
    first = dt.datetime(2026, 5, 1, 9, tzinfo=dt.UTC)
    second = dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC)
    archive = Settings(data=with_catalogue(folder)).archive_file
    bad = [
        f"{payload} Harmless words follow. {html.escape(payload)}" if raw else html.escape(payload)
        for payload in PAYLOADS
        for raw in (False, True)
        if raw is False
        or not payload.lower().startswith(("<!--", "<textarea", "</textarea", "</title", "<![cdata"))
    ]

    async def capture_all() -> None:
        engine = open_archive(archive)
        await capture(engine, policy_page(SALE, KEEPING), first)
        await capture(engine, policy_page(SALE, KEEPING.replace("one month", "ten years"), SHARING), second)
        await capture(engine, policy_page(SALE, *bad), first, a_document(901, "b"))
        await engine.dispose()

    # A browser's own loop may run in this thread.
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, capture_all()).result()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("read")
    fill(folder)
    with start_server(folder) as started:
        yield started


@pytest.fixture(scope="module")
def plain() -> Iterator[Browser]:
    """A browser without any extension."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def page(plain: Browser) -> Iterator[Page]:
    """A page that fails on any error of a script and on anything that its policy forbids."""
    context = plain.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(OPEN_SHADOW)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert wrong == []


def read(page: Page, server: Server, document: str) -> None:
    page.goto(f"{server.address}/documents/{document}/reader")
    page.wait_for_function(
        "() => [...CSS.highlights].some(([n, h]) => n.startsWith('clauselight') && h.size)", timeout=15_000
    )
    page.locator("clauselight-panel .item").first.wait_for()


def point_in(page: Page, words: str) -> tuple[float, float]:
    """A point inside a painted clause."""
    x, y = page.evaluate(
        """(words) => { for (const [name, highlight] of CSS.highlights) if (name.startsWith("clauselight"))
          for (const range of highlight) if (range.toString().includes(words)) {
            scrollBy({ top: range.getBoundingClientRect().top - 300, behavior: "instant" });
            const box = range.getClientRects()[0];
            return [box.x + 20, box.y + 6]; }
          return [0, 0]; }""",
        words,
    )
    assert (x, y) != (0, 0), "not painted"
    return x, y


def test_the_demo_policy_is_painted_without_the_extension(page: Page, archive: Server) -> None:
    read(page, archive, DEMO)
    painted = page.evaluate("() => [...CSS.highlights].reduce((sum, [, h]) => sum + h.size, 0)")
    assert painted >= 13
    assert page.locator("mark").count() == 0, "the marks for readers without scripts have gone"
    page.mouse.click(*point_in(page, "machine-learning models"))
    card = page.get_by_role("dialog")
    expect(card).to_contain_text("Private photos, notes and messages train AI models")
    page.wait_for_timeout(300)
    page.screenshot(path=PICTURES / "reader.png")
    card.get_by_role("button", name="Show all clauses").click()
    panel = page.locator("clauselight-panel")
    expect(panel.get_by_role("region").first).to_contain_text("Private photos")
    panel.get_by_role("button", name="Back to the list").click()
    expect(panel.get_by_role("status").first).to_contain_text("14 clauses shown")
    assert "<" not in page.locator(".policy").inner_text(), "the text, not its markup"
    assert panel.locator("[data-outcome=found].item").count() == 13
    panel.get_by_label("Search").fill("a/b")
    expect(panel.get_by_label("Search")).to_have_value("a/b")


def test_cards_open_by_keyboard_and_a_label_can_be_reported(page: Page, archive: Server) -> None:
    read(page, archive, DEMO)
    page.keyboard.press("Alt+Shift+J")
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog")
    card.wait_for()
    card.get_by_role("button", name="This label is wrong").focus()
    page.keyboard.press("Enter")
    expect(card.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("Space")
    card.get_by_role("button", name="Send").focus()
    page.keyboard.press("Enter")
    expect(card.locator(".own-report")).to_contain_text("Sent and stored")
    assert page.locator(".marker[data-reported]").count() == 1
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def test_a_card_leads_to_the_letter_by_the_law_of_the_place(page: Page, archive: Server) -> None:
    read(page, archive, DEMO)
    page.mouse.click(*point_in(page, "machine-learning models"))
    card = page.get_by_role("dialog")
    card.get_by_label("Where do you live?").select_option("DE")
    card.get_by_role("button", name="more way").click()
    card.get_by_role("button", name="Write the letter").first.click()
    page.wait_for_url("**/provisions/CL-P-000005/letter#way=*")
    expect(page.get_by_label("Where do you live?")).to_have_value("DE")
    expect(page.locator("#letter-paper")).to_contain_text("Article 21(1) GDPR")


def test_axe_finds_nothing_and_a_phone_cuts_nothing_off(page: Page, archive: Server) -> None:
    read(page, archive, DEMO)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
        page.screenshot(path=PICTURES / f"reader-{scheme}.png")
    page.keyboard.press("Alt+Shift+J")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    page.wait_for_timeout(200)
    assert violations_in_both_schemes(page) == []
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 320, "height": 640})
    page.wait_for_timeout(300)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    assert violations_in_both_schemes(page) == []
    page.emulate_media(color_scheme="light")
    page.screenshot(path=PICTURES / "reader-narrow.png")
    for path in ("versions", "versions/2", "compare?from=1&to=2", "reader?version=1"):
        page.goto(f"{archive.address}/documents/{KEPT}/{path}")
        assert violations_in_both_schemes(page) == [], path
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320, path


def test_without_scripts_quotes_are_marked_and_lead_to_their_records(plain: Browser, archive: Server) -> None:
    context = plain.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{archive.address}/documents/{DEMO}/reader")
    assert page.locator("mark").count() >= 13
    expect(page.locator("mark", has_text="machine-learning models").first).to_be_visible()
    page.locator("#clauses-plain").get_by_role("link", name="Private photos").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Private photos")
    page.get_by_role("link", name="Read it with highlights").click()
    expect(page.locator(".foot:target")).to_be_in_viewport()
    context.close()


def test_versions_stand_side_by_side(page: Page, archive: Server) -> None:
    page.goto(f"{archive.address}/documents/{KEPT}/versions")
    page.get_by_role("link", name="What changed in version 2").click()
    expect(page.locator("del")).to_have_text(["one month"])
    assert any("ten years" in text for text in page.locator("ins").all_inner_texts())
    assert any(SHARING in text for text in page.locator("ins").all_inner_texts())
    expect(page.locator(".left-out").first).to_contain_text("the same")
    page.screenshot(path=PICTURES / "versions.png")
    page.goto(f"{archive.address}/documents/{KEPT}/reader?version=1")
    expect(page.locator(".policy")).to_contain_text("one month")
    expect(page.get_by_role("link", name="where the newest words are read")).to_be_visible()
    assert page.locator("clauselight-curation").count() == 0, "older words are not labelled"
    page.goto(f"{archive.address}/documents/{KEPT}/reader")
    expect(page.locator(".policy")).to_contain_text("ten years")


@pytest.mark.parametrize("path", ["reader?version=99", "reader?version=x", "versions/99", "compare?from=9"])
def test_versions_that_are_not_there(plain: Browser, archive: Server, path: str) -> None:
    context = plain.new_context()
    page = context.new_page()
    answer = page.goto(f"{archive.address}/documents/{KEPT}/{path}")
    assert answer is not None
    assert answer.status == 404
    context.close()


def test_a_document_of_which_nothing_is_held_says_so(page: Page, archive: Server) -> None:
    found = page.request.get(f"{archive.address}/v1/documents?limit=100").json()["documents"]
    unread = next(one["id"] for one in found if not one.get("analysed_at"))
    page.goto(f"{archive.address}/documents/{unread}/reader")
    expect(page.get_by_text("No text of this document is archived here yet.")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_hostile_snapshot_stays_text(plain: Browser, archive: Server, scripts: bool) -> None:
    """Markup, scripts and addresses of its page come through as words, or not at all."""
    context = plain.new_context(java_script_enabled=scripts)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(f"{archive.address}/documents/{HOSTILE}/reader")
    if scripts:
        page.locator("clauselight-overlay").wait_for(state="attached")
        page.wait_for_timeout(500)
        assert page.evaluate("() => window.stolen") is None
    assert [url for url in asked if not url.startswith(archive.address + "/")] == []
    forbidden = (
        "script,img,iframe,svg,math,object,embed,form,input,style,link,meta,base,video,audio,button,[style]"
    )
    assert page.locator(f".policy :is({forbidden})").count() == 0
    links = page.locator(".policy a").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    assert all(link.startswith("/provisions/CL-P-") for link in links)
    text = page.locator(".policy").text_content() or ""
    assert sum(" ".join(payload.split()) in " ".join(text.split()) for payload in PAYLOADS) >= 40
    context.close()
