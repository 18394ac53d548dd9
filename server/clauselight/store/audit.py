"""The audit: who did what, when. Every line also goes into the archive's hash-chained log, so that one that
is changed or taken away later is noticed.

Nothing of a reporter stands here: no comment, no contact, no token.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from . import moments
from .log import append_log
from .people_tables import audit

DECISION = "decision"
"""Kind of the log's entries that say what people did."""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One act. `subject` is an id: of a record, a document, a dispute (`dispute-12`), a token (`token-3`)."""

    id: int
    at: dt.datetime
    who: str
    act: str
    subject: str
    body: dict[str, Any]


async def note_act(
    connection: AsyncConnection, *, who: str, act: str, subject: str, body: dict[str, Any], at: dt.datetime
) -> None:
    """Write down one act, in the transaction that does it. `body` is JSON that may be seen by every reader of
    the log."""
    await connection.execute(
        sa.insert(audit).values(at=moments.stored(at), who=who, act=act, subject=subject, body=body)
    )
    await append_log(connection, DECISION, subject, {"act": act, "who": who, **body}, at)


async def read_audit(
    connection: AsyncConnection, *, before: int | None = None, subject: str | None = None, limit: int
) -> list[AuditLine]:
    """Lines, newest first: those with an id below `before`, or about one subject."""
    chosen = sa.select(audit).order_by(audit.c.id.desc()).limit(limit)
    if before is not None:
        chosen = chosen.where(audit.c.id < before)
    if subject is not None:
        chosen = chosen.where(audit.c.subject == subject)
    return [
        AuditLine(row.id, moments.read(row.at), row.who, row.act, row.subject, row.body)
        for row in await connection.execute(chosen)
    ]


async def changed_here(connection: AsyncConnection, subjects: list[str]) -> set[str]:
    """Which of these records a person changed on this server: loading a catalogue again must leave them
    alone."""
    found: set[str] = set()
    for start in range(0, len(subjects), 500):
        rows = await connection.execute(
            sa.select(audit.c.subject).where(audit.c.subject.in_(subjects[start : start + 500])).distinct()
        )
        found.update(rows.scalars())
    return found
