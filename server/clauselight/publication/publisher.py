"""Keeps the publication in step with the archive: what changed is rendered again, and nothing else.

Everything is rendered when the program, the settings or the whole archive changed. In between, the archive
says which documents changed (`store.revisions`), and an edition renders those with what they touch.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import logging
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from clauselight import __version__
from clauselight.contract.clause_type import ClauseTypeAnswer
from clauselight.domain.canonical_url import CANONICALISATION_VERSION
from clauselight.store.documents import count_documents, document_ids
from clauselight.store.notes import ARCHIVE_REVISION_NOTE, read_note
from clauselight.store.provisions import documents_with_types
from clauselight.store.revisions import newest_revision, touched_since

from .compose import BATCH, Site, compose_sets, compose_types, now
from .edition import Edition, Progress, clear_for_whole_edition
from .files import PublicationFile, Writing
from .landscape import COUNTED_EACH_TIME, Landscape, survey
from .pack_writing import write_packs
from .render import Terms
from .seen_elsewhere import changed_as_examples
from .signing import Signer

log = logging.getLogger("clauselight.publication")


async def publish(
    engine: AsyncEngine,
    file: PublicationFile,
    *,
    site: Site,
    smallest_bucket: int,
    padded: bool = False,
    signer: Signer | None = None,
    progress: Progress = lambda *_: None,
) -> bool:
    """Bring the publication up to date; returns whether anything had to be rendered.

    `smallest_bucket`: documents that every bucket holds at least; `padded`: buckets have one of few lengths;
    `signer`: signs index, deltas and buckets.
    Raises ArchiveUnusable for a damaged archive, sqlite3.Error when the publication cannot be written; then
    the earlier edition stays.
    """
    terms = Terms(smallest_bucket, padded, signer)
    async with engine.connect() as connection:
        basis = _basis(await read_note(connection, ARCHIVE_REVISION_NOTE), site, terms)
        newest = await newest_revision(connection)
        earlier = file.fact("basis")
        if earlier is None or earlier["basis"] != basis["basis"]:
            afresh = earlier is None or earlier["terms"] != basis["terms"]
            await _whole(connection, file, site, terms, basis, newest, afresh, progress)
            whole = True
        elif earlier["revision"] != newest or earlier["shown"] != basis["shown"]:
            await _changed(connection, file, site, terms, basis, newest)
            whole = False
        else:
            return False
    file.refresh()
    if whole:
        await write_packs_of(file)
    return True


async def write_packs_of(file: PublicationFile) -> None:
    """Write the packs, if new ones are wanted. When that fails, as on a full disk, it is only logged: answers
    come from the publication itself."""
    if not file.wants_packs:
        return
    try:
        await _aside(write_packs, file.file)
    except (OSError, sqlite3.Error) as error:
        log.warning("the packs of the publication could not be written: %s", error)
    file.refresh()


def _basis(revision: str | None, site: Site, terms: Terms) -> dict[str, object]:
    """What a publication was made on. `basis`: another value means that everything is rendered; `terms`: that
    nothing of it can be kept; `shown`: which documents this server shows itself, and where."""
    shape = [
        __version__,
        CANONICALISATION_VERSION,
        terms.smallest_bucket,
        terms.padded,
        terms.signer.public_key if terms.signer else None,
    ]
    shown = {one: site.shown_at(one) for one, _ in site.hosted}
    return {
        "basis": _digest([*shape, revision, site.public_url]),
        "terms": _digest(shape),
        "shown": shown,
    }


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _next_sequence(file: PublicationFile) -> int:
    """Greater than all before, also when the publication is made anew from the archive."""
    return max(int(file.fact("sequence") or 0) + 1, int(time.time()))


async def _aside(work: Callable[..., object], *values: Any, **options: Any) -> None:
    """Do something in a thread. When the publication is cancelled meanwhile, as on shutdown, the thread is
    waited for first: closing the file that it writes to would crash the process."""
    running = asyncio.get_running_loop().run_in_executor(None, partial(work, *values, **options))
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        while not running.done():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait({running})
        raise


async def _whole(
    connection: AsyncConnection,
    file: PublicationFile,
    site: Site,
    terms: Terms,
    basis: dict[str, object],
    newest: int,
    afresh: bool,
    progress: Progress,
) -> None:
    landscape = await survey(connection)
    types = await compose_types(connection, landscape)
    total = await count_documents(connection)
    sequence = _next_sequence(file)
    with Writing(file.file, whole=True) as writing:
        clear_for_whole_edition(writing)
        edition = Edition(writing, terms, sequence=sequence, moment=now(), whole=True)
        edition.put_types(types)
        last, done = "", 0
        while ids := await document_ids(connection, after=last, limit=BATCH):
            sets = await compose_sets(connection, site, ids, landscape)
            await _aside(edition.put_sets, sets)
            last, done = ids[-1], done + len(ids)
            progress("documents", min(done, total), total)
        await _aside(edition.finish_whole, afresh=afresh, progress=progress)
        _note(writing, basis, newest, sequence, landscape)


async def _changed(
    connection: AsyncConnection,
    file: PublicationFile,
    site: Site,
    terms: Terms,
    basis: dict[str, object],
    newest: int,
) -> None:
    earlier = file.fact("basis")
    shown: dict[str, list[str]] = basis["shown"]  # type: ignore[assignment]
    changed = await touched_since(connection, earlier["revision"])
    moved = {one for one in {*shown, *earlier["shown"]} if shown.get(one) != earlier["shown"].get(one)}
    landscape = known = Landscape.from_fact(file.fact("landscape"))
    counts = file.fact("counts")
    if counts["provisions"] <= COUNTED_EACH_TIME:
        landscape = await survey(connection)
    elsewhere: list[str] = []
    types: list[ClauseTypeAnswer] = []
    if counts["provisions"] <= COUNTED_EACH_TIME:
        own = await changed_as_examples(connection, file, changed)
        if names := sorted({*landscape.differs(known), *landscape.showing(own)}):
            elsewhere = await documents_with_types(connection, names)
            types = await compose_types(connection, landscape)

    sequence = _next_sequence(file)
    with Writing(file.file) as writing:
        edition = Edition(writing, terms, sequence=sequence, moment=now())
        ids = sorted({*changed, *moved, *elsewhere})
        for start in range(0, len(ids), BATCH):
            some = ids[start : start + BATCH]
            sets = await compose_sets(connection, site, some, landscape)
            await _aside(edition.put_sets, sets)
        edition.put_types(types)
        await _aside(edition.finish)
        _note(writing, basis, newest, sequence, landscape)


def _note(
    writing: Writing, basis: dict[str, object], newest: int, sequence: int, landscape: Landscape
) -> None:
    writing.note("basis", {**basis, "revision": newest})
    writing.note("sequence", sequence)
    writing.note("landscape", landscape.to_fact())
