"""On any page of a known site the popup lists its documents; nothing is asked before it is opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.support.browser import Browser, launch
from e2e.support.proxy import RecordingProxy
from e2e.support.server import Server

HTML = "<!DOCTYPE html><html lang=en><title>A page</title><main><p>Pins and boards.</p></main>"
SITE = "https://www.pinterest.com/somebody/board/"
POLICY = "https://policy.pinterest.com/en/privacy-policy"
OTHER = "https://news.example/today"


@pytest.fixture(scope="module")
def site_proxy(server: Server) -> Iterator[RecordingProxy]:
    with RecordingProxy(server.port) as running:
        yield running


@pytest.fixture(scope="module")
def reader(site_proxy: RecordingProxy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder: Path = tmp_path_factory.mktemp("site")
    with launch(folder, site_proxy.address, all_sites=True) as running:
        running.pages |= {SITE: HTML, POLICY: HTML, OTHER: HTML}
        yield running


def open_popup(reader: Browser, url: str) -> tuple[Page, Page]:
    """A page and the popup about it."""
    page = reader.read(url, wait=False)
    page.wait_for_timeout(300)
    return page, reader.extension_page(f"popup.html?tab={reader.tab_id(page)}")


def test_nothing_is_requested_while_browsing_the_site(reader: Browser, site_proxy: RecordingProxy) -> None:
    before = len(site_proxy.requests)
    page = reader.read(SITE, wait=False)
    page.wait_for_timeout(600)
    assert reader.state(page)["status"] == "not-policy"
    assert site_proxy.paths[before:] == []
    page.close()


def test_the_popup_lists_the_documents_and_opens_them(reader: Browser, site_proxy: RecordingProxy) -> None:
    before = len(site_proxy.requests)
    page, popup = open_popup(reader, SITE)
    listed = popup.locator("#popup-site")
    expect(listed.get_by_role("heading")).to_contain_text("documents of this site")
    first = listed.locator("[data-document]").first
    expect(first.get_by_role("link")).to_contain_text("Pinterest")
    assert first.locator("[data-severity]").count() > 0
    assert first.locator(".site-worst li").count() in (1, 2)
    asked = site_proxy.paths[before:]
    assert len(asked) == 1
    assert asked[0].startswith("/v1/buckets/")

    with reader.context.expect_page() as opened:
        first.get_by_role("link").click()
    assert opened.value.url.startswith("https://policy.pinterest.com/")
    for tab in (opened.value, popup, page):
        tab.close()


def test_the_ledger_says_what_was_requested_and_why(reader: Browser) -> None:
    page, popup = open_popup(reader, SITE)
    ledger = popup.locator("#popup-requests")
    ledger.locator("summary").click()
    expect(ledger.locator("li").first).to_contain_text("/v1/buckets/")
    expect(ledger.locator("li").first).to_contain_text("You opened this window on a site of the list.")
    assert "pinterest" not in ledger.inner_text()
    ledger.get_by_role("button").click()
    expect(ledger).to_contain_text("Nothing was requested")
    popup.close()
    page.close()


def test_a_site_without_known_documents_is_not_asked_about(
    reader: Browser, site_proxy: RecordingProxy
) -> None:
    before = len(site_proxy.requests)
    page, popup = open_popup(reader, OTHER)
    expect(popup.get_by_role("heading", name="Not a known policy")).to_be_visible()
    popup.wait_for_timeout(400)
    expect(popup.locator("#popup-site")).to_have_count(0)
    assert site_proxy.paths[before:] == []
    popup.close()
    page.close()


def test_on_a_policy_the_others_of_the_site_stand_below(reader: Browser) -> None:
    page, popup = open_popup(reader, POLICY)
    expect(popup.locator("#popup-count")).to_be_visible()
    expect(popup.locator("#popup-site")).to_contain_text("This page")
    popup.close()
    page.close()
