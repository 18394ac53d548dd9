"""`clauselight lint`: every rule of DESIGN.md section 2, on the packaged catalogue or on an archive.

For an archive, hashes are recomputed from the stored bytes, quotes looked for in them again, and what is
counted is counted afresh and compared with what is published.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.analysis.snapshot_text import find_quote
from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.record_rules import SnapshotFacts, Violation, check_published, check_record
from clauselight.knowledge.catalogue import catalogue_documents, catalogue_provisions
from clauselight.knowledge.completeness import check_actions, check_clause_types
from clauselight.knowledge.letter_rules import check_letters
from clauselight.publication.compose import Site, compose
from clauselight.settings import Settings
from clauselight.store.engine import ArchiveUnusable, migrate, open_archive
from clauselight.store.provisions import count_prevalence, live_provisions
from clauselight.store.snapshots import get_snapshot

from .catalogue import snapshot_facts

Findings = list[tuple[str, Violation]]


def lint_catalogue(today: dt.date) -> tuple[Findings, int]:
    """Broken rules of the packaged catalogue, clause types and letters, and how many records were checked."""
    documents = {item.document.id: item for item in catalogue_documents()}
    findings: Findings = []
    provisions = catalogue_provisions()
    for item in provisions:
        document = documents.get(item.document_id)
        if document is None:
            unknown = Violation("document-known", "document", f"{item.document_id} is not in the catalogue")
            findings.append((item.id, unknown))
            continue
        facts = snapshot_facts(item, document)
        record = item.record(facts)
        findings += [(item.id, broken) for broken in check_record(record, today=today, snapshot=facts)]
        findings += [(item.id, broken) for broken in check_actions(record.severity, record.actions)]
    return findings + check_clause_types() + check_letters(), len(provisions)


async def lint_archive(settings: Settings, today: dt.date) -> tuple[Findings, int]:
    """Broken rules of an archive, and how many records were checked. Raises ArchiveUnusable."""
    if not settings.archive_file.exists():
        raise ArchiveUnusable(f"There is no archive in {settings.data}; 'clauselight load' makes one.")
    migrate(settings.archive_file)
    engine = open_archive(settings.archive_file)
    findings: Findings = []
    try:
        async with engine.connect() as connection:
            records = await live_provisions(connection)
            counted = await count_prevalence(connection)
            for record in records:
                facts = await _stored_facts(connection, record)
                findings += [
                    (record.id, broken) for broken in check_record(record, today=today, snapshot=facts)
                ]
        composition = await compose(engine, Site(settings.public_url, (), ()))
    finally:
        await engine.dispose()
    type_of = {record.id: record.clause_type for record in records if record.quote is not None}
    for annotation_set in composition.sets:
        for provision in annotation_set.provisions:
            findings += [
                (provision.id, broken)
                for broken in check_published(
                    provision,
                    entities_with=counted.entities_with.get(provision.clause_type.id, 0),
                    entities_tracked=counted.entities_tracked,
                    type_of=type_of,
                )
            ]
    return findings, len(records)


async def _stored_facts(connection: AsyncConnection, record: ProvisionRecord) -> SnapshotFacts | None:
    named = record.provenance.sha256
    snapshot = await get_snapshot(connection, named) if named else None
    if snapshot is None:
        return None
    quote = record.quote.selector.exact if record.quote else None
    position = find_quote(quote, snapshot.body, snapshot.media_type)
    return SnapshotFacts(snapshot.sha256, position is not None, position)
