"""A reworded clause shows what changed, word by word; one that is gone is listed with its old words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from e2e.support.archive import KnownPage, build_archive
from e2e.support.browser import Browser, launch
from e2e.support.overlay import read_openly
from e2e.support.server import start_server

URL = "https://drift.example/privacy"
KEPT = "You may ask us for a copy of your data, and we answer within one month of the day we get your letter."
RECORDED = (
    "We may share your contact details with our advertising partners in the United States for two years."
)
NOW = (
    "We may share your contact details and location with our advertising partners everywhere for five years."
)
GONE = "We never sell recordings of your voice to anybody, whatever the price that is offered to us for them."
HTML = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Privacy</title></head><body>
<main><h1>Privacy policy</h1><p>This policy was changed after it had been recorded. {NOW} The rest stands.</p>
<p>{KEPT}</p><p>Write to the address below if something here is unclear to you.</p></main></body></html>"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("drift")
    build_archive(folder, [KnownPage("Drift", URL, HTML, (KEPT, RECORDED, GONE))])
    with (
        start_server(folder) as server,
        launch(tmp_path_factory.mktemp("reader"), server.address, all_sites=True) as running,
    ):
        running.pages[URL] = HTML
        yield running


def test_the_card_shows_what_changed_word_by_word(reader: Browser) -> None:
    page = read_openly(reader, URL)
    assert set(reader.painted(page)) == {KEPT, NOW}
    page.keyboard.press("Alt+Shift+J")
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog")
    expect(card).to_contain_text("2026")
    removed = " ".join(card.locator("del").all_inner_texts())
    added = " ".join(card.locator("ins").all_inner_texts())
    assert "United States" in removed and "two" in removed
    assert "location" in added and "everywhere" in added and "five" in added
    assert "contact details" not in removed + added
    page.close()


def test_the_panel_lists_all_three_with_what_became_of_them(reader: Browser) -> None:
    reader.settings(mode="automatic")
    page = reader.read(URL)
    panel = reader.extension_page(f"panel.html?tab={reader.tab_id(page)}")
    buttons = panel.get_by_role("listitem").get_by_role("button")
    expect(buttons).to_have_count(3)
    texts = buttons.all_inner_texts()
    assert sum("Changed" in text or "changed" in text for text in texts) == 1
    gone = buttons.filter(has_text="recordings of your voice")
    expect(gone).to_be_visible()
    gone.click()
    expect(panel.get_by_text(GONE).first).to_be_visible()
    expect(panel.get_by_text("Recorded on ", exact=False).filter(has_text="2026")).to_be_visible()
    page.close()
