"""Watches: which documents are captured again and again, and when each is due.

The due list and its leases stand here; who works it off is the monitor's business.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from .history_tables import watch
from .upsert import upsert

LEASE: Final = dt.timedelta(minutes=30)
"""Longer than a capture with its waiting for a host's turn ever takes; a dead worker's document waits so
long."""

CLOCKS_DIFFER: Final = dt.timedelta(hours=1)
"""By which the clocks of two servers on one archive may differ. What was tried later than that from now was
tried before somebody set the clock back: when it was to be due then means nothing any more."""

_MOMENTS = ("due_at", "lease_until", "last_tried_at")


@dataclass(frozen=True, slots=True)
class Watch:
    """When a document is captured next, from which address and how; times in UTC."""

    document_id: str
    url: str
    due_at: dt.datetime
    interval_seconds: int
    enabled: bool = True
    render: str = "auto"
    lease_until: dt.datetime | None = None
    leased_by: str | None = None
    failures: int = 0
    last_tried_at: dt.datetime | None = None


async def save_watch(connection: AsyncConnection, kept: Watch) -> None:
    """Insert or replace the watch of a document. A worker that is at it keeps its lease, unless another is
    given."""
    row = _row(kept)
    if kept.leased_by is None:
        del row["lease_until"], row["leased_by"]
    await upsert(connection, watch, [row])


async def get_watch(connection: AsyncConnection, document_id: str) -> Watch | None:
    """The watch of a document, or None."""
    rows = await connection.execute(sa.select(watch).where(watch.c.document_id == document_id))
    row = rows.one_or_none()
    return None if row is None else _watch(row)


async def due_watches(connection: AsyncConnection, moment: dt.datetime, *, limit: int) -> list[Watch]:
    """Enabled watches that are due at a moment and that nobody has leased, the longest due first. Those that
    were tried in a time to come (a clock set back) are due."""
    now = _naive(moment)
    rows = await connection.execute(
        sa.select(watch)
        .where(
            watch.c.enabled.is_(True),
            sa.or_(watch.c.due_at <= now, watch.c.last_tried_at > now + CLOCKS_DIFFER),
            _free(now),
        )
        .order_by(watch.c.due_at, watch.c.document_id)
        .limit(limit)
    )
    return [_watch(row) for row in rows]


def _free(now: dt.datetime) -> sa.ColumnElement[bool]:
    """Nobody has leased it, or the lease has run out, or is longer than any that was given since the clock
    was set back."""
    until = watch.c.lease_until
    return sa.or_(until.is_(None), until <= now, until > now + LEASE + CLOCKS_DIFFER)


async def lease_watch(
    connection: AsyncConnection, document_id: str, worker: str, *, moment: dt.datetime
) -> bool:
    """Claim a watch for one worker for the time of a `LEASE`; False when another one has it."""
    now = _naive(moment)
    claimed = await connection.execute(
        sa.update(watch)
        .where(
            watch.c.document_id == document_id,
            sa.or_(_free(now), watch.c.leased_by == worker),
        )
        .values(lease_until=now + LEASE, leased_by=worker)
    )
    return bool(claimed.rowcount)


def _naive(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(tzinfo=None)


def _row(kept: Watch) -> dict[str, Any]:
    row = {name: getattr(kept, name) for name in Watch.__slots__}
    return {**row, **{name: row[name] and _naive(row[name]) for name in _MOMENTS}}


def _watch(row: Any) -> Watch:
    fields = dict(row._mapping)
    return Watch(
        **{**fields, **{name: fields[name] and fields[name].replace(tzinfo=dt.UTC) for name in _MOMENTS}}
    )


async def settle_watch(
    connection: AsyncConnection,
    document_id: str,
    worker: str,
    *,
    moment: dt.datetime,
    due_at: dt.datetime,
    failures: int,
) -> bool:
    """A worker is done with a watch until it is due again; False when its lease ran out and another has
    it."""
    settled = await connection.execute(
        sa.update(watch)
        .where(watch.c.document_id == document_id, watch.c.leased_by == worker)
        .values(
            due_at=_naive(due_at),
            failures=failures,
            last_tried_at=_naive(moment),
            lease_until=None,
            leased_by=None,
        )
    )
    return bool(settled.rowcount)


async def next_due(connection: AsyncConnection) -> dt.datetime | None:
    """When the next enabled watch is due; None when nothing is watched."""
    found = await connection.scalar(sa.select(sa.func.min(watch.c.due_at)).where(watch.c.enabled.is_(True)))
    return None if found is None else found.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class WatchedNow:
    """How watching goes: documents that are watched, how many were captured at least once, how many failed
    the last time, when one was tried last, and when the next is due."""

    watched: int
    tried: int
    failing: int
    last_tried_at: dt.datetime | None
    next_due_at: dt.datetime | None


async def watched_now(connection: AsyncConnection) -> WatchedNow:
    """Counts over the enabled watches."""
    row = (
        await connection.execute(
            sa.select(
                sa.func.count(),
                sa.func.count(watch.c.last_tried_at),
                sa.func.coalesce(sa.func.sum(sa.case((watch.c.failures > 0, 1), else_=0)), 0),
                sa.func.max(watch.c.last_tried_at),
                sa.func.min(watch.c.due_at),
            ).where(watch.c.enabled.is_(True))
        )
    ).one()
    last, due = (None if one is None else one.replace(tzinfo=dt.UTC) for one in row[3:])
    return WatchedNow(row[0], row[1], int(row[2]), last, due)


async def all_watches(connection: AsyncConnection) -> list[Watch]:
    """All watches, the next due first."""
    rows = await connection.execute(sa.select(watch).order_by(watch.c.due_at, watch.c.document_id))
    return [_watch(row) for row in rows]


async def remove_watch(connection: AsyncConnection, document_id: str) -> bool:
    """Watch a document no more; what was captured stays. False when it was not watched."""
    gone = await connection.execute(sa.delete(watch).where(watch.c.document_id == document_id))
    return bool(gone.rowcount)
