"""A data folder as the first start of a server leaves it, for tests that are not about the first start."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from clauselight import __version__
from clauselight.app import site
from clauselight.importers.catalogue import load_catalogue
from clauselight.publication.files import PublicationFile
from clauselight.publication.publisher import publish
from clauselight.settings import DEFAULT_PORT, Settings
from clauselight.store.engine import migrate, open_archive


async def prepare(folder: Path, today: dt.date) -> None:
    """Load the starter catalogue into a new archive in `folder`, and publish it."""
    settings = Settings(data=folder)
    migrate(settings.archive_file)
    engine = open_archive(settings.archive_file)
    publication = PublicationFile(settings.publication_file)
    try:
        await load_catalogue(engine, version=__version__, today=today)
        await publish(engine, publication, site=site(settings, DEFAULT_PORT), smallest_bucket=1)
    finally:
        publication.close()
        await engine.dispose()
