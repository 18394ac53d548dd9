"""axe-core finds nothing on any page or panel, light or dark."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page

from e2e.support.axe import violations
from e2e.support.browser import Browser
from e2e.support.server import Server

Scheme = Literal["light", "dark"]
SCHEMES: list[Scheme] = ["light", "dark"]


def demo_with_open_card(browser: Browser, address: str, scheme: Scheme) -> Page:
    """The demo policy with its overlay, a card open, and its shadow root open to the test."""
    page = browser.context.new_page()
    page.emulate_media(color_scheme=scheme)
    browser.settings(mode="manual")
    page.goto(f"{address}/demo/privacy")
    browser.open_shadow_in(page)
    browser.settings(mode="automatic")
    browser.wait_painted(page)
    page.keyboard.press("Alt+Shift+J")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    return page


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    "path", ["/", "/demo/", "/api", "/problems", "/provisions/CL-P-000005", "/demo/terms"]
)
def test_pages_of_the_server(browser: Browser, server: Server, path: str, scheme: Scheme) -> None:
    browser.settings(mode="manual")
    page = browser.context.new_page()
    page.emulate_media(color_scheme=scheme)
    page.goto(server.address + path)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_demo_page_with_overlay_and_card(browser: Browser, server: Server, scheme: Scheme) -> None:
    page = demo_with_open_card(browser, server.address, scheme)
    assert page.locator("clauselight-overlay").count() == 1
    assert violations(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", ["panel", "popup", "options", "onboarding"])
def test_pages_of_the_extension(browser: Browser, server: Server, name: str, scheme: Scheme) -> None:
    demo = browser.read(f"{server.address}/demo/privacy")
    page = browser.context.new_page()
    page.emulate_media(color_scheme=scheme)
    page.goto(browser.url(f"{name}.html?tab={browser.tab_id(demo)}"))
    page.wait_for_timeout(600)
    assert violations(page) == []
