"""Months are whole months, moving is no change, and too short a watch says nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauselight.contract.history import ChangeRecord
from clauselight.contract.vocabulary import ChangeKind, Severity, Stability
from clauselight.domain.stability import change_count, months_between, stability

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))
FIRST = dt.date(2025, 1, 1)


def change(kind: ChangeKind) -> ChangeRecord:
    return ChangeRecord(date=FIRST, kind=kind, summary="Words.", severity_to=Severity.LOW)


def history(modified: int, moved: int = 0) -> list[ChangeRecord]:
    """A first record, then so many of each kind."""
    kinds = [ChangeKind.ADDED, *[ChangeKind.MODIFIED] * modified, *[ChangeKind.MOVED] * moved]
    return [change(kind) for kind in kinds]


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2026-01-31", "2026-01-31", 0),
        ("2026-01-31", "2026-02-28", 0),
        ("2026-01-31", "2026-03-30", 1),
        ("2026-01-31", "2026-03-31", 2),
        ("2026-01-01", "2026-02-01", 1),
        ("2024-02-29", "2025-02-28", 11),
        ("2024-02-29", "2025-03-01", 12),
        ("2025-11-15", "2026-01-14", 1),
        ("2026-05-01", "2026-04-01", 0),
    ],
)
def test_months_are_whole_months(first: str, last: str, months: int) -> None:
    assert months_between(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == months


@given(DAYS, DAYS)
def test_months_fit_the_days(first: dt.date, last: dt.date) -> None:
    months = months_between(first, last)
    days = (last - first).days
    assert months >= 0
    if days >= 0:
        assert months * 28 <= days <= (months + 1) * 31


@pytest.mark.parametrize(
    ("kinds", "count"),
    [
        ([ChangeKind.ADDED], 0),
        ([ChangeKind.ADDED, ChangeKind.VERIFIED, ChangeKind.MOVED, ChangeKind.VERIFIED], 0),
        ([ChangeKind.ADDED, ChangeKind.MODIFIED], 1),
        ([ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.RESTORED, ChangeKind.MOVED], 2),
        ([], 0),
    ],
)
def test_only_differences_count(kinds: list[ChangeKind], count: int) -> None:
    assert change_count([change(kind) for kind in kinds]) == count


@pytest.mark.parametrize(
    ("modified", "last", "label"),
    [
        (0, dt.date(2025, 3, 31), Stability.NEW),
        (0, dt.date(2025, 4, 1), Stability.STABLE),
        (1, dt.date(2025, 1, 20), Stability.VOLATILE),  # changed within its first month
        (1, dt.date(2026, 1, 1), Stability.CHANGING),
        (1, dt.date(2027, 1, 1), Stability.CHANGING),  # once in two years
        (1, dt.date(2027, 2, 1), Stability.STABLE),
        (2, dt.date(2026, 1, 1), Stability.VOLATILE),
        (2, dt.date(2026, 2, 1), Stability.CHANGING),
        (9, dt.date(2035, 1, 1), Stability.CHANGING),
    ],
)
def test_labels_follow_changes_a_year(modified: int, last: dt.date, label: Stability) -> None:
    assert stability(history(modified), FIRST, last) is label
    assert stability(history(modified, moved=20), FIRST, last) is label


@given(st.integers(0, 50), DAYS, DAYS)
def test_more_changes_never_make_it_calmer(modified: int, first: dt.date, last: dt.date) -> None:
    calm = [Stability.NEW, Stability.STABLE, Stability.CHANGING, Stability.VOLATILE]
    before = calm.index(stability(history(modified), first, last))
    assert calm.index(stability(history(modified + 1), first, last)) >= before
