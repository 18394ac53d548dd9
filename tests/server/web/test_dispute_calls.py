"""Reporting a wrong label and following the report, without a token and without an account."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from lxml import html

from clauselight.knowledge.clause_types import clause_types
from clauselight.settings import Settings
from clauselight.store.disputes import SINGLY
from people import case_number, post_form, report, send
from serving import Client, assert_fits, assert_problem, running

PROVISION = "CL-P-000001"


@pytest.fixture
def personal(data_copy: Path) -> Iterator[Client]:
    """A server whose owner alone reaches it."""
    with running(Settings(data=data_copy)) as client:
        yield client


def rows(folder: Path) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(Settings(data=folder).archive_file)) as connection:
        connection.row_factory = sqlite3.Row
        return list(connection.execute("SELECT * FROM dispute ORDER BY id"))


def test_a_dispute_is_on_disk_when_it_is_answered(personal: Client, data_copy: Path) -> None:
    sent = {
        "provision": PROVISION,
        "reason": "wrong-severity",
        "proposed_severity": "low",
        "comment": "Only on request.",
        "contact": "me@example.org",
    }
    reply = send(personal, "POST", "/v1/disputes", sent)
    assert reply.status == 200
    assert reply.headers["cache-control"] == "no-store"
    assert_fits(reply.json, "dispute_answer")
    (row,) = rows(data_copy)
    assert (row["provision_id"], row["reason"], row["proposed_severity"]) == (
        PROVISION,
        "wrong-severity",
        "low",
    )
    assert (row["comment"], row["contact"]) == ("Only on request.", "me@example.org")
    assert row["state"] == "open"


def test_the_private_token_is_not_in_the_archive(personal: Client, data_copy: Path) -> None:
    token = report(personal)["token"]
    for file in data_copy.iterdir():
        assert token.encode() not in file.read_bytes(), file.name


def test_the_reporter_follows_it_by_the_token(personal: Client) -> None:
    answer = report(personal, reason="not-in-text", comment="secret words", contact="me@example.org")
    reply = personal.get(f"/v1/disputes/{answer['token']}")
    assert_fits(reply.json, "dispute_status")
    assert reply.json["state"] == "open"
    assert reply.json["reason"] == "not-in-text"
    page = personal.get(answer["url"])
    assert page.status == 200
    assert "waits for a decision" in page.text
    for text in (reply.text, page.text):
        assert "secret words" not in text
        assert "me@example.org" not in text
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("token", ["A" * 43, "1", "1" * 43 + "2", "..%2F..%2Fetc", "%00", "'" * 43])
def test_other_tokens_show_nothing(personal: Client, token: str) -> None:
    report(personal)
    assert_problem(personal.get(f"/v1/disputes/{token}"), "unknown-dispute", 404)
    assert personal.get(f"/disputes/{token}").status == 404


def test_a_number_is_no_token(personal: Client) -> None:
    number = case_number(report(personal))
    assert_problem(personal.get(f"/v1/disputes/{number}"), "unknown-dispute", 404)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": "dislike"}, "reason"),
        ({"provision": "CL-A-000001"}, "provision"),
        ({"provision": "CL-P-1' OR 1=1"}, "provision"),
        ({"proposed_type": "no-such-type"}, "proposed_type"),
        ({"proposed_severity": "terrible"}, "proposed_severity"),
        ({"comment": "a" * 2001}, "comment"),
        ({"comment": ["a"]}, "comment"),
        ({"contact": "a" * 255}, "contact"),
    ],
)
def test_what_cannot_be_a_dispute_is_refused_with_the_field(
    personal: Client, data_copy: Path, change: dict[str, object], field: str
) -> None:
    reply = send(personal, "POST", "/v1/disputes", {"provision": PROVISION, "reason": "other", **change})
    problem = assert_problem(reply, "bad-body", 400)
    assert [error["field"] for error in problem["errors"]] == [field]
    assert rows(data_copy) == []


def test_an_unknown_label_is_said(personal: Client) -> None:
    reply = send(personal, "POST", "/v1/disputes", {"provision": "CL-P-999999", "reason": "other"})
    assert_problem(reply, "unknown-provision", 404)


def test_bodies_that_are_none_are_refused(personal: Client, data_copy: Path) -> None:
    json_type = {"Content-Type": "application/json"}
    for body in (b"{", b"[]", b"\xff", b'{"provision":' * 1000, b"null"):
        assert_problem(personal.request("POST", "/v1/disputes", json_type, body), "bad-body", 400)
    large = json.dumps({"provision": PROVISION, "reason": "other", "comment": "a" * 20_000}).encode()
    assert_problem(personal.request("POST", "/v1/disputes", json_type, large), "request-too-large", 413)
    form = personal.request("POST", "/v1/disputes", {"Content-Type": "text/plain"}, b"{}")
    assert_problem(form, "unsupported-media-type", 415)
    assert rows(data_copy) == []


def test_what_is_repeated_is_kept_and_counts_as_one(personal: Client, data_copy: Path) -> None:
    answers = [report(personal, reason="outdated") for _ in range(SINGLY + 3)]
    assert [answer["similar"] for answer in answers] == [False] * SINGLY + [True] * 3
    stored = rows(data_copy)
    assert len(stored) == SINGLY + 3
    assert [row["similar_to"] for row in stored][SINGLY:] == [stored[0]["id"]] * 3
    assert report(personal, reason="misleading")["similar"] is False, "something else is said"
    queue = personal.get("/v1/admin/disputes").json
    assert queue["open"] == SINGLY + 1
    assert queue["disputes"][0]["similar"] == 3


def test_only_the_owner_is_told_where_to_decide(data_copy: Path) -> None:
    with running(Settings(data=data_copy, local_owner=False)) as client:
        assert "moderation" not in report(client)
    with running(Settings(data=data_copy)) as client:
        assert report(client)["moderation"].startswith("/moderation/disputes/")


def test_the_link_is_absolute_where_the_server_has_a_name(data_copy: Path) -> None:
    with running(Settings(data=data_copy, public_url="https://clauses.example")) as client:
        answer = report(client)
        assert answer["url"] == f"https://clauses.example/disputes/{answer['token']}"
        assert "moderation" not in answer, "a proxy may bring strangers"


def test_the_form_on_the_servers_own_page(personal: Client, data_copy: Path) -> None:
    page = personal.get(f"/provisions/{PROVISION}/dispute")
    assert page.status == 200
    assert "Only" not in page.text
    fields = {
        "reason": "wrong-kind",
        "proposed_type": "data-sale",
        "comment": " Only on request.\r\n",
        "contact": "",
    }
    reply = post_form(personal, f"/provisions/{PROVISION}/dispute", fields)
    assert reply.status == 303
    (row,) = rows(data_copy)
    assert (row["reason"], row["proposed_type"], row["comment"]) == (
        "wrong-kind",
        "data-sale",
        "Only on request.",
    )
    assert row["contact"] is None
    private = personal.get(reply.headers["location"])
    assert "Sent and stored" in private.text
    assert personal.get("/provisions/CL-P-999999/dispute").status == 404
    for wrong in ({}, {"reason": "x"}, {"reason": "other", "comment": "a" * 2001}):
        again = post_form(personal, f"/provisions/{PROVISION}/dispute", wrong)
        assert again.status == 422
        assert 'role="alert"' in again.text
    assert post_form(personal, f"/provisions/{PROVISION}/dispute", {"comment": "a" * 20_000}).status == 413
    assert len(rows(data_copy)) == 1


def test_a_kind_is_proposed_by_its_title(personal: Client, data_copy: Path) -> None:
    target = f"/provisions/{PROVISION}/dispute"
    tree = html.fromstring(personal.get(target).plain)
    offered = tree.xpath("//input[@name='proposed_type']/following::datalist[1]/option/@value")
    title = clause_types()["data-sale"].title
    assert title in offered
    own = personal.get(f"/v1{target.removesuffix('/dispute')}").json["clause_type"]["title"]
    assert own not in offered, "it is that kind already"
    fields = {"reason": "wrong-kind", "proposed_type": f" {title.upper()} ", "proposed_severity": "low"}
    assert post_form(personal, target, fields).status == 303
    wrong = post_form(personal, target, {**fields, "proposed_type": "Data sail", "comment": "My words."})
    assert wrong.status == 422
    tree = html.fromstring(wrong.plain)
    assert "No kind of clause is called “Data sail”." in tree.xpath("string(//*[@role='alert'])")
    assert tree.xpath("string(//textarea[@name='comment'])").strip() == "My words."
    assert tree.xpath("//input[@name='proposed_type']/@value") == ["Data sail"]
    # What does not go with the reason is not shown, so it is not sent on either.
    assert post_form(personal, target, {**fields, "reason": "misleading"}).status == 303
    first, second = rows(data_copy)
    assert (first["proposed_type"], first["proposed_severity"]) == ("data-sale", "low")
    assert (second["proposed_type"], second["proposed_severity"]) == (None, None)
