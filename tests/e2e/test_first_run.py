"""From the installation to the first highlight, and the settings, as a new user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.support.browser import Browser
from e2e.support.proxy import RecordingProxy
from e2e.support.server import Server

PINTEREST = "https://policy.pinterest.com/en/privacy-policy"
PAGE = (Path(__file__).parents[1] / "fixtures" / "policies" / "pinterest.html").read_text(encoding="utf-8")


@pytest.fixture
def browser(own_browser: Browser) -> Browser:
    """One of its own for each test, as others are driven here too."""
    return own_browser


def test_first_run_page_tests_the_server_and_leads_to_the_demo(
    fresh_browser: Browser, server: Server
) -> None:
    page = fresh_browser.extension_page("onboarding.html")
    page.get_by_label("Address of the server").fill(server.address)
    page.get_by_role("button", name="Test and use").click()
    expect(page.get_by_role("status").first).to_contain_text("1,9")
    link = page.get_by_role("link", name="Open the demo")
    expect(link).to_have_attribute("href", f"{server.address}/demo/")
    # The demo lies on the user's own computer: no permission is needed for it.
    demo = fresh_browser.read(f"{server.address}/demo/terms")
    assert len(fresh_browser.painted(demo)) >= 10


def test_without_permission_a_policy_is_not_looked_at(fresh_browser: Browser, proxy: RecordingProxy) -> None:
    fresh_browser.pages[PINTEREST] = PAGE
    before = len(proxy.requests)
    page = fresh_browser.read(PINTEREST, wait=False)
    page.wait_for_timeout(800)
    assert fresh_browser.painted(page) == []
    assert page.locator("clauselight-overlay").count() == 0
    assert proxy.paths[before:] == []


def test_all_sites_are_allowed_by_a_real_click_and_taken_back(browser: Browser) -> None:
    browser.pages[PINTEREST] = PAGE
    options = browser.extension_page("options.html")
    options.get_by_role("button", name="Take this back").click()
    expect(options.get_by_role("button", name="Allow on all sites")).to_be_visible()
    page = browser.read(PINTEREST, wait=False)
    page.wait_for_timeout(500)
    assert browser.painted(page) == []
    options.get_by_role("button", name="Allow on all sites").click()
    expect(options.get_by_role("button", name="Take this back")).to_be_visible()
    browser.wait_painted(page)


def test_a_server_that_does_not_answer_is_told_in_a_sentence(fresh_browser: Browser) -> None:
    page = fresh_browser.extension_page("options.html")
    page.get_by_label("Address of the server").fill("http://127.0.0.1:9")
    page.get_by_role("button", name="Test and use").click()
    expect(page.locator("#server-result")).to_contain_text("Your server does not answer.")
    page.get_by_label("Address of the server").fill("ftp://nowhere")
    page.get_by_role("button", name="Test and use").click()
    expect(page.locator("#server-fault")).to_be_visible()


def test_settings_are_exported_and_reset(fresh_browser: Browser) -> None:
    page = fresh_browser.extension_page("options.html")
    page.get_by_label("Low", exact=True).uncheck()
    with page.expect_download() as caught:
        page.get_by_role("button", name="Export settings").click()
    exported = json.loads(caught.value.path().read_text())
    assert "low" in json.dumps(exported)
    page.get_by_role("button", name="Reset everything").click()
    page.locator("#reset-confirm").click()
    expect(page.get_by_label("Low", exact=True)).to_be_checked()
