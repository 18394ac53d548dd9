"""Looking into the overlay of a page, whose shadow root is closed to everybody else."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from e2e.support.browser import Browser


def read_openly(browser: Browser, url: str) -> Page:
    """Open a page with its overlay visible to the test: manual mode leaves time to open the root."""
    browser.settings(mode="manual")
    page = browser.context.new_page()
    page.goto(url)
    browser.open_shadow_in(page)
    highlight(browser, page)
    browser.wait_painted(page)
    return page


def highlight(browser: Browser, page: Page) -> dict[str, Any]:
    """What the popup's button does."""
    return ask(browser, "page.highlight", {"tabId": browser.tab_id(page)})


def jump(browser: Browser, page: Page, provision: str) -> bool:
    """What the panel does when a clause is chosen."""
    answer = ask(browser, "page.jump", {"tabId": browser.tab_id(page), "provisionId": provision})
    return bool(answer["jumped"])


def ask(browser: Browser, name: str, body: dict[str, Any]) -> dict[str, Any]:
    """Call the background worker as one of the extension's pages."""
    reply: dict[str, Any] = browser.in_extension(
        "(message) => chrome.runtime.sendMessage(message)", {"to": "background", "name": name, "body": body}
    )
    assert reply["ok"], reply
    return dict(reply["value"])


def outcomes(browser: Browser, page: Page) -> dict[str, str]:
    """What became of each provision of a page, by its id."""
    reported = browser.state(page)["outcomes"]
    return {report["provisionId"]: report["outcome"] for report in reported}
