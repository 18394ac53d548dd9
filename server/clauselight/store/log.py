"""The log: one line for every capture, version and decision, each holding the hash of the line before.

Whoever changes a line, takes one out or puts one in has to change all that follow, and so the last hash,
which anybody may have written down. A line's hash is the SHA-256 of the previous hash, a line break, and the
canonical JSON of `[sequence, at, kind, subject, body]`. The scheme is that of Haber and Stornetta, "How to
time-stamp a digital document" (1991), without the service that signs.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from .history_tables import log_entry

FIRST_PREVIOUS: Final = "0" * 64
"""What the first line has in place of a hash before it."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line. `at` is RFC 3339 in UTC; `body` is canonical JSON; `subject` is mostly an id."""

    sequence: int
    at: str
    kind: str
    subject: str
    body: str
    previous: str
    sha256: str

    def recomputed(self) -> str:
        """The hash that the line should have, made from everything else in it."""
        return entry_hash(self.previous, self.sequence, self.at, self.kind, self.subject, self.body)

    @property
    def fields(self) -> Any:
        """The body read. Raises ValueError when it is no JSON any more."""
        return json.loads(self.body)


def canonical_json(value: Any) -> str:
    """The one spelling of a JSON value: sorted names, no white space, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def entry_hash(previous: str, sequence: int, at: str, kind: str, subject: str, body: str) -> str:
    """The SHA-256 of one line; see the module's text."""
    said = canonical_json([sequence, at, kind, subject, body])
    return hashlib.sha256(f"{previous}\n{said}".encode()).hexdigest()


async def append_log(
    connection: AsyncConnection, kind: str, subject: str, body: Mapping[str, Any], at: dt.datetime
) -> LogEntry:
    """Append one line within the caller's transaction, which it stands or falls with.

    The transaction must write alone (`store.engine.write_alone`, or a write before this one); two that append
    at once would claim one number, and the later fails.
    """
    newest = (
        await connection.execute(
            sa.select(log_entry.c.sequence, log_entry.c.sha256).order_by(log_entry.c.sequence.desc()).limit(1)
        )
    ).one_or_none()
    sequence, previous = (1, FIRST_PREVIOUS) if newest is None else (newest.sequence + 1, newest.sha256)
    moment = at.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    text = canonical_json(body)
    entry = LogEntry(
        sequence,
        moment,
        kind,
        subject,
        text,
        previous,
        entry_hash(previous, sequence, moment, kind, subject, text),
    )
    await connection.execute(
        sa.insert(log_entry),
        {name: getattr(entry, name) for name in log_entry.c.keys()},  # noqa: SIM118 - a column collection
    )
    return entry


async def walk_log(connection: AsyncConnection, *, after: int = 0) -> AsyncIterator[LogEntry]:
    """All lines in order, without holding them in memory. The caller compares hashes; nothing is checked."""
    rows = await connection.stream(
        sa.select(log_entry).where(log_entry.c.sequence > after).order_by(log_entry.c.sequence)
    )
    async for row in rows:
        yield LogEntry(*row)


async def log_of(connection: AsyncConnection, subject: str) -> list[LogEntry]:
    """The lines about one subject, oldest first."""
    rows = await connection.execute(
        sa.select(log_entry).where(log_entry.c.subject == subject).order_by(log_entry.c.sequence)
    )
    return [LogEntry(*row) for row in rows]


async def newest_entry(connection: AsyncConnection) -> LogEntry | None:
    """The last line, whose hash stands for the whole log; None when nothing was logged."""
    rows = await connection.execute(sa.select(log_entry).order_by(log_entry.c.sequence.desc()).limit(1))
    row = rows.one_or_none()
    return None if row is None else LogEntry(*row)


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A line that does not fit: its number, and why in a sentence."""

    sequence: int
    sentence: str


async def broken_links(connection: AsyncConnection) -> list[BrokenLink]:
    """Every line whose hash is wrong, or that does not follow on the one before."""
    broken: list[BrokenLink] = []
    sequence, previous = 0, FIRST_PREVIOUS
    async for entry in walk_log(connection):
        if entry.sequence != sequence + 1:
            broken.append(
                BrokenLink(
                    entry.sequence, f"line {entry.sequence} stands after line {sequence}: lines are missing"
                )
            )
        if entry.previous != previous:
            broken.append(
                BrokenLink(
                    entry.sequence, f"line {entry.sequence} does not hold the hash of the line before it"
                )
            )
        if entry.recomputed() != entry.sha256:
            broken.append(
                BrokenLink(entry.sequence, f"line {entry.sequence} was changed: its hash does not fit")
            )
        sequence, previous = entry.sequence, entry.sha256
    return broken
