"""The life of a clause and of what consists of clauses, computed in one place."""

from __future__ import annotations

import datetime as dt

from clauselight.contract.vocabulary import Stability
from clauselight.domain.history import (
    MOST_CHANGES,
    Life,
    history_of,
    life_of,
    life_of_all,
    usual_stability,
)
from records import a_change, a_record


def test_a_published_history_holds_the_first_and_the_latest_changes() -> None:
    changes = [a_change("2024-01-01", "added", "high")]
    changes += [a_change(f"2024-02-{day:02}", "modified", "high", "high") for day in range(1, 21)]
    dates = a_record(history__first_seen="2024-01-01", history__changes=changes).history
    shown = history_of(dates)
    assert shown.change_count == 20
    assert len(shown.changes) == MOST_CHANGES
    assert shown.changes[0] == dates.changes[0] and shown.changes[-1] == dates.changes[-1]
    assert shown.months_monitored == life_of(dates).months_monitored == 33


def test_several_lives_are_one() -> None:
    day = dt.date
    one = Life(day(2024, 1, 1), day(2025, 1, 1), day(2025, 1, 1), 0)
    two = Life(day(2025, 1, 1), day(2026, 1, 1), day(2026, 1, 1), 6)
    assert life_of_all([one, two]) == Life(day(2024, 1, 1), day(2026, 1, 1), day(2026, 1, 1), 6)
    assert life_of_all([]) is None and usual_stability([]) is None
    assert usual_stability([one]) is Stability.STABLE
    assert usual_stability([one, two]) is Stability.CHANGING
