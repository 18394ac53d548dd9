"""A server that misbehaves leaves every page untouched, and the popup says what is wrong."""

from __future__ import annotations

import json
import urllib.request

import pytest
from playwright.sync_api import expect

from e2e.support.browser import Browser
from e2e.support.proxy import Misbehaviour, RecordingProxy
from e2e.support.server import Server

URL = "https://policy.pinterest.com/en/privacy-policy"
PAGE = "<!DOCTYPE html><html lang=en><title>Policy</title><main><p>Words of a policy.</p></main>"


def wrong_version(address: str) -> bytes:
    """A bucket of a contract that nobody knows yet."""
    with urllib.request.urlopen(f"{address}/v1/buckets/00") as answer:
        return json.dumps({**json.load(answer), "contract_version": "2"}).encode()


CASES = {
    "garbage": ("server-garbage", Misbehaviour("/v1/buckets", body=b"\x00\x01 no json")),
    "html": (
        "server-garbage",
        Misbehaviour("/v1/buckets", content_type="text/html", body=b"<h1>Sign in</h1>"),
    ),
    "not-the-contract": ("server-garbage", Misbehaviour("/v1/buckets", body=b'{"sets": 5}')),
    "error": ("server-error", Misbehaviour("/v1/buckets", status=500, body=b"{}")),
    "nothing": ("server-unreachable", Misbehaviour("/v1/buckets", drop=True)),
}


def check_untouched(browser: Browser, kind: str) -> None:
    browser.pages[URL] = PAGE
    page = browser.read(URL, wait=False)
    before = page.content()
    for _ in range(50):
        state = browser.state(page)
        if state["trouble"]:
            break
        page.wait_for_timeout(100)
    assert state["trouble"]["kind"] == kind
    assert page.content() == before
    assert browser.painted(page) == []
    popup = browser.extension_page(f"popup.html?tab={browser.tab_id(page)}")
    sentence = popup.get_by_role("alert").or_(popup.get_by_role("status")).first
    expect(sentence).to_be_visible()
    assert len(sentence.inner_text().split()) > 5


@pytest.mark.parametrize("name", CASES)
def test_the_page_stays_untouched_and_the_popup_says_why(
    browser: Browser, proxy: RecordingProxy, name: str
) -> None:
    browser.in_extension(
        "() => chrome.runtime.sendMessage({to: 'background', name: 'server.refresh', body: {}})"
    )
    kind, proxy.misbehave = CASES[name]
    check_untouched(browser, kind)


def test_another_contract_version_is_named(browser: Browser, proxy: RecordingProxy) -> None:
    browser.in_extension(
        "() => chrome.runtime.sendMessage({to: 'background', name: 'server.refresh', body: {}})"
    )
    proxy.misbehave = Misbehaviour("/v1/buckets", body=wrong_version(proxy.address))
    check_untouched(browser, "contract-mismatch")


def test_what_was_fetched_before_still_works_when_the_server_is_gone(
    browser: Browser, server: Server, proxy: RecordingProxy
) -> None:
    address = f"{server.address}/demo/privacy"
    browser.read(address).close()
    proxy.misbehave = Misbehaviour("/v1/", drop=True)
    page = browser.read(address)
    state = browser.state(page)
    assert state["status"] == "matched"
    assert state["fromCache"]
    assert state["trouble"]["kind"] == "server-unreachable"


def test_a_known_document_that_nobody_has_read_says_so(browser: Browser) -> None:
    url = "https://policy.pinterest.com/en/terms-of-service"
    browser.pages[url] = PAGE
    page = browser.read(url, wait=False)
    page.wait_for_timeout(1_000)
    assert browser.state(page)["status"] == "known"
    popup = browser.extension_page(f"popup.html?tab={browser.tab_id(page)}")
    expect(popup.get_by_text("Pinterest Terms of Service")).to_be_visible()
    assert browser.painted(page) == []
