"""Whatever changes what readers see of a document gives it a new revision; nothing else does."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.store.documents import mark_analysed, save_documents
from clauselight.store.notes import write_note
from clauselight.store.provisions import save_provision
from clauselight.store.revisions import newest_revision, touch_documents, touched_since
from records import PAGE_FACTS, a_document, a_record

TODAY = dt.date(2026, 11, 22)


async def touched(engine: AsyncEngine, since: int) -> tuple[int, list[str]]:
    async with engine.connect() as connection:
        return await newest_revision(connection), await touched_since(connection, since)


async def test_every_writer_gives_a_revision(empty_archive: AsyncEngine) -> None:
    assert await touched(empty_archive, 0) == (0, [])
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document(900), a_document(901, "b")])
    seen, names = await touched(empty_archive, 0)
    assert names == ["CL-D-000900", "CL-D-000901"]
    async with empty_archive.begin() as connection:
        await mark_analysed(connection, "CL-D-000901", dt.datetime(2026, 5, 1, tzinfo=dt.UTC))
    later, names = await touched(empty_archive, seen)
    assert later > seen
    assert names == ["CL-D-000901"]
    async with empty_archive.begin() as connection:
        await save_provision(connection, a_record(), today=TODAY, snapshot=PAGE_FACTS)
    assert (await touched(empty_archive, later))[1] == ["CL-D-000900"]


async def test_a_renamed_entity_touches_all_its_documents(empty_archive: AsyncEngine) -> None:
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document(900), a_document(902), a_document(901, "b")])
    seen, _ = await touched(empty_archive, 0)
    renamed = a_document(902).model_dump(mode="json", exclude_none=True)
    renamed["entity"]["name"] = "Another name"
    async with empty_archive.begin() as connection:
        await save_documents(connection, [type(a_document()).model_validate(renamed)])
    assert (await touched(empty_archive, seen))[1] == ["CL-D-000900", "CL-D-000902"]


async def test_a_change_that_is_undone_is_none(empty_archive: AsyncEngine) -> None:
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document(900)])
    seen, _ = await touched(empty_archive, 0)
    async with empty_archive.connect() as connection:
        await touch_documents(connection, ["CL-D-000900"])
        await connection.rollback()
    assert await touched(empty_archive, seen) == (seen, [])
    async with empty_archive.begin() as connection:
        await write_note(connection, "other", "1")
    assert await touched(empty_archive, seen) == (seen, [])
