"""Provisions in the archive. Nothing is stored that breaks a rule of DESIGN.md section 2."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.history import ChangeRecord
from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.record_rules import RecordRefused, SnapshotFacts, check_record
from clauselight.contract.vocabulary import ChangeKind, Method

from .provision_rows import StoredRow, read_rows, write_records
from .revisions import touch_documents
from .tables import document, provision


async def save_provision(
    connection: AsyncConnection,
    record: ProvisionRecord,
    *,
    today: dt.date,
    snapshot: SnapshotFacts | None,
    live: bool = True,
) -> None:
    """Insert or update one record with its change records; `live`: it is published.

    Raises RecordRefused, naming every rule broken, and then writes nothing.
    """
    if violations := check_record(record, today=today, snapshot=snapshot):
        raise RecordRefused(record.id, violations)
    await write_records(connection, [record], live=live)
    await touch_documents(connection, [record.document])


async def stored_provisions(connection: AsyncConnection, document_id: str) -> list[StoredRow]:
    """All that was ever recorded of a document, by id, also what is not live any more, as it was written: a
    capture starts from the same records whether it is the next one of a running import or the first one
    after a restart. Raises ArchiveUnusable for damaged records."""
    return await read_rows(connection, provision.c.document_id == document_id, as_written=True)


async def provision_row(connection: AsyncConnection, provision_id: str) -> StoredRow | None:
    """One record as it was written, and where it was seen last; None when the id is unknown. Raises
    ArchiveUnusable when it is damaged."""
    found = await read_rows(connection, provision.c.id == provision_id, as_written=True)
    return found[0] if found else None


async def write_followed(connection: AsyncConnection, record: ProvisionRecord, live: bool) -> None:
    """Write a record that captures have followed: its rules were kept when it was recorded."""
    await write_records(connection, [record], live=live)
    await touch_documents(connection, [record.document])


async def automatic_provisions(connection: AsyncConnection, document_id: str) -> list[StoredRow]:
    """What the classifier ever found in a document, by id. Raises ArchiveUnusable for damaged records."""
    where = (provision.c.document_id == document_id) & (provision.c.method == Method.AUTOMATIC.value)
    return await read_rows(connection, where)


async def retire_provisions(
    connection: AsyncConnection, records: Sequence[ProvisionRecord], *, day: dt.date, summary: str
) -> None:
    """Take live records out of what is published, with a change record that says since when and why."""
    retired = []
    for record in records:
        before = record.history.changes
        change = ChangeRecord(
            date=max(day, before[-1].date),
            kind=ChangeKind.REMOVED,
            summary=summary,
            severity_from=record.severity,
            severity_to=record.severity,
        )
        history = record.history.model_copy(update={"changes": [*before, change]})
        retired.append(record.model_copy(update={"history": history}))
    await write_records(connection, retired, live=False)
    await touch_documents(connection, {record.document for record in records})


async def live_provisions(
    connection: AsyncConnection, *, document_ids: Sequence[str] | None = None
) -> list[ProvisionRecord]:
    """All live records, or those of some documents, by id. Raises ArchiveUnusable for damaged ones."""
    where: sa.ColumnElement[bool] = provision.c.live.is_(True)
    if document_ids is not None:
        where = where & provision.c.document_id.in_(document_ids)
    return await _read(connection, where)


async def retired_provisions(
    connection: AsyncConnection, document_ids: Sequence[str] | None = None
) -> list[ProvisionRecord]:
    """Records that are not published any more, of all documents or of some, by id. Raises ArchiveUnusable for
    damaged ones."""
    where: sa.ColumnElement[bool] = provision.c.live.is_(False)
    if document_ids is not None:
        where = where & provision.c.document_id.in_(document_ids)
    return await _read(connection, where)


async def provisions_with(connection: AsyncConnection, provision_ids: Sequence[str]) -> list[ProvisionRecord]:
    """The records with these ids (some thousand at the most). Raises ArchiveUnusable for damaged ones."""
    return await _read(connection, provision.c.id.in_(provision_ids))


async def get_provision(connection: AsyncConnection, provision_id: str) -> ProvisionRecord | None:
    """One record, or None when the id is unknown. Raises ArchiveUnusable when it is damaged."""
    found = await _read(connection, provision.c.id == provision_id)
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class PrevalenceCount:
    """Entities with an analysed document, and how many of them have a live provision, by clause type."""

    entities_tracked: int
    entities_with: dict[str, int]


async def count_prevalence(connection: AsyncConnection) -> PrevalenceCount:
    """The one definition of prevalence (DESIGN.md section 2), counted in SQL."""
    tracked = await connection.scalar(
        sa.select(sa.func.count(sa.distinct(document.c.entity_id))).where(document.c.analysed_at.is_not(None))
    )
    rows = await connection.execute(
        sa.select(provision.c.clause_type, sa.func.count(sa.distinct(document.c.entity_id)))
        .select_from(provision.join(document))
        .where(provision.c.live.is_(True), document.c.analysed_at.is_not(None))
        .group_by(provision.c.clause_type)
    )
    return PrevalenceCount(int(tracked or 0), {row[0]: row[1] for row in rows})


@dataclass(frozen=True, slots=True)
class QuotedProvision:
    """What is needed of a live record with a quote to choose it as an example."""

    id: str
    clause_type: str
    severity: str
    entity: str


async def types_of_entity(connection: AsyncConnection, entity_id: str) -> tuple[bool, set[str]]:
    """Whether an entity has an analysed document, and of which clause types it has live provisions in
    such."""
    tracked = await connection.scalar(
        sa.select(sa.func.count()).where(
            document.c.entity_id == entity_id, document.c.analysed_at.is_not(None)
        )
    )
    found = await connection.execute(
        sa.select(provision.c.clause_type)
        .select_from(provision.join(document))
        .where(
            document.c.entity_id == entity_id,
            document.c.analysed_at.is_not(None),
            provision.c.live.is_(True),
        )
        .distinct()
    )
    return bool(tracked), set(found.scalars())


async def quoted_provisions(connection: AsyncConnection) -> AsyncIterator[QuotedProvision]:
    """All live records with a quote, by id, without holding them all in memory."""
    rows = await connection.stream(
        sa.select(provision.c.id, provision.c.clause_type, provision.c.severity, document.c.entity_id)
        .select_from(provision.join(document))
        .where(provision.c.live.is_(True), provision.c.has_quote.is_(True))
        .order_by(provision.c.id)
    )
    async for row in rows:
        yield QuotedProvision(*row)


async def count_live(connection: AsyncConnection) -> int:
    """How many live records there are."""
    counted = sa.select(sa.func.count()).select_from(provision).where(provision.c.live.is_(True))
    return int(await connection.scalar(counted) or 0)


async def documents_with_types(connection: AsyncConnection, clause_types: Sequence[str]) -> list[str]:
    """Ids of the documents that have a live provision of one of the clause types."""
    found = await connection.execute(
        sa.select(provision.c.document_id)
        .distinct()
        .where(provision.c.clause_type.in_(clause_types), provision.c.live.is_(True))
        .order_by(provision.c.document_id)
    )
    return list(found.scalars())


async def _read(connection: AsyncConnection, where: sa.ColumnElement[bool]) -> list[ProvisionRecord]:
    return [row.record for row in await read_rows(connection, where)]
