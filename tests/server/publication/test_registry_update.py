"""The registry follows the publication; changes lead to what making everything anew would give."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.publication.files import PublicationFile
from clauselight.publication.registry_file import RegistryFile, fact
from clauselight.publication.registry_update import follow_publication, update_registry
from clauselight.store.documents import mark_analysed, save_documents
from clauselight.store.provisions import get_provision, retire_provisions, save_provision
from publications import published
from records import PAGE_FACTS, a_document, a_record
from registries import contents, registered

TODAY = dt.date(2026, 11, 22)


async def change(engine: AsyncEngine, step: int) -> None:
    """One of several changes, each of another kind."""
    async with engine.begin() as connection:
        if step == 0:
            await save_documents(connection, [a_document(9000), a_document(9001, entity="b")])
        elif step == 1:
            await mark_analysed(connection, "CL-D-009000", dt.datetime(2026, 5, 1, tzinfo=dt.UTC))
            record = a_record(document="CL-D-009000")
            await save_provision(connection, record, today=TODAY, snapshot=PAGE_FACTS)
        elif step == 2:  # another severity and other words
            changes = [
                {"date": "2026-05-01", "kind": "added", "summary": "S.", "severity_to": "high"},
                {
                    "date": "2026-06-01",
                    "kind": "modified",
                    "summary": "S.",
                    "severity_from": "high",
                    "severity_to": "low",
                },
            ]
            record = a_record(
                document="CL-D-009000", title="Renamed", severity="low", history__changes=changes
            )
            await save_provision(connection, record, today=TODAY, snapshot=PAGE_FACTS)
        elif step == 3:  # a renamed organisation
            renamed = a_document(9000).model_dump(mode="json", exclude_none=True)
            renamed["entity"]["name"] = "Łódź & Co"
            await save_documents(connection, [type(a_document()).model_validate(renamed)])
        elif step == 4:  # the document of an organisation goes to another, which leaves it with none
            await save_documents(connection, [a_document(9001, entity="c")])
        else:  # taken out of what is published
            record = await get_provision(connection, "CL-P-000900")
            assert record is not None
            await retire_provisions(connection, [record], day=TODAY, summary="Gone.")


async def test_changes_lead_to_what_making_everything_gives(
    smaller_archive: AsyncEngine, tmp_path: Path
) -> None:
    await registered(smaller_archive, tmp_path / "followed")
    for step in range(6):
        await change(smaller_archive, step)
        followed = await registered(smaller_archive, tmp_path / "followed")
        if step % 2 == 0:
            continue  # making everything takes seconds; the step after it tells of both
        anew = await registered(smaller_archive, tmp_path / f"anew-{step}")
        assert contents(followed) == contents(anew), step


async def test_only_what_changed_is_written(
    archive: AsyncEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clauselight.publication import registry_rows

    await registered(archive, tmp_path / "r")
    await change(archive, 0)
    touched: list[int] = []
    put = registry_rows._Rows.put
    monkeypatch.setattr(
        registry_rows._Rows,
        "put",
        lambda rows, document, answer: (touched.append(document), put(rows, document, answer)),
    )
    await registered(archive, tmp_path / "r")
    assert touched == [9000, 9001]


async def test_nothing_is_done_when_nothing_changed(archive: AsyncEngine, tmp_path: Path) -> None:
    await published(archive, tmp_path / "publication.sqlite")
    registry = RegistryFile(tmp_path / "registry.sqlite")
    assert await update_registry(archive, tmp_path / "publication.sqlite", registry)
    assert not await update_registry(archive, tmp_path / "publication.sqlite", registry)
    registry.close()


async def test_a_damaged_registry_is_made_anew(
    archive: AsyncEngine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = await registered(archive, tmp_path / "r")
    sound = contents(file)
    body = bytearray(file.read_bytes())
    body[4096:] = bytes(len(body) - 4096)
    file.write_bytes(body)
    publication = PublicationFile(tmp_path / "r" / "publication.sqlite")
    registry = RegistryFile(file)
    with caplog.at_level(logging.ERROR):
        following = asyncio.create_task(follow_publication(archive, publication, registry))
        for _ in range(100):
            await asyncio.sleep(0.1)
            try:
                if await registry.ask(fact, "basis"):
                    break
            except Exception:  # until it has noticed
                continue
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    registry.close()
    publication.close()
    assert contents(file) == sound


async def test_another_format_is_thrown_away(archive: AsyncEngine, tmp_path: Path) -> None:
    (tmp_path / "registry.sqlite").write_bytes(b"no database at all, but long enough to be looked at")
    registry = RegistryFile(tmp_path / "registry.sqlite")
    assert await registry.ask(fact, "basis") is None
    registry.close()
