"""Every rule of DESIGN.md section 2 that shape alone cannot say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.record_rules import SnapshotFacts, check_record

TODAY = dt.date(2026, 11, 22)
SHA = "a" * 64
HELD = SnapshotFacts(SHA, True)


def record(**changes: Any) -> ProvisionRecord:
    """A sound record with some fields replaced; dotted names reach inside."""
    base: dict[str, Any] = {
        "id": "CL-P-000900",
        "slug": "a-clause",
        "title": "A clause",
        "severity": "high",
        "confidence": "high",
        "evidence_basis": "explicit_document_language",
        "method": "curated",
        "explanation": {"what_it_is": "A.", "how_it_affects_you": "B.", "why_it_matters": "C."},
        "quote": {"selector": {"type": "TextQuoteSelector", "exact": "We sell your data."}},
        "actions": [],
        "agencies": [],
        "regulations": [],
        "institutional": {
            "regulatory_landscape": "A.",
            "governance_exposure": "B.",
            "jurisdiction_flags": [],
            "vendor_implications": "C.",
            "compliance_considerations": "D.",
        },
        "provenance": {
            "source_url": "https://a.example/privacy",
            "sha256": SHA,
            "sha256_basis": "computed",
            "captured_at": "2026-05-01T00:00:00Z",
            "snapshot_stored": True,
            "hash_verified": True,
            "quote_verified": True,
            "change_verified": False,
        },
        "document": "CL-D-000900",
        "clause_type": "data-sale",
        "history": {
            "first_seen": "2026-05-01",
            "last_seen": "2026-10-01",
            "last_verified": "2026-10-01",
            "changes": [
                {"date": "2026-05-01", "kind": "added", "summary": "First seen.", "severity_to": "high"}
            ],
        },
    }
    for name, value in changes.items():
        place = base
        *path, last = name.split("__")
        for step in path:
            place = place[step]
        place[last] = value
    return ProvisionRecord.model_validate(base)


def rules(item: ProvisionRecord, snapshot: SnapshotFacts | None = HELD) -> set[str]:
    return {violation.rule for violation in check_record(item, today=TODAY, snapshot=snapshot)}


def agency(identity: str, name: str) -> dict[str, str]:
    return {
        "id": identity,
        "name": name,
        "jurisdiction": "US",
        "why": "It watches.",
        "complaint_url": "https://www.ftc.gov/",
    }


def test_a_sound_record_breaks_nothing() -> None:
    assert rules(record()) == set()


def test_severity_must_be_the_one_that_the_history_ends_with() -> None:
    assert rules(record(severity="medium")) == {"severity-is-latest-change"}


def test_hash_is_recomputed_not_copied() -> None:
    assert rules(record(), SnapshotFacts("b" * 64, True)) == {"hash-recomputed"}


def test_a_hash_without_a_snapshot_is_never_verified() -> None:
    broken = rules(record(), None)
    assert {"hash-recomputed", "quote-verified-computed", "snapshot-stored-computed"} <= broken


def test_a_reported_hash_without_a_snapshot_is_fine() -> None:
    honest = record(
        provenance__snapshot_stored=False,
        provenance__hash_verified=False,
        provenance__quote_verified=False,
        provenance__sha256_basis="reported",
    )
    assert rules(honest, None) == set()


def test_the_quote_must_occur_in_its_snapshot() -> None:
    assert rules(record(), SnapshotFacts(SHA, False)) == {"quote-in-snapshot"}


def test_first_seen_is_not_later_than_last_verified() -> None:
    late = record(history__first_seen="2026-10-02", history__last_seen="2026-10-02")
    assert rules(late) == {"first-seen-before-verified"}


@pytest.mark.parametrize(
    "field",
    ["history__last_seen", "history__last_verified"],
)
def test_no_date_lies_in_the_future(field: str) -> None:
    assert rules(record(**{field: "2026-11-23"})) == {"no-future-date"}


def test_nothing_is_listed_twice_under_another_spelling() -> None:
    listed = [agency("ftc", "Federal Trade Commission"), agency("us-ftc", "FEDERAL TRADE COMMISSION")]
    assert rules(record(agencies=listed)) == {"listed-once"}


def test_all_rules_broken_are_named_at_once() -> None:
    broken = rules(
        record(severity="low", history__first_seen="2026-10-02", history__last_seen="2027-01-01"),
        SnapshotFacts("b" * 64, False),
    )
    assert broken == {
        "severity-is-latest-change",
        "first-seen-before-verified",
        "no-future-date",
        "hash-recomputed",
        "quote-in-snapshot",
    }
