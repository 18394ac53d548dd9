"""Provisions in the archive. Nothing is stored that breaks a rule of DESIGN.md section 2."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.record_rules import RecordRefused, SnapshotFacts, check_record
from clauselight.contract.vocabulary import ChangeKind, Method

from .engine import ArchiveUnusable
from .revisions import touch_documents
from .tables import change_record, document, provision
from .upsert import upsert


async def save_provision(
    connection: AsyncConnection,
    record: ProvisionRecord,
    *,
    today: dt.date,
    snapshot: SnapshotFacts | None,
) -> None:
    """Insert or update one record with its change records.

    Raises RecordRefused, naming every rule broken, and then writes nothing.
    """
    if violations := check_record(record, today=today, snapshot=snapshot):
        raise RecordRefused(record.id, violations)
    body = record.model_dump(mode="json", exclude_none=True)
    changes = body["history"].pop("changes")
    row = {
        "id": record.id,
        "document_id": record.document,
        "clause_type": record.clause_type,
        "severity": record.severity.value,
        "method": record.method.value,
        "live": True,
        "has_quote": record.quote is not None,
        "record": body,
    }
    await upsert(connection, provision, [row])
    await connection.execute(sa.delete(change_record).where(change_record.c.provision_id == record.id))
    await connection.execute(
        sa.insert(change_record),
        [
            {
                "provision_id": record.id,
                "position": position,
                "date": dt.date.fromisoformat(change["date"]),
                "kind": change["kind"],
                "summary": change["summary"],
                "severity_from": change.get("severity_from"),
                "severity_to": change["severity_to"],
            }
            for position, change in enumerate(changes)
        ],
    )
    await touch_documents(connection, [record.document])


@dataclass(frozen=True, slots=True)
class StoredProvision:
    """A record and whether it is live, which is to say published."""

    record: ProvisionRecord
    live: bool


async def automatic_provisions(connection: AsyncConnection, document_id: str) -> list[StoredProvision]:
    """What the classifier ever found in a document, by id. Raises ArchiveUnusable for damaged records."""
    where = (provision.c.document_id == document_id) & (provision.c.method == Method.AUTOMATIC.value)
    rows = await connection.execute(sa.select(provision.c.id, provision.c.live).where(where))
    live = {row.id: row.live for row in rows}
    return [StoredProvision(record, live[record.id]) for record in await _read(connection, where)]


async def retire_provisions(
    connection: AsyncConnection, records: Sequence[ProvisionRecord], *, day: dt.date, summary: str
) -> None:
    """Take live records out of what is published, with a change record that says since when and why."""
    if not records:
        return
    await connection.execute(
        sa.update(provision).where(provision.c.id == sa.bindparam("gone")).values(live=False),
        [{"gone": record.id} for record in records],
    )
    await connection.execute(
        sa.insert(change_record),
        [
            {
                "provision_id": record.id,
                "position": len(record.history.changes),
                "date": max(day, record.history.changes[-1].date),
                "kind": ChangeKind.REMOVED.value,
                "summary": summary,
                "severity_from": record.severity.value,
                "severity_to": record.severity.value,
            }
            for record in records
        ],
    )
    await touch_documents(connection, {record.document for record in records})


async def live_provisions(
    connection: AsyncConnection, *, document_ids: Sequence[str] | None = None
) -> list[ProvisionRecord]:
    """All live records, or those of some documents, by id. Raises ArchiveUnusable for damaged ones."""
    where: sa.ColumnElement[bool] = provision.c.live.is_(True)
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
    chosen = sa.select(provision.c.id, provision.c.record).where(where).order_by(provision.c.id)
    try:
        rows = (await connection.execute(chosen)).all()
    except ValueError as error:  # JSON that is none
        raise ArchiveUnusable(f"A record in the archive is damaged ({error}); restore a backup.") from error
    changes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in await connection.execute(
        sa.select(change_record)
        .where(change_record.c.provision_id.in_(sa.select(provision.c.id).where(where)))
        .order_by(change_record.c.provision_id, change_record.c.position)
    ):
        changes[row.provision_id].append(
            {
                "date": row.date,
                "kind": row.kind,
                "summary": row.summary,
                "severity_from": row.severity_from,
                "severity_to": row.severity_to,
            }
        )
    return [_record(row.id, row.record, changes[row.id]) for row in rows]


def _record(identity: str, body: dict[str, Any], changes: list[dict[str, Any]]) -> ProvisionRecord:
    try:
        return ProvisionRecord.model_validate({**body, "history": {**body["history"], "changes": changes}})
    except (ValueError, LookupError, TypeError) as error:
        raise ArchiveUnusable(
            f"The record {identity} in the archive is damaged; restore a backup, or load it again."
        ) from error
