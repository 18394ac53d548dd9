"""Pages, cases and steps for the tests of what one can do: ways, letters, requests."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from e2e.support.archive import KnownPage
from e2e.support.browser import Browser
from e2e.support.overlay import read_openly

POLICIES = Path(__file__).parents[2] / "fixtures" / "policies"
PINTEREST = "https://policy.pinterest.com/en/privacy-policy"
TIKTOK = "https://www.tiktok.com/legal/page/eea/privacy-policy/en"
REDDIT = "https://www.reddit.com/policies/example-privacy"
REDDIT_WORDS = (
    "We may use what you post, and your messages, to train artificial intelligence of our partners."
)
REDDIT_PAGE = KnownPage(
    "Reddit",
    REDDIT,
    f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Privacy</title></head><body>
<main><h1>Privacy policy</h1><p>{REDDIT_WORDS}</p></main></body></html>""",
    (REDDIT_WORDS,),
    "reddit",
)


def forget_everything(browser: Browser) -> None:
    """As if nothing had been asked, chosen or kept."""
    browser.in_extension(
        """async () => {
          await chrome.storage.local.remove(["tracker", "profile", "reminders-told"]);
          await chrome.storage.session.remove("letters");
        }"""
    )
    browser.settings(place=None, letterLanguage=None, reminders=False)


def stored(browser: Browser, key: str) -> Any:
    """What the extension keeps on this computer under a key."""
    return browser.in_extension("async (key) => (await chrome.storage.local.get(key))[key] ?? null", key)


def open_card(browser: Browser, url: str, words: str) -> tuple[Page, Locator]:
    """A policy with the card of a clause open, by one click on the highlight."""
    page = read_openly(browser, url)
    page.get_by_text(words).first.click(position={"x": 30, "y": 14})  # on the words, not between lines
    card = page.get_by_role("dialog")
    card.wait_for()
    return page, card


def tab_to(page: Page, selector: str, *, most: int = 120) -> None:
    """Press Tab until the element has the focus, also inside an open shadow root."""
    for _ in range(most):
        page.keyboard.press("Tab")
        there = page.evaluate(
            """(selector) => {
              let active = document.activeElement;
              while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
              return Boolean(active?.matches(selector));
            }""",
            selector,
        )
        if there:
            return
    raise AssertionError(f"Tab never reached {selector}")


def days_ago(days: int) -> str:
    """A day as cases name it, in the browser's own time."""
    return (dt.datetime.now().astimezone().date() - dt.timedelta(days=days)).isoformat()


def case(number: int = 1, *events: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A request for access under the GDPR, sent by e-mail; `events` follow the sending."""
    made: dict[str, Any] = {
        "id": f"case-{number}",
        "request": "access",
        "law": "gdpr",
        "place": "FR",
        "right": "yes",
        "article": "Article 15 GDPR",
        "deadline": {
            "value": 1,
            "unit": "months",
            "basis": "law",
            "extension": {"value": 2, "unit": "months", "when": "complex"},
            "phrase": {"en": "within one month", "de": "innerhalb eines Monats", "fr": "dans un mois"},
        },
        "language": "en",
        "entity": {"id": "reddit", "name": "Reddit"},
        "document": {"id": "CL-D-900000", "title": "Reddit policy", "url": REDDIT},
        "provision": {"id": "CL-P-900001", "title": "Training", "clause": REDDIT_WORDS},
        "recipient": "privacy@company.example",
        "authority": None,
        "events": [{"kind": "sent", "on": days_ago(100), "way": "email"}, *events],
    }
    return made | changes


def tracker(*cases: dict[str, Any]) -> dict[str, Any]:
    """A file of requests, as the extension exports it."""
    return {"kind": "clauselight-tracker", "format": 1, "cases": list(cases)}
