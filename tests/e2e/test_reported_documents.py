"""The four reported provisions at their true addresses, from the page to the action, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from clauselight.knowledge.catalogue import catalogue_documents, catalogue_provisions
from e2e.support.browser import Browser
from e2e.support.overlay import read_openly

FIXTURES = Path(__file__).parents[1] / "fixtures" / "policies"
NAMES = {
    "CL-D-000003": "pinterest",
    "CL-D-000004": "tiktok",
    "CL-D-000005": "ideogram",
    "CL-D-000006": "leonardo",
}
DOCUMENTS = {item.document.id: item.document for item in catalogue_documents()}
PROVISIONS = {item.document_id: item for item in catalogue_provisions() if item.document_id in NAMES}
QUOTED = [
    (identity, url)
    for identity in NAMES
    for url in DOCUMENTS[identity].urls
    if PROVISIONS[identity].quote is not None
]


def visible(text: str) -> str:
    """As a reader sees it: white space collapsed, the page's no-break hyphen as a hyphen."""
    return " ".join(text.split()).replace("\u2011", "-")


@pytest.mark.parametrize(("identity", "url"), QUOTED)
def test_the_painted_words_are_the_quote(browser: Browser, identity: str, url: str) -> None:
    browser.pages[url] = (FIXTURES / f"{NAMES[identity]}.html").read_text(encoding="utf-8")
    page = browser.read(url)
    quote = PROVISIONS[identity].quote
    assert quote is not None
    assert [visible(text) for text in browser.painted(page)] == [visible(quote)]


def test_from_the_highlight_to_what_you_can_do(browser: Browser) -> None:
    url = DOCUMENTS["CL-D-000003"].urls[0]
    browser.pages[url] = (FIXTURES / "pinterest.html").read_text(encoding="utf-8")
    page = read_openly(browser, url)
    page.get_by_text("train our AI/ML models").click()
    card = page.get_by_role("dialog")
    expect(card).to_contain_text("AI and machine learning training on user content")
    expect(card).to_contain_text("High")
    for heading in ("What it is", "How it affects you", "What you can do"):
        expect(card.get_by_text(heading, exact=True).first).to_be_visible()
    link = card.get_by_role("link", name="Open", exact=False).first
    expect(link).to_have_attribute(
        "href", "https://help.pinterest.com/en/article/your-privacy-and-data-settings"
    )
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_the_record_without_a_quote_is_listed_and_never_painted(browser: Browser) -> None:
    url = DOCUMENTS["CL-D-000006"].urls[0]
    browser.pages[url] = (FIXTURES / "leonardo.html").read_text(encoding="utf-8")
    page = browser.read(url, wait=False)
    panel = browser.extension_page(f"panel.html?tab={browser.tab_id(page)}")
    expect(panel.get_by_text("AI model training use of user content").first).to_be_visible()
    expect(panel.get_by_text("About the whole document").first).to_be_visible()
    assert browser.painted(page) == []
