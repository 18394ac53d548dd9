"""The publication follows the archive and the settings, and is rendered only when one of them changed."""

from __future__ import annotations

import asyncio
import dataclasses
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight import __version__
from clauselight.app import site
from clauselight.publication.compose import Site
from clauselight.publication.edition import Edition
from clauselight.publication.files import PublicationFile, Shelf
from clauselight.publication.publisher import publish
from clauselight.settings import DEFAULT_PORT, Settings
from clauselight.store.notes import ARCHIVE_REVISION_NOTE, write_note

SITE = site(Settings(), DEFAULT_PORT)


@pytest.fixture
def publication(data_copy: Path) -> Iterator[PublicationFile]:
    made = PublicationFile(Settings(data=data_copy).publication_file)
    yield made
    made.close()


async def test_nothing_is_rendered_when_nothing_changed(
    archive: AsyncEngine, publication: PublicationFile, data_copy: Path
) -> None:
    before = publication.get(Shelf.INDEX, 0)
    assert not await publish(archive, publication, site=SITE, smallest_bucket=1)
    again = PublicationFile(Settings(data=data_copy).publication_file)
    assert not await publish(archive, again, site=SITE, smallest_bucket=1)
    assert again.get(Shelf.INDEX, 0) == before
    again.close()


@pytest.mark.parametrize(
    ("changed_site", "smallest"),
    [
        (SITE, 64),
        (dataclasses.replace(SITE, public_url="https://clauses.example"), 1),
        (Site(None, (), ()), 1),
    ],
    ids=["bucket size", "public address", "own pages"],
)
async def test_a_change_of_settings_is_rendered_once(
    archive: AsyncEngine, publication: PublicationFile, changed_site: Site, smallest: int
) -> None:
    assert await publish(archive, publication, site=changed_site, smallest_bucket=smallest)
    assert not await publish(archive, publication, site=changed_site, smallest_bucket=smallest)


async def test_a_change_of_the_archive_is_rendered_once(
    archive: AsyncEngine, publication: PublicationFile
) -> None:
    async with archive.begin() as connection:
        await write_note(connection, ARCHIVE_REVISION_NOTE, "another")
    assert await publish(archive, publication, site=SITE, smallest_bucket=1)
    assert not await publish(archive, publication, site=SITE, smallest_bucket=1)


async def test_another_version_of_the_program_renders_anew(
    archive: AsyncEngine, publication: PublicationFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clauselight.publication.publisher.__version__", __version__ + ".next")
    assert await publish(archive, publication, site=SITE, smallest_bucket=1)


async def test_a_deleted_or_damaged_publication_is_made_again_from_the_archive(
    archive: AsyncEngine, publication: PublicationFile, data_copy: Path
) -> None:
    before = {
        key: publication.get(Shelf.PROVISION, key)
        for key in range(40)
        if publication.get(Shelf.PROVISION, key)
    }
    publication.close()
    settings = Settings(data=data_copy)
    with closing(sqlite3.connect(settings.archive_file)) as connection:
        rows = connection.execute("SELECT * FROM provision").fetchall()
    settings.publication_file.write_bytes(b"damaged beyond repair" * 500)
    made = PublicationFile(settings.publication_file)
    assert await publish(archive, made, site=SITE, smallest_bucket=1)
    assert {key: made.get(Shelf.PROVISION, key) for key in before} == before
    made.close()
    with closing(sqlite3.connect(settings.archive_file)) as connection:
        assert connection.execute("SELECT * FROM provision").fetchall() == rows


async def test_a_failing_render_leaves_the_earlier_publication(
    archive: AsyncEngine, publication: PublicationFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = publication.get(Shelf.PROVISION, 1)

    async def fails(*_: object) -> None:
        raise RuntimeError("no memory")

    monkeypatch.setattr("clauselight.publication.publisher.compose_sets", fails)
    with pytest.raises(RuntimeError):
        await publish(archive, publication, site=SITE, smallest_bucket=64)
    monkeypatch.undo()
    assert publication.get(Shelf.PROVISION, 1) == before
    assert await publish(archive, publication, site=SITE, smallest_bucket=64)


async def test_a_cancelled_render_waits_for_its_thread_and_leaves_the_earlier_publication(
    archive: AsyncEngine, publication: PublicationFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On shutdown the file was closed under the thread that wrote to it, and the process crashed."""
    before = publication.get(Shelf.PROVISION, 1)
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()
    real = Edition.finish_whole

    def slowly(edition: Edition, **options: Any) -> None:
        begun.set()
        go_on.wait(10)
        real(edition, **options)
        ended.set()

    monkeypatch.setattr(Edition, "finish_whole", slowly)
    task = asyncio.create_task(publish(archive, publication, site=SITE, smallest_bucket=64))
    assert await asyncio.to_thread(begun.wait, 10)
    task.cancel()
    await asyncio.sleep(0.05)
    assert not task.done()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended.is_set()
    assert publication.get(Shelf.PROVISION, 1) == before
