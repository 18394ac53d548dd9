"""From an unknown policy to a match at the next visit, with the real server and its real classifier."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.support.archive import with_catalogue
from e2e.support.browser import Browser
from e2e.support.proxy import RecordingProxy
from e2e.support.server import Server, start_server
from e2e.support.unknown_policy import FRENCH, LOGIN, TERMS, URL

KNOWN_ONLY = "https://www.cursor.com/privacy"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One of these tests alone: what it keeps would count in the figures of the shared one."""
    with start_server(with_catalogue(tmp_path_factory.mktemp("kept"))) as started:
        yield started


def sent(proxy: RecordingProxy) -> list[dict[str, Any]]:
    return [json.loads(request.body) for request in proxy.requests if request.path == "/v1/analyses"]


def open_popup(browser: Browser, url: str, html: str) -> tuple[Page, Page]:
    browser.pages[url] = html
    page = browser.read(url, wait=False)
    page.wait_for_timeout(400)
    return page, browser.extension_page(f"popup.html?tab={browser.tab_id(page)}")


def analyse(popup: Page) -> None:
    popup.get_by_role("button", name="Analyse with my server").click()
    expect(popup.locator("#popup-count")).to_be_visible(timeout=20_000)


def test_what_was_kept_is_a_match_at_the_next_visit(browser: Browser, proxy: RecordingProxy) -> None:
    page, popup = open_popup(browser, URL, TERMS)
    analyse(popup)
    expect(popup.locator("#popup-automatic-labels")).to_contain_text("Kept on your server")
    browser.wait_painted(page)
    state = browser.state(page)
    provisions = state["matches"][0]["set"]["provisions"]
    assert provisions
    assert {provision["method"] for provision in provisions} == {"automatic"}
    assert {item["outcome"] for item in state["outcomes"]} == {"found"}
    popup.close()
    page.close()

    def listed() -> bool:
        again = browser.read(URL, wait=False)
        again.wait_for_timeout(400)
        status = browser.state(again)["status"]
        again.close()
        return bool(status == "matched")

    browser.wait_for(listed, "the page that was kept is in no list")
    again = browser.read(URL)
    matched = browser.state(again)
    assert matched["status"] == "matched"
    assert matched.get("analysis") is None
    assert {one["id"] for one in matched["matches"][0]["set"]["provisions"]} == {
        one["id"] for one in provisions
    }
    assert len(sent(proxy)) == 1


def test_what_was_declined_is_forgotten(browser: Browser, proxy: RecordingProxy) -> None:
    url = "https://www.ragwort.example/legal/privacy"
    page, popup = open_popup(browser, url, TERMS.replace("Thistledown", "Ragwort"))
    popup.get_by_label("Keep it on my server").uncheck()
    analyse(popup)
    expect(popup.locator("#popup-automatic-labels")).to_contain_text("Not kept")
    browser.wait_painted(page)
    provisions = browser.state(page)["matches"][0]["set"]["provisions"]
    assert all(provision["id"].startswith("CL-A-") for provision in provisions)
    browser.refresh_index()
    page.close()
    again = browser.read(url, wait=False)
    again.wait_for_timeout(500)
    assert browser.state(again)["status"] == "not-policy"


def test_a_known_document_without_records_is_analysed_the_same_way(browser: Browser) -> None:
    page, popup = open_popup(browser, KNOWN_ONLY, TERMS.replace("Thistledown", "Cursor"))
    expect(popup.get_by_role("heading", name="Known, but not analysed")).to_be_visible()
    analyse(popup)
    browser.wait_painted(page)
    assert browser.state(page)["status"] == "matched"


def test_a_page_with_hardly_any_text_is_not_sent(browser: Browser, proxy: RecordingProxy) -> None:
    before = len(sent(proxy))
    _, popup = open_popup(browser, "https://www.bindweed.example/legal/privacy", LOGIN)
    popup.get_by_role("button", name="It is a policy: analyse it").click()
    expect(popup.get_by_role("alert")).to_contain_text("too little text")
    assert len(sent(proxy)) == before


def test_a_language_that_was_not_learned_is_refused(browser: Browser) -> None:
    _, popup = open_popup(browser, "https://www.tansy.example/fr/politique-de-confidentialite", FRENCH)
    expect(popup.get_by_role("heading", name="This looks like a policy")).to_be_visible()
    popup.get_by_role("button", name="Analyse with my server").click()
    expect(popup.get_by_role("alert")).to_contain_text("has not learned the language", timeout=20_000)
