"""Loads the starter catalogue into the archive: on the first start, and by `clauselight load`.

Loading twice changes nothing, and nothing that people decided here is undone. A record that breaks a rule is
refused and the whole load undone, so that the archive never holds half a catalogue.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.analysis.snapshot_text import find_quote
from clauselight.contract.record_rules import RecordRefused, SnapshotFacts, Violation
from clauselight.knowledge.catalogue import (
    SNAPSHOT_MEDIA_TYPE,
    CatalogueDocument,
    CatalogueProvision,
    catalogue_documents,
    catalogue_provisions,
    known_documents,
)
from clauselight.store.audit import changed_here
from clauselight.store.documents import mark_analysed, save_documents
from clauselight.store.notes import ARCHIVE_REVISION_NOTE, CATALOGUE_NOTE, read_note, write_note
from clauselight.store.provisions import provision_row, save_provision, write_followed
from clauselight.store.snapshots import Snapshot, save_snapshot

from .directory import load_packaged_directory
from .merging import merged, was_followed
from .refused import CatalogueRefused, Progress

__all__ = ["CatalogueRefused", "LoadReport", "Progress", "catalogue_is_loaded", "load_catalogue"]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What was loaded."""

    documents: int
    provisions: int


async def catalogue_is_loaded(engine: AsyncEngine, version: str) -> bool:
    """Whether this version's catalogue was loaded into the archive before."""
    async with engine.connect() as connection:
        return await read_note(connection, CATALOGUE_NOTE) == version


async def load_catalogue(
    engine: AsyncEngine, *, version: str, today: dt.date, progress: Progress = lambda *_: None
) -> LoadReport:
    """Load everything in one transaction. Raises CatalogueRefused naming every rule broken."""
    with_records = catalogue_documents()
    known = list(known_documents())
    provisions = catalogue_provisions()
    by_id = {item.document.id: item for item in with_records}
    refused: list[RecordRefused] = []
    async with engine.begin() as connection:
        progress("documents", 0, len(known))
        await save_documents(connection, (item.document for item in with_records))
        for start in range(0, len(known), 500):
            await save_documents(connection, known[start : start + 500])
            progress("documents", min(start + 500, len(known)), len(known))
        # What people decided here stays; the catalogue would bring back what they removed or corrected.
        decided = await changed_here(connection, [item.id for item in provisions])
        for number, item in enumerate(provisions, start=1):
            document = by_id.get(item.document_id)
            if document is None:
                missing = Violation("document-known", "document", f"{item.document_id} is not in the archive")
                refused.append(RecordRefused(item.id, [missing]))
                continue
            facts = snapshot_facts(item, document)
            try:
                record = item.record(facts)
                if document.snapshot is not None and item.captured_at is not None:
                    await save_snapshot(
                        connection,
                        Snapshot(
                            document_id=document.document.id,
                            source_url=record.source,
                            captured_at=item.captured_at,
                            media_type=SNAPSHOT_MEDIA_TYPE,
                            body=document.snapshot,
                        ),
                    )
                followed = await provision_row(connection, item.id) if item.id not in decided else None
                if followed is not None and was_followed(followed):
                    await write_followed(connection, *merged(record, followed, today))
                elif item.id not in decided:
                    await save_provision(connection, record, today=today, snapshot=facts)
                if record.provenance.analysed_at is not None:
                    await mark_analysed(connection, record.document, record.provenance.analysed_at)
            except RecordRefused as error:
                refused.append(error)
            progress("provisions", number, len(provisions))
        if refused:
            raise CatalogueRefused(refused)
        await load_packaged_directory(connection, moment=dt.datetime.now(dt.UTC).replace(microsecond=0))
        await write_note(connection, CATALOGUE_NOTE, version)
        await write_note(connection, ARCHIVE_REVISION_NOTE, secrets.token_hex(8))
    return LoadReport(documents=len(with_records) + len(known), provisions=len(provisions))


def snapshot_facts(item: CatalogueProvision, document: CatalogueDocument) -> SnapshotFacts | None:
    """What can be computed of a provision from the bytes we hold of its document; None without bytes."""
    if document.snapshot is None:
        return None
    taken = Snapshot(
        document_id=document.document.id,
        source_url=document.document.urls[0],
        captured_at=item.captured_at or dt.datetime.now(dt.UTC),
        media_type=SNAPSHOT_MEDIA_TYPE,
        body=document.snapshot,
    )
    position = find_quote(item.quote, document.snapshot)
    return SnapshotFacts(sha256=taken.sha256, quote_found=position is not None, position=position)
