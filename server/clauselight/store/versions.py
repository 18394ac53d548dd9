"""Versions: a document's text each time that it differed from the one before."""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.vocabulary import VersionKind

from .engine import ArchiveUnusable
from .history_tables import capture, version

__all__ = [
    "Version",
    "VersionKind",
    "count_versions",
    "get_version",
    "newest_version",
    "save_version",
    "text_hash",
    "version_text",
    "versions_of",
]

TEXT_COMPRESSION: Final = 6
"""zlib's own choice: level 9 makes policies 1 % smaller and takes twice as long."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version without its text. `counts` are change records of its provisions by kind; `captured_at` in
    UTC; `url` and `method` are those of its capture, empty until it was read back."""

    document_id: str
    number: int
    capture_id: int
    captured_at: dt.datetime
    snapshot_sha256: str
    text_sha256: str
    language: str | None
    words: int
    kind: VersionKind
    summary: str
    counts: Mapping[str, int]
    url: str = ""
    method: str = ""


def text_hash(text: str) -> str:
    """The SHA-256 of a version's text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


async def save_version(connection: AsyncConnection, made: Version, text: str) -> None:
    """Append a version; its number must be new."""
    await connection.execute(
        sa.insert(version),
        {
            "document_id": made.document_id,
            "number": made.number,
            "capture_id": made.capture_id,
            "captured_at": made.captured_at.astimezone(dt.UTC).replace(tzinfo=None),
            "snapshot_sha256": made.snapshot_sha256,
            "text_sha256": made.text_sha256,
            "text": zlib.compress(text.encode("utf-8", "surrogatepass"), TEXT_COMPRESSION),
            "language": made.language,
            "words": made.words,
            "kind": made.kind.value,
            "summary": made.summary,
            "counts": dict(made.counts),
        },
    )


async def newest_version(connection: AsyncConnection, document_id: str) -> Version | None:
    """A document's newest version, or None."""
    found = await _read(connection, version.c.document_id == document_id, limit=1, offset=0)
    return found[0] if found else None


async def get_version(connection: AsyncConnection, document_id: str, number: int) -> Version | None:
    """One version, or None."""
    where = (version.c.document_id == document_id) & (version.c.number == number)
    found = await _read(connection, where, limit=1, offset=0)
    return found[0] if found else None


async def versions_of(
    connection: AsyncConnection, document_id: str, *, limit: int = 50, offset: int = 0
) -> tuple[list[Version], int]:
    """One page of a document's versions, the newest first, and how many there are."""
    where = version.c.document_id == document_id
    total = await connection.scalar(sa.select(sa.func.count()).select_from(version).where(where))
    return await _read(connection, where, limit=limit, offset=offset), int(total or 0)


async def version_text(connection: AsyncConnection, document_id: str, number: int) -> str | None:
    """A version's text, one block a line; None when there is no such version. Raises ArchiveUnusable when its
    bytes are damaged."""
    stored = await connection.scalar(
        sa.select(version.c.text).where(version.c.document_id == document_id, version.c.number == number)
    )
    if stored is None:
        return None
    try:
        return zlib.decompress(stored).decode("utf-8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError) as error:
        raise ArchiveUnusable(
            f"The text of version {number} of {document_id} is damaged; restore a backup."
        ) from error


async def count_versions(connection: AsyncConnection) -> dict[str, int]:
    """How many versions there are, by kind."""
    rows = await connection.execute(sa.select(version.c.kind, sa.func.count()).group_by(version.c.kind))
    return {row[0]: row[1] for row in rows}


async def _read(
    connection: AsyncConnection, where: sa.ColumnElement[bool], *, limit: int, offset: int
) -> list[Version]:
    columns = [column for column in version.c if column.name != "text"]
    rows = await connection.execute(
        sa.select(*columns, capture.c.final_url.label("url"), capture.c.method)
        .select_from(version.join(capture, version.c.capture_id == capture.c.id))
        .where(where)
        .order_by(version.c.document_id, version.c.number.desc())
        .limit(limit)
        .offset(offset)
    )
    return [_version(row) for row in rows]


def _version(row: Any) -> Version:
    return Version(
        **{
            **row._mapping,
            "captured_at": row.captured_at.replace(tzinfo=dt.UTC),
            "kind": VersionKind(row.kind),
        }
    )
