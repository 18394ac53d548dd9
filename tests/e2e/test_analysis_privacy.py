"""Pages are read, and their text sent to the server of one's own computer, only as their reader wanted."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page

from e2e.support.browser import Browser
from e2e.support.proxy import RecordingProxy
from e2e.support.unknown_policy import HTML, URL, canned

ORDINARY = {
    url: f"<!DOCTYPE html><html lang=en><title>{title}</title><main><h1>{title}</h1><p>{text}</p></main>"
    for url, title, text in (
        ("https://news.example/2026/privacy", "Privacy news", "A court has ruled on a privacy policy."),
        ("https://shop.example/terms", "Our terms", "Ask in the shop."),
        ("https://mail.example/inbox", "Inbox (3)", "We sell your data, writes aunt Jo."),
        ("https://bank.example/policy", "Log in", "Your number and password, please."),
    )
}


def sent(proxy: RecordingProxy) -> list[dict[str, Any]]:
    return [json.loads(request.body) for request in proxy.requests if request.path == "/v1/analyses"]


def visit(browser: Browser, url: str) -> Page:
    page = browser.read(url, wait=False)
    page.wait_for_timeout(700)
    return page


def test_without_the_switch_a_policy_causes_no_request_and_no_code(
    browser: Browser, proxy: RecordingProxy
) -> None:
    browser.pages[URL] = HTML
    before = len(proxy.requests)
    for mode in ("automatic", "manual"):
        browser.settings(mode=mode)
        page = visit(browser, URL)
        assert page.evaluate("[document.documentElement.children.length, CSS.highlights.size]") == [2, 0]
        page.close()
    assert proxy.paths[before:] == []


def test_with_the_switch_a_policy_is_analysed_at_once_and_nothing_else(
    browser: Browser, proxy: RecordingProxy
) -> None:
    proxy.misbehave = canned()
    browser.settings(analyseAtOnce=True, keepAnalysed=False)
    browser.pages |= {URL: HTML, **ORDINARY}
    before = len(proxy.requests)
    for url in ORDINARY:
        visit(browser, url).close()
    assert proxy.paths[before:] == []
    page = browser.read(URL)
    assert browser.state(page)["analysis"]["kind"] == "done"
    assert proxy.paths[before:] == ["/v1/analyses"]
    (request,) = sent(proxy)
    assert "url" not in request
    assert browser.state(page)["painted"]


def test_a_policy_that_writes_itself_is_waited_for(browser: Browser, proxy: RecordingProxy) -> None:
    proxy.misbehave = canned()
    browser.settings(analyseAtOnce=True)
    body = json.dumps(HTML.partition("<body>")[2].partition("</body>")[0])
    browser.pages[URL] = (
        "<!DOCTYPE html><html lang=en><title>Privacy Policy</title><body></body>"
        f"<script>setTimeout(() => {{ document.body.innerHTML = {body}; }}, 900)</script></html>"
    )
    browser.read(URL)
    assert len(sent(proxy)) == 1
