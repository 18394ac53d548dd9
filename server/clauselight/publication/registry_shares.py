"""How the share of organisations with a kind of clause changed, month by month.

A clause counts from the month in which it was first seen until the one in which it was gone or retired, so
that a kind of clause that companies dropped is seen to fall. A label that a dispute found wrong was never a
clause and does not count at all.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

MOST_MONTHS: Final = 60
"""Of a series over time, the latest."""

_STILL: Final = 9999_12
"""The month in which a clause ends that is there today."""

Spell = tuple[int, int, int | None]
"""Organisation, day on which a clause of it was first seen, and day on which it was gone; None: it is
there."""


class MonthShare(NamedTuple):
    """At the end of a month: organisations with a clause type, and organisations that were read by then."""

    month: int
    entities_with: int
    entities_read: int


def first_read(connection: sqlite3.Connection) -> dict[int, int]:
    """By month (202611), how many organisations were read for the first time; to be kept (`once`)."""
    rows = connection.execute(
        "SELECT first / 100, count(*) FROM (SELECT min(min(coalesce(seen, analysed), analysed)) AS first "
        "FROM document LEFT JOIN (SELECT document, min(seen) AS seen FROM "
        "(SELECT document, seen FROM provision UNION ALL SELECT document, seen FROM gone) GROUP BY document) "
        "AS earliest ON earliest.document=document.number WHERE analysed IS NOT NULL GROUP BY entity) "
        "GROUP BY 1"
    )
    return dict(rows.fetchall())


def came_and_went(connection: sqlite3.Connection, clause_type: str) -> dict[int, int]:
    """By month, how many more (or fewer) organisations have a clause of the type at its end than at the end
    of the month before; to be kept (`once`)."""
    rows = connection.execute(
        "WITH wanted AS (SELECT number FROM clause_type WHERE id=?) "
        "SELECT entity, seen, NULL FROM provision WHERE type=(SELECT number FROM wanted) UNION ALL "
        "SELECT entity, seen, ended FROM gone WHERE type=(SELECT number FROM wanted) ORDER BY 1, 2",
        (clause_type,),
    )
    return steps(rows)


def steps(spells: Iterable[Spell]) -> dict[int, int]:
    """The same from the spells of one type, by organisation and first day. Months without a step are left
    out; a clause that came and went within a month makes none."""
    found: Counter[int] = Counter()
    for _, of_entity in groupby(spells, key=itemgetter(0)):
        until = 0
        for _, seen, gone in of_entity:
            start, end = seen // 100, _STILL if gone is None else gone // 100
            if end <= max(start, until):
                continue
            if start > until:
                found[start] += 1
                found[until] -= 1
            until = end
        found[until] -= 1
    # 0 stands for "before the first", `_STILL` for "not yet".
    return {month: step for month, step in found.items() if step and month not in (0, _STILL)}


def share_over_time(
    read: dict[int, int], having: dict[int, int], until: int | None = None
) -> list[MonthShare]:
    """The running share, month by month from the first in which either changed to the last one, or to the
    month `until` when that is later."""
    months = sorted({*read, *having})
    if not months:
        return []
    last = max(months[-1], until or 0)
    shares, with_it, all_read = [], 0, 0
    year, month = divmod(months[0], 100)
    while year * 100 + month <= last:
        key = year * 100 + month
        with_it += having.get(key, 0)
        all_read += read.get(key, 0)
        shares.append(MonthShare(key, with_it, all_read))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return shares[-MOST_MONTHS:]
