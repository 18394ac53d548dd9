"""The server of a privacy tool must not learn what people read."""

from __future__ import annotations

import pytest

from e2e.support.browser import Browser
from e2e.support.proxy import RecordingProxy
from e2e.support.server import Server

ORDINARY = [
    "https://news.example/2026/11/a-story",
    "https://shop.example/cart?item=7#reviews",
    "https://policy.pinterest.com/en/about",
    "https://www.tiktok.com/@somebody/video/1",
    "https://mail.example/inbox",
]
HTML = "<!DOCTYPE html><html lang=en><title>A page</title><main><p>We collect nothing here.</p></main>"


@pytest.mark.parametrize("mode", ["automatic", "manual"])
def test_pages_that_are_no_policies_cause_no_request_and_no_script(
    browser: Browser, proxy: RecordingProxy, mode: str
) -> None:
    browser.settings(mode=mode)
    for url in ORDINARY:
        browser.pages[url.partition("#")[0]] = HTML
    before = len(proxy.requests)
    for url in ORDINARY:
        page = browser.read(url, wait=False)
        page.wait_for_timeout(400)
        assert page.evaluate("document.documentElement.children.length") == 2
        assert page.evaluate("[...CSS.highlights.keys()].length") == 0
        assert browser.state(page)["status"] in ("not-policy", "unknown")
        page.close()
    assert proxy.paths[before:] == []
    assert browser.missed == []


def test_requests_for_a_known_policy_carry_nothing_about_the_reader(
    browser: Browser, proxy: RecordingProxy
) -> None:
    url = "https://policy.pinterest.com/en/privacy-policy"
    browser.pages[url] = HTML
    page = browser.read(url, wait=False)
    page.wait_for_timeout(1_000)
    assert browser.state(page)["status"] == "matched"
    assert proxy.requests
    for request in proxy.requests:
        names = {name.lower() for name in request.headers}
        assert not names & {"cookie", "referer", "authorization", "origin"}, request
        assert "pinterest" not in str(request).lower()
        assert request.path.startswith(("/v1/index", "/v1/deltas/", "/v1/buckets/", "/v1/info"))


def test_the_servers_log_says_nothing_about_what_was_read(browser: Browser, server: Server) -> None:
    url = "https://about.ideogram.ai/legal/privacy"
    browser.pages[url] = HTML
    browser.read(url, wait=False).wait_for_timeout(800)
    log = "".join(server.log)
    assert "GET /v1/buckets/{prefix} 200" in log
    assert "ideogram" not in log
    assert "127.0.0.1 " not in log
