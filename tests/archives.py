"""Fixtures: one archive with the starter catalogue, loaded once; tests get copies or read the one server."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.settings import Settings
from clauselight.store.engine import migrate, open_archive
from clauselight.store.tables import document, provision
from prepared import prepare
from serving import Client, running


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the person running the tests has set must not decide about them."""
    import os

    for name in os.environ:
        if name.startswith("CLAUSELIGHT_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


@pytest.fixture(scope="session")
def loaded_folder(tmp_path_factory: pytest.TempPathFactory, today: dt.date) -> Path:
    """A data folder with the starter catalogue, loaded and published. Not to be written to."""
    folder = tmp_path_factory.mktemp("loaded")
    asyncio.run(prepare(folder, today))
    return folder


@pytest.fixture
def data_copy(loaded_folder: Path, tmp_path: Path) -> Path:
    """A copy of the loaded data folder, to change at will."""
    return Path(shutil.copytree(loaded_folder, tmp_path / "data"))


@pytest.fixture
async def archive(data_copy: Path) -> AsyncIterator[AsyncEngine]:
    """An engine on a copy of the loaded archive."""
    engine = open_archive(Settings(data=data_copy).archive_file)
    yield engine
    await engine.dispose()


@pytest.fixture
async def smaller_archive(archive: AsyncEngine) -> AsyncEngine:
    """The same with some 320 documents, all that have records among them: to publish it takes a third of the
    time, for tests that do so again and again."""
    async with archive.begin() as connection:
        with_records = sa.select(provision.c.document_id)
        number = sa.cast(sa.func.substr(document.c.id, 6), sa.Integer)
        others = document.c.id.not_in(with_records) & (number % 6 > 0)
        await connection.execute(sa.delete(document).where(others))
    return archive


@pytest.fixture(scope="session")
def new_archive(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of an archive without anything in it: made once, as migrating takes a tenth of a second."""
    file = tmp_path_factory.mktemp("new") / "archive.sqlite"
    migrate(file)
    return file.read_bytes()


@pytest.fixture
async def empty_archive(new_archive: bytes, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """An engine on a new archive without anything in it."""
    file = tmp_path / "empty" / "archive.sqlite"
    file.parent.mkdir()
    file.write_bytes(new_archive)
    engine = open_archive(file)
    yield engine
    await engine.dispose()


@pytest.fixture(scope="session")
def server(loaded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """One running server with the starter catalogue, for tests that only read."""
    folder = Path(shutil.copytree(loaded_folder, tmp_path_factory.mktemp("served") / "data"))
    with running(Settings(data=folder)) as client:
        yield client
