"""A wrong label, reported from the card on a page and followed to its outcome: by keyboard, in pictures, and
with nothing lost when the server does not take it."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.support.archive import with_catalogue
from e2e.support.axe import violations, violations_in_both_schemes
from e2e.support.browser import Browser, launch
from e2e.support.overlay import ask, jump, read_openly
from e2e.support.proxy import Misbehaviour, RecordingProxy
from e2e.support.server import Server, start_server

VISIBLE_WITHIN = 2.0
"""Seconds from the decision to the changed label on a reloaded page."""

PICTURES = Path(os.environ.get("CLAUSELIGHT_TEST_PICTURES") or tempfile.mkdtemp())
"""Where pictures go: `extension/screenshots` when they are to be renewed, else nowhere that matters."""

LABEL = "CL-P-000005"


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A personal server of these tests alone: they change records."""
    with start_server(with_catalogue(tmp_path_factory.mktemp("disputed"))) as started:
        yield started


@pytest.fixture(scope="module")
def wire(own_server: Server) -> Iterator[RecordingProxy]:
    with RecordingProxy(own_server.port) as running:
        yield running


@pytest.fixture(scope="module")
def reader(wire: RecordingProxy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with launch(tmp_path_factory.mktemp("reader"), wire.address, all_sites=True) as running:
        yield running


def with_card(reader: Browser, wire: RecordingProxy, label: str = LABEL) -> tuple[Page, Locator]:
    """The demo policy, which comes from the server itself and not by the proxy, with a label's card open."""
    page = read_openly(reader, f"http://127.0.0.1:{wire.upstream}/demo/privacy")
    page.set_viewport_size({"width": 1200, "height": 900})
    assert jump(reader, page, label)
    card = page.get_by_role("dialog")
    card.wait_for()
    return page, card


def severity(card: Locator) -> str:
    return card.locator(".severity-badge").first.inner_text()


def reports(wire: RecordingProxy) -> list[bytes]:
    return [one.body for one in wire.requests if one.path == "/v1/disputes"]


def test_from_the_card_to_the_changed_label(reader: Browser, wire: RecordingProxy) -> None:
    """The whole way by keyboard; the reader decides on a server of their own with one press."""
    page, card = with_card(reader, wire)
    assert severity(card) == "High"
    button = card.get_by_role("button", name="This label is wrong")
    button.focus()
    button.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    page.screenshot(path=PICTURES / "dispute-1-card.png")
    page.keyboard.press("Enter")
    form = card.get_by_role("form")
    expect(form.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(form.get_by_role("radio", name="The severity is wrong")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Low")
    page.keyboard.press("Tab")
    page.keyboard.type("Only when I ask for it.")
    sent = form.locator(".what-is-sent")
    for words in (reader.server, f"{LABEL} (", "The severity is wrong", "Low", "Only when I ask for it."):
        expect(sent).to_contain_text(words)
    sent.locator("summary").click()
    shown = json.loads(sent.locator("pre").inner_text())
    form.get_by_role("button", name="Send").scroll_into_view_if_needed()
    page.screenshot(path=PICTURES / "dispute-2-form.png")
    assert reports(wire) == [], "nothing is sent before"
    form.get_by_role("button", name="Send").focus()
    page.keyboard.press("Enter")
    own = card.locator(".own-report")
    expect(own).to_be_focused()
    assert [json.loads(body) for body in reports(wire)] == [shown], "exactly what was shown"
    assert shown == {
        "provision": LABEL,
        "reason": "wrong-severity",
        "proposed_severity": "low",
        "comment": "Only when I ask for it.",
    }
    page.screenshot(path=PICTURES / "dispute-3-sent.png")
    expect(card.locator(".reported")).to_contain_text("You reported this label.")
    assert page.locator(".marker[data-reported]").count() == 1
    assert page.evaluate("() => CSS.highlights.get('clauselight-reported').size") == 1

    with reader.context.expect_page() as opened:
        own.get_by_role("link", name="decide now").press("Enter")
    case = opened.value
    case.wait_for_load_state()  # its keys are a script of their own
    case.keyboard.press("u")
    case.keyboard.press("Control+Enter")
    expect(case.get_by_role("status")).to_contain_text("Decided")
    decided = time.monotonic()
    case.close()
    while True:
        page.reload()
        reader.open_shadow_in(page)
        ask(reader, "page.highlight", {"tabId": reader.tab_id(page)})
        reader.wait_painted(page)
        assert jump(reader, page, LABEL)
        card.wait_for()
        if severity(card) == "Low":
            break
        assert time.monotonic() - decided < VISIBLE_WITHIN + 3, "the label does not change"
    took = time.monotonic() - decided
    assert took < VISIBLE_WITHIN, f"{took:.1f} s until the page showed it"
    expect(card.locator(".reported")).to_contain_text("Your report was upheld.")
    page.wait_for_timeout(300)
    page.screenshot(path=PICTURES / "dispute-4-outcome.png")
    popup = reader.extension_page(
        f"popup.html?tab={reader.tab_id(page)}", viewport={"width": 380, "height": 700}
    )
    expect(popup.locator(".report-news")).to_contain_text("was upheld")
    popup.screenshot(path=PICTURES / "dispute-5-popup.png")
    popup.get_by_role("button", name="Understood").click()
    expect(popup.locator(".report-news")).to_have_count(0)
    popup.close()
    page.close()


def test_another_kind_is_proposed_from_a_list_that_can_be_searched(
    reader: Browser, wire: RecordingProxy
) -> None:
    """By keyboard, and no server is asked for the list."""
    page, card = with_card(reader, wire, "CL-P-000012")
    before = len(wire.requests)
    card.get_by_role("button", name="This label is wrong").press("Enter")
    card.get_by_role("radio", name="another kind").focus()
    page.keyboard.press("Space")
    search = card.get_by_role("searchbox", name="What kind of clause is it instead?")
    search.focus()
    page.keyboard.type("arbitration court")
    expect(card.get_by_text("1 kind fits.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(search).to_be_focused()
    page.keyboard.press("ArrowDown")
    kinds = card.get_by_role("listbox", name="Kinds of clauses")
    expect(kinds).to_be_focused()
    expect(kinds).to_have_value("binding-arbitration")
    title = kinds.locator("option:checked").inner_text()
    expect(card.locator(".what-is-sent dd").filter(has_text=title)).to_be_visible()
    assert len(wire.requests) == before
    assert violations(page) == []
    card.get_by_role("button", name="Send").press("Enter")
    own = card.locator(".own-report")
    expect(own).to_be_focused()
    assert json.loads(reports(wire)[-1])["proposed_type"] == "binding-arbitration"
    with reader.context.expect_page() as opened:
        own.get_by_role("link", name="decide now").press("Enter")
    case = opened.value
    expect(case.locator("input[name=act]:checked")).to_have_value("retype")
    expect(case.locator("select[name=clause_type]")).to_have_value("binding-arbitration")
    case.close()
    page.close()


def test_a_reported_label_is_hidden_everywhere_and_comes_back(reader: Browser, wire: RecordingProxy) -> None:
    page, card = with_card(reader, wire, "CL-P-000006")
    tab = reader.tab_id(page)
    before = len(set(reader.painted(page)))
    card.get_by_role("button", name="This label is wrong").click()
    card.get_by_role("radio", name="out of date").check()
    card.get_by_role("button", name="Send").click()
    card.get_by_role("button", name="Hide this label for me").click()
    expect(card.get_by_role("button", name="Show this label again")).to_be_visible()
    assert len(set(reader.painted(page))) == before - 1
    popup = reader.extension_page(f"popup.html?tab={tab}")
    expect(popup.locator("#popup-count")).to_contain_text("13 clauses")
    expect(popup.locator("#popup-reported")).to_contain_text("hid 1 reported label")
    badge = reader.in_extension("(tabId) => chrome.action.getBadgeText({ tabId })", tab)
    assert badge == "13"
    panel = reader.extension_page(f"panel.html?tab={tab}", viewport={"width": 420, "height": 900})
    row = panel.locator('[data-id="CL-P-000006"]')
    expect(row).to_contain_text("You reported and hid this label")
    row.click()
    panel.get_by_role("button", name="Ask what became of it").click()
    expect(panel.get_by_text("Asked just now.")).to_be_visible()
    panel.get_by_role("button", name="Show this label again").click()
    expect(popup.locator("#popup-count")).to_contain_text("14 clauses")
    page.wait_for_timeout(300)
    assert len(set(reader.painted(page))) == before

    panel.get_by_role("button", name="Hide this label for me").click()
    expect(popup.locator("#popup-count")).to_contain_text("13 clauses")
    options = reader.extension_page("options.html")
    options.get_by_role("button", name="Forget my reports").click()
    options.get_by_role("button", name="Forget them").click()
    expect(options.locator("#own-reports")).to_contain_text("You reported no label")
    expect(popup.locator("#popup-count")).to_contain_text("14 clauses")
    expect(panel.get_by_role("button", name="This label is wrong")).to_be_visible()
    for opened in (options, popup, panel, page):
        opened.close()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (Misbehaviour("/v1/disputes", 404, "text/html", b"<h1>Not here"), "takes no reports"),
        (
            Misbehaviour(
                "/v1/disputes",
                503,
                "application/problem+json",
                b'{"type":"/problems/disputes-busy","title":"Busy","status":503,"errors":[]}',
            ),
            "too many reports at once",
        ),
        (Misbehaviour("/v1/disputes", 200, "application/json", b'{"state":"open"}'), "could not be sent"),
    ],
)
def test_a_server_that_does_not_take_it_loses_nothing(
    reader: Browser, wire: RecordingProxy, wrong: Misbehaviour, sentence: str
) -> None:
    page, card = with_card(reader, wire, "CL-P-000007")
    before = page.locator(".marker[data-reported]").count()
    card.get_by_role("button", name="This label is wrong").click()
    card.get_by_role("radio", name="Something else").check()
    card.get_by_label("Comment").fill("A long thought.")
    wire.misbehave = wrong
    card.get_by_role("button", name="Send").click()
    expect(card.get_by_role("alert")).to_contain_text(sentence)
    wire.misbehave = None
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    assert jump(reader, page, "CL-P-000007")
    expect(card.get_by_label("Comment")).to_have_value("A long thought.")
    assert page.locator(".marker[data-reported]").count() == before
    page.close()


def test_axe_finds_nothing_in_form_and_report(reader: Browser, wire: RecordingProxy) -> None:
    page, card = with_card(reader, wire, "CL-P-000008")
    card.get_by_role("button", name="This label is wrong").click()
    card.get_by_role("radio", name="The severity is wrong").check()
    assert violations_in_both_schemes(page) == []
    card.get_by_role("button", name="Send").click()
    card.locator(".own-report").wait_for()
    assert violations_in_both_schemes(page) == []
    panel = reader.extension_page(f"panel.html?tab={reader.tab_id(page)}")
    panel.set_viewport_size({"width": 320, "height": 700})
    panel.locator('[data-id="CL-P-000010"]').click()
    panel.get_by_role("button", name="This label is wrong").click()
    panel.get_by_role("radio", name="another kind").check()
    assert violations_in_both_schemes(panel) == []
    assert panel.evaluate("() => document.documentElement.scrollWidth") <= 320
    panel.close()
    page.close()
