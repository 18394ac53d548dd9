"""The log: what stands in it cannot be changed, taken out or put in without being noticed."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.store.history_tables import log_entry
from clauselight.store.log import append_log, broken_links, log_of, newest_entry, walk_log

NOON = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)


async def five_lines(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        for number in range(5):
            await append_log(connection, "capture", f"CL-D-00000{number % 2}", {"n": number, "ü": "“"}, NOON)


async def test_lines_come_back_in_order_and_fit(empty_archive: AsyncEngine) -> None:
    await five_lines(empty_archive)
    async with empty_archive.connect() as connection:
        lines = [line async for line in walk_log(connection)]
        assert [line.sequence for line in lines] == [1, 2, 3, 4, 5]
        assert [line.fields["n"] for line in lines] == [0, 1, 2, 3, 4]
        assert lines[0].at == "2026-11-01T12:00:00.000Z"
        assert lines[1].previous == lines[0].sha256
        assert await broken_links(connection) == []
        assert [line.fields["n"] for line in await log_of(connection, "CL-D-000001")] == [1, 3]
        newest = await newest_entry(connection)
        assert newest == lines[-1]


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (sa.update(log_entry).where(log_entry.c.sequence == 3).values(body='{"n":9}'), {3}),
        (sa.update(log_entry).where(log_entry.c.sequence == 3).values(at="2026-11-01T12:00:00.001Z"), {3}),
        (sa.update(log_entry).where(log_entry.c.sequence == 3).values(sha256="0" * 64), {3, 4}),
        (sa.delete(log_entry).where(log_entry.c.sequence == 3), {4}),
        (sa.update(log_entry).where(log_entry.c.sequence == 5).values(sequence=6), {6}),
    ],
    ids=["body", "time", "hash", "taken out", "renumbered"],
)
async def test_what_was_done_to_it_is_found(
    empty_archive: AsyncEngine, statement: sa.Update, lines: set[int]
) -> None:
    await five_lines(empty_archive)
    async with empty_archive.begin() as connection:
        await connection.execute(statement)
    async with empty_archive.connect() as connection:
        assert {broken.sequence for broken in await broken_links(connection)} == lines


async def test_a_line_falls_with_its_transaction(empty_archive: AsyncEngine) -> None:
    await five_lines(empty_archive)
    with pytest.raises(RuntimeError):
        async with empty_archive.begin() as connection:
            await append_log(connection, "capture", "x", {}, NOON)
            raise RuntimeError
    await five_lines(empty_archive)
    async with empty_archive.connect() as connection:
        assert await broken_links(connection) == []
        newest = await newest_entry(connection)
        assert newest is not None and newest.sequence == 10
