"""What the archive holds as evidence for a label: the snapshot it names, and whether its words stand in
it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.document import Document
from clauselight.contract.history import Provenance
from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.quote import TextQuoteSelector
from clauselight.contract.record_rules import SnapshotFacts
from clauselight.contract.vocabulary import HashBasis
from clauselight.store.snapshots import Snapshot, get_snapshot, newest_snapshot
from clauselight.store.versions import newest_version

CURATED_NOTE = "Selected by a curator in the snapshot that is held here."
UNPROVEN_NOTE = "Recorded by a curator; no snapshot of the document is held here."


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where words come from: the provenance of a record, and the facts that its rules are judged by."""

    provenance: Provenance
    facts: SnapshotFacts | None
    captured_on: dt.date | None

    @property
    def position(self) -> tuple[int, int] | None:
        """Where the words stand in the snapshot's text."""
        return None if self.facts is None else self.facts.position


async def stored_facts(connection: AsyncConnection, record: ProvisionRecord) -> SnapshotFacts | None:
    """What can be computed of a stored record from the snapshot that it names; None without one."""
    named = record.provenance.sha256
    snapshot = await get_snapshot(connection, named) if named else None
    if snapshot is None:
        return None
    # Here and in `_find`, not above: reading pages and finding quotes takes 20 MB that serving does not need.
    from clauselight.analysis.snapshot_text import find_quote

    quote = record.quote.selector.exact if record.quote else None
    position = find_quote(quote, snapshot.body, snapshot.media_type)
    return SnapshotFacts(snapshot.sha256, position is not None, position)


async def evidence_for(
    connection: AsyncConnection, document: Document, quote: TextQuoteSelector | None, moment: dt.datetime
) -> Evidence:
    """Evidence for words that a curator selected, from the snapshot of the document's newest version, or from
    the newest one where there is no version."""
    snapshot = await _shown(connection, document.id)
    if snapshot is None:
        return Evidence(_unproven(document, moment), None, None)
    position = None if quote is None else _find(quote, snapshot)
    sha256 = snapshot.sha256
    provenance = Provenance(
        source_url=snapshot.source_url,
        sha256=sha256,
        sha256_basis=HashBasis.COMPUTED,
        captured_at=snapshot.captured_at,
        analysed_at=moment,
        snapshot_stored=True,
        hash_verified=True,
        quote_verified=position is not None,
        change_verified=False,
        note=CURATED_NOTE,
    )
    return Evidence(
        provenance, SnapshotFacts(sha256, position is not None, position), snapshot.captured_at.date()
    )


async def _shown(connection: AsyncConnection, document_id: str) -> Snapshot | None:
    """What the document showed last. A page that shows what it showed before has an old snapshot."""
    version = await newest_version(connection, document_id)
    held = None if version is None else await get_snapshot(connection, version.snapshot_sha256)
    if version is None or held is None:
        return await newest_snapshot(connection, document_id)
    source = version.url if version.url.startswith("https://") else held.source_url
    return dataclasses.replace(held, source_url=source, captured_at=version.captured_at)


def _find(quote: TextQuoteSelector, snapshot: Snapshot) -> tuple[int, int] | None:
    from clauselight.analysis.snapshot_text import find_quotes
    from clauselight.domain.anchoring import QuoteToAnchor

    wanted = QuoteToAnchor("quote", quote.exact, quote.prefix, quote.suffix)
    return find_quotes([wanted], snapshot.body, snapshot.media_type)[0]


def _unproven(document: Document, moment: dt.datetime) -> Provenance:
    return Provenance(
        source_url=document.urls[0],
        analysed_at=moment,
        snapshot_stored=False,
        hash_verified=False,
        quote_verified=False,
        change_verified=False,
        note=UNPROVEN_NOTE,
    )
