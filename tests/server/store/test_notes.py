"""Notes are replaced, not added to."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.store.notes import read_note, write_note


async def test_the_last_value_counts(empty_archive: AsyncEngine) -> None:
    async with empty_archive.begin() as connection:
        assert await read_note(connection, "revision") is None
        await write_note(connection, "revision", "1")
        await write_note(connection, "other", "ä")
        await write_note(connection, "revision", "2")
    async with empty_archive.connect() as connection:
        assert await read_note(connection, "revision") == "2"
        assert await read_note(connection, "other") == "ä"
