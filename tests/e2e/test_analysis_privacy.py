"""The text of a page leaves the browser only as its reader wanted, and only what the reader saw."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.support.browser import Browser, launch
from e2e.support.certificate import certificate
from e2e.support.proxy import RecordingProxy
from e2e.support.server import Server
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


@pytest.fixture
def browser(own_browser: Browser) -> Browser:
    """One of its own for each test, as others are driven here too."""
    return own_browser


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


@pytest.fixture
def elsewhere(server: Server, tmp_path: Path) -> Iterator[tuple[Browser, RecordingProxy]]:
    """A browser whose server is not on this computer."""
    with RecordingProxy(server.port, certificate=certificate(tmp_path)) as proxy:
        rules = f"MAP clauses.example 127.0.0.1:{proxy.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        arguments = ("--ignore-certificate-errors", f"--host-resolver-rules={rules}")
        there = "https://clauses.example"
        with launch(tmp_path / "browser", there, all_sites=True, arguments=arguments) as browser:
            browser.pages[URL] = HTML
            yield browser, proxy


def test_a_server_elsewhere_gets_exactly_what_was_shown(elsewhere: tuple[Browser, RecordingProxy]) -> None:
    browser, proxy = elsewhere
    proxy.misbehave = canned()
    browser.settings(analyseAtOnce=True, keepAnalysed=True)
    page = visit(browser, URL)
    popup = browser.extension_page(f"popup.html?tab={browser.tab_id(page)}")
    expect(popup.get_by_text("the text has to be sent to clauses.example")).to_be_visible()
    expect(popup.get_by_label("Ask clauses.example to keep it")).not_to_be_checked()
    expect(popup.get_by_role("button", name="Send and analyse")).to_have_count(0)
    popup.get_by_role("button", name="See what would be sent").click()
    preview = popup.get_by_role("region", name="What would be sent")
    expect(preview).to_contain_text("https://clauses.example")
    expect(preview).to_contain_text("not sent")
    text = preview.get_by_role("region", name="Text").inner_text()
    assert sent(proxy) == []
    popup.get_by_role("button", name="Do not send").click()
    expect(preview).to_have_count(0)
    popup.get_by_role("button", name="See what would be sent").click()
    popup.get_by_role("region", name="Text").wait_for()
    page.evaluate("() => { document.querySelector('h1').textContent = 'Written after the preview'; }")
    popup.get_by_role("button", name="Send and analyse").click()
    expect(popup.locator("#popup-count")).to_be_visible()
    (request,) = sent(proxy)
    assert " ".join(block["text"] for block in request["blocks"]) == " ".join(text.split())
    assert request["keep"] is False
    assert "url" not in request
    headers = {name.lower(): value for name, value in proxy.requests[-1].headers.items()}
    assert not headers.keys() & {"cookie", "referer", "authorization"}
    assert headers["accept-language"] == "*"


def test_a_server_elsewhere_is_told_the_address_only_when_asked_to_keep(
    elsewhere: tuple[Browser, RecordingProxy],
) -> None:
    browser, proxy = elsewhere
    proxy.misbehave = canned()
    page = visit(browser, URL)
    popup = browser.extension_page(f"popup.html?tab={browser.tab_id(page)}")
    popup.get_by_label("Ask clauses.example to keep it").check()
    popup.get_by_role("button", name="See what would be sent").click()
    expect(popup.get_by_role("region", name="What would be sent")).to_contain_text(URL)
    popup.get_by_role("button", name="Send and analyse").click()
    expect(popup.locator("#popup-count")).to_be_visible()
    assert [(request["keep"], request["url"]) for request in sent(proxy)] == [(True, URL)]


def test_a_second_press_of_enter_sends_nothing(elsewhere: tuple[Browser, RecordingProxy]) -> None:
    browser, proxy = elsewhere
    proxy.misbehave = canned()
    page = visit(browser, URL)
    popup = browser.extension_page(f"popup.html?tab={browser.tab_id(page)}")
    popup.get_by_role("button", name="See what would be sent").focus()
    popup.keyboard.press("Enter")
    expect(popup.get_by_role("button", name="Send and analyse")).to_be_visible()
    expect(popup.get_by_role("heading", name="What would be sent")).to_be_focused()
    popup.keyboard.press("Enter")
    popup.wait_for_timeout(300)
    assert sent(proxy) == []
