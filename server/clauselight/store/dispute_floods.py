"""Open disputes that say exactly the same of many labels: what a flood looks like in the queue.

Those that repeat each other about one label are one entry of the queue already (`store.disputes`); these go
across labels. What is the same is the reason, what is proposed, and every word of the comment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.vocabulary import DisputeReason, DisputeState

from .people_tables import dispute

LEAST_LABELS: Final = 5
"""Labels of which the same is said before the queue speaks of it. Chosen: as many as disputes of one label
that are queued one by one (`disputes.SINGLY`)."""

_SAME: Final = (dispute.c.reason, dispute.c.proposed_type, dispute.c.proposed_severity, dispute.c.comment)
_WAITING: Final = (dispute.c.state == DisputeState.OPEN.value) & dispute.c.similar_to.is_(None)


@dataclass(frozen=True, slots=True)
class Flood:
    """What is said alike of many labels. `first` and `last` are numbers of disputes; `disputes` waits in the
    queue, without those that repeat another about the same label."""

    first: int
    last: int
    labels: int
    disputes: int
    reason: DisputeReason
    proposed_type: str | None
    proposed_severity: str | None
    comment: str | None


def _counted() -> sa.Select[Any]:
    return (
        sa.select(
            sa.func.min(dispute.c.id).label("first"),
            sa.func.max(dispute.c.id).label("last"),
            sa.func.count(sa.distinct(dispute.c.provision_id)).label("labels"),
            sa.func.count().label("disputes"),
            *_SAME,
        )
        .where(_WAITING)
        .group_by(*_SAME)
    )


def _flood(row: Any) -> Flood:
    return Flood(
        row.first,
        row.last,
        row.labels,
        row.disputes,
        DisputeReason(row.reason),
        row.proposed_type,
        row.proposed_severity,
        row.comment,
    )


async def floods(connection: AsyncConnection, *, limit: int) -> list[Flood]:
    """What is said alike of at least `LEAST_LABELS` labels, the largest first."""
    rows = await connection.execute(
        _counted()
        .having(sa.func.count(sa.distinct(dispute.c.provision_id)) >= LEAST_LABELS)
        .order_by(sa.literal_column("labels").desc(), sa.literal_column("first"))
        .limit(limit)
    )
    return [_flood(row) for row in rows]


async def flood_of(connection: AsyncConnection, dispute_id: int) -> Flood | None:
    """What an open dispute says, counted over all labels; None when it is decided, repeats another, or there
    is none of this number."""
    row = (
        await connection.execute(sa.select(dispute).where(dispute.c.id == dispute_id, _WAITING))
    ).one_or_none()
    if row is None:
        return None
    same = (column.is_not_distinct_from(getattr(row, column.name)) for column in _SAME)
    return _flood((await connection.execute(_counted().where(*same))).one())


async def disputes_alike(connection: AsyncConnection, flood: Flood, *, until: int, limit: int) -> list[int]:
    """Numbers of the open disputes that say it, oldest first, none above `until`."""
    said = (flood.reason.value, flood.proposed_type, flood.proposed_severity, flood.comment)
    same = (column.is_not_distinct_from(value) for column, value in zip(_SAME, said, strict=True))
    found = await connection.execute(
        sa.select(dispute.c.id)
        .where(_WAITING, dispute.c.id <= until, *same)
        .order_by(dispute.c.id)
        .limit(limit)
    )
    return list(found.scalars())
