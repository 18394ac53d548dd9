"""Keeps the publication in step with the archive."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight import __version__
from clauselight.store.notes import ARCHIVE_REVISION_NOTE, read_note

from .compose import Site, compose, now
from .files import PublicationFile, Shelf, render
from .render import render_publication


async def publish(engine: AsyncEngine, file: PublicationFile, *, site: Site, smallest_bucket: int) -> bool:
    """Render the publication if the archive or the settings changed; returns whether it was rendered."""
    async with engine.connect() as connection:
        revision = await read_note(connection, ARCHIVE_REVISION_NOTE)
    basis = json.dumps([__version__, revision, asdict(site), smallest_bucket], sort_keys=True)
    stamp = render({"basis": hashlib.sha256(basis.encode()).hexdigest()})
    if (current := file.get(Shelf.STATE, 1)) is not None and current.etag == stamp.etag:
        return False
    composition = await compose(engine, site)
    answers = list(render_publication(composition, smallest_bucket=smallest_bucket, generated_at=now()))
    file.replace_all([*answers, (Shelf.STATE, 1, stamp)])
    return True
