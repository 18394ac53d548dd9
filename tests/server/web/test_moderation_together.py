"""Rejecting a flood: what is said alike of many labels, and disputes picked from the queue."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from clauselight.settings import Settings
from clauselight.store.tokens import Scope
from people import bearer, case_number, make_token, post_form, report, send
from serving import Client, running

QUEUE = "/v1/admin/disputes"
FLOOD = "This is fake, I know it."
LABELS = [f"CL-P-{number:06}" for number in range(1, 9)]


@pytest.fixture
def personal(data_copy: Path) -> Iterator[Client]:
    with running(Settings(data=data_copy)) as client:
        yield client


def flood(client: Client, labels: list[str] = LABELS) -> list[int]:
    """The same report about several labels."""
    return [case_number(report(client, one, reason="not-in-text", comment=FLOOD)) for one in labels]


def text_of(client: Client, target: str) -> str:
    return " ".join(html.fromstring(client.get(target).plain).xpath("string(//main)").split())


def audit(client: Client) -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.get("/v1/admin/audit?limit=100").json["entries"]
    return found


def test_a_flood_is_told_and_rejected_with_one_press(personal: Client) -> None:
    numbers = flood(personal)
    report(personal, LABELS[0], reason="not-in-text", comment=FLOOD)  # repeats one of them
    other = case_number(report(personal, LABELS[0], reason="outdated", comment=FLOOD))
    before = {one: personal.get(f"/v1/provisions/{one}").json for one in LABELS}
    tree = html.fromstring(personal.get("/moderation").plain)
    (link,) = tree.xpath("//section[@aria-labelledby='floods']//a")
    assert link.text == "9 disputes of 8 labels"
    page = personal.get(link.get("href"))
    text = " ".join(html.fromstring(page.plain).xpath("string(//main)").split())
    assert "The same said of 8 labels" in text
    assert FLOOD in text
    (form,) = html.fromstring(page.plain).forms[-1:]
    assert form.xpath("string(.//button)") == "Reject 9 disputes"
    reply = post_form(personal, link.get("href"), {"until": form.fields["until"], "text": "A campaign."})
    assert reply.status == 303
    assert "9 disputes were rejected together." in text_of(personal, reply.headers["location"])
    queue = personal.get(QUEUE).json
    assert [one["id"] for one in queue["disputes"]] == [other], "what says something else stays"
    # Each is audited for itself, and no label was changed or confirmed by it.
    lines = {line["subject"]: line for line in audit(personal) if line["act"] == "reject"}
    assert {f"dispute-{number}" for number in numbers} <= set(lines)
    assert all(line["body"]["together"] for line in lines.values())
    assert not [line for line in audit(personal) if line["act"] == "confirm"]
    deadline = time.monotonic() + 5
    while personal.get(f"/v1/provisions/{LABELS[-1]}").json["disputes"]["rejected"] == 0:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    for one in LABELS:
        after = personal.get(f"/v1/provisions/{one}").json
        assert after["decisions"][0]["text"] == "A campaign."
        kept = ("severity", "method", "confidence", "title", "quote")
        assert {name: after.get(name) for name in kept} == {name: before[one].get(name) for name in kept}
        assert after["history"]["changes"] == before[one]["history"]["changes"]


def test_nobody_learns_from_what_nobody_judged(personal: Client) -> None:
    numbers = flood(personal)
    post_form(personal, f"/moderation/alike/{numbers[0]}", {"until": str(numbers[-1])})
    deadline = time.monotonic() + 5
    while personal.get(f"/v1/provisions/{LABELS[-1]}").json["disputes"]["rejected"] == 0:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(0.5)
    assert "No dispute has been decided on this server yet" in text_of(personal, "/methodology")


def test_what_came_after_the_page_was_opened_stays(personal: Client) -> None:
    numbers = flood(personal)
    later = case_number(report(personal, "CL-P-000010", reason="not-in-text", comment=FLOOD))
    reply = post_form(personal, f"/moderation/alike/{numbers[0]}", {"until": str(numbers[-1])})
    assert "rejected=8&left=0" in reply.headers["location"]
    assert [one["id"] for one in personal.get(QUEUE).json["disputes"]] == [later]


def test_the_selected_are_rejected_and_others_stay(personal: Client) -> None:
    picked = case_number(report(personal, LABELS[0], reason="other"))
    stays = case_number(report(personal, LABELS[1], reason="other"))
    also = case_number(report(personal, LABELS[2], reason="outdated"))
    boxes = html.fromstring(personal.get("/moderation").plain).xpath("//input[@form='together']/@name")
    assert boxes == [f"dispute-{number}" for number in (picked, stays, also)]
    fields = {f"dispute-{picked}": "yes", f"dispute-{also}": "yes", "text": ""}
    reply = post_form(personal, "/moderation/reject", fields)
    assert "2 disputes were rejected together." in text_of(personal, reply.headers["location"])
    assert [one["id"] for one in personal.get(QUEUE).json["disputes"]] == [stays]
    again = post_form(personal, "/moderation/reject", fields)
    assert "2 were left: decided meanwhile" in text_of(personal, again.headers["location"])


def test_nothing_selected_rejects_nothing(personal: Client) -> None:
    report(personal)
    reply = post_form(personal, "/moderation/reject", {"text": "x", "dispute-0": "yes", "dispute-x": "yes"})
    assert "Nothing was selected" in text_of(personal, reply.headers["location"])
    assert personal.get(QUEUE).json["open"] == 1


def test_few_disputes_are_no_flood(personal: Client) -> None:
    flood(personal, LABELS[:4])
    assert "Said alike" not in text_of(personal, "/moderation")


def test_somebody_elses_case_is_left(data_copy: Path) -> None:
    ada, bo = (bearer(make_token(data_copy, Scope.DISPUTE, name=name)) for name in ("Ada", "Bo"))
    form = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    with running(Settings(data=data_copy)) as client:
        numbers = flood(client)
        assert send(client, "POST", f"{QUEUE}/{numbers[0]}/lease", headers=ada).status == 200
        body = f"until={numbers[-1]}".encode()
        reply = client.request("POST", f"/moderation/alike/{numbers[1]}", {**bo, **form}, body)
        assert "rejected=7&left=1" in reply.headers["location"]


def test_only_those_who_may_decide_reject(data_copy: Path) -> None:
    reader = bearer(make_token(data_copy, Scope.READ))
    form = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    with running(Settings(data=data_copy, local_owner=False)) as client:
        for one in LABELS:
            report(client, one, comment=FLOOD)
        page = client.get("/moderation/alike/1", Authorization=reader["Authorization"])
        assert page.status == 200
        assert "Reject" not in html.fromstring(page.plain).xpath("string(//main)")
        for path in ("/moderation/alike/1", "/moderation/reject"):
            assert client.request("POST", path, {**reader, **form}, b"until=9&dispute-1=yes").status == 403
            assert client.request("POST", path, form, b"until=9&dispute-1=yes").status in (401, 403)
        assert send(client, "GET", QUEUE, headers=reader).json["open"] == len(LABELS)


@pytest.mark.parametrize("until", ["", "x", "-1", "9" * 30])
def test_a_form_of_somebody_else_is_refused(personal: Client, until: str) -> None:
    numbers = flood(personal)
    assert post_form(personal, f"/moderation/alike/{numbers[0]}", {"until": until}).status == 400
    assert personal.get(QUEUE).json["open"] == len(LABELS)


def test_a_reason_that_is_too_long_is_refused(personal: Client) -> None:
    numbers = flood(personal)
    fields = {"until": str(numbers[-1]), "text": "a" * 2001}
    reply = post_form(personal, f"/moderation/alike/{numbers[0]}", fields)
    assert reply.status == 400
    assert personal.get(QUEUE).json["open"] == len(LABELS)


def test_what_is_decided_is_no_flood_any_more(personal: Client) -> None:
    assert personal.get("/moderation/alike/999").status == 404
    assert personal.get("/moderation/alike/x").status == 404
