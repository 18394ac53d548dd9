"""The whole registry written by a process of its own: the same contents, and errors that tell their kind."""

from __future__ import annotations

import asyncio
import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.publication import registry_apart
from clauselight.publication.registry_apart import RegistryNotWritten, write_apart
from clauselight.publication.registry_file import RegistryFile, fact
from clauselight.publication.registry_update import update_registry
from clauselight.store.provisions import get_provision, retire_provisions
from publications import published
from registries import contents, registered

TODAY = dt.date(2026, 11, 22)


async def test_it_writes_what_the_server_would(archive: AsyncEngine, tmp_path: Path) -> None:
    async with archive.begin() as connection:
        record = await get_provision(connection, "CL-P-000001")
        assert record is not None
        await retire_provisions(connection, [record], day=TODAY, summary="Gone.")
    here = await registered(archive, tmp_path / "here")
    publication = tmp_path / "publication.sqlite"
    await published(archive, publication)
    registry = RegistryFile(tmp_path / "registry.sqlite")
    try:
        assert await update_registry(archive, publication, registry, apart=True)
        assert not await update_registry(archive, publication, registry, apart=True)
        assert await registry.ask(fact, "basis") is not None
    finally:
        registry.close()
    apart = contents(tmp_path / "registry.sqlite")
    assert apart == contents(here)
    assert [row[0] for row in apart["gone"]] == [1]


async def test_a_damaged_registry_is_told_from_other_failures(archive: AsyncEngine, tmp_path: Path) -> None:
    publication = tmp_path / "publication.sqlite"
    await published(archive, publication)
    damaged = tmp_path / "registry.sqlite"
    damaged.write_bytes(b"no database at all, but long enough to be looked at" * 100)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        await write_apart(publication, damaged, {}, [])
    with pytest.raises(RegistryNotWritten, match="unable to open"):
        await write_apart(publication, tmp_path / "nowhere" / "registry.sqlite", {}, [])


async def test_a_server_that_stops_takes_the_process_with_it(
    archive: AsyncEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[asyncio.subprocess.Process] = []
    start = asyncio.create_subprocess_exec

    async def starting(*arguments: object, **options: object) -> asyncio.subprocess.Process:
        begun.append(await start(*arguments, **options))  # type: ignore[arg-type]
        return begun[-1]

    monkeypatch.setattr(registry_apart.asyncio, "create_subprocess_exec", starting)
    publication = tmp_path / "publication.sqlite"
    await published(archive, publication)
    writing = asyncio.create_task(write_apart(publication, tmp_path / "registry.sqlite", {}, []))
    while not begun:
        await asyncio.sleep(0.01)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    assert begun[0].returncode is not None
