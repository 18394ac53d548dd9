"""A policy that nobody knows: offered, analysed at a click, shown like a record but marked as automatic.

The answers here are canned, so that every kind of them is seen; `test_analysis_server.py` asks the real one.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.support.axe import violations_in_both_schemes
from e2e.support.browser import Browser
from e2e.support.proxy import Misbehaviour, RecordingProxy
from e2e.support.unknown_policy import DELETION, FOUND, HTML, SELLING, TRAINING, URL, canned, refusal


def sent(proxy: RecordingProxy) -> list[dict[str, Any]]:
    """What was sent to be analysed."""
    return [json.loads(request.body) for request in proxy.requests if request.path == "/v1/analyses"]


def open_policy(browser: Browser, html: str = HTML) -> Page:
    browser.pages[URL] = html
    page = browser.read(URL, wait=False)
    page.wait_for_timeout(300)
    return page


def open_popup(browser: Browser, page: Page, **options: Any) -> Page:
    popup = browser.extension_page(f"popup.html?tab={browser.tab_id(page)}", **options)
    expect(popup.get_by_text("Looking at this page")).to_have_count(0)
    return popup


@pytest.fixture
def offered(browser: Browser, proxy: RecordingProxy) -> tuple[Page, Page]:
    """The policy, and the popup that offers to analyse it."""
    page = open_policy(browser)
    popup = open_popup(browser, page)
    expect(popup.get_by_role("heading", name="This looks like a policy")).to_be_visible()
    return page, popup


def test_an_unknown_policy_is_offered_and_nothing_is_sent(
    browser: Browser, proxy: RecordingProxy, offered: tuple[Page, Page]
) -> None:
    page, popup = offered
    expect(popup.get_by_role("button", name="Analyse with my server")).to_be_enabled()
    expect(popup.get_by_label("Keep it on my server")).to_be_checked()
    assert sent(proxy) == []
    assert page.evaluate("[document.documentElement.children.length, CSS.highlights.size]") == [2, 0]
    badge = browser.in_extension(
        "(tabId) => Promise.all([chrome.action.getBadgeText({ tabId }), chrome.action.getTitle({ tabId })])",
        browser.tab_id(page),
    )
    assert badge[0] == "?"
    assert "may be a policy" in badge[1]


def test_a_page_that_is_none_is_not_offered(browser: Browser, proxy: RecordingProxy) -> None:
    url = "https://news.example/today"
    browser.pages[url] = "<!DOCTYPE html><html lang=en><title>News</title><main><p>Rain.</p></main>"
    page = browser.read(url, wait=False)
    popup = open_popup(browser, page)
    expect(popup.get_by_role("heading", name="Not a known policy")).to_be_visible()
    expect(popup.get_by_role("button", name="It is a policy: analyse it")).to_be_visible()
    assert sent(proxy) == []


def test_what_is_shown_is_what_is_sent(
    browser: Browser, proxy: RecordingProxy, offered: tuple[Page, Page]
) -> None:
    _, popup = offered
    proxy.misbehave = canned()
    popup.get_by_label("Keep it on my server").uncheck()
    popup.get_by_role("button", name="See what is sent").click()
    preview = popup.get_by_role("region", name="What would be sent")
    expect(preview).to_contain_text("Privacy Policy | Thistledown")
    expect(preview).to_contain_text("not sent")
    text = preview.get_by_role("region", name="Text").inner_text()
    assert sent(proxy) == []
    popup.get_by_role("button", name="Analyse with my server").click()
    expect(popup.locator("#popup-count")).to_be_visible()
    (request,) = sent(proxy)
    assert request.keys() == {"blocks", "title", "language", "keep"}
    assert request["keep"] is False
    assert request["language"] == "en-US"
    assert " ".join(text.split()) == " ".join(block["text"] for block in request["blocks"])
    body = json.dumps(request)
    for unsaid in ("typed by", "a secret note", "Accept all cookies", "Pricing", "thistledown.example"):
        assert unsaid not in body
    kinds = {block["text"]: block for block in request["blocks"]}
    assert kinds["Privacy Policy"] == {"text": "Privacy Policy", "kind": "heading", "level": 1}
    headers = {name.lower() for name in proxy.requests[-1].headers}
    assert not headers & {"cookie", "referer", "authorization"}


def test_found_clauses_are_painted_and_said_to_be_automatic(
    browser: Browser, proxy: RecordingProxy, offered: tuple[Page, Page]
) -> None:
    page, popup = offered
    proxy.misbehave = canned()
    popup.get_by_role("button", name="Analyse with my server").click()
    expect(popup.locator("#popup-count")).to_have_text("3 clauses to know about")
    note = popup.locator("#popup-automatic-labels")
    expect(note).to_contain_text("Found automatically, checked by nobody")
    expect(note).to_contain_text("Very sure of 1 of 3")
    expect(note).to_contain_text("Not kept")
    browser.wait_painted(page)
    assert set(browser.painted(page)) == {TRAINING, SELLING, DELETION}
    assert {item["outcome"] for item in browser.state(page)["outcomes"]} == {"found"}


def test_what_is_hardly_worth_marking_stands_in_the_list_only(
    browser: Browser, proxy: RecordingProxy, offered: tuple[Page, Page]
) -> None:
    page, popup = offered
    proxy.misbehave = canned(ordinary=SELLING)
    popup.get_by_role("button", name="Analyse with my server").click()
    expect(popup.locator("#popup-count")).to_have_text("2 clauses to know about")
    expect(popup.locator("#popup-ordinary")).to_contain_text("1 more was labelled")
    browser.wait_painted(page)
    assert set(browser.painted(page)) == {TRAINING, DELETION}
    panel = browser.extension_page(f"panel.html?tab={browser.tab_id(page)}")
    expect(panel.get_by_text("Automatic, not marked · Fairly sure (81%)")).to_be_visible()
    panel.get_by_role("button", name="Clause 2").click()
    panel.wait_for_timeout(500)
    assert SELLING in browser.painted(page)


def test_a_reload_shows_it_again_without_sending_anything(
    browser: Browser, proxy: RecordingProxy, offered: tuple[Page, Page]
) -> None:
    page, popup = offered
    proxy.misbehave = canned()
    popup.get_by_role("button", name="Analyse with my server").click()
    browser.wait_painted(page)
    page.reload()
    browser.wait_painted(page)
    assert len(sent(proxy)) == 1


def test_progress_is_shown_while_the_server_works(
    browser: Browser, proxy: RecordingProxy, offered: tuple[Page, Page]
) -> None:
    _, popup = offered
    popup.evaluate(
        """() => { window.seen = []; new MutationObserver(() => {
          const status = document.querySelector('[data-status=analysing]');
          if (status) window.seen.push(status.textContent);
        }).observe(document.body, { childList: true, subtree: true, characterData: true }); }"""
    )
    proxy.misbehave = canned()
    popup.get_by_role("button", name="Analyse with my server").click()
    expect(popup.locator("#popup-count")).to_be_visible()
    seen = " ".join(popup.evaluate("() => window.seen"))
    assert "Your server reads" in seen


def card_of(browser: Browser, proxy: RecordingProxy, width: int) -> Page:
    """The policy after its analysis, with the card of the first clause open and its root open to the test."""
    browser.pages[URL] = HTML
    browser.settings(mode="manual")
    proxy.misbehave = canned()
    page = browser.context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(URL)
    browser.open_shadow_in(page)
    popup = browser.extension_page(f"popup.html?tab={browser.tab_id(page)}")
    popup.get_by_role("button", name="Look at this page").click()
    popup.get_by_role("button", name="Analyse with my server").click()
    expect(popup.locator("#popup-count")).to_be_visible()
    popup.close()
    browser.wait_painted(page)
    page.keyboard.press("Alt+Shift+J")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    return page


def test_the_card_says_why(browser: Browser, proxy: RecordingProxy) -> None:
    page = card_of(browser, proxy, 1100)
    card = page.get_by_role("dialog")
    expect(card).to_contain_text("Found automatically")
    expect(card).to_contain_text("Very sure (97%)")
    why = card.locator("section", has=page.get_by_role("heading", name="Why this label"))
    assert card.locator("mark").all_inner_texts() == ["private messages", "train", "machine-learning"]
    expect(why).to_contain_text("The words marked above decided")
    expect(why).to_contain_text("about 97% are right")
    markers = page.locator("clauselight-overlay .marker")
    expect(markers.first).to_have_attribute("data-automatic", "")
    assert "Found automatically" in (markers.first.get_attribute("aria-label") or "")
    assert markers.first.evaluate("(marker) => getComputedStyle(marker).borderStyle") == "dashed"
    assert violations_in_both_schemes(page) == []


def test_the_card_on_a_narrow_screen(browser: Browser, proxy: RecordingProxy) -> None:
    page = card_of(browser, proxy, 390)
    card = page.get_by_role("dialog")
    assert card.evaluate("(card) => card.scrollWidth <= innerWidth")
    expect(card.get_by_role("heading", name="Why this label")).to_have_count(1)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    marker = page.locator("clauselight-overlay .marker").last
    assert "repeating-linear-gradient" in marker.evaluate("(one) => getComputedStyle(one).backgroundImage")


WRONG: dict[str, Misbehaviour] = {
    "It asks to log in.": refusal(422, "not-a-policy", "The page asks to log in.", "login"),
    "Your server says: A list of recipes.": refusal(422, "not-a-policy", "A list of recipes.", "x"),
    "has not learned the language": refusal(422, "unknown-language", "French."),
    "larger than your server accepts": refusal(413, "request-too-large", "At most 8 MB."),
    "took too long": refusal(504, "analysis-timeout", "20 s."),
    "cannot analyse pages": Misbehaviour("/v1/analyses", 404, "text/html", b"<h1>nothing</h1>"),
    "not one of a Clauselight server": Misbehaviour("/v1/analyses", body=b'{"contract_version": "1"}'),
    "does not answer": Misbehaviour("/v1/analyses", drop=True),
}
"""What the popup says of each wrong answer."""


def test_what_goes_wrong_is_said_and_the_page_is_left_alone(
    browser: Browser, proxy: RecordingProxy, offered: tuple[Page, Page]
) -> None:
    """One after the other, each met by trying again, which at last succeeds."""
    page, popup = offered
    press = "Analyse with my server"
    for number, (sentence, answer) in enumerate(WRONG.items(), 1):
        proxy.misbehave = answer
        popup.get_by_role("button", name=press).click()
        expect(popup.get_by_role("alert")).to_contain_text(sentence)
        assert len(sent(proxy)) >= number, sentence  # a browser asks again when nothing at all came
        untouched = page.evaluate("[document.documentElement.children.length, CSS.highlights.size]")
        assert untouched == [2, 0], sentence
        press = "Try again"
    proxy.misbehave = canned()
    popup.get_by_role("button", name=press).click()
    expect(popup.locator("#popup-count")).to_be_visible()


def test_the_ledger_says_how_much_was_sent_and_why(
    browser: Browser, proxy: RecordingProxy, offered: tuple[Page, Page]
) -> None:
    _, popup = offered
    proxy.misbehave = canned()
    popup.get_by_label("Keep it on my server").uncheck()
    popup.get_by_role("button", name="Analyse with my server").click()
    expect(popup.locator("#popup-count")).to_be_visible()
    ledger = popup.locator("#popup-requests")
    ledger.locator("summary").click()
    entry = ledger.locator("li").first
    expect(entry).to_contain_text("/v1/analyses")
    expect(entry).to_contain_text("kB of text sent")
    expect(entry).to_contain_text("without its address")
    assert "thistledown" not in ledger.inner_text()


def test_no_barrier(browser: Browser, proxy: RecordingProxy, offered: tuple[Page, Page]) -> None:
    """Popup, panel and settings, at each step of an analysis that fails first, on a narrow screen."""
    page, popup = offered

    def look(name: str, shown: Page = popup) -> None:
        shown.set_viewport_size({"width": 320, "height": 700})
        shown.wait_for_timeout(200)
        assert shown.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), name
        assert violations_in_both_schemes(shown) == [], name

    look("offer")
    popup.get_by_role("button", name="See what is sent").click()
    popup.get_by_role("region", name="Text").wait_for()
    look("preview")
    proxy.misbehave = refusal(422, "not-a-policy", "The page asks to log in.", "login")
    popup.get_by_role("button", name="Analyse with my server").click()
    popup.get_by_role("alert").wait_for()
    look("failed")
    proxy.misbehave = canned()
    popup.get_by_role("button", name="Try again").click()
    expect(popup.locator("#popup-count")).to_be_visible()
    look("done")
    panel = browser.extension_page(f"panel.html?tab={browser.tab_id(page)}")
    expect(panel.get_by_text("Automatic · Very sure (97%)")).to_be_visible()
    look("panel", panel)
    options = browser.extension_page("options.html")
    expect(options.get_by_label("Analyse unknown policies at once")).not_to_be_checked()
    look("options", options)


def test_everything_works_by_keyboard(
    browser: Browser, proxy: RecordingProxy, offered: tuple[Page, Page]
) -> None:
    _, popup = offered
    proxy.misbehave = canned()
    popup.locator("#popup-keep").focus()
    popup.keyboard.press("Space")
    popup.keyboard.press("Tab")
    expect(popup.locator("#popup-analyse-start")).to_be_focused()
    popup.keyboard.press("Tab")
    expect(popup.locator("#popup-analyse-see")).to_be_focused()
    popup.keyboard.press("Enter")
    expect(popup.locator("#popup-preview-text")).to_be_visible()
    popup.locator("#popup-preview-text").focus()
    popup.keyboard.press("Tab")
    popup.keyboard.press("Enter")
    expect(popup.locator("#popup-count")).to_be_visible()
    assert [request["keep"] for request in sent(proxy)] == [False]
    assert len(FOUND) == 3
