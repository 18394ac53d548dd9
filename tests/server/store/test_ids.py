"""New ids never meet those of the starter catalogue, nor each other."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.store.documents import save_documents
from clauselight.store.engine import migrate, open_archive, write_alone
from clauselight.store.ids import FIRST_OWN, LAST, NoIdsLeft, next_document_id, next_provision_ids
from records import a_document


async def test_the_first_own_id_lies_far_above_the_catalogues(archive: AsyncEngine) -> None:
    async with archive.begin() as connection:
        assert await next_document_id(connection) == f"CL-D-{FIRST_OWN:06}"
        assert await next_provision_ids(connection, 3) == ["CL-P-500000", "CL-P-500001", "CL-P-500002"]
        assert await next_provision_ids(connection, 0) == []


async def test_the_next_one_follows_the_newest(empty_archive: AsyncEngine) -> None:
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document(FIRST_OWN + 41)])
        assert await next_document_id(connection) == "CL-D-500042"


async def test_when_all_are_given_it_is_said(empty_archive: AsyncEngine) -> None:
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document(LAST)])
        with pytest.raises(NoIdsLeft):
            await next_document_id(connection)


async def test_two_processes_that_keep_a_page_at_once_give_two_ids(tmp_path: Path) -> None:
    file = tmp_path / "archive.sqlite"
    migrate(file)
    engines = [open_archive(file), open_archive(file)]

    async def keep(engine: AsyncEngine, entity: str) -> str:
        async with engine.begin() as connection:
            await write_alone(connection)
            identity = await next_document_id(connection)
            await asyncio.sleep(0.1)
            fresh = a_document(1, entity, urls=[f"https://{entity}.example/"])
            await save_documents(connection, [fresh.model_copy(update={"id": identity})])
            return identity

    try:
        given = await asyncio.gather(keep(engines[0], "one"), keep(engines[1], "two"))
    finally:
        for engine in engines:
            await engine.dispose()
    assert sorted(given) == ["CL-D-500000", "CL-D-500001"]
