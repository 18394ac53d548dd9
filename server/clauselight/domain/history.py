"""The monitored life of a clause, a document, an entity or a kind of clause: since when, how often it
changed, and what that makes it. The one place where this is computed, so that no two can disagree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from clauselight.contract.history import ChangeRecord, History
from clauselight.contract.provision import RecordDates
from clauselight.contract.vocabulary import Stability

from .stability import change_count, months_between, stability, stability_of

MOST_CHANGES: Final = 12
"""Change records that a published provision carries: the first and the latest. With the words before and
after, all the changes of a clause that changes every week would outweigh the rest of the record; the
document's changes list them all."""


@dataclass(frozen=True, slots=True)
class Life:
    """What was seen of something that is watched. `changes` are those after the first record that report a
    difference."""

    first_seen: dt.date
    last_seen: dt.date
    last_verified: dt.date
    changes: int

    @property
    def months_monitored(self) -> int:
        """Whole months from first seen to last verified."""
        return months_between(self.first_seen, self.last_verified)


def life_of(dates: RecordDates) -> Life:
    """The life of one provision."""
    return Life(dates.first_seen, dates.last_seen, dates.last_verified, change_count(dates.changes))


def life_of_all(lives: Iterable[Life]) -> Life | None:
    """The life of what consists of several (a document's provisions, an entity's documents, a kind's
    provisions): from the first that was seen to the last, with the changes of all. None without any."""
    given = list(lives)
    if not given:
        return None
    return Life(
        min(one.first_seen for one in given),
        max(one.last_seen for one in given),
        max(one.last_verified for one in given),
        sum(one.changes for one in given),
    )


def usual_stability(lives: Iterable[Life]) -> Stability | None:
    """How stable what consists of several is: by the changes of one of them in the mean. None without any."""
    given = list(lives)
    whole = life_of_all(given)
    if whole is None:
        return None
    return stability_of(whole.changes / len(given), whole.first_seen, whole.last_verified)


def history_of(dates: RecordDates) -> History:
    """What is published of a provision's life."""
    life = life_of(dates)
    return History(
        first_seen=dates.first_seen,
        last_seen=dates.last_seen,
        last_verified=dates.last_verified,
        months_monitored=life.months_monitored,
        change_count=life.changes,
        stability=stability(dates.changes, dates.first_seen, dates.last_verified),
        changes=first_and_latest(dates.changes),
    )


def first_and_latest(changes: Sequence[ChangeRecord]) -> list[ChangeRecord]:
    """The first change record and the latest ones, oldest first."""
    if len(changes) <= MOST_CHANGES:
        return list(changes)
    return [changes[0], *changes[-(MOST_CHANGES - 1) :]]
