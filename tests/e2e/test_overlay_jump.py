"""The card and jumps to clauses that do not simply stand there: collapsed, in a frame, changed, gone."""
# ruff: noqa: E501 - quotes are clearer in one piece

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.support.archive import KnownPage, build_archive
from e2e.support.browser import Browser, launch
from e2e.support.overlay import jump, outcomes, read_openly
from e2e.support.server import start_server

URL = "https://hidden.example/privacy"
HTML = (Path(__file__).parents[1] / "fixtures" / "policies" / "own_hidden.html").read_text(encoding="utf-8")
QUOTES = {
    "shown": "We may share your personal data with our advertising partners and their affiliates worldwide.",
    "details": "You waive any right to a trial by jury and to take part in a class action against us.",
    "accordion": "We keep backups of deleted accounts for as long as we deem necessary for our business.",
    "until-found": "We sell aggregated purchase histories to data brokers for marketing purposes every quarter.",
    "shadow": "Inside a component we promise never to sell your health information to anyone.",
    "frame": "In this annex we collect the contents of your clipboard whenever the app is open.",
    "field": "We read your form field in secret and never mention it anywhere at all.",
    "far": "You can delete your account at any time and we will erase everything within thirty days of it.",
    "changed": "We may transfer your data to any company in the country that we like to work with for profit.",
    "gone": "You agree that we may record your telephone calls and sell the recordings to film studios.",
}
IDS = {name: f"CL-P-{900_001 + position}" for position, name in enumerate(QUOTES)}

STRICT = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'none'; require-trusted-types-for 'script'"
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("hidden")
    build_archive(folder, [KnownPage("Hidden", URL, HTML, tuple(QUOTES.values()))])
    with (
        start_server(folder) as server,
        launch(tmp_path_factory.mktemp("reader"), server.address, all_sites=True) as running,
    ):
        yield running


def test_every_provision_has_its_outcome(reader: Browser) -> None:
    reader.pages[URL] = HTML
    page = read_openly(reader, URL)
    found = outcomes(reader, page)
    expected = {"field": "gone", "changed": "changed", "gone": "gone"}
    assert {name: found[identity] for name, identity in IDS.items()} == {
        name: expected.get(name, "found") for name in QUOTES
    }
    painted = reader.painted(page)
    assert painted.count(QUOTES["shown"]) == 1, "painted where it is shown, not in the hidden copy"
    assert QUOTES["field"] not in painted
    in_frame = page.frames[1].evaluate("[...CSS.highlights].flatMap(([, h]) => [...h].map(String))")
    assert in_frame == [QUOTES["frame"]]
    page.close()


@pytest.mark.parametrize("name", ["details", "accordion", "until-found", "shadow", "frame", "far"])
def test_a_jump_opens_what_is_closed_and_shows_the_clause(reader: Browser, name: str) -> None:
    reader.pages[URL] = HTML
    page = read_openly(reader, URL)
    assert jump(reader, page, IDS[name])
    card = page.get_by_role("dialog")
    expect(card.get_by_role("heading", level=2)).to_have_text(f"Clause number {list(IDS).index(name) + 1}")
    where = (
        page.frames[1].get_by_text(QUOTES[name])
        if name == "frame"
        else page.locator(f"p:has-text('{QUOTES[name]}')").first
    )
    expect(where).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.close()


def test_the_card_shows_what_changed_word_by_word(reader: Browser) -> None:
    reader.pages[URL] = HTML
    page = read_openly(reader, URL)
    jump(reader, page, IDS["changed"])
    card = page.get_by_role("dialog")
    assert card.locator(".difference del").all_inner_texts() == ["country"]
    assert card.locator(".difference ins").all_inner_texts() == ["now", "world"]
    expect(card).to_contain_text("May 1, 2026")
    page.close()


def test_a_clause_that_is_gone_is_shown_with_its_old_words(reader: Browser) -> None:
    reader.pages[URL] = HTML
    page = read_openly(reader, URL)
    panel = reader.extension_page(f"panel.html?tab={reader.tab_id(page)}")
    panel.locator(f"[data-id={IDS['gone']}]").click()
    expect(panel.get_by_text(QUOTES["gone"])).to_be_visible()
    expect(panel.get_by_text("The words that were recorded")).to_be_visible()
    panel.close()
    page.close()


def test_a_strict_policy_of_the_page_does_not_matter(reader: Browser) -> None:
    headers = {"content-security-policy": STRICT}
    reader.pages[URL] = (HTML.replace(".innerHTML =", ".textContent ="), headers)
    page = read_openly(reader, URL)
    assert QUOTES["shown"] in reader.painted(page)
    # Without the page's style the copy that stands first is shown, and painted.
    page.get_by_text("We may share").first.click(position={"x": 40, "y": 10})
    card = page.get_by_role("dialog")
    expect(card).to_be_visible()
    assert card.evaluate("(card) => getComputedStyle(card).position") == "fixed"
    page.close()


def test_nothing_is_left_when_the_highlights_are_taken_off(reader: Browser) -> None:
    reader.pages[URL] = HTML
    page = read_openly(reader, URL)
    reader.in_extension(
        "(body) => chrome.runtime.sendMessage({ to: 'background', name: 'page.clear', body })",
        {"tabId": reader.tab_id(page)},
    )
    expect(page.locator("clauselight-overlay")).to_have_count(0)
    left = page.evaluate(
        "[CSS.highlights.size, document.adoptedStyleSheets.length, shadow.shadowRoot.adoptedStyleSheets.length]"
    )
    assert left == [0, 0, 0]
    page.close()


def test_the_keyboard_alone_is_enough(reader: Browser) -> None:
    reader.pages[URL] = HTML
    page = read_openly(reader, URL)
    focused = "() => document.querySelector('clauselight-overlay').shadowRoot?.activeElement?.getAttribute('aria-label')"
    page.keyboard.press("Alt+Shift+J")
    page.wait_for_function(f"() => ({focused})()?.includes('Clause number 1')")
    page.keyboard.press("Alt+Shift+J")
    page.wait_for_function(f"() => ({focused})()?.includes('Clause number 2')")
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog")
    expect(card).to_be_focused()
    page.keyboard.press("Alt+Shift+K")
    expect(card.get_by_role("heading", level=2)).to_have_text("Clause number 1")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.wait_for_function(f"() => ({focused})()?.includes('Clause number')")
    page.locator("textarea").focus()
    page.keyboard.press("Alt+Shift+J")
    expect(page.locator("textarea")).to_be_focused()
    page.close()


def test_a_link_inside_a_clause_stays_a_link(reader: Browser) -> None:
    reader.pages[URL] = HTML
    page = read_openly(reader, URL)
    page.get_by_role("link", name="advertising partners").click()
    page.wait_for_url("**#ads")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.close()


def test_the_card_covers_no_text_of_the_clause_on_a_wide_screen(reader: Browser) -> None:
    reader.pages[URL] = HTML
    page = read_openly(reader, URL)
    page.set_viewport_size({"width": 1800, "height": 900})
    jump(reader, page, IDS["far"])
    card = page.get_by_role("dialog")
    expect(card).to_be_visible()
    page.wait_for_timeout(300)
    place, clause = card.bounding_box(), page.get_by_text(QUOTES["far"]).first.bounding_box()
    assert place and clause
    assert place["x"] >= clause["x"] + clause["width"]
    assert place["y"] + place["height"] <= 900
    page.close()
