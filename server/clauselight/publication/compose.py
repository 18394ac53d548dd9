"""Puts together what is published from what is stored: records, counts, examples, citations.

Everything that can be counted is counted here, from one reading of the archive, so that no two places can
show two values for one fact.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from clauselight.contract.annotation import AnnotationSet
from clauselight.contract.base import NOT_KEPT
from clauselight.contract.clause_type import ClauseTypeAnswer
from clauselight.contract.directory import EntityDirectory
from clauselight.contract.dispute import DecidedDispute
from clauselight.contract.document import Document
from clauselight.contract.history import Provenance
from clauselight.contract.provision import (
    ClauseTypeRef,
    DisputeCount,
    DocumentRef,
    PeerExample,
    Prevalence,
    Provision,
    ProvisionContext,
    ProvisionRecord,
    ProvisionRef,
)
from clauselight.domain.citation import cite
from clauselight.domain.examples import MOST_EXAMPLES, examples_for
from clauselight.domain.history import history_of
from clauselight.domain.severity import rank
from clauselight.domain.web_archive import web_archive_url
from clauselight.knowledge.clause_types import clause_types
from clauselight.store.directory import directories_of
from clauselight.store.disputes import dispute_counts, public_decisions
from clauselight.store.documents import all_documents, documents_with
from clauselight.store.provisions import (
    PrevalenceCount,
    live_provisions,
    provisions_with,
    types_of_entity,
)

from .landscape import Landscape, survey

MOST_SIBLINGS = 25
"""Other provisions of the document that a record lists, the gravest first. Naming all of them in each makes a
document with a hundred provisions a megabyte, and the panel lists them anyway."""

BATCH = 500
"""Documents read and rendered at a time: an archive of any size is published in little memory."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the publication is read: `public_url` makes permalinks absolute; `origins` are addresses of
    this server itself, under which the documents in `hosted` (id to path) are shown."""

    public_url: str | None
    origins: tuple[str, ...]
    hosted: tuple[tuple[str, str], ...]

    def shown_at(self, document_id: str) -> list[str]:
        """Addresses under which this server itself shows a document."""
        return [origin + path for origin in self.origins for one, path in self.hosted if one == document_id]


@dataclass(frozen=True, slots=True)
class Composition:
    """All that is published, as contract models."""

    sets: list[AnnotationSet]
    clause_types: list[ClauseTypeAnswer]


async def compose(engine: AsyncEngine, site: Site) -> Composition:
    """Read the archive once and put everything together."""
    async with engine.connect() as connection:
        landscape = await survey(connection)
        documents = [item.id for item in await all_documents(connection)]
        sets = [
            one
            for start in range(0, len(documents), BATCH)
            for one in await compose_sets(connection, site, documents[start : start + BATCH], landscape)
        ]
        return Composition(sets, await compose_types(connection, landscape))


async def compose_sets(
    connection: AsyncConnection, site: Site, document_ids: Sequence[str], landscape: Landscape
) -> list[AnnotationSet]:
    """The annotation sets of some documents (at most `BATCH`), ordered by id; unknown ids are left out."""
    documents = {item.id: item for item in await documents_with(connection, document_ids)}
    by_document: dict[str, list[ProvisionRecord]] = defaultdict(list)
    records = await live_provisions(connection, document_ids=document_ids)
    for record in records:
        by_document[record.document].append(record)
    by_type, others = await _candidates(connection, landscape, {record.clause_type for record in records})
    disputed = await _disputed(connection, records)
    directories = await directories_of(connection, {document.entity.id for document in documents.values()})
    return [
        AnnotationSet(
            document=document,
            addresses=[*document.urls, *site.shown_at(document.id)],
            provisions=[
                _provision(
                    record,
                    by_document[document.id],
                    by_type,
                    others | documents,
                    landscape.counted,
                    site,
                    disputed.get(record.id),
                )
                for record in sorted(by_document[document.id], key=lambda r: (rank(r.severity), r.id))
            ],
            directory=directories.get(document.entity.id),
        )
        for document in documents.values()
    ]


async def compose_provisional(
    connection: AsyncConnection | None,
    site: Site,
    document: Document,
    records: Sequence[ProvisionRecord],
    landscape: Landscape,
) -> AnnotationSet:
    """The annotation set of a document that no archive holds; counts are as if it were kept. `connection` is
    None where there is no archive."""
    by_type: dict[str, list[ProvisionRecord]] = defaultdict(list)
    others: dict[str, Document] = {}
    tracked, types = False, set[str]()
    directories: dict[str, EntityDirectory] = {}
    if connection is not None:
        by_type, others = await _candidates(connection, landscape, {one.clause_type for one in records})
        tracked, types = await types_of_entity(connection, document.entity.id)
        directories = await directories_of(connection, [document.entity.id])
    counted = PrevalenceCount(
        landscape.counted.entities_tracked + (not tracked),
        {
            name: landscape.counted.entities_with.get(name, 0) + (name not in types)
            for name in {record.clause_type for record in records}
        },
    )
    documents = others | {document.id: document}
    return AnnotationSet(
        document=document,
        addresses=list(document.urls),
        provisions=[
            _provision(record, records, by_type, documents, counted, site)
            for record in sorted(records, key=lambda r: (rank(r.severity), r.id))
        ],
        directory=directories.get(document.entity.id),
    )


Disputed = tuple[DisputeCount, list[DecidedDispute]]
"""How many disputes a label had, and how the latest were decided."""


async def _disputed(connection: AsyncConnection, records: Sequence[ProvisionRecord]) -> dict[str, Disputed]:
    ids = [record.id for record in records]
    counts = await dispute_counts(connection, ids)
    decisions = await public_decisions(connection, sorted(counts))
    return {one: (count, decisions.get(one, [])) for one, count in counts.items()}


async def compose_types(connection: AsyncConnection, landscape: Landscape) -> list[ClauseTypeAnswer]:
    """What is answered about every clause type."""
    by_type, documents = await _candidates(connection, landscape, set(landscape.candidates))
    counted = landscape.counted
    return [
        ClauseTypeAnswer(
            clause_type=clause_type,
            prevalence=_prevalence(clause_type.id, counted) if counted.entities_tracked else None,
            examples=_examples_of_type(by_type[clause_type.id], documents),
        )
        for clause_type in clause_types().values()
    ]


async def _candidates(
    connection: AsyncConnection, landscape: Landscape, types: set[str]
) -> tuple[dict[str, list[ProvisionRecord]], dict[str, Document]]:
    """The records that examples of some clause types come from, and their documents."""
    ids = [identity for name in sorted(types) for identity in landscape.candidates.get(name, [])]
    by_type: dict[str, list[ProvisionRecord]] = defaultdict(list)
    documents: dict[str, Document] = {}
    for start in range(0, len(ids), BATCH):
        records = await provisions_with(connection, ids[start : start + BATCH])
        for record in records:
            by_type[record.clause_type].append(record)
        wanted = {record.document for record in records} - set(documents)
        documents |= {item.id: item for item in await documents_with(connection, sorted(wanted))}
    return by_type, documents


def permalink(record: ProvisionRecord, public_url: str | None) -> str:
    """The stable address of a record: absolute with a public address, else a path on the server. What is not
    kept has none; its clause type stays."""
    if record.id.startswith(NOT_KEPT):
        return f"{public_url or ''}/v1/clause-types/{record.clause_type}"
    return f"{public_url or ''}/provisions/{record.id}/{record.slug}"


def _provision(
    record: ProvisionRecord,
    siblings: Sequence[ProvisionRecord],
    by_type: dict[str, list[ProvisionRecord]],
    documents: dict[str, Document],
    counted: PrevalenceCount,
    site: Site,
    disputed: Disputed | None = None,
) -> Provision:
    document = documents[record.document]
    clause_type = clause_types()[record.clause_type]
    link = permalink(record, site.public_url)
    stored = {
        name: getattr(record, name)
        for name in type(record).model_fields
        if name not in ("document", "clause_type", "history", "provenance")
    }
    return Provision(
        **stored,
        provenance=_with_second_witness(record.provenance),
        permalink=link,
        entity=document.entity,
        document=DocumentRef(id=document.id, title=document.title),
        clause_type=ClauseTypeRef(id=clause_type.id, title=clause_type.title),
        categories=[clause_type.category],
        context=ProvisionContext(
            examples=examples_for(record, by_type[record.clause_type], documents),
            prevalence=_prevalence(record.clause_type, counted),
            siblings=[
                ProvisionRef(id=other.id, title=other.title, severity=other.severity)
                for other in _gravest_others(record, siblings)
            ],
        ),
        history=history_of(record.history),
        citation=cite(record, document, link),
        disputes=disputed[0] if disputed else DisputeCount(),
        decisions=disputed[1] if disputed else [],
    )


def _with_second_witness(provenance: Provenance) -> Provenance:
    """With a link to a public archive of the same address and date, where nobody recorded one."""
    if provenance.archive_url is not None:
        return provenance
    link = web_archive_url(provenance.source_url, provenance.captured_at)
    return provenance if link is None else provenance.model_copy(update={"archive_url": link})


def _gravest_others(record: ProvisionRecord, siblings: Sequence[ProvisionRecord]) -> list[ProvisionRecord]:
    others = (other for other in siblings if other.id != record.id)
    return sorted(others, key=lambda other: (rank(other.severity), other.id))[:MOST_SIBLINGS]


def _prevalence(clause_type: str, counted: PrevalenceCount) -> Prevalence:
    return Prevalence(
        entities_with=counted.entities_with.get(clause_type, 0), entities_tracked=counted.entities_tracked
    )


def _examples_of_type(
    records: Sequence[ProvisionRecord], documents: dict[str, Document]
) -> list[PeerExample]:
    found: dict[str, PeerExample] = {}
    for record in sorted(records, key=lambda r: (rank(r.severity), r.id)):
        document = documents[record.document]
        if record.quote is None or document.entity.id in found:
            continue
        found[document.entity.id] = PeerExample(
            provision=record.id,
            entity=document.entity.name,
            document=document.title,
            severity=record.severity,
            quote=record.quote.selector.exact,
            url=record.source,
        )
        if len(found) == MOST_EXAMPLES:
            break
    return list(found.values())


def now() -> dt.datetime:
    """The time of rendering, UTC, whole seconds."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
