"""The side panel: every provision with what became of it, filters, jumps, and all of it by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from e2e.support.browser import Browser, launch
from e2e.support.server import Server


@pytest.fixture(scope="module")
def reader(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with launch(tmp_path_factory.mktemp("panel"), server.address, all_sites=True) as running:
        yield running


@pytest.fixture
def demo(reader: Browser) -> Iterator[Page]:
    page = reader.read(f"{reader.server}/demo/privacy")
    yield page
    page.close()


@pytest.fixture
def panel(reader: Browser, demo: Page) -> Iterator[Page]:
    page = reader.extension_page(f"panel.html?tab={reader.tab_id(demo)}")
    page.get_by_text("14 clauses shown").wait_for()
    yield page
    page.close()


def clauses(panel: Page) -> list[str]:
    return panel.get_by_role("listitem").get_by_role("button").all_inner_texts()


def test_every_provision_is_listed_with_its_outcome(panel: Page) -> None:
    shown = clauses(panel)
    assert len(shown) == 14
    assert sum("On this page" in text for text in shown) == 13
    assert sum("About the whole document" in text for text in shown) == 1
    headings = panel.get_by_role("heading", level=2).all_inner_texts()
    assert [heading.split(" ")[0] for heading in headings] == [
        "Critical",
        "High",
        "Medium",
        "Low",
        "Protective",
    ]


def test_filters_and_search_narrow_the_list_and_say_how_many(panel: Page) -> None:
    panel.get_by_role("button", name="High 5").click()
    expect(panel.get_by_role("status")).to_contain_text("5 clauses shown")
    panel.get_by_role("button", name="High 5").click()
    panel.get_by_label("Category").select_option(label="Your rights and choices (1)")
    expect(panel.get_by_role("status")).to_contain_text("1 clause shown")
    panel.get_by_label("Category").select_option(index=0)
    panel.keyboard.press("/")
    panel.keyboard.type("face")
    expect(panel.get_by_role("status")).not_to_contain_text("14 clauses")
    assert any("Face templates" in text for text in clauses(panel))
    assert len(clauses(panel)) < 14


def test_a_jump_opens_the_collapsed_section_and_scrolls_there(
    reader: Browser, demo: Page, panel: Page
) -> None:
    fold = demo.locator("#faces")
    assert fold.get_attribute("open") is None
    panel.get_by_role("button", name="Face templates of everybody").click()
    demo.wait_for_function("() => document.querySelector('#faces').open")
    quote = demo.get_by_text("a set of numbers describing the geometry of a face")
    demo.wait_for_function(
        """(element) => { const box = element.getBoundingClientRect();
            return box.top >= 0 && box.bottom <= innerHeight; }""",
        arg=quote.element_handle(),
    )
    expect(panel.get_by_text("What you can do").first).to_be_visible()


def test_hidden_until_found_text_is_revealed_by_a_jump(demo: Page, panel: Page) -> None:
    panel.get_by_role("button", name="Do Not Track and similar signals are ignored").click()
    words = demo.get_by_text("do not respond to", exact=False).first
    demo.wait_for_function("(element) => element.checkVisibility()", arg=words.element_handle())


def test_the_whole_path_by_keyboard_alone(panel: Page) -> None:
    panel.keyboard.press("/")
    panel.keyboard.press("Escape")
    first = panel.get_by_role("listitem").get_by_role("button").first
    first.focus()
    panel.keyboard.press("ArrowDown")
    second = panel.get_by_role("listitem").get_by_role("button").nth(1)
    expect(second).to_be_focused()
    panel.keyboard.press("Enter")
    expect(panel.get_by_text("How it affects you").first).to_be_visible()
    panel.keyboard.press("Escape")
    expect(panel.get_by_role("listitem").get_by_role("button").first).to_be_visible()


def test_what_the_user_hides_is_not_painted_and_comes_back(reader: Browser, demo: Page) -> None:
    before = len(reader.painted(demo))
    reader.settings(hiddenSeverities=["high"])
    try:
        demo.wait_for_function("() => !(CSS.highlights.get('clauselight-high')?.size)")
        assert len(reader.painted(demo)) < before
    finally:
        reader.settings(hiddenSeverities=[])
    demo.wait_for_function("() => CSS.highlights.get('clauselight-high')?.size")


def test_links_of_a_record_are_safe_and_letters_are_one_click_away(reader: Browser, panel: Page) -> None:
    reader.settings(place="DE")
    panel.get_by_role("button", name="Private photos, notes and messages train AI models").click()
    expect(panel.get_by_text("What you can do").first).to_be_visible()
    panel.get_by_role("button", name="more way").click()
    for link in panel.get_by_role("link").all():
        href = link.get_attribute("href") or ""
        assert href.startswith(("https://", "mailto:", "http://127.0.0.1")), href
    with reader.context.expect_page() as opened:
        panel.get_by_role("button", name="Write the letter").first.click()
    letter = opened.value
    expect(letter.get_by_label("E-mail address", exact=True)).to_have_value("privacy@murmurloft.example")
    href = letter.locator("#letter-mail").get_attribute("href") or ""
    assert href.startswith("mailto:privacy@murmurloft.example?subject=")
    letter.close()
