"""The text of a page leaves this computer only when its reader saw it and said so, and only what was seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.support.browser import Browser, launch
from e2e.support.certificate import certificate
from e2e.support.proxy import RecordingProxy
from e2e.support.server import Server
from e2e.support.unknown_policy import HTML, URL, canned


def sent(proxy: RecordingProxy) -> list[dict[str, Any]]:
    return [json.loads(request.body) for request in proxy.requests if request.path == "/v1/analyses"]


@pytest.fixture(scope="module")
def shared_proxy(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RecordingProxy]:
    with RecordingProxy(server.port, certificate=certificate(tmp_path_factory.mktemp("key"))) as running:
        yield running


@pytest.fixture(scope="module")
def shared_browser(
    shared_proxy: RecordingProxy, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """A browser whose server is not on this computer."""
    rules = f"MAP clauses.example 127.0.0.1:{shared_proxy.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    arguments = ("--ignore-certificate-errors", f"--host-resolver-rules={rules}")
    folder = tmp_path_factory.mktemp("browser")
    with launch(folder, "https://clauses.example", all_sites=True, arguments=arguments) as running:
        yield running


@pytest.fixture
def page(browser: Browser, proxy: RecordingProxy) -> Page:
    """A policy that nobody knows, and a server that would analyse it."""
    proxy.misbehave = canned()
    browser.pages[URL] = HTML
    return browser.context.new_page()


def open_popup(browser: Browser, page: Page) -> Page:
    page.goto(URL)
    page.wait_for_timeout(700)
    return browser.extension_page(f"popup.html?tab={browser.tab_id(page)}")


def test_a_server_elsewhere_gets_exactly_what_was_shown(
    browser: Browser, proxy: RecordingProxy, page: Page
) -> None:
    browser.settings(analyseAtOnce=True, keepAnalysed=True)
    popup = open_popup(browser, page)
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
    browser: Browser, proxy: RecordingProxy, page: Page
) -> None:
    popup = open_popup(browser, page)
    popup.get_by_label("Ask clauses.example to keep it").check()
    popup.get_by_role("button", name="See what would be sent").click()
    expect(popup.get_by_role("region", name="What would be sent")).to_contain_text(URL)
    popup.get_by_role("button", name="Send and analyse").click()
    expect(popup.locator("#popup-count")).to_be_visible()
    assert [(request["keep"], request["url"]) for request in sent(proxy)] == [(True, URL)]


def test_a_second_press_of_enter_sends_nothing(browser: Browser, proxy: RecordingProxy, page: Page) -> None:
    popup = open_popup(browser, page)
    popup.get_by_role("button", name="See what would be sent").focus()
    popup.keyboard.press("Enter")
    expect(popup.get_by_role("button", name="Send and analyse")).to_be_visible()
    expect(popup.get_by_role("heading", name="What would be sent")).to_be_focused()
    popup.keyboard.press("Enter")
    popup.wait_for_timeout(300)
    assert sent(proxy) == []
