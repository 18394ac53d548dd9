"""Curation in the reader, in a real browser on a real server: adding from selected words, editing with the
live lint, confirming, merging, retiring, two people at once, and all of it by keyboard."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from captures import ARBITRATION, KEEPING, SALE, SHARING
from captures import page as policy_page
from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.record_rules import SnapshotFacts
from clauselight.curation.draft import explanation_of
from clauselight.knowledge.clause_types import clause_types
from clauselight.settings import Settings
from clauselight.store.documents import mark_analysed, save_documents
from clauselight.store.engine import open_archive
from clauselight.store.provisions import save_provision
from clauselight.store.snapshots import Snapshot, save_snapshot
from clauselight.store.tokens import Scope
from e2e.support.archive import with_catalogue
from e2e.support.axe import violations, violations_in_both_schemes
from e2e.support.browser import chromium
from e2e.support.server import Server, start_server
from people import AUTOMATIC, TODAY, make_token
from records import a_document, a_record

PICTURES = Path(os.environ.get("CLAUSELIGHT_TEST_PICTURES") or tempfile.mkdtemp())
DOCUMENT = "CL-D-600900"
UNLABELLED = "We show your garden plans to seed shops, so that they can see what grows where."
"""A sentence that nobody has labelled yet."""
WHOLE = UNLABELLED[:-1]
FOUND = {
    "data-sale": SALE,
    "binding-arbitration": ARBITRATION,
    "third-party-sharing": SHARING,
    "limited-retention": KEEPING,
}
TAKEN = Snapshot(
    DOCUMENT,
    "https://garden.example/privacy",
    dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC),
    "text/html",
    policy_page(*FOUND.values(), UNLABELLED),
)

OPEN_SHADOW = """const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: "open" }); };"""


def found_by_a_program(number: int, kind: str, words: str) -> ProvisionRecord:
    """An automatic label of the document."""
    known = clause_types()[kind]
    change = {"date": "2026-11-01", "kind": "added", "summary": "Found.", "severity_to": known.severity}
    return a_record(
        **{**AUTOMATIC, "automatic": {**AUTOMATIC["automatic"], "words": []}},
        id=f"CL-P-{600900 + number:06}",
        document=DOCUMENT,
        clause_type=kind,
        slug=kind,
        title=known.title,
        severity=known.severity,
        explanation=explanation_of(known),
        quote__selector={"type": "TextQuoteSelector", "exact": words},
        provenance__sha256=TAKEN.sha256,
        history__changes=[change],
        history__first_seen="2026-11-01",
        history__last_seen="2026-11-01",
        history__last_verified="2026-11-01",
        quote__recorded="2026-11-01",
    )


def fill(folder: Path) -> dict[str, str]:
    """A document that was labelled automatically, and tokens of two curators and of a moderator."""
    archive = Settings(data=with_catalogue(folder)).archive_file

    async def label_it() -> None:
        engine = open_archive(archive)
        async with engine.begin() as connection:
            await save_documents(connection, [a_document(600900, "garden", title="Privacy Policy")])
            await save_snapshot(connection, TAKEN)
            await mark_analysed(connection, DOCUMENT, TAKEN.captured_at)
            for number, (kind, words) in enumerate(FOUND.items()):
                record = found_by_a_program(number, kind, words)
                facts = SnapshotFacts(TAKEN.sha256, quote_found=True)
                await save_provision(connection, record, today=TODAY, snapshot=facts)
        await engine.dispose()

    def work() -> dict[str, str]:
        asyncio.run(label_it())
        return {
            name: make_token(folder, scope, name=name)
            for name, scope in (("Ada", Scope.CURATE), ("Ben", Scope.CURATE), ("Mo", Scope.DISPUTE))
        }

    # A browser's own loop may run in this thread.
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(work).result()


class Archive:
    """A server on which nobody is the owner, and who may sign in."""

    def __init__(self, server: Server, tokens: dict[str, str]) -> None:
        self.server = server
        self.tokens = tokens

    @property
    def reader(self) -> str:
        return f"{self.server.address}/documents/{DOCUMENT}/reader"

    def published(self, page: Page) -> list[dict[str, Any]]:
        """The labels of the document as everybody gets them."""
        found = page.request.get(f"{self.server.address}/v1/documents/{DOCUMENT}").json()
        labels: list[dict[str, Any]] = found["provisions"]
        return labels


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("curated")
    tokens = fill(folder)
    with start_server(folder, environment={"CLAUSELIGHT_LOCAL_OWNER": "false"}) as started:
        yield Archive(started, tokens)


@pytest.fixture(scope="module")
def plain() -> Iterator[Browser]:
    """A browser without any extension."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield running
        running.close()


def signed_in(browser: Browser, archive: Archive, name: str) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(OPEN_SHADOW)
    page = context.new_page()
    page.goto(f"{archive.server.address}/sign-in?next=/documents/{DOCUMENT}/reader")
    page.get_by_label("Token").fill(archive.tokens[name])
    page.keyboard.press("Enter")
    page.wait_for_url(archive.reader)
    return context


@pytest.fixture(scope="module")
def ada(plain: Browser, archive: Archive) -> Iterator[BrowserContext]:
    context = signed_in(plain, archive, "Ada")
    yield context
    context.close()


@pytest.fixture
def page(ada: BrowserContext, archive: Archive) -> Iterator[Page]:
    """Ada's reader; fails on any error of a script and on anything that its policy forbids."""
    opened = ada.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "console",
        # Refusals that a test provokes are told in the console, too.
        lambda said: (
            wrong.append(said.text) if said.type == "error" and "Failed to load" not in said.text else None
        ),
    )
    read(opened, archive)
    yield opened
    opened.close()
    assert wrong == []


def read(page: Page, archive: Archive) -> None:
    page.goto(archive.reader)
    # Found in the text: before that, choosing one in the panel leads nowhere.
    page.locator("clauselight-panel .item[data-outcome=found]").first.wait_for()
    page.locator("clauselight-curation .bar").wait_for()


def select(page: Page, words: str) -> None:
    """Select words of the document as a drag of the mouse does."""
    page.evaluate(
        """(words) => {
          for (const block of document.querySelectorAll(".policy :is(p, li)")) {
            const node = block.firstChild, at = node.data?.indexOf(words) ?? -1;
            if (at < 0) continue;
            block.scrollIntoView({ block: "center" });
            getSelection().setBaseAndExtent(node, at, node, at + words.length);
            return;
          }
          throw new Error("not there");
        }""",
        words,
    )


def dialog(page: Page) -> Locator:
    return page.locator("clauselight-curation dialog")


def choose_kind(page: Page, typed: str, title: str) -> None:
    box = dialog(page).get_by_role("combobox", name="Kind of clause")
    box.fill(typed)
    expect(dialog(page).get_by_role("option").first).to_contain_text(title)
    page.keyboard.press("Enter")
    expect(box).to_have_value(title)


def open_card(page: Page, title: str) -> Locator:
    """The card of a label, as the panel opens it."""
    panel = page.locator("clauselight-panel")
    if panel.locator(".item").count() == 0:
        panel.get_by_role("button", name="Back to the list").click()
    panel.locator(".item", has_text=title).first.click()
    card = page.locator("clauselight-overlay").get_by_role("dialog")
    expect(card.locator(".provision-title")).to_have_text(title)
    expect(card.get_by_role("button", name="Edit", exact=True)).not_to_have_attribute("aria-disabled", "true")
    return card


def painted(page: Page, words: str) -> None:
    page.wait_for_function(
        """(words) => [...CSS.highlights].some(([name, highlight]) => name.startsWith("clauselight")
          && [...highlight].some((range) => range.toString().includes(words)))""",
        arg=words,
        timeout=5_000,
    )


def acts(page: Page, archive: Archive, subject: str) -> list[tuple[str, str]]:
    """Who did what to a label, newest first."""
    found = page.request.get(f"{archive.server.address}/v1/admin/audit?subject={subject}").json()
    return [(line["who"], line["act"]) for line in found["entries"]]


def test_nobody_else_sees_anything_of_it(plain: Browser, archive: Archive) -> None:
    for name in (None, "Mo"):
        context = plain.new_context() if name is None else signed_in(plain, archive, name)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request, into=asked: into.append(request.url))
        page.goto(archive.reader)
        page.locator("clauselight-panel").wait_for(state="attached")
        page.keyboard.press("Alt+Shift+N")
        assert page.locator("clauselight-curation, .people-bar").count() == 0
        assert [url for url in asked if "curation" in url or "/admin/" in url] == []
        context.close()


def test_selected_words_become_a_painted_and_published_label(page: Page, archive: Archive) -> None:
    select(page, UNLABELLED[1:-3])  # begins and ends within words
    page.get_by_role("button", name="Add a provision", exact=True).click()
    form = dialog(page)
    expect(form.locator(".quote")).to_contain_text(WHOLE)
    choose_kind(page, "third shared", "Data shared with third parties")
    known = page.request.get(f"{archive.server.address}/v1/clause-types/third-party-sharing").json()[
        "clause_type"
    ]
    expect(form.get_by_role("textbox", name="What it is")).to_have_value(known["what_it_is"])
    expect(form.get_by_role("radio", name=known["severity"], exact=False)).to_be_checked()
    form.get_by_role("radio", name="Medium").check()
    form.get_by_role("textbox", name="Title").fill("Seed shops see your garden plans")
    expect(form.locator(".state")).to_have_text("All rules are kept.")
    preview = form.locator(".preview-card")
    expect(preview.locator(".provision-title")).to_have_text("Seed shops see your garden plans")
    expect(preview).to_contain_text(known["how_it_affects_you"].split("\n")[0])
    page.screenshot(path=PICTURES / "curation.png")
    form.get_by_role("button", name="Save").click()
    painted(page, WHOLE)
    card = page.locator("clauselight-overlay").get_by_role("dialog")
    expect(card.locator(".provision-title")).to_have_text("Seed shops see your garden plans")
    # What the preview showed is what the card shows.
    expect(card.locator(".quote").first).to_have_text(WHOLE)
    expect(page.locator("clauselight-curation .toast")).to_contain_text("Readers get it now")
    label = next(one for one in archive.published(page) if one["title"] == "Seed shops see your garden plans")
    assert (label["method"], label["severity"]) == ("curated", "medium")
    assert label["provenance"]["quote_verified"]
    assert acts(page, archive, label["id"]) == [("Ada (token 1)", "add")]
    page.goto(f"{archive.server.address}/provisions/{label['id']}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Seed shops see your garden plans")
    # And back to where it can be changed again.
    page.get_by_role("link", name="Read it with highlights").click()
    expect(card.locator(".provision-title")).to_have_text("Seed shops see your garden plans")
    expect(card.get_by_role("button", name="Edit", exact=True)).to_be_visible()


def test_what_is_wrong_is_said_beside_the_field_while_one_types(page: Page, archive: Archive) -> None:
    card = open_card(page, "Limited retention")
    card.get_by_role("button", name="Edit", exact=True).click()
    form = dialog(page)
    title = form.get_by_role("textbox", name="Title")
    title.fill("x" * 301)
    wrong = form.locator("[data-field=title] .wrong")
    expect(wrong).to_contain_text("at most 300 characters")
    title.fill("")
    expect(wrong).to_have_text("Write something here.")
    expect(form.locator(".state")).to_have_text("1 thing to mend")
    expect(title).to_have_attribute("aria-invalid", "true")
    form.get_by_label("Why it matters").focus()
    page.keyboard.press("Control+Enter")
    expect(title).to_be_focused()
    expect(form).to_be_visible()
    # The same words as the same kind of clause are refused as a whole, by the words.
    title.fill("Kept for one month only")
    expect(wrong).to_be_hidden()
    expect(form.locator(".preview-card .provision-title")).to_have_text("Kept for one month only")
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    expect(page.locator("clauselight-panel")).to_contain_text("Kept for one month only")
    expect(page.locator("clauselight-curation .toast")).to_contain_text("Readers get it now")
    label = next(one for one in archive.published(page) if one["title"] == "Kept for one month only")
    assert label["method"] == "curated"
    assert acts(page, archive, label["id"]) == [("Ada (token 1)", "edit")]


def test_a_program_s_label_is_confirmed_from_its_card(page: Page, archive: Archive) -> None:
    card = open_card(page, "Forced arbitration")
    expect(card.locator(".badges")).to_contain_text("Found automatically")
    card.get_by_role("button", name="It is right: confirm").click()
    expect(card.locator(".curate-tools")).to_contain_text("from now on it counts as curated")
    expect(card.locator(".badges")).to_contain_text("Written by a person")
    expect(card.get_by_role("button", name="It is right: confirm")).to_have_count(0)
    label = next(one for one in archive.published(page) if one["title"] == "Forced arbitration")
    assert acts(page, archive, label["id"]) == [("Ada (token 1)", "confirm")]


def test_two_labels_become_one(page: Page, archive: Archive) -> None:
    before = {one["title"]: one["id"] for one in archive.published(page)}
    card = open_card(page, "Data shared with third parties")
    card.get_by_role("button", name="Merge").click()
    form = dialog(page)
    form.get_by_role("button", name="Merge", exact=True).click()
    expect(form.get_by_role("alert").last).to_have_text("Choose the provision that stays.")
    form.get_by_role("radio", name="Personal data may be sold").check()
    expect(form.locator(".which").last).to_contain_text(SALE)
    form.get_by_label("Why?").fill("Both are about selling.")
    form.get_by_role("button", name="Merge", exact=True).click()
    card = page.locator("clauselight-overlay").get_by_role("dialog")
    expect(card.locator(".provision-title")).to_have_text("Personal data may be sold")
    expect(page.locator("clauselight-panel")).not_to_contain_text("Data shared with third parties")
    expect(page.locator("clauselight-curation .toast")).to_contain_text("Readers get it now")
    assert before["Data shared with third parties"] not in [one["id"] for one in archive.published(page)]


def test_a_retired_label_is_gone_and_can_be_brought_back(page: Page, archive: Archive) -> None:
    card = open_card(page, "Personal data may be sold")
    card.get_by_role("button", name="Retire").click()
    form = dialog(page)
    form.get_by_role("button", name="Retire", exact=True).click()
    expect(form.locator(".wrong").first).to_have_text("Write something here.")
    form.get_by_label("Why?").fill("It is about business customers.")
    # Somebody else is faster: that is told, the reason stays, and it is decided again.
    label = next(one for one in archive.published(page) if one["title"] == "Personal data may be sold")
    draft = {"clause_type": "data-sale", "severity": "high", "quote": label["quote"]["selector"]}
    changed = page.request.put(
        f"{archive.server.address}/v1/admin/provisions/{label['id']}", data=draft, headers={"If-Match": "*"}
    )
    assert changed.ok, changed.text()
    form.get_by_role("button", name="Retire", exact=True).click()
    expect(form.get_by_role("alert").first).to_contain_text("Ada (token 1) edited it")
    expect(form.locator(".which")).to_contain_text("High")
    expect(form.get_by_label("Why?")).to_have_value("It is about business customers.")
    form.get_by_role("button", name="Retire", exact=True).click()
    panel = page.locator("clauselight-panel")
    expect(panel).not_to_contain_text("Personal data may be sold")
    page.wait_for_function(
        "async (url) => !(await (await fetch(url)).text()).includes('Personal data may be sold')",
        arg=f"/v1/documents/{DOCUMENT}",
    )
    page.get_by_role("button", name="Bring it back").click()
    expect(panel).to_contain_text("Personal data may be sold")
    painted(page, SALE)


def test_two_people_at_once_lose_nothing(page: Page, plain: Browser, archive: Archive) -> None:
    card = open_card(page, "Kept for one month only")
    card.get_by_role("button", name="Edit", exact=True).click()
    form = dialog(page)
    form.get_by_role("textbox", name="Title").fill("Ada's title")
    form.get_by_role("textbox", name="What it is").fill("Ada's own words, which took her an hour.")

    context = signed_in(plain, archive, "Ben")
    other = context.new_page()
    read(other, archive)
    open_card(other, "Kept for one month only").get_by_role("button", name="Edit", exact=True).click()
    theirs = dialog(other)
    theirs.get_by_role("textbox", name="Title").fill("Ben's title")
    theirs.get_by_role("radio", name="Low").check()
    theirs.get_by_role("button", name="Save").click()
    expect(theirs).to_have_count(0)
    context.close()

    form.get_by_role("button", name="Save").click()
    notice = form.locator(".conflict")
    expect(notice).to_be_focused()
    expect(notice).to_contain_text("Ben (token 2) edited it: severity")
    expect(notice).to_contain_text("2026")
    expect(notice).to_contain_text("Ben's title")
    expect(notice).to_contain_text("since you had not changed it: Severity")
    expect(form.get_by_role("textbox", name="Title")).to_have_value("Ada's title")
    expect(form.get_by_role("textbox", name="What it is")).to_have_value(
        "Ada's own words, which took her an hour."
    )
    expect(form.get_by_role("radio", name="Low")).to_be_checked()
    form.get_by_role("button", name="Look at the newer state").click()
    expect(form.locator(".preview-card .provision-title")).to_have_text("Ben's title")
    assert violations(page) == []
    notice.get_by_role("button", name="Take theirs").click()
    expect(form.get_by_role("textbox", name="Title")).to_have_value("Ben's title")
    notice.get_by_role("button", name="Keep mine").click()
    expect(form.get_by_role("textbox", name="Title")).to_have_value("Ada's title")
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    expect(page.locator("clauselight-curation .toast")).to_contain_text("Readers get it now")
    label = next(one for one in archive.published(page) if one["title"] == "Ada's title")
    assert label["severity"] == "low"
    assert label["explanation"]["what_it_is"] == "Ada's own words, which took her an hour."
    assert [who[:3] for who, _ in acts(page, archive, label["id"])][:2] == ["Ada", "Ben"]


def test_everything_by_keyboard(page: Page, archive: Archive) -> None:
    page.keyboard.press("Alt+Shift+N")
    expect(page.get_by_role("application", name="Choosing words")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Enter")
    form = dialog(page)
    box = form.get_by_role("combobox", name="Kind of clause")
    expect(box).to_be_focused()
    page.keyboard.type("cookie")
    expect(form.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(form.locator(".preview-card")).to_be_visible()
    words = form.locator(".quote").first.inner_text()
    # Leaving asks, and what the server cannot take just now stays.
    page.keyboard.press("Escape")
    expect(form.get_by_role("button", name="Go on writing")).to_be_focused()
    page.keyboard.press("Enter")
    page.route("**/v1/admin/documents/*/provisions", lambda route: route.abort())
    page.keyboard.press("Control+Enter")
    expect(form.get_by_role("alert").first).to_contain_text("The server does not answer.")
    page.unroute("**/v1/admin/documents/*/provisions")
    page.keyboard.press("Control+Enter")
    card = page.locator("clauselight-overlay").get_by_role("dialog")
    expect(card).to_be_focused()
    assert card.locator(".quote").first.inner_text()[:40] in words
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    # A whole round: to the next clause, into its card, to its tools.
    page.keyboard.press("Alt+Shift+J")
    page.keyboard.press("Enter")
    card.wait_for()
    edit = card.get_by_role("button", name="Edit", exact=True)
    for _ in range(6):
        page.keyboard.press("Tab")
        if edit.evaluate("(button) => button.getRootNode().activeElement === button"):
            break
    page.keyboard.press("Enter")
    expect(form.get_by_role("textbox", name="Title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)


def test_other_words_are_selected_without_losing_the_form(page: Page, archive: Archive) -> None:
    card = open_card(page, "Seed shops see your garden plans")
    card.get_by_role("button", name="Edit", exact=True).click()
    form = dialog(page)
    form.get_by_label("Why it matters").fill("Typed before other words were selected.")
    form.get_by_role("button", name="Select other words").click()
    expect(form).to_be_hidden()
    select(page, "something in this policy is unclear")
    page.get_by_role("button", name="Use these words").click()
    expect(form.locator(".quote").first).to_contain_text("something in this policy is unclear")
    expect(form.get_by_label("Why it matters")).to_have_value("Typed before other words were selected.")
    expect(form.locator(".state")).to_have_text("All rules are kept.")
    form.get_by_role("button", name="No words: about the whole document").click()
    expect(form.locator("[data-field=quote]")).to_contain_text("it is about the whole document")
    page.keyboard.press("Escape")
    form.get_by_role("button", name="Throw it away").click()
    expect(form).to_have_count(0)


def test_axe_finds_nothing_and_a_phone_shows_everything(page: Page) -> None:
    for width, height in ((1280, 900), (390, 800)):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="light")
        # Colours are a matter of the scheme, room one of the width.
        found = violations_in_both_schemes if width > 500 else violations

        def look(name: str, width: int = width, found: Callable[[Page], list[str]] = found) -> None:
            assert found(page) == [], f"{name} {width}"

        select(page, UNLABELLED)
        page.get_by_role("button", name="Add a provision", exact=True).wait_for()
        look("selection")
        card = open_card(page, "Forced arbitration")
        look("card")
        card.get_by_role("button", name="Edit", exact=True).click()
        form = dialog(page)
        form.get_by_role("textbox", name="Title").fill("")
        expect(form.locator("[data-field=title] .wrong")).not_to_be_empty()
        look("form")
        form.get_by_role("combobox", name="Kind of clause").click()
        expect(form.get_by_role("listbox").get_by_role("option", selected=True)).to_contain_text(
            "Forced arbitration"
        )
        look("list")
        page.keyboard.press("Escape")
        if width < 500:
            form.get_by_role("button", name="Preview").click()
            expect(form.locator(".preview-card")).to_be_visible()
            look("preview")
        page.keyboard.press("Escape")
        form.get_by_role("button", name="Throw it away").click()
        for name in ("Merge", "Retire"):
            open_card(page, "Forced arbitration").get_by_role("button", name=name).click()
            form.wait_for()
            look(name.lower())
            page.keyboard.press("Escape")
            expect(form).to_have_count(0)
    page.set_viewport_size({"width": 320, "height": 640})
    open_card(page, "Forced arbitration").get_by_role("button", name="Edit", exact=True).click()
    for name in ("Write", "Preview"):
        form.get_by_role("button", name=name, exact=True).click()
        for box in (".dialog", ".dialog-body", ".write", ".preview", ".dialog-foot"):
            wide = form.page.locator(f"clauselight-curation {box}").evaluate(
                "(one) => one.scrollWidth - one.clientWidth"
            )
            assert wide <= 0, f"{box} {name}"
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
