"""From a clause to a request that was sent, answered or escalated; and nothing of it leaves the browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.support.actions import (
    PINTEREST,
    POLICIES,
    REDDIT,
    REDDIT_PAGE,
    TIKTOK,
    case,
    days_ago,
    forget_everything,
    open_card,
    stored,
    tab_to,
    tracker,
)
from e2e.support.archive import build_archive
from e2e.support.axe import violations_in_both_schemes
from e2e.support.browser import Browser, launch
from e2e.support.proxy import RecordingProxy
from e2e.support.server import start_server

NAME = "Zoë Quillfeather"
EMAIL = "zoe.quillfeather@post.example"
NARROW = {"width": 320, "height": 800}


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RecordingProxy]:
    """The server, seen through a proxy that records every request."""
    folder = tmp_path_factory.mktemp("archive")
    build_archive(folder, [REDDIT_PAGE])
    with start_server(folder) as server, RecordingProxy(server.port) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Address of every request of the whole browser, whoever made it."""
    return []


@pytest.fixture(scope="module")
def whole(
    wire: RecordingProxy, asked: list[str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("browser")
    with launch(folder, wire.address, all_sites=True, optional=("notifications",)) as running:
        running.context.on("request", lambda request: asked.append(request.url))
        running.context.grant_permissions(["clipboard-read", "clipboard-write"])
        running.pages[PINTEREST] = (POLICIES / "pinterest.html").read_text(encoding="utf-8")
        running.pages[TIKTOK] = (POLICIES / "tiktok.html").read_text(encoding="utf-8")
        running.pages[REDDIT] = REDDIT_PAGE.html
        yield running


@pytest.fixture
def reader(whole: Browser) -> Iterator[Browser]:
    forget_everything(whole)
    kept = set(whole.context.pages) | {whole.control}
    yield whole
    for page in whole.context.pages:
        if page not in kept and page != whole.control:
            page.close()


def requests_page(browser: Browser, *cases: dict[str, Any]) -> Page:
    """The list of requests, with these in it."""
    browser.in_extension("(tracker) => chrome.storage.local.set({ tracker })", tracker(*cases))
    return browser.extension_page("cases.html", viewport={"width": 900, "height": 900})


@pytest.mark.parametrize(
    ("url", "words", "place", "article", "to"),
    [
        (PINTEREST, "train our AI/ML models", "DE", "Article 21(1) GDPR", "privacy-support@pinterest.com"),
        (TIKTOK, "AI interactions, including", "UK", "UK GDPR", ""),
        (REDDIT, "We may use what you post", "BR", "LGPD", "redditdatarequests@reddit.com"),
    ],
)
def test_from_the_highlight_to_a_finished_letter(
    reader: Browser,
    wire: RecordingProxy,
    asked: list[str],
    url: str,
    words: str,
    place: str,
    article: str,
    to: str,
) -> None:
    reader.in_extension(
        "(profile) => chrome.storage.local.set({ profile })", {"name": NAME, "email": EMAIL, "address": ""}
    )
    clicks = 1  # the highlight itself
    page, card = open_card(reader, url, words)
    before, seen = len(wire.requests), len(asked)

    card.get_by_label("Where do you live?").select_option(place)
    clicks += 1
    quick = card.locator(".quick")
    expect(quick.get_by_role("button").or_(quick.get_by_role("link")).first).to_be_focused()
    if quick.get_by_role("button", name="Write the letter").count() == 0:
        card.get_by_role("button", name="more way").click()
        clicks += 1
    with reader.context.expect_page() as opened:
        card.get_by_role("button", name="Write the letter").first.click()
    clicks += 1
    letter = opened.value
    paper = letter.locator("#letter-paper")
    expect(paper).to_contain_text(NAME)
    assert clicks <= 4

    text = paper.inner_text()
    assert article in text
    assert words in text
    assert paper.locator("mark.missing").count() == 0
    assert "[" not in text.replace("[your", "")
    expect(letter.get_by_label("E-mail address", exact=True)).to_have_value(to)
    expect(letter.get_by_text("Clauselight sends nothing").first).to_be_visible()
    assert url not in letter.url and NAME not in letter.url

    letter.get_by_role("button", name="Copy", exact=True).click()
    expect(letter.get_by_text("The letter is copied")).to_be_visible()
    assert NAME in letter.evaluate("navigator.clipboard.readText()")
    mail = letter.locator("#letter-mail")
    if to:
        assert (mail.get_attribute("href") or "").startswith(f"mailto:{to}?subject=")
    else:
        expect(mail).to_have_count(0)

    letter.get_by_role("button", name="I sent this").click()
    expect(letter.get_by_text("An answer is due by")).to_be_visible()
    kept = stored(reader, "tracker")["cases"]
    assert [(one["place"], one["events"][0]["kind"]) for one in kept] == [(place, "sent")]

    # No request of anybody but the reading of the policy itself.
    assert len(wire.requests) == before
    assert [
        one for one in asked[seen:] if not one.startswith(("chrome-extension://", "blob:", "data:"))
    ] == []
    page.close()
    letter.close()


def test_the_whole_path_by_keyboard_alone(reader: Browser) -> None:
    page, _ = open_card(reader, PINTEREST, "train our AI/ML models")
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+Shift+J")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    tab_to(page, ".quick select")
    page.keyboard.type("Germany")
    page.locator(".quick[data-way]").wait_for()
    page.wait_for_timeout(200)
    with reader.context.expect_page() as opened:
        page.keyboard.press("Enter")  # the way has the focus
    letter = opened.value
    letter.locator("#letter-paper").wait_for()
    tab_to(letter, "#field-name")
    letter.keyboard.type(NAME)
    tab_to(letter, "#letter-edit")
    letter.keyboard.press("Enter")
    tab_to(letter, "#letter-body")
    letter.keyboard.press("Control+End")
    letter.keyboard.type("\nP.S. Thank you.")
    tab_to(letter, "#letter-copy")
    letter.keyboard.press("Enter")
    expect(letter.locator("#letter-said")).to_contain_text("copied")
    assert letter.evaluate("navigator.clipboard.readText()").endswith("P.S. Thank you.\n")
    tab_to(letter, "#sent-note")
    letter.keyboard.press("Enter")
    tab_to(letter, "#sent-said a")
    letter.keyboard.press("Enter")
    letter.locator(".case").wait_for()
    tab_to(letter, "[data-event=refused]")
    letter.keyboard.press("Enter")
    tab_to(letter, ".event-form textarea")
    letter.keyboard.type("We need the data.")
    tab_to(letter, "[data-add=refused]")
    letter.keyboard.press("Enter")
    expect(letter.locator(".case")).to_have_attribute("data-status", "refused")
    tab_to(letter, "[data-step=answer-refusal]")
    letter.keyboard.press("Enter")
    expect(letter.locator("#letter-paper")).to_contain_text("Pinterest")
    # Nothing was kept of the reader, because nothing was ticked.
    assert stored(reader, "profile") is None


def test_the_profile_is_kept_only_when_ticked_and_never_in_the_settings_file(
    reader: Browser, tmp_path: Path
) -> None:
    reader.settings(place="FR", letterLanguage="fr")
    _, card = open_card(reader, PINTEREST, "train our AI/ML models")
    with reader.context.expect_page() as opened:
        card.get_by_role("button", name="Write the letter").first.click()
    letter = opened.value
    expect(letter.locator("#letter-paper")).to_have_attribute("lang", "fr")
    letter.fill("#field-name", NAME)
    assert stored(reader, "profile") is None
    letter.check("#profile-keep")
    letter.fill("#field-customer-number", "77")
    reader.wait_for(
        lambda: (
            (stored(reader, "profile") or {}).get("customerNumbers")
            == {"pinterest": {"entity": "Pinterest", "number": "77"}}
        ),
        "not kept",
    )
    letter.get_by_role("button", name="Change the text").click()
    letter.get_by_label("Text", exact=True).fill("Words of my own.")
    letter.get_by_label("Language of the letter").select_option("de")
    expect(letter.locator("#letter-paper")).to_contain_text("Artikel 21")
    letter.get_by_role("button", name="Bring my text back").click()
    expect(letter.get_by_label("Text", exact=True)).to_have_value("Words of my own.")
    letter.get_by_role("button", name="Drop my changes").click()
    expect(letter.get_by_role("button", name="Bring my text back")).to_have_count(0)
    with letter.expect_download() as saved:
        letter.get_by_role("button", name="Save as text").click()
    assert saved.value.suggested_filename.startswith("clauselight-objection-ai-training-pinterest-")
    assert NAME in saved.value.path().read_text(encoding="utf-8")
    letter.emulate_media(media="print")
    expect(letter.locator("#letter-paper")).to_be_visible()
    expect(letter.get_by_role("button", name="Copy", exact=True)).to_be_hidden()
    box = letter.locator("#letter-paper").bounding_box()
    assert box is not None
    assert box["x"] < 40, "the printed letter begins at the margin"
    letter.emulate_media(media="screen")

    options = reader.extension_page("options.html")
    expect(options.get_by_label("Your name")).to_have_value(NAME)
    expect(options.get_by_label("Customer number at Pinterest")).to_have_value("77")
    with options.expect_download() as exported:
        options.click("#data-export")
    assert NAME not in exported.value.path().read_text(encoding="utf-8")
    options.click("#profile-erase")
    reader.wait_for(lambda: stored(reader, "profile") is None, "the profile was not erased")


def test_an_overdue_request_goes_from_reminder_to_complaint(reader: Browser) -> None:
    page = requests_page(reader, case())
    item = page.locator(".case")
    expect(item).to_have_attribute("data-status", "overdue")
    expect(item).to_contain_text("The law says so.")
    page.get_by_role("link", name="Write the reminder").click()
    expect(page.locator("#letter-paper")).to_contain_text("I have no answer")
    expect(page.get_by_label("E-mail address", exact=True)).to_have_value("privacy@company.example")
    page.fill("#sent-on", "2020-01-31")
    page.get_by_role("button", name="I sent this").click()
    page.wait_for_timeout(200)
    assert len(stored(reader, "tracker")["cases"][0]["events"]) == 1, "a reminder before the request"
    page.fill("#sent-on", days_ago(0))
    page.get_by_role("button", name="I sent this").click()
    expect(page.locator("#sent-said")).to_be_focused()
    page.locator("#sent-said a").click()
    expect(page.locator(".case")).to_have_attribute("data-status", "waiting")
    expect(page.locator(".case")).to_contain_text("Your letter asked for it.")

    reminded = {"kind": "reminded", "on": days_ago(30), "way": "email", "until": days_ago(16)}
    again = requests_page(reader, case(1, reminded))
    again.get_by_role("link", name="Write the complaint").click()
    paper = again.locator("#letter-paper")
    expect(paper).to_contain_text("Commission Nationale")
    expect(paper).to_contain_text("I reminded Reddit by e-mail")
    expect(paper).to_contain_text("the time to answer ended")
    expect(again.get_by_role("link", name="The authority’s page for complaints")).to_have_attribute(
        "href", re.compile("^https://")
    )
    again.get_by_role("button", name="I sent this").click()
    again.locator("#sent-said a").click()
    expect(again.locator(".case")).to_have_attribute("data-status", "complained")
    events = stored(reader, "tracker")["cases"][0]["events"]
    assert [event["kind"] for event in events] == ["sent", "reminded", "complained"]


def test_reminders_ask_for_the_permission_and_tell_once(reader: Browser) -> None:
    held = "async () => (await chrome.permissions.getAll()).permissions"
    assert "notifications" not in reader.in_extension(held)
    page = requests_page(reader, case(), case(2, {"kind": "answered", "on": days_ago(1)}))
    page.get_by_label("Tell me when an answer is overdue").check()
    reader.wait_for(lambda: "notifications" in reader.in_extension(held), "the permission was not asked for")
    for _ in range(2):
        reader.in_extension("() => chrome.alarms.create('reminders', { when: Date.now() })")
        reader.wait_for(lambda: bool(stored(reader, "reminders-told")), "nobody was told")
        page.wait_for_timeout(300)
    assert list(stored(reader, "reminders-told")) == ["case-1"]
    notes = reader.in_extension("async () => Object.keys(await chrome.notifications.getAll())")
    assert notes in ([], ["case:case-1"])  # a computer without notes shows none
    page.get_by_label("Tell me when an answer is overdue").uncheck()
    reader.wait_for(lambda: "notifications" not in reader.in_extension(held), "the permission was kept")
    reader.settings(reminders=True)  # as from a settings file
    page.reload()
    expect(page.get_by_label("Tell me when an answer is overdue")).not_to_be_checked()


def test_the_focus_stays_where_one_is_at_work(reader: Browser) -> None:
    page = requests_page(reader, case(), case(2, {"kind": "answered", "on": days_ago(1)}))
    first = page.locator('[data-case="case-1"]')
    first.get_by_role("button", name="They refused").click()
    expect(first.get_by_label("When")).to_be_focused()
    first.get_by_role("button", name="Cancel").click()
    expect(first.get_by_role("button", name="They refused")).to_be_focused()
    page.keyboard.press("Enter")
    first.get_by_label("Their reasons").fill("No.")
    first.get_by_role("button", name="Note the refusal").click()
    expect(first.get_by_role("heading", name="Reddit")).to_be_focused()
    expect(page.locator("#cases-said")).to_contain_text("Noted for Reddit")
    page.locator('[data-case="case-2"] summary').click()
    page.locator('[data-case="case-2"] [data-remove]').click()
    page.get_by_role("dialog").get_by_role("button", name="Remove from the list").click()
    expect(page.locator("#cases-said")).to_be_focused()
    page.get_by_role("button", name="Erase all").click()
    page.get_by_role("button", name="Erase them").click()
    expect(page.locator("#cases-kept")).to_be_focused()


def test_export_import_and_erase(reader: Browser, tmp_path: Path) -> None:
    page = requests_page(reader, case())
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    file = tmp_path / "requests.json"
    download.value.save_as(file)

    def read(content: str, says: str) -> None:
        other = tmp_path / "other.json"
        other.write_text(content, encoding="utf-8")
        page.set_input_files("#cases-file", other)
        expect(page.locator("#cases-kept")).to_contain_text(says)

    read("no file at all {", "holds no requests")
    read(json.dumps(tracker() | {"format": 9}), "newer version")
    read(json.dumps({"kind": "clauselight-settings", "version": 1, "settings": {}}), "holds no requests")
    assert len(stored(reader, "tracker")["cases"]) == 1
    never = case(3) | {"events": [{"kind": "sent", "on": "9999-12-31", "way": "post"}]}
    read(json.dumps(tracker(case(2), never)), "1 entry was no request")
    read(json.dumps(tracker(*(case(4) | {"id": f"many-{i}"} for i in range(1_999)))), "too many for one list")
    assert len(stored(reader, "tracker")["cases"]) == 2
    expect(page.locator(".case")).to_have_count(2)

    page.get_by_role("button", name="Erase all").click()
    page.get_by_role("button", name="Cancel").last.click()
    expect(page.locator(".case")).to_have_count(2)
    page.get_by_role("button", name="Erase all").click()
    page.get_by_role("button", name="Erase them").click()
    expect(page.get_by_text("No requests yet")).to_be_visible()
    assert stored(reader, "tracker") is None
    page.set_input_files("#cases-file", file)
    expect(page.locator(".case")).to_have_count(1)


def test_a_list_of_a_newer_version_is_never_written_over(reader: Browser) -> None:
    newer = tracker(case()) | {"format": 2}
    reader.in_extension("(tracker) => chrome.storage.local.set({ tracker })", newer)
    page = reader.extension_page("cases.html")
    expect(page.get_by_role("alert")).to_contain_text("newer version")
    page.set_input_files(
        "#cases-file",
        {"name": "a.json", "mimeType": "application/json", "buffer": json.dumps(tracker(case(3))).encode()},
    )
    page.wait_for_timeout(300)
    assert stored(reader, "tracker") == newer


def test_hostile_data_and_a_company_without_contact(reader: Browser) -> None:
    long = "Long name " * 500
    entry = {
        "id": "evil",
        "kind": "contact",
        "countries": ["worldwide"],
        "recipient": long,
        "email": "a@b.example\r\nBcc: spy@evil.example",
        "url": "javascript:alert(1)",
        "source": {
            "project": "curated",
            "licence": "x",
            "record": "x",
            "imported_at": "2026-11-01T00:00:00Z",
        },
    }
    draft = {
        "id": "hostile",
        "entity": {"id": "evil", "name": f"<img src=x onerror=alert(1)>{long}"},
        "document": {"id": "CL-D-1", "title": long, "url": "javascript:alert(2)"},
        "provision": {
            "id": "CL-P-1",
            "title": long,
            "type": {"id": "ai-training-on-user-content", "title": "x"},
            "severity": "high",
            "actions": [],
            "clause": "{name} </textarea><script>alert(3)</script>\u202e",
        },
        "directory": {"entries": [entry]},
        "wayId": "request:access",
    }
    reader.in_extension("(letters) => chrome.storage.session.set({ letters })", [draft])
    reader.settings(place="Atlantis")
    page = reader.extension_page("letter.html#hostile", viewport=NARROW)
    page.locator("#letter-paper").wait_for()
    expect(page.get_by_label("Where do you live?")).to_have_value("")
    expect(page.get_by_text("Say where you live")).to_be_visible()
    expect(page.locator("#no-contact")).to_be_visible()
    expect(page.locator("#letter-mail")).to_have_count(0)
    hrefs = [link.get_attribute("href") or "" for link in page.get_by_role("link").all()]
    assert not [href for href in hrefs if href.startswith("javascript:")]
    assert page.locator("img[src=x], script:not([src])").count() == 0
    assert "{name}" in page.locator("#letter-paper").inner_text()
    page.fill("#letter-to", "someone@company.example\nBcc: spy@evil.example")
    expect(page.get_by_text("not one plain e-mail address")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]

    gone = reader.extension_page("letter.html#nowhere")
    expect(gone.get_by_role("alert")).to_contain_text("no such letter")


def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(reader: Browser) -> None:
    reader.settings(place="DE")
    refused = {"kind": "refused", "on": days_ago(3), "text": "No."}
    pages = [
        requests_page(reader, case(), case(2, refused), case(3, {"kind": "answered", "on": days_ago(2)}))
    ]
    page, card = open_card(reader, PINTEREST, "train our AI/ML models")
    with reader.context.expect_page() as opened:
        card.get_by_role("button", name="Write the letter").first.click()
    pages.append(opened.value)
    pages.append(reader.extension_page("letter.html#case=case-1&request=complaint"))
    pages.append(reader.extension_page("options.html"))
    card.get_by_role("button", name="more way").click()
    page.wait_for_timeout(300)
    assert violations_in_both_schemes(page) == []
    for one in pages:
        one.set_viewport_size(NARROW)  # type: ignore[arg-type]
        one.emulate_media(reduced_motion="reduce")
        one.wait_for_timeout(400)
        for details in one.locator("details").all():
            details.evaluate("(element) => { element.open = true; }")
        assert violations_in_both_schemes(one) == [], one.url
        assert one.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], one.url


def test_nothing_of_the_reader_ever_reached_the_server(reader: Browser, wire: RecordingProxy) -> None:
    """Last of the module: what all the tests above sent."""
    sent = " ".join(f"{one.method} {one.path} {one.headers} {one.body!r}" for one in wire.requests)
    for secret in (NAME.split()[1], EMAIL, "case-1", "company.example"):
        assert secret not in sent
    assert {one.method for one in wire.requests} == {"GET"}
    assert [url for url in reader.missed if "favicon" not in url] == []
