"""Disputes and moderation in a real browser: by keyboard alone, without scripts, on a phone, and with markup
in every text."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from e2e.support.archive import with_catalogue
from e2e.support.axe import violations, violations_in_both_schemes
from e2e.support.browser import chromium
from e2e.support.proxy import Misbehaviour, RecordingProxy
from e2e.support.server import Server, start_server
from payloads import PAYLOADS, TOGETHER

VISIBLE_WITHIN = 2.0
"""Seconds from the decision to the changed record on a reloaded page."""


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A personal server of these tests alone: they change records."""
    with start_server(with_catalogue(tmp_path_factory.mktemp("moderated"))) as started:
        yield started


@pytest.fixture(scope="module")
def plain() -> Iterator[Browser]:
    """A browser without any extension."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def page(plain: Browser) -> Iterator[Page]:
    context = plain.new_context()
    yield context.new_page()
    context.close()


def post(page: Page, server: Server, path: str, body: Any, **headers: str) -> Any:
    """A call as a program makes it."""
    sent = {"Content-Type": "application/json", **headers}
    reply = page.request.post(server.address + path, data=json.dumps(body), headers=sent)
    assert reply.ok, reply.text()
    return reply.json()


def report(page: Page, server: Server, provision: str, **fields: Any) -> Any:
    return post(page, server, "/v1/disputes", {"provision": provision, "reason": "other", **fields})


def test_from_the_record_to_the_outcome_by_keyboard(page: Page, own_server: Server) -> None:
    """Report, take, decide: not one click."""
    page.goto(f"{own_server.address}/provisions/CL-P-000005")
    page.get_by_role("link", name="This label is wrong").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("This label is wrong")
    page.get_by_role("radio", name="The severity is wrong").focus()
    page.keyboard.press("Space")
    page.get_by_label("Which severity would be right?").focus()
    page.keyboard.type("Low")
    page.get_by_label("Comment").focus()
    page.keyboard.type("Only when I ask for it.")
    page.get_by_role("button", name="Send", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Sent and stored")
    private = page.url

    page.goto(f"{own_server.address}/moderation")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=1)).to_contain_text("The severity is wrong")
    expect(page.get_by_text("Only when I ask for it.")).to_be_visible()
    page.keyboard.press("r")
    expect(page.locator("input[name=act]:checked")).to_have_value("keep")
    page.keyboard.press("u")
    expect(page.locator("input[name=act]:checked")).to_have_value("severity")
    page.keyboard.press("4")
    page.keyboard.press("c")
    page.keyboard.type("It applies on request only.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("Decided")
    decided = time.monotonic()
    while True:
        page.goto(f"{own_server.address}/provisions/CL-P-000005")
        if page.locator("#disputes ~ ul").get_by_text("It applies on request only.").count():
            break
        assert time.monotonic() - decided < VISIBLE_WITHIN + 3, "the record does not change"
        page.wait_for_timeout(50)
    took = time.monotonic() - decided
    assert took < VISIBLE_WITHIN, f"{took:.1f} s until the record showed it"
    page.goto(private)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your dispute was upheld")


def test_a_proposal_that_is_right_takes_two_keys(page: Page, own_server: Server) -> None:
    report(page, own_server, "CL-P-000006", reason="not-in-text")
    page.goto(f"{own_server.address}/moderation")
    page.keyboard.press("n")
    page.wait_for_url("**/moderation/disputes/*")
    started = time.monotonic()
    page.keyboard.press("u")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**decided=1")
    assert time.monotonic() - started < 5


def test_the_queue_is_walked_by_keys(page: Page, own_server: Server) -> None:
    for number in (7, 8, 9):
        report(page, own_server, f"CL-P-{number:06}")
    page.goto(f"{own_server.address}/moderation")
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(page.locator("[data-list] h2 a").nth(place)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/moderation/disputes/*")
    page.keyboard.press("c")
    page.keyboard.type("rx1")
    expect(page.get_by_label("Public reason")).to_have_value("rx1")
    page.keyboard.press("Escape")
    page.keyboard.press("q")
    page.wait_for_url("**/moderation")


def test_a_flood_is_rejected_by_keyboard(page: Page, own_server: Server) -> None:
    for number in (1, 2, 3, 23, 24, 25):
        report(page, own_server, f"CL-P-{number:06}", comment="All fake.")
    page.goto(f"{own_server.address}/moderation")
    flood = page.get_by_role("link", name="6 disputes of 6 labels")
    flood.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The same said of 6 labels")
    page.keyboard.press("j")
    expect(page.locator("[data-list] a").first).to_be_focused()
    page.keyboard.press("c")
    page.keyboard.type("One campaign.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("6 disputes were rejected together.")
    expect(flood).to_have_count(0)


def test_disputes_are_picked_and_rejected_by_keyboard(page: Page, own_server: Server) -> None:
    stays = report(page, own_server, "CL-P-000026", reason="outdated")
    for number in (27, 28):
        report(page, own_server, f"CL-P-{number:06}", reason="outdated", comment=f"Words {number}.")
    page.goto(f"{own_server.address}/moderation")
    boxes = page.locator("[data-list] input[type=checkbox]")
    page.keyboard.press("a")
    expect(page.locator("[data-count]")).to_have_text(f"Reject {boxes.count()} selected")
    page.keyboard.press("a")
    expect(page.locator("[data-count]")).to_have_text("Reject the selected")
    for _ in range(2):
        page.keyboard.press("k")
        page.keyboard.press("x")
    expect(boxes.last).to_be_checked()
    expect(page.locator("[data-count]")).to_have_text("Reject 2 selected")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Disputes")
    page.keyboard.press("c")
    page.keyboard.type("Not out of date.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("2 disputes were rejected together.")
    page.goto(own_server.address + stays["url"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Your dispute waits for a decision")


def test_the_owner_decides_with_one_press(page: Page, own_server: Server) -> None:
    answer = report(page, own_server, "CL-P-000010", reason="wrong-severity", proposed_severity="low")
    page.goto(own_server.address + answer["url"])
    page.get_by_role("button", name="Change the severity to low").click()
    page.goto(own_server.address + answer["url"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Your dispute was upheld")


def test_everything_works_without_scripts(plain: Browser, own_server: Server) -> None:
    context = plain.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{own_server.address}/provisions/CL-P-000011/dispute")
    page.get_by_role("radio", name="It is out of date").check()
    page.get_by_role("button", name="Send", exact=True).click()
    page.goto(f"{own_server.address}/moderation")
    page.get_by_role("button", name="Decide the oldest").click()
    page.get_by_role("radio", name="Reject").check()
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.get_by_role("status")).to_be_visible()
    context.close()


def pages(page: Page, server: Server) -> list[str]:
    """Every page of people, with something on it."""
    long = "A comment without any space: " + "x" * 300
    answer = report(page, server, "CL-P-000012", reason="wrong-kind", proposed_type="data-sale", comment=long)
    withdrawn = "CL-P-000029"
    said = report(page, server, withdrawn, reason="not-in-text")
    path = said["moderation"].replace("/moderation", "/v1/admin") + "/decision"
    post(page, server, path, {"act": "remove", "text": "Not there. " + "x" * 200}, **{"If-Match": "*"})
    while page.request.get(f"{server.address}/v1/provisions/{withdrawn}").ok:
        page.wait_for_timeout(50)
    return [
        answer["moderation"].replace("disputes", "alike"),
        f"/provisions/{withdrawn}",
        "/moderation",
        answer["moderation"],
        "/moderation/audit",
        "/sign-in",
        answer["url"],
        "/provisions/CL-P-000012/dispute",
        "/moderation/disputes/99999",
    ]


def test_axe_finds_nothing_and_a_phone_cuts_nothing_off(page: Page, own_server: Server) -> None:
    for path in pages(page, own_server):
        page.set_viewport_size({"width": 1280, "height": 720})
        page.goto(own_server.address + path)
        assert violations_in_both_schemes(page) == [], path
        page.set_viewport_size({"width": 320, "height": 640})
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= 320, path


def test_the_form_of_a_server_with_tokens(page: Page, tmp_path: Path) -> None:
    with start_server(with_catalogue(tmp_path), environment={"CLAUSELIGHT_LOCAL_OWNER": "false"}) as server:
        made = [sys.executable, "-m", "clauselight", "token", "create", "--scope", "dispute", "--name", "Ada"]
        token = subprocess.run([*made, "--data", tmp_path], capture_output=True, text=True, check=True).stdout
        page.goto(f"{server.address}/moderation")
        page.get_by_label("Token").fill("wrong")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("unknown")
        assert violations(page) == []
        page.get_by_label("Token").fill(token.strip())
        page.keyboard.press("Enter")
        expect(page.get_by_text("Signed in as Ada")).to_be_visible()
        assert page.evaluate("() => document.cookie") == "", "scripts do not see the session"
        # Another site in the same browser, with the session's cookie in its jar.
        other = page.context.new_page()
        other.route(
            "https://evil.example/",
            lambda route: route.fulfill(body="<form method=post id=f></form>", content_type="text/html"),
        )
        other.goto("https://evil.example/")
        with other.expect_navigation():
            other.evaluate(
                "target => { document.forms[0].action = target; document.forms[0].submit(); }",
                f"{server.address}/moderation/next",
            )
        assert "another website" in other.content()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_label("Token")).to_be_visible()


SHOWN_IN_FRAMES = """async (addresses) => {
  const frames = await Promise.all(addresses.map((address) => new Promise((done) => {
    const frame = document.createElement("iframe");
    frame.addEventListener("load", () => done(frame), { once: true });
    frame.src = address;
    document.body.append(frame);
  })));
  await new Promise((done) => setTimeout(done, 300));
  const taken = (frame) => {
    try {
      const { stolen, location } = frame.contentWindow;
      return stolen !== undefined || location.href !== frame.src;
    } catch {
      return true;  // it has gone to another site
    }
  };
  const wrong = frames.filter(taken).map((frame) => frame.getAttribute("src"));
  for (const frame of frames) frame.remove();
  return window.stolen === undefined ? wrong : [...wrong, "the page around them"];
}"""
"""Shows pages side by side, which costs a tenth of opening one after the other; returns those in which
something ran, or that led elsewhere."""


def test_no_payload_runs(page: Page, own_server: Server) -> None:
    """Every payload as comment, contact, reason and explanation, on every page that shows it.

    The pages come without their content security policy, which would keep a script from running that had come
    through as one.
    """
    asked: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.on("dialog", lambda dialog: dialog.dismiss())
    bare = frozenset({"content-security-policy"})
    with RecordingProxy(own_server.port, withheld=bare) as proxy:

        def show(addresses: list[str]) -> list[str]:
            wrong: list[str] = []
            for start in range(0, len(addresses), 24):
                wrong += page.evaluate(SHOWN_IN_FRAMES, addresses[start : start + 24])
            return wrong

        proxy.misbehave = Misbehaviour("/test/", content_type="text/html", body=b"<!DOCTYPE html><body>")
        page.goto(f"{proxy.address}/test/frames")
        proxy.misbehave.body = PAYLOADS[0].encode()
        assert show(["/test/markup", "/moderation"]) == ["/test/markup"], "what runs is seen"
        proxy.misbehave = None
        outcomes: list[str] = []
        cases: list[str] = []
        labels = [f"CL-P-{number:06}" for number in range(13, 23)]
        texts = ("what_it_is", "how_it_affects_you", "why_it_matters")
        for start in range(0, len(TOGETHER), len(labels)):
            sent = dict(zip(labels, TOGETHER[start : start + len(labels)], strict=False))
            answers = [
                report(page, own_server, label, reason="misleading", comment=payload, contact=payload[:250])
                for label, payload in sent.items()
            ]
            waiting = [answer["moderation"] for answer in answers]
            assert show(["/moderation", *waiting]) == []
            for case, payload in zip(waiting, sent.values(), strict=True):
                decision = {"act": "edit", "text": payload, "explanation": dict.fromkeys(texts, payload)}
                path = case.replace("/moderation", "/v1/admin") + "/decision"
                post(page, own_server, path, decision, **{"If-Match": "*"})
            outcomes += [answer["url"] for answer in answers]
            cases += waiting
        lists = ["/moderation", "/moderation/audit", *(f"/provisions/{label}" for label in labels)]
        assert len(cases) == len(TOGETHER)
        assert show([*outcomes, *cases, *lists]) == []
    for path in (outcomes[0], cases[0], *lists):
        page.goto(own_server.address + path)
        page.wait_for_timeout(100)
        assert page.evaluate("() => window.stolen") is None, path
    assert [url for url in asked if not url.startswith((own_server.address, proxy.address))] == []
    assert failed == []
