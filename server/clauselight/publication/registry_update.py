"""Brings the registry in step with the publication: the documents that changed, or everything.

What changed is told by the archive's revisions, as for the publication itself (`publisher`); the contents are
read from the published documents, so that pages never list what cannot be opened.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.contract.provision import ProvisionRecord
from clauselight.store.dispute_queue import decisions_by_version
from clauselight.store.disputes import found_wrong
from clauselight.store.provisions import retired_provisions
from clauselight.store.revisions import touched_since

from .files import PublicationFile
from .memory import give_back_memory
from .places import number
from .registry_apart import write_apart
from .registry_codes import day_code
from .registry_file import RegistryFile, fact
from .registry_rows import Gone, reading, write_registry

log = logging.getLogger("clauselight.registry")

LOOKS_EVERY: Final = 0.25
"""Seconds between looks at the publication's edition, which is one number in memory."""

WAITS_AFTER_FAILURE: Final = 5.0

DECISIONS: Final = "decisions"
"""Name of the fact that holds how disputes ended, as `dispute_queue.VersionDecisions` in JSON."""


async def update_registry(
    engine: AsyncEngine, publication: Path, registry: RegistryFile, *, apart: bool = False
) -> bool:
    """Make the registry hold what the publication in a file holds; returns whether anything was to be done.
    `apart`: if everything is to be written, a process of its own does it.

    Raises sqlite3.Error when either cannot be read or written.
    """
    published = await asyncio.to_thread(_basis, publication)
    if published is None:
        return False
    known = await registry.ask(fact, "basis")
    if known == published:
        return False
    ids: list[str] | None = None
    async with engine.connect() as connection:
        if known is not None and known["basis"] == published["basis"]:
            ids = await touched_since(connection, known["revision"])
        retired = await retired_provisions(connection, ids)
        wrong = await found_wrong(connection, [one.id for one in retired])
        gone = [_gone(one, wrong=one.id in wrong) for one in retired]
        decided = [dataclasses.astuple(one) for one in await decisions_by_version(connection)]
    facts = {"basis": published, DECISIONS: decided}
    if apart and ids is None:
        await write_apart(publication, registry.file, facts, gone)
    else:
        await asyncio.to_thread(write_registry, publication, registry.file, facts, ids, gone)
    return True


async def follow_publication(
    engine: AsyncEngine, publication: PublicationFile, registry: RegistryFile
) -> None:
    """Calls `update_registry` whenever another edition was published, until cancelled."""
    failed, seen = "", -1
    while True:
        try:
            if publication.edition != seen:
                edition = publication.edition
                if await update_registry(engine, publication.file, registry, apart=True):
                    give_back_memory()
                seen, failed = edition, ""
        except asyncio.CancelledError:
            raise
        except Exception as error:
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                await registry.start_afresh()
            if failed != (failed := f"{type(error).__name__}: {error}"):
                log.error("the registry could not be brought up to date: %s", failed)
        await asyncio.sleep(WAITS_AFTER_FAILURE if failed else LOOKS_EVERY)


def _basis(publication: Path) -> dict[str, Any] | None:
    """What the publication was made on, as far as it decides about the registry."""
    with closing(reading(publication)) as connection:
        row = connection.execute("SELECT value FROM fact WHERE name='basis'").fetchone()
    if row is None:
        return None
    noted = json.loads(row[0])
    return {"basis": noted["basis"], "revision": noted["revision"]}


def _gone(record: ProvisionRecord, *, wrong: bool) -> Gone:
    changes = record.history.changes
    return Gone(
        number(record.id),
        number(record.document),
        None if wrong else record.clause_type,
        day_code(record.history.first_seen),
        day_code(changes[-1].date),
        record.title,
        [one.model_dump(mode="json", exclude_none=True) for one in changes],
    )
