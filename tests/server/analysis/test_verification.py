"""Evidence: what is sound passes, and one changed byte anywhere is found."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from captures import ARBITRATION, CHANGES, KEEPING, SALE, SHARING, capture, page
from clauselight.analysis.verification import Verification, verify
from clauselight.store.history_tables import capture as captures
from clauselight.store.history_tables import log_entry, version
from clauselight.store.provisions import live_provisions
from clauselight.store.sightings import note_evidence
from clauselight.store.tables import change_record, provision, snapshot
from records import a_document

FIRST = dt.datetime(2026, 5, 1, 9, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 20)
OTHER = "b"


@pytest.fixture
async def followed(empty_archive: AsyncEngine) -> AsyncEngine:
    """A document with three versions, and another one with one."""
    for number, clauses in enumerate(
        (
            (SALE, SHARING, ARBITRATION),
            (SALE.replace("for money", "and to data brokers for money"), SHARING, CHANGES),
            (SALE, SHARING, CHANGES, KEEPING),
        )
    ):
        await capture(empty_archive, page(*clauses), FIRST + dt.timedelta(days=60 * number))
    other = a_document(901, OTHER)
    await capture(empty_archive, page(ARBITRATION, CHANGES), FIRST, other)
    return empty_archive


async def checked(engine: AsyncEngine, *only: str) -> Verification:
    async with engine.connect() as connection:
        return await verify(connection, today=TODAY, only=only)


async def test_a_sound_archive_passes_and_says_what_was_computed(followed: AsyncEngine) -> None:
    result = await checked(followed)
    assert result.failures == []
    assert result.checked["versions"] == 4
    assert result.checked["captures"] == 4
    assert result.checked["snapshots"] == 4
    assert result.checked["log lines"] >= 8
    assert len(result.records) >= 4
    for evidence in result.records.values():
        assert evidence.hash_verified and evidence.quote_verified
    assert any(evidence.change_verified for evidence in result.records.values())


async def test_the_catalogue_is_sound(archive: AsyncEngine, today: dt.date) -> None:
    async with archive.connect() as connection:
        result = await verify(connection, today=today)
    assert result.failures == []
    assert result.checked["records"] >= 30


def flipped(value: Any, chance: random.Random) -> Any:
    """The value with one bit of one byte turned; a number one greater."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return value + 1
    data = bytearray(value if isinstance(value, bytes) else value.encode())
    data[chance.randrange(len(data))] ^= 1
    return bytes(data) if isinstance(value, bytes) else data.decode(errors="replace")


COLUMNS = [
    (snapshot, "body"),
    (version, "text"),
    (version, "text_sha256"),
    (version, "kind"),
    (version, "summary"),
    (version, "captured_at"),
    (version, "words"),
    (captures, "final_url"),
    (captures, "outcome"),
    (provision, "record"),
    (provision, "sha256"),
    (provision, "clause_type"),
    (provision, "severity"),
    (provision, "position_start"),
    (change_record, "summary"),
    (change_record, "severity_to"),
    (change_record, "date"),
    (log_entry, "at"),
    (log_entry, "kind"),
    (log_entry, "subject"),
    (log_entry, "body"),
    (log_entry, "previous"),
    (log_entry, "sha256"),
]


async def turn_one_byte(
    connection: AsyncConnection, table: sa.Table, column: str, chance: random.Random
) -> str:
    """Change one byte in one row, behind the back of our code; returns what was changed."""
    live = " WHERE live" if column == "position_start" else ""
    rows = (await connection.exec_driver_sql(f"SELECT rowid, {column} FROM {table.name}{live}")).all()
    row, value = chance.choice([one for one in rows if one[1] not in (None, "", b"")])
    after = flipped(value, chance)
    assert after != value
    await connection.exec_driver_sql(
        f"UPDATE {table.name} SET {column}=? WHERE rowid=?",
        (after, row),
    )
    return f"{table.name}.{column} of row {row}: {value!r:.60} became {after!r:.60}"


async def test_one_changed_byte_is_found_a_hundred_times_of_a_hundred(followed: AsyncEngine) -> None:
    chance = random.Random(20261123)
    missed = []
    for number in range(100):
        table, column = COLUMNS[number % len(COLUMNS)]
        async with followed.connect() as connection:
            await connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            what = await turn_one_byte(connection, table, column, chance)
            try:
                found = (await verify(connection, today=TODAY)).failures
            except ValueError as error:
                found = [error]  # type: ignore[list-item]
            if not found:
                missed.append(what)
            await connection.rollback()
    assert missed == []
    assert (await checked(followed)).failures == [], "all was put back"


@pytest.mark.parametrize(
    "statement", ["DELETE FROM version WHERE number=2", "DELETE FROM log_entry WHERE sequence=3"]
)
async def test_what_is_taken_out_is_missed(followed: AsyncEngine, statement: str) -> None:
    async with followed.connect() as connection:
        await connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        await connection.exec_driver_sql(statement)
        assert (await verify(connection, today=TODAY)).failures
        await connection.rollback()


async def test_only_what_is_named_is_checked(followed: AsyncEngine) -> None:
    async with followed.begin() as connection:
        await connection.execute(
            sa.update(version).where(version.c.document_id == "CL-D-000900").values(text=b"nonsense")
        )
    assert (await checked(followed, "CL-D-000901")).failures == []
    failures = (await checked(followed, "CL-D-000900")).failures
    assert any("does not have its SHA-256" in one.sentence for one in failures)
    some = next(iter((await checked(followed, "CL-D-000901")).records))
    result = await checked(followed, some)
    assert set(result.records) == {some}
    assert result.failures == []


async def test_what_was_computed_is_noted_with_its_date_and_taken_back_when_it_fails(
    followed: AsyncEngine,
) -> None:
    noon = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    async with followed.begin() as connection:
        before = await verify(connection, today=TODAY)
        assert await note_evidence(connection, list(before.records.values()), moment=noon) == [
            "CL-D-000900",
            "CL-D-000901",
        ]
        for record in await live_provisions(connection):
            assert record.provenance.hash_verified_at == record.provenance.quote_verified_at == noon
        await connection.execute(
            sa.update(snapshot).where(snapshot.c.document_id == "CL-D-000901").values(body=b"nonsense")
        )
        after = await verify(connection, today=TODAY)
        await note_evidence(connection, list(after.records.values()), moment=noon + dt.timedelta(days=1))
        records = await live_provisions(connection)
        assert {one.provenance.hash_verified for one in records if one.document == "CL-D-000900"} == {True}
        assert {one.provenance.hash_verified for one in records if one.document == "CL-D-000901"} == {False}
