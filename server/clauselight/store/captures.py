"""Captures: every time that somebody looked at a document's address, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.vocabulary import CaptureMethod

from .history_tables import capture

__all__ = [
    "Capture",
    "CaptureMethod",
    "CaptureOutcome",
    "captures_of",
    "newest_capture",
    "save_capture",
]


class CaptureOutcome(StrEnum):
    """What came of a capture: a new version, the newest one found again, or no document at all."""

    VERSION = "version"
    VERIFIED = "verified"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Capture:
    """One capture; `started_at` in UTC. `version` is the one that it made or found again. `problem` names
    what is wrong, `sentence` says it (or what else is worth knowing). `source_ref` says where an imported
    one came from. The id is 0 until it is saved."""

    document_id: str
    url: str
    final_url: str
    started_at: dt.datetime
    method: CaptureMethod
    outcome: CaptureOutcome
    version: int | None = None
    status: int | None = None
    problem: str | None = None
    sentence: str | None = None
    snapshot_sha256: str | None = None
    headers: Mapping[str, str] | None = None
    etag: str | None = None
    last_modified: str | None = None
    milliseconds: int | None = None
    source_ref: str | None = None
    id: int = 0


async def save_capture(connection: AsyncConnection, taken: Capture) -> int:
    """Append a capture; returns its id, which grows with every one."""
    made = await connection.execute(sa.insert(capture), _row(taken))
    (identity,) = made.inserted_primary_key or (0,)
    return int(identity)


async def newest_capture(
    connection: AsyncConnection, document_id: str, *, outcomes: tuple[CaptureOutcome, ...] = ()
) -> Capture | None:
    """The capture of a document that was recorded last, of some outcomes or of any; or None."""
    where = capture.c.document_id == document_id
    if outcomes:
        where = where & capture.c.outcome.in_([outcome.value for outcome in outcomes])
    rows = await connection.execute(sa.select(capture).where(where).order_by(capture.c.id.desc()).limit(1))
    row = rows.one_or_none()
    return None if row is None else _capture(row)


async def captures_of(
    connection: AsyncConnection, document_id: str, *, limit: int = 50, offset: int = 0
) -> tuple[list[Capture], int]:
    """One page of a document's captures, the newest first, and how many there are."""
    where = capture.c.document_id == document_id
    total = await connection.scalar(sa.select(sa.func.count()).select_from(capture).where(where))
    rows = await connection.execute(
        sa.select(capture).where(where).order_by(capture.c.id.desc()).limit(limit).offset(offset)
    )
    return [_capture(row) for row in rows], int(total or 0)


def _row(taken: Capture) -> dict[str, Any]:
    row = {name: getattr(taken, name) for name in Capture.__slots__ if name != "id"}
    return {
        **row,
        "started_at": taken.started_at.astimezone(dt.UTC).replace(tzinfo=None),
        "method": taken.method.value,
        "outcome": taken.outcome.value,
        "headers": None if taken.headers is None else dict(taken.headers),
    }


def _capture(row: Any) -> Capture:
    return Capture(
        **{
            **row._mapping,
            "started_at": row.started_at.replace(tzinfo=dt.UTC),
            "method": CaptureMethod(row.method),
            "outcome": CaptureOutcome(row.outcome),
        }
    )
