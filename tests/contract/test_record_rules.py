"""Every rule of DESIGN.md section 2 that shape alone cannot say."""

from __future__ import annotations

import datetime as dt

import pytest

from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.record_rules import SnapshotFacts, check_record
from records import PAGE_FACTS, a_record, reported

TODAY = dt.date(2026, 11, 22)


def rules(item: ProvisionRecord, snapshot: SnapshotFacts | None = PAGE_FACTS) -> set[str]:
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
    assert rules(a_record()) == set()


def test_severity_must_be_the_one_that_the_history_ends_with() -> None:
    assert rules(a_record(severity="medium")) == {"severity-is-latest-change"}


def test_hash_is_recomputed_not_copied() -> None:
    assert rules(a_record(), SnapshotFacts("b" * 64, True)) == {"hash-recomputed"}


def test_a_hash_without_a_snapshot_is_never_verified() -> None:
    broken = rules(a_record(), None)
    assert {"hash-recomputed", "quote-verified-computed", "snapshot-stored-computed"} <= broken


def test_a_reported_hash_without_a_snapshot_is_fine() -> None:
    assert rules(reported(), None) == set()


def test_the_quote_must_occur_in_its_snapshot() -> None:
    assert rules(a_record(), SnapshotFacts(PAGE_FACTS.sha256, False)) == {"quote-in-snapshot"}


def test_first_seen_is_not_later_than_last_verified() -> None:
    late = a_record(history__first_seen="2026-10-02", history__last_seen="2026-10-02")
    assert rules(late) == {"first-seen-before-verified"}


@pytest.mark.parametrize(
    "field",
    ["history__last_seen", "history__last_verified"],
)
def test_no_date_lies_in_the_future(field: str) -> None:
    assert rules(a_record(**{field: "2026-11-23"})) == {"no-future-date"}


def test_nothing_is_listed_twice_under_another_spelling() -> None:
    listed = [agency("ftc", "Federal Trade Commission"), agency("us-ftc", "FEDERAL TRADE COMMISSION")]
    assert rules(a_record(agencies=listed)) == {"listed-once"}


def test_all_rules_broken_are_named_at_once() -> None:
    broken = rules(
        a_record(severity="low", history__first_seen="2026-10-02", history__last_seen="2027-01-01"),
        SnapshotFacts("b" * 64, False),
    )
    assert broken == {
        "severity-is-latest-change",
        "first-seen-before-verified",
        "no-future-date",
        "hash-recomputed",
        "quote-in-snapshot",
    }
