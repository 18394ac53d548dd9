"""How long a clause was watched, how often it changed, and what that makes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from clauselight.contract.history import ChangeRecord
from clauselight.contract.vocabulary import ChangeKind, Stability

NEW_BELOW_MONTHS = 3
"""Watched for less, nothing can be said: most policies change once or twice a year."""

CHANGING_PER_YEAR = 0.5
VOLATILE_PER_YEAR = 2.0
"""Changes a year from which a clause counts as changing, and as volatile."""

_NO_DIFFERENCE = frozenset({ChangeKind.VERIFIED, ChangeKind.MOVED})


def months_between(first: dt.date, last: dt.date) -> int:
    """Whole months from `first` to `last`; 0 when `last` is earlier."""
    months = (last.year - first.year) * 12 + last.month - first.month
    if last.day < first.day:
        months -= 1
    return max(months, 0)


def change_count(changes: Sequence[ChangeRecord]) -> int:
    """Change records after the first that report a difference; moving alone is none."""
    return sum(1 for change in changes[1:] if change.kind not in _NO_DIFFERENCE)


def stability(changes: Sequence[ChangeRecord], first_seen: dt.date, last_verified: dt.date) -> Stability:
    """From the number of changes and the time in which they could have been seen."""
    return stability_of(change_count(changes), first_seen, last_verified)


def stability_of(count: float, first_seen: dt.date, last_verified: dt.date) -> Stability:
    """The same from a number of changes, which may be a mean."""
    months = months_between(first_seen, last_verified)
    if months < NEW_BELOW_MONTHS and count == 0:
        return Stability.NEW
    per_year = count * 12 / max(months, 1)
    if per_year >= VOLATILE_PER_YEAR:
        return Stability.VOLATILE
    return Stability.CHANGING if per_year >= CHANGING_PER_YEAR else Stability.STABLE
