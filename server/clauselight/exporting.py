"""`clauselight publish` and `clauselight key`: the publication for hosts that run nothing of ours, and its
key."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from clauselight import __version__
from clauselight.importers.refused import Progress
from clauselight.publication.compose import Site
from clauselight.publication.files import PublicationFile
from clauselight.publication.publisher import publish
from clauselight.publication.signing import Signer, read_key
from clauselight.publication.static_site import Written, write_folder
from clauselight.settings import PUBLIC_BUCKET, Settings
from clauselight.store.engine import migrate, open_archive
from clauselight.store.notes import CATALOGUE_NOTE, read_note


async def export(
    settings: Settings,
    folder: Path,
    *,
    key: Path | None = None,
    force: bool = False,
    progress: Progress = lambda *_: None,
) -> tuple[Written, Signer | None]:
    """Publish the archive into a folder; a new archive gets the starter catalogue first.

    Always in the public form, wherever the server of this archive listens: full buckets, padded, without the
    addresses of this computer. Raises ArchiveUnusable, CatalogueRefused, FolderRefused, KeyUnusable.
    """
    file = key or settings.signing_key
    signer = None if file is None else read_key(file.expanduser())
    migrate(settings.archive_file)
    engine = open_archive(settings.archive_file)
    publication = PublicationFile(settings.export_file)
    try:
        async with engine.connect() as connection:
            loaded = await read_note(connection, CATALOGUE_NOTE)
        if loaded is None:
            from clauselight.importers.catalogue import load_catalogue

            today = dt.datetime.now(dt.UTC).date()
            await load_catalogue(engine, version=__version__, today=today, progress=progress)
        await publish(
            engine,
            publication,
            site=Site(settings.public_url, (), ()),
            smallest_bucket=settings.bucket_size or PUBLIC_BUCKET,
            padded=True,
            signer=signer,
            progress=progress,
        )
        return write_folder(publication, folder, force=force, progress=progress), signer
    finally:
        publication.close()
        await engine.dispose()
