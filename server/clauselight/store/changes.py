"""Change records of provisions, read across a document: what its page of changes and its feeds show."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.archive import DocumentChange

from .provision_rows import CHANGE_FIELDS
from .tables import change_record, provision


async def changes_of(
    connection: AsyncConnection, document_id: str, *, limit: int = 50, offset: int = 0
) -> tuple[list[DocumentChange], int]:
    """One page of the change records of all provisions of a document, the newest first, and how many there
    are."""
    where = provision.c.document_id == document_id
    joined = change_record.join(provision)
    total = await connection.scalar(sa.select(sa.func.count()).select_from(joined).where(where))
    rows = await connection.execute(
        _chosen(where)
        .order_by(
            change_record.c.date.desc(),
            change_record.c.version_to.desc(),
            change_record.c.provision_id,
            change_record.c.position.desc(),
        )
        .limit(limit)
        .offset(offset)
    )
    return [_change(row) for row in rows], int(total or 0)


async def changes_in_version(
    connection: AsyncConnection, document_id: str, number: int
) -> list[DocumentChange]:
    """The change records that one version brought, by provision."""
    where = (provision.c.document_id == document_id) & (change_record.c.version_to == number)
    rows = await connection.execute(
        _chosen(where).order_by(change_record.c.provision_id, change_record.c.position)
    )
    return [_change(row) for row in rows]


def _chosen(where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return (
        sa.select(
            change_record,
            provision.c.clause_type,
            provision.c.method,
            provision.c.live,
            provision.c.record["title"].as_string().label("title"),
        )
        .select_from(change_record.join(provision))
        .where(where)
    )


def _change(row: Any) -> DocumentChange:
    return DocumentChange.model_validate(
        {
            "provision": row.provision_id,
            "title": row.title,
            "clause_type": row.clause_type,
            "method": row.method,
            "live": row.live,
            "change": {name: getattr(row, name) for name in CHANGE_FIELDS},
        }
    )
