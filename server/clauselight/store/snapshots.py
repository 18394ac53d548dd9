"""Snapshots: the bytes a document was read from, content-addressed by their SHA-256."""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from .tables import snapshot
from .upsert import upsert


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Bytes fetched from one address at one time; `captured_at` in UTC."""

    document_id: str
    source_url: str
    captured_at: dt.datetime
    media_type: str
    body: bytes

    @property
    def sha256(self) -> str:
        """Recomputed from the bytes at every call, never copied."""
        return hashlib.sha256(self.body).hexdigest()


async def save_snapshot(connection: AsyncConnection, taken: Snapshot) -> str:
    """Store a snapshot; one with the same bytes is kept as it is. Returns the SHA-256."""
    sha256 = taken.sha256
    row = {
        "sha256": sha256,
        "document_id": taken.document_id,
        "source_url": taken.source_url,
        "captured_at": taken.captured_at.astimezone(dt.UTC).replace(tzinfo=None),
        "media_type": taken.media_type,
        "body": zlib.compress(taken.body, 9),
    }
    await upsert(connection, snapshot, [row], keep=True)
    return sha256


async def get_snapshot(connection: AsyncConnection, sha256: str) -> Snapshot | None:
    """The snapshot stored under a SHA-256, or None. Whether its bytes still have it, the caller computes.

    Bytes that cannot be decompressed any more are handed out as they lie, so that the hash tells.
    """
    return await _read(connection, sa.select(snapshot).where(snapshot.c.sha256 == sha256))


async def newest_snapshot(connection: AsyncConnection, document_id: str) -> Snapshot | None:
    """The snapshot of a document that was taken last, or None. As `get_snapshot`."""
    newest = (
        sa.select(snapshot)
        .where(snapshot.c.document_id == document_id)
        .order_by(snapshot.c.captured_at.desc(), snapshot.c.sha256)
        .limit(1)
    )
    return await _read(connection, newest)


async def has_snapshot(connection: AsyncConnection, document_id: str) -> bool:
    """Whether anything is archived of a document."""
    wanted = sa.select(snapshot.c.sha256).where(snapshot.c.document_id == document_id).limit(1)
    return (await connection.execute(wanted)).first() is not None


async def _read(connection: AsyncConnection, chosen: sa.Select[Any]) -> Snapshot | None:
    row = (await connection.execute(chosen)).one_or_none()
    if row is None:
        return None
    try:
        body = zlib.decompress(row.body)
    except zlib.error:
        body = row.body
    return Snapshot(
        document_id=row.document_id,
        source_url=row.source_url,
        captured_at=row.captured_at.replace(tzinfo=dt.UTC),
        media_type=row.media_type,
        body=body,
    )
