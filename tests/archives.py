"""Fixtures: one archive with the starter catalogue, loaded once; tests get copies or read the one server."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight import __version__
from clauselight.app import site
from clauselight.importers.catalogue import load_catalogue
from clauselight.publication.files import PublicationFile
from clauselight.publication.publisher import publish
from clauselight.settings import DEFAULT_PORT, Settings
from clauselight.store.engine import migrate, open_archive
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
    settings = Settings(data=folder)

    async def load() -> None:
        migrate(settings.archive_file)
        engine = open_archive(settings.archive_file)
        publication = PublicationFile(settings.publication_file)
        try:
            await load_catalogue(engine, version=__version__, today=today)
            await publish(engine, publication, site=site(settings, DEFAULT_PORT), smallest_bucket=1)
        finally:
            publication.close()
            await engine.dispose()

    asyncio.run(load())
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
async def empty_archive(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """An engine on a new archive without anything in it."""
    file = tmp_path / "empty" / "archive.sqlite"
    migrate(file)
    engine = open_archive(file)
    yield engine
    await engine.dispose()


@pytest.fixture(scope="session")
def server(loaded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """One running server with the starter catalogue, for tests that only read."""
    folder = Path(shutil.copytree(loaded_folder, tmp_path_factory.mktemp("served") / "data"))
    with running(Settings(data=folder)) as client:
        yield client
