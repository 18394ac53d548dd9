"""Access to sites is given by real clicks, and nothing happens before."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.support.browser import ALL_SITES, Browser, launch
from e2e.support.proxy import RecordingProxy

POLICY = "https://policy.pinterest.com/en/privacy-policy"
OTHER = "https://about.ideogram.ai/legal/privacy"
HTML = "<!DOCTYPE html><html lang=en><title>Policy</title><main><p>Words of a policy.</p></main>"


def granted(browser: Browser) -> list[str]:
    """Sites that the browser lets the extension see."""
    origins: list[str] = browser.in_extension("async () => (await chrome.permissions.getAll()).origins")
    return sorted(origin for origin in origins if "127.0.0.1" not in origin)


@pytest.mark.parametrize(
    ("button", "patterns"),
    [
        ("#popup-allow-site", ["https://policy.pinterest.com/*"]),
        ("#popup-allow-all", ALL_SITES),
    ],
)
def test_the_popups_buttons_allow_what_they_say(
    proxy: RecordingProxy, tmp_path: Path, button: str, patterns: list[str]
) -> None:
    with launch(tmp_path, proxy.address, all_sites=False, grantable=tuple(patterns)) as browser:
        browser.pages |= {POLICY: HTML, OTHER: HTML}
        page = browser.context.new_page()
        page.goto(POLICY)
        before = len(proxy.requests)
        page.wait_for_timeout(400)
        assert granted(browser) == []
        assert proxy.paths[before:] == []

        with browser.toolbar_popup(page) as popup:
            popup.click(button)
            browser.wait_for(lambda: granted(browser) == sorted(patterns), "the access was not given")
        # What is open gets its due at once.
        tab = browser.tab_id(page)
        browser.wait_for(lambda: browser.state(page)["status"] == "matched", f"tab {tab} was not looked at")
        assert len([path for path in proxy.paths[before:] if path.startswith("/v1/buckets/")]) >= 1

        asked = len(proxy.requests)
        page.goto(OTHER)
        page.wait_for_timeout(600)
        everywhere = button == "#popup-allow-all"
        assert bool(proxy.paths[asked:]) == everywhere


def test_manual_mode_waits_for_the_button(browser: Browser, proxy: RecordingProxy) -> None:
    browser.pages[POLICY] = HTML
    browser.settings(mode="manual")
    page = browser.context.new_page()
    before = len(proxy.requests)
    page.goto(POLICY)
    page.wait_for_timeout(500)
    popup = browser.extension_page(f"popup.html?tab={browser.tab_id(page)}")
    expect(popup.get_by_role("heading", name="Not looked at")).to_be_visible()
    popup.wait_for_timeout(400)
    assert proxy.paths[before:] == []
    popup.click("#popup-look")
    expect(popup.locator("#popup-count")).to_be_visible()
    assert [path for path in proxy.paths[before:] if path.startswith("/v1/buckets/")]
