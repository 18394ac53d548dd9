"""Snapshots keep their bytes; what they are called is computed from them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import zlib

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.store.documents import save_documents
from clauselight.store.snapshots import Snapshot, get_snapshot, save_snapshot
from clauselight.store.tables import snapshot
from records import a_document


def taken(body: bytes, **changes: object) -> Snapshot:
    base = Snapshot(
        document_id="CL-D-000900",
        source_url="https://a.example/privacy?größe=1",
        captured_at=dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC),
        media_type="text/html; charset=utf-8",
        body=body,
    )
    return dataclasses.replace(base, **changes)


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff", "„Größe“".encode("utf-16"), b"<p>x</p>" * 100_000], ids=len
)
async def test_snapshots_come_back_byte_for_byte(empty_archive: AsyncEngine, body: bytes) -> None:
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document()])
        name = await save_snapshot(connection, taken(body))
        assert name == hashlib.sha256(body).hexdigest()
        assert await get_snapshot(connection, name) == taken(body)


@given(st.binary(max_size=2_000))
def test_the_hash_is_that_of_the_bytes(body: bytes) -> None:
    assert taken(body).sha256 == hashlib.sha256(body).hexdigest()


async def test_times_are_kept_in_utc(empty_archive: AsyncEngine) -> None:
    moment = dt.datetime(2026, 11, 1, 9, tzinfo=dt.timezone(dt.timedelta(hours=-7)))
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document()])
        name = await save_snapshot(connection, taken(b"x", captured_at=moment))
        read = await get_snapshot(connection, name)
    assert read is not None
    assert read.captured_at == moment
    assert read.captured_at.tzinfo is dt.UTC


async def test_the_same_bytes_are_kept_once_as_first_taken(empty_archive: AsyncEngine) -> None:
    later = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document()])
        name = await save_snapshot(connection, taken(b"x"))
        assert await save_snapshot(connection, taken(b"x", captured_at=later)) == name
        assert await connection.scalar(sa.select(sa.func.count()).select_from(snapshot)) == 1
        assert await get_snapshot(connection, name) == taken(b"x")


async def test_unknown_hashes_are_none(empty_archive: AsyncEngine) -> None:
    async with empty_archive.connect() as connection:
        assert await get_snapshot(connection, "0" * 64) is None


@pytest.mark.parametrize("damage", [b"no zlib", zlib.compress(b"other bytes")], ids=["garbage", "exchanged"])
async def test_damaged_bytes_do_not_have_the_hash_any_more(empty_archive: AsyncEngine, damage: bytes) -> None:
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document()])
        name = await save_snapshot(connection, taken(b"the true bytes"))
        await connection.execute(sa.update(snapshot).values(body=damage))
        read = await get_snapshot(connection, name)
    assert read is not None
    assert read.sha256 != name
