"""axe-core finds nothing on any page or panel, light or dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from e2e.support.axe import violations_in_both_schemes
from e2e.support.browser import Browser
from e2e.support.server import Server


def demo_with_open_card(browser: Browser, address: str) -> Page:
    """The demo policy with its overlay, a card open, and its shadow root open to the test."""
    page = browser.context.new_page()
    browser.settings(mode="manual")
    page.goto(f"{address}/demo/privacy")
    browser.open_shadow_in(page)
    browser.settings(mode="automatic")
    browser.wait_painted(page)
    page.keyboard.press("Alt+Shift+J")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    return page


@pytest.mark.parametrize(
    "path", ["/", "/demo/", "/api", "/problems", "/provisions/CL-P-000005", "/demo/terms"]
)
def test_pages_of_the_server(browser: Browser, server: Server, path: str) -> None:
    browser.settings(mode="manual")
    page = browser.context.new_page()
    page.goto(server.address + path)
    assert violations_in_both_schemes(page) == []


def test_demo_page_with_overlay_and_card(browser: Browser, server: Server) -> None:
    page = demo_with_open_card(browser, server.address)
    assert page.locator("clauselight-overlay").count() == 1
    assert violations_in_both_schemes(page) == []


@pytest.mark.parametrize("name", ["panel", "popup", "options", "onboarding"])
def test_pages_of_the_extension(browser: Browser, server: Server, name: str) -> None:
    demo = browser.read(f"{server.address}/demo/privacy")
    page = browser.context.new_page()
    page.goto(browser.url(f"{name}.html?tab={browser.tab_id(demo)}"))
    page.wait_for_timeout(600)
    assert violations_in_both_schemes(page) == []
