"""Curation over the wire: draft, live lint, preview, and two people at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clauselight.knowledge.clause_types import categories, clause_types
from clauselight.settings import Settings
from clauselight.store.engine import open_archive
from clauselight.store.ids import FIRST_OWN
from people import AUTOMATIC, report, send, with_records
from records import PAGE
from serving import Client, assert_fits, assert_problem, running

DOCUMENT = "/v1/admin/documents/CL-D-000900"
RECORD = "/v1/admin/provisions/CL-P-000900"
QUOTE = {"exact": "We sell your data", "prefix": "", "suffix": " to anybody who asks."}
DRAFT: dict[str, Any] = {"clause_type": "third-party-sharing", "severity": "high", "quote": QUOTE}


@pytest.fixture
def curated(data_copy: Path) -> Iterator[Client]:
    """A personal server with a document of two records, the second automatic."""

    async def fill() -> None:
        engine = open_archive(Settings(data=data_copy).archive_file)
        await with_records(engine, {}, {**AUTOMATIC, "clause_type": "marketing-use"})
        await engine.dispose()

    asyncio.run(fill())
    with running(Settings(data=data_copy)) as client:
        yield client


def seen(client: Client, path: str, status: int) -> None:
    """Wait until the publication shows it."""
    deadline = time.monotonic() + 5
    while client.get(path).status != status:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_draft_holds_what_the_knowledge_says(curated: Client) -> None:
    reply = curated.get("/v1/admin/clause-types/data-sale/draft?document=CL-D-000900")
    assert_fits(reply.json, "provision_draft")
    known = curated.get("/v1/clause-types/data-sale").json["clause_type"]
    assert reply.json["explanation"]["what_it_is"] == known["what_it_is"]
    assert reply.json["severity"] == known["severity"]
    letters = [action["letter"]["body"] for action in reply.json["actions"] if "letter" in action]
    assert letters
    assert not any("{entity}" in letter for letter in letters)
    assert_problem(curated.get("/v1/admin/clause-types/no-such/draft"), "unknown-clause-type", 404)
    missing = curated.get("/v1/admin/clause-types/data-sale/draft?document=CL-D-999999")
    assert_problem(missing, "unknown-document", 404)


def test_kinds_to_choose_from_are_all_there_by_topic_and_title(curated: Client) -> None:
    reply = curated.get("/v1/admin/clause-types")
    assert_fits(reply.json, "clause_type_choices")
    kinds = reply.json["clause_types"]
    assert {kind["id"] for kind in kinds} == set(clause_types())
    topics = list(dict.fromkeys(kind["category"] for kind in kinds))
    assert topics == [one.id for one in categories() if one.id in topics], "each topic once, as everywhere"
    assert [kind["title"] for kind in kinds if kind["category"] == topics[0]] == sorted(
        kind["title"] for kind in kinds if kind["category"] == topics[0]
    )


def test_the_audit_of_one_record_tells_who_did_what(curated: Client) -> None:
    etag = curated.get("/v1/admin/provisions/CL-P-000901").headers["etag"]
    send(curated, "POST", "/v1/admin/provisions/CL-P-000901/confirm", None, {"If-Match": etag})
    page = curated.get("/v1/admin/audit?subject=CL-P-000901").json
    assert_fits(page, "audit_page")
    assert [(line["who"], line["act"]) for line in page["entries"]] == [("owner", "confirm")]


def test_a_selected_clause_becomes_a_record(curated: Client) -> None:
    checked = send(curated, "POST", f"{DOCUMENT}/provisions/lint", DRAFT)
    assert_fits(checked.json, "draft_check")
    assert checked.json["violations"] == []
    assert checked.json["preview"]["quote"]["selector"]["exact"] == QUOTE["exact"]
    reply = send(curated, "POST", f"{DOCUMENT}/provisions", DRAFT)
    assert reply.status == 200, reply.text
    assert_fits(reply.json, "curated_provision")
    record = reply.json["record"]
    assert int(record["id"][5:]) >= FIRST_OWN
    assert record["method"] == "curated"
    assert record["provenance"]["quote_verified"] is True
    start, end = (record["quote"]["position"][name] for name in ("start", "end"))
    assert end - start == len(QUOTE["exact"])
    assert reply.headers["etag"] == reply.json["etag"]
    seen(curated, f"/v1/provisions/{record['id']}", 200)
    published = curated.get(f"/v1/provisions/{record['id']}").json
    assert published["explanation"] == checked.json["preview"]["explanation"]
    assert curated.get("/v1/admin/audit").json["entries"][0]["act"] == "add"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"quote": {"exact": "We never said this."}}, "quote-in-snapshot"),
        ({"clause_type": "no-such-type"}, "clause-type-known"),
        (
            {"clause_type": "data-sale", "quote": {"exact": "We sell your data to anybody who asks."}},
            "clause-recorded-once",
        ),
    ],
)
def test_live_lint_names_every_broken_rule_and_saving_refuses_it(
    curated: Client, change: dict[str, Any], rule: str
) -> None:
    draft = {**DRAFT, **change}
    checked = send(curated, "POST", f"{DOCUMENT}/provisions/lint", draft)
    assert [broken["rule"] for broken in checked.json["violations"]] == [rule]
    reply = send(curated, "POST", f"{DOCUMENT}/provisions", draft)
    assert reply.status in (404, 422)
    assert curated.get("/v1/admin/audit").json["entries"] == []


def test_a_label_about_the_whole_document_is_inferred(curated: Client) -> None:
    draft = {name: value for name, value in DRAFT.items() if name != "quote"}
    reply = send(curated, "POST", f"{DOCUMENT}/provisions", draft)
    assert reply.json["record"]["evidence_basis"] == "inferred_from_context"


def test_a_document_that_nobody_captured_can_be_curated_and_says_so(curated: Client) -> None:
    known = curated.get("/v1/documents?limit=500&offset=500").json["documents"][0]["id"]
    reply = send(curated, "POST", f"/v1/admin/documents/{known}/provisions", DRAFT)
    assert reply.status == 200, reply.text
    provenance = reply.json["record"]["provenance"]
    assert not provenance["snapshot_stored"]
    assert not provenance["quote_verified"]


def test_two_people_do_not_overwrite_each_other(curated: Client) -> None:
    first = curated.get(RECORD)
    draft = {
        "clause_type": "data-sale",
        "severity": "low",
        "quote": first.json["record"]["quote"]["selector"],
    }
    assert_problem(send(curated, "PUT", RECORD, draft), "precondition-needed", 428)
    etag = {"If-Match": first.headers["etag"]}
    second = send(curated, "PUT", RECORD, draft, etag)
    assert second.status == 200, second.text
    assert second.json["record"]["severity"] == "low"
    late = send(curated, "PUT", RECORD, {**draft, "severity": "critical"}, etag)
    assert_problem(late, "changed-meanwhile", 412)
    assert late.headers["etag"] == second.headers["etag"]
    assert curated.get(RECORD).json["record"]["severity"] == "low"
    for method, path in (("DELETE", RECORD), ("POST", f"{RECORD}/confirm"), ("POST", f"{RECORD}/merge")):
        body = (
            {"reason": "x"} if method == "DELETE" else {"into": "CL-P-000901", "into_etag": etag["If-Match"]}
        )
        assert_problem(send(curated, method, path, body, etag), "changed-meanwhile", 412)


def test_an_edit_says_what_changed_and_the_same_again_changes_nothing(curated: Client) -> None:
    quote = curated.get(RECORD).json["record"]["quote"]["selector"]
    draft = {"clause_type": "data-sale", "severity": "medium", "quote": quote, "title": "A title"}
    once = send(curated, "PUT", RECORD, draft, {"If-Match": "*"})
    change = once.json["record"]["history"]["changes"][-1]
    assert (change["severity_from"], change["severity_to"]) == ("high", "medium")
    assert "severity" in change["summary"]
    again = send(curated, "PUT", RECORD, draft, {"If-Match": once.headers["etag"]})
    assert again.headers["etag"] == once.headers["etag"]


def test_a_confirmed_label_is_curated(curated: Client) -> None:
    path = "/v1/admin/provisions/CL-P-000901"
    before = curated.get(path)
    assert before.json["record"]["method"] == "automatic"
    reply = send(curated, "POST", f"{path}/confirm", None, {"If-Match": before.headers["etag"]})
    assert reply.json["record"]["method"] == "curated"
    assert "automatic" not in reply.json["record"]
    again = send(curated, "POST", f"{path}/confirm", None, {"If-Match": reply.headers["etag"]})
    assert again.headers["etag"] == reply.headers["etag"]


def test_a_retired_record_is_not_published_and_can_be_looked_at(curated: Client) -> None:
    seen(curated, "/v1/provisions/CL-P-000900", 200)
    reply = send(curated, "DELETE", RECORD, {"reason": "It is for businesses."}, {"If-Match": "*"})
    assert reply.json["live"] is False
    assert "for businesses" in reply.json["record"]["history"]["changes"][-1]["summary"]
    seen(curated, "/v1/provisions/CL-P-000900", 410)
    assert curated.get(RECORD).json["live"] is False
    report_of_it = send(curated, "POST", "/v1/disputes", {"provision": "CL-P-000900", "reason": "other"})
    assert_problem(report_of_it, "unknown-provision", 404)


def test_merging_retires_one_and_the_other_takes_over(curated: Client) -> None:
    into = curated.get("/v1/admin/provisions/CL-P-000901")
    merge = {"into": "CL-P-000901", "into_etag": into.headers["etag"], "reason": "The same clause."}
    reply = send(curated, "POST", f"{RECORD}/merge", merge, {"If-Match": "*"})
    assert reply.status == 200, reply.text
    assert reply.json["record"]["id"] == "CL-P-000901"
    assert "CL-P-000900 was merged" in reply.json["record"]["history"]["changes"][-1]["summary"]
    assert curated.get(RECORD).json["live"] is False
    elsewhere = {
        "into": "CL-P-000001",
        "into_etag": curated.get("/v1/admin/provisions/CL-P-000001").headers["etag"],
    }
    reply = send(curated, "POST", "/v1/admin/provisions/CL-P-000901/merge", elsewhere, {"If-Match": "*"})
    problem = assert_problem(reply, "rules-broken", 422)
    assert problem["reason"] == "merge-within-document"


@pytest.mark.parametrize(
    ("method", "path", "slug"),
    [
        ("GET", "/v1/admin/provisions/CL-P-999999", "unknown-provision"),
        ("PUT", "/v1/admin/provisions/CL-P-999999", "unknown-provision"),
        ("POST", "/v1/admin/provisions/CL-P-999999/lint", "unknown-provision"),
        ("POST", "/v1/admin/documents/CL-D-999999/provisions", "unknown-document"),
        ("POST", "/v1/admin/documents/CL-D-999999/provisions/lint", "unknown-document"),
    ],
)
def test_what_is_not_there_is_said(curated: Client, method: str, path: str, slug: str) -> None:
    body = None if method == "GET" else DRAFT
    assert_problem(send(curated, method, path, body, {"If-Match": "*"}), slug, 404)


def test_drafts_that_are_none_are_refused_with_the_field(curated: Client) -> None:
    for change, field in (
        ({"severity": "x"}, "severity"),
        ({"quote": {"exact": ""}}, "quote.exact"),
        ({"title": "a" * 301}, "title"),
        ({"actions": [{"kind": "delete", "title": "x", "url": "javascript:alert(1)"}]}, "actions.0.url"),
        ({"explanation": {"what_it_is": "A."}}, "explanation.how_it_affects_you"),
    ):
        problem = assert_problem(
            send(curated, "POST", f"{DOCUMENT}/provisions", {**DRAFT, **change}), "bad-body", 400
        )
        assert field in [error["field"] for error in problem["errors"]]
    huge = {**DRAFT, "summary": "a" * 600_000}
    assert_problem(send(curated, "POST", f"{DOCUMENT}/provisions", huge), "request-too-large", 413)


def test_disputes_of_an_edited_record_go_on(curated: Client) -> None:
    report(curated, "CL-P-000900", reason="wrong-severity", proposed_severity="low")
    quote = curated.get(RECORD).json["record"]["quote"]["selector"]
    draft = {"clause_type": "data-sale", "severity": "medium", "quote": quote}
    assert send(curated, "PUT", RECORD, draft, {"If-Match": "*"}).status == 200
    assert curated.get("/v1/admin/disputes").json["open"] == 1
    assert PAGE.decode().count("We sell") == 1
