"""Keeps an analysed page in the archive: the document, the bytes, and what was found, so that the next visit
is a match.

What the classifier found in the document before is replaced: a clause that still stands there word for word
goes on with its id and history, another is retired. What a person recorded is never touched, and what repeats
it is left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.document import Document
from clauselight.contract.history import ChangeRecord, Provenance
from clauselight.contract.provision import ProvisionRecord, RecordDates
from clauselight.contract.record_rules import SnapshotFacts
from clauselight.contract.vocabulary import ChangeKind, HashBasis, Method
from clauselight.knowledge.clause_types import clause_types
from clauselight.store.documents import mark_analysed, save_documents
from clauselight.store.ids import next_document_id, next_provision_ids
from clauselight.store.provision_rows import StoredRow
from clauselight.store.provisions import (
    automatic_provisions,
    live_provisions,
    retire_provisions,
    save_provision,
)
from clauselight.store.snapshots import Snapshot, save_snapshot

from .documents import PROVISIONAL_ID, address_to_keep, document_for
from .found import Analysis, FoundClause
from .records import first_dates, provisional_record

SENT_NOTE = "Sent by the reader's browser, not fetched by this server."
FETCHED_NOTE = "Fetched by 'clauselight analyse'."


@dataclass(frozen=True, slots=True)
class PageToKeep:
    """The bytes of an analysed page, where they came from, and how (a sentence)."""

    url: str
    title: str
    media_type: str
    body: bytes
    note: str = SENT_NOTE


async def keep_analysis(
    connection: AsyncConnection, analysis: Analysis, page: PageToKeep, *, moment: dt.datetime
) -> Document:
    """Keep a page with what was found in it, whose quotes were looked for (`FoundClause.position`).

    A quote that does not stand in the page's bytes is left out: the archive holds nothing unproven. To be
    called within a transaction. Raises UrlRefused, NoIdsLeft, ArchiveUnusable.
    """
    document = await document_for(
        connection,
        url=page.url,
        title=page.title or analysis.title,
        language=analysis.language,
        moment=moment,
    )
    new = document.id == PROVISIONAL_ID
    if new:
        document = document.model_copy(update={"id": await next_document_id(connection)})
    if new or document.language is None:
        document = document.model_copy(update={"language": analysis.language or None})
        await save_documents(connection, [document])
    snapshot = Snapshot(document.id, address_to_keep(page.url), moment, page.media_type, page.body)
    sha256 = await save_snapshot(connection, snapshot)
    provenance = Provenance(
        source_url=snapshot.source_url,
        sha256=sha256,
        sha256_basis=HashBasis.COMPUTED,
        captured_at=moment,
        analysed_at=moment,
        snapshot_stored=True,
        hash_verified=True,
        quote_verified=True,
        change_verified=False,
        note=page.note,
    )
    await _replace(connection, analysis, document, provenance, moment.date())
    await mark_analysed(connection, document.id, moment)
    return document


async def _replace(
    connection: AsyncConnection,
    analysis: Analysis,
    document: Document,
    provenance: Provenance,
    today: dt.date,
) -> None:
    curated = [
        record
        for record in await live_provisions(connection, document_ids=[document.id])
        if record.method is Method.CURATED
    ]
    earlier = {_key(one.record): one for one in await automatic_provisions(connection, document.id)}
    found = [
        one
        for one in analysis.found
        if one.position is not None
        and one.clause_type in clause_types()
        and not _recorded_by_a_person(one, curated)
    ]
    fresh = iter(await next_provision_ids(connection, sum(_key_of(one) not in earlier for one in found)))
    still_there = set()
    for one in found:
        before = earlier.get(_key_of(one))
        still_there.add(_key_of(one))
        record = provisional_record(
            one,
            document,
            identity=before.record.id if before else next(fresh),
            method_version=analysis.method_version,
            provenance=provenance,
            position=one.position,
            dates=_dates(one, before, today, analysis.method_version),
        )
        facts = SnapshotFacts(provenance.sha256 or "", quote_found=True, position=one.position)
        await save_provision(connection, record, today=today, snapshot=facts)
    gone = [one.record for key, one in earlier.items() if one.live and key not in still_there]
    await retire_provisions(
        connection,
        gone,
        day=today,
        summary=f"No longer found by automatic analysis (classifier {analysis.method_version}).",
    )


def _dates(found: FoundClause, before: StoredRow | None, today: dt.date, version: str) -> RecordDates:
    if before is None:
        return first_dates(found, today, version)
    history = before.record.history
    changes = list(history.changes)
    severity = before.record.severity
    if not before.live:
        changes.append(
            ChangeRecord(
                date=today,
                kind=ChangeKind.RESTORED,
                summary=f"Found again by automatic analysis (classifier {version}).",
                severity_from=severity,
                severity_to=found.severity,
            )
        )
    elif severity is not found.severity:
        changes.append(
            ChangeRecord(
                date=today,
                kind=ChangeKind.MODIFIED,
                summary=f"The same words; the classifier (now {version}) takes them for "
                f"{found.severity} instead of {severity}.",
                severity_from=severity,
                severity_to=found.severity,
            )
        )
    return RecordDates(first_seen=history.first_seen, last_seen=today, last_verified=today, changes=changes)


def _words(text: str) -> str:
    return " ".join(text.casefold().split())


def _key_of(found: FoundClause) -> tuple[str, str]:
    return found.clause_type, _words(found.exact)


def _key(record: ProvisionRecord) -> tuple[str, str]:
    return record.clause_type, _words(record.quote.selector.exact) if record.quote else ""


def _recorded_by_a_person(found: FoundClause, curated: Iterable[ProvisionRecord]) -> bool:
    """Whether a curated record of the same type already holds these words, or stands within them."""
    words = _words(found.exact)
    return any(
        record.clause_type == found.clause_type
        and record.quote is not None
        and (words in (theirs := _words(record.quote.selector.exact)) or theirs in words)
        for record in curated
    )
