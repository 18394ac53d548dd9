"""On the server's own pages, without the extension: the ways where one lives, and the letter to its end. What
is typed stays in the browser, and what needs no script works without one."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from e2e.support.actions import tab_to
from e2e.support.axe import SCHEMES, violations_in_both_schemes
from e2e.support.browser import chromium
from e2e.support.server import Server

PICTURES = Path(os.environ.get("CLAUSELIGHT_TEST_PICTURES") or tempfile.mkdtemp())
"""Where pictures go: `extension/screenshots` when they are to be renewed, else nowhere that matters."""
NAME = "Zoë Quillfeather"
EMAIL = "zoe.quillfeather@post.example"
NUMBER = "CN-7731"
PINTEREST = "CL-P-000001"
TIKTOK = "CL-P-000002"
MURMURLOFT = "CL-P-000006"
NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def plain() -> Iterator[Browser]:
    """A browser without any extension."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def page(plain: Browser, server: Server) -> Iterator[Page]:
    """Fails when a script fails, when anything is sent, and when anybody but the server is asked."""
    context = plain.new_context(
        viewport={"width": 1280, "height": 900},
        locale="en-GB",
        permissions=["clipboard-read", "clipboard-write"],
    )
    opened = context.new_page()
    wrong: list[str] = []
    asked: list[Request] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    context.on("request", lambda request: asked.append(request))
    yield opened
    sent = " ".join(f"{one.method} {one.url} {one.headers} {one.post_data}" for one in asked)
    own = [one for one in asked if not one.url.startswith(("blob:", "mailto:"))]
    context.close()
    assert wrong == []
    assert [one.url for one in own if not one.url.startswith(server.address + "/")] == []
    assert {one.method for one in own} == {"GET"}
    for secret in ("Quillfeather", "Zo", EMAIL, NUMBER):
        assert secret not in sent


def choose_place(page: Page, place: str) -> None:
    page.get_by_label("Where do you live?").select_option(place)


def open_letter(page: Page, server: Server, provision: str, place: str) -> None:
    """From the page of a record to the letter of the best way that has one."""
    page.goto(f"{server.address}/provisions/{provision}")
    choose_place(page, place)
    page.get_by_role("button", name=re.compile("more way")).click()
    page.get_by_role("button", name="Write the letter").first.click()
    page.locator("#letter-paper").wait_for()


@pytest.mark.parametrize(
    ("provision", "place", "language", "words", "address"),
    [
        (
            PINTEREST,
            "DE",
            "de",
            ("Artikel 21 Absatz 1", "train our AI/ML models"),
            "privacy-support@pinterest.com",
        ),
        (TIKTOK, "UK", "en", ("UK GDPR", "AI interactions"), ""),
        (MURMURLOFT, "US-CA", "fr", ("1798.120", "California"), "privacy@murmurloft.example"),
    ],
)
def test_from_the_record_to_a_finished_letter(
    page: Page,
    server: Server,
    provision: str,
    place: str,
    language: str,
    words: tuple[str, ...],
    address: str,
) -> None:
    open_letter(page, server, provision, place)
    assert "Quill" not in page.url
    expect(page.get_by_label("Where do you live?")).to_have_value(place)
    page.get_by_label("Language of the letter").select_option(language)
    page.fill("#field-name", NAME)
    page.fill("#field-email", EMAIL)
    if page.locator("#field-customer-number").count():
        page.fill("#field-customer-number", NUMBER)
    paper = page.locator("#letter-paper")
    expect(paper).to_have_attribute("lang", language)
    for part in (NAME, *words):
        expect(paper).to_contain_text(part)
    expect(page.locator("#letter-missing")).to_have_count(0)
    expect(page.locator("#letter-to")).to_have_value(address)
    mail = page.locator("#letter-mail")
    if address:
        expect(mail).to_have_attribute("href", re.compile(f"^mailto:{re.escape(address)}"))
    else:
        expect(mail).to_have_count(0)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator("#letter-said")).to_contain_text("copied")
    assert NAME in page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as text").click()
    assert NAME in saved.value.path().read_text(encoding="utf-8")
    assert page.evaluate("JSON.stringify(localStorage)") == "{}", "nothing was ticked"


def test_the_ways_follow_the_place_and_it_is_asked_once(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/provisions/{PINTEREST}")
    expect(page.get_by_text("This holds everywhere.")).to_be_visible()
    expect(page.locator("section.card")).to_have_count(0)
    choose_place(page, "DE")
    first = page.locator(".way").first
    expect(first).to_contain_text("Object")
    page.get_by_role("button", name=re.compile("more way")).click()
    expect(page.get_by_text("The law that was looked at: General Data Protection Regulation")).to_be_visible()
    choose_place(page, "AU")
    expect(page.get_by_text("Not where you live: Object to AI training.")).to_be_attached()
    page.goto(f"{server.address}/provisions/{TIKTOK}")
    expect(page.get_by_label("Where do you live?")).to_have_value("AU")
    assert page.evaluate("JSON.stringify(localStorage)") == "{}"


def test_by_keyboard_alone(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/provisions/{PINTEREST}")
    tab_to(page, ".place-question select")
    page.keyboard.type("Germany")
    tab_to(page, ".way button")
    page.keyboard.press("Enter")
    page.locator("#letter-paper").wait_for()
    tab_to(page, "#letter-language")
    page.keyboard.type("Fr")
    tab_to(page, "#field-name")
    page.keyboard.type(NAME)
    tab_to(page, "#letter-edit")
    page.keyboard.press("Enter")
    tab_to(page, "#letter-body")
    page.keyboard.press("Control+End")
    page.keyboard.type("\nP.S. Merci.")
    tab_to(page, "#letter-copy")
    page.keyboard.press("Enter")
    expect(page.locator("#letter-said")).to_contain_text("copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("P.S. Merci.\n")
    assert "article 21" in copied
    assert NAME in copied


def test_what_is_typed_is_remembered_only_when_that_is_ticked(page: Page, server: Server) -> None:
    kept = "JSON.stringify(localStorage)"
    open_letter(page, server, PINTEREST, "FR")
    page.fill("#field-name", NAME)
    page.reload()
    expect(page.locator("#field-name")).to_have_value("")
    page.fill("#field-name", NAME)
    page.check("#profile-keep")
    page.fill("#field-customer-number", NUMBER)
    page.evaluate("sessionStorage.clear()")
    page.goto(f"{server.address}/entities/pinterest")
    page.get_by_role("link", name="Write a letter to Pinterest").click()
    expect(page.locator("#field-name")).to_have_value(NAME)
    expect(page.locator("#field-customer-number")).to_have_value(NUMBER)
    expect(page.get_by_label("Where do you live?")).to_have_value("FR")
    page.get_by_role("combobox", name="Letter", exact=True).select_option("erasure")
    expect(page.locator("#letter-paper")).to_contain_text("Article 17")
    expect(page.locator("#letter-missing")).to_have_count(0)
    page.uncheck("#profile-keep")
    page.wait_for_function(f"{kept} === '{{}}'")  # erased in its turn, after what was being kept
    page.wait_for_timeout(100)
    assert page.evaluate(kept) == "{}"


def pictures(page: Page, name: str, *, full_page: bool = False) -> None:
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=PICTURES / f"{name}-{scheme}.png", full_page=full_page)


def test_axe_finds_nothing_a_phone_cuts_nothing_off_and_paper_holds_the_letter_alone(
    page: Page, server: Server
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{server.address}/provisions/{PINTEREST}")
    page.locator(".way").first.wait_for()
    assert violations_in_both_schemes(page) == []
    choose_place(page, "DE")
    page.get_by_role("button", name=re.compile("more way")).click()
    for details in page.locator("#do-plain details").all():
        details.evaluate("(element) => { element.open = true; }")
    page.locator("#do").scroll_into_view_if_needed()
    pictures(page, "web-ways")
    for size in (None, NARROW, {"width": 320, "height": 640}):
        if size:
            page.set_viewport_size(size)  # type: ignore[arg-type]
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert violations_in_both_schemes(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator(".way").first.get_by_role("button", name="Write the letter").click()
    page.locator("#letter-paper").wait_for()
    page.fill("#field-name", NAME)
    pictures(page, "web-letter", full_page=True)
    for size in (None, NARROW, {"width": 320, "height": 640}):
        if size:
            page.set_viewport_size(size)  # type: ignore[arg-type]
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert violations_in_both_schemes(page) == []
    for scheme in SCHEMES:
        page.emulate_media(media="print", color_scheme=scheme)
        expect(page.locator("#letter-paper")).to_be_visible()
        for gone in ("header.top", "h1", "#letter-to", "#letter-copy", "footer"):
            expect(page.locator(gone)).to_be_hidden()
        ink = "(one) => getComputedStyle(one).color"
        assert page.locator("#letter-paper").evaluate(ink) == "rgb(0, 0, 0)"


def test_without_scripts_the_ways_stay_and_letters_say_what_they_need(plain: Browser, server: Server) -> None:
    context = plain.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.address}/provisions/{PINTEREST}")
    expect(page.get_by_role("heading", name="Switch off training of Pinterest's image model")).to_be_visible()
    expect(page.locator("noscript .note")).to_contain_text("need JavaScript")
    for path in (f"/provisions/{PINTEREST}/letter", "/entities/pinterest/letter"):
        page.goto(server.address + path)
        expect(page.get_by_text("JavaScript is switched off")).to_be_visible()
    page.get_by_role("link", name="Where to turn at Pinterest").click()
    expect(page.get_by_role("heading", name="Where to turn at Pinterest")).to_be_visible()
    context.close()


def test_the_page_of_a_letter_may_ask_nobody_for_anything(page: Page, server: Server) -> None:
    open_letter(page, server, PINTEREST, "DE")
    answer = page.request.get(f"{server.address}/provisions/{PINTEREST}/letter")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "connect-src" not in policy
    assert "unsafe" not in policy
    script = page.request.get(f"{server.address}/static/letter.js").text()
    for tracked in ("clauselight-tracker", "sendBeacon", "XMLHttpRequest"):
        assert tracked not in script
