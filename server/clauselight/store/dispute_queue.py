"""The queue of open disputes: who is at work on which, and how one is closed.

A lease keeps two moderators from deciding one dispute twice; it ends by itself, so that nobody who went to
lunch holds one back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.vocabulary import DisputeAct, DisputeState

from . import moments
from .disputes import StoredDispute, stored_dispute
from .people_tables import dispute
from .tables import document, entity

LEASE: Final = dt.timedelta(minutes=5)
"""Ten times as long as a decision takes."""


@dataclass(frozen=True, slots=True)
class Queued:
    """A dispute with the names that say what it is about, and how many open ones repeat it."""

    dispute: StoredDispute
    entity: str
    document: str
    similar: int


async def open_disputes(
    connection: AsyncConnection, *, after: int = 0, limit: int, document_id: str | None = None
) -> list[Queued]:
    """Open disputes with an id above `after`, oldest first, without those that repeat another."""
    where = (
        (dispute.c.state == DisputeState.OPEN.value) & dispute.c.similar_to.is_(None) & (dispute.c.id > after)
    )
    if document_id is not None:
        where = where & (dispute.c.document_id == document_id)
    return await _queued(connection, where, limit)


async def count_open(connection: AsyncConnection) -> int:
    """How many disputes wait, without those that repeat another."""
    counted = (
        sa.select(sa.func.count())
        .select_from(dispute)
        .where(dispute.c.state == DisputeState.OPEN.value, dispute.c.similar_to.is_(None))
    )
    return int(await connection.scalar(counted) or 0)


async def queued_dispute(connection: AsyncConnection, dispute_id: int) -> Queued | None:
    """One dispute, open or decided."""
    found = await _queued(connection, dispute.c.id == dispute_id, 1)
    return found[0] if found else None


async def _queued(connection: AsyncConnection, where: sa.ColumnElement[bool], limit: int) -> list[Queued]:
    repeats = dispute.alias("repeats")
    similar = (
        sa.select(sa.func.count())
        .select_from(repeats)
        .where(repeats.c.similar_to == dispute.c.id, repeats.c.state == DisputeState.OPEN.value)
        .scalar_subquery()
    )
    rows = await connection.execute(
        sa.select(
            dispute,
            entity.c.name.label("entity_name"),
            document.c.title.label("document_title"),
            similar.label("similar"),
        )
        .join(document, document.c.id == dispute.c.document_id)
        .join(entity, entity.c.id == document.c.entity_id)
        .where(where)
        .order_by(dispute.c.id)
        .limit(limit)
    )
    return [Queued(stored_dispute(row), row.entity_name, row.document_title, row.similar) for row in rows]


async def lease_next(connection: AsyncConnection, who: str, moment: dt.datetime) -> int | None:
    """Take the oldest open dispute that nobody else is at work on; None when there is none. To be called
    in a transaction that writes alone."""
    now = moments.stored(moment)
    found = await connection.scalar(
        sa.select(dispute.c.id)
        .where(
            dispute.c.state == DisputeState.OPEN.value,
            dispute.c.similar_to.is_(None),
            sa.or_(
                dispute.c.lease_until.is_(None),
                dispute.c.lease_until <= now,
                # Longer than a lease lasts: it was given before the clock was set back.
                dispute.c.lease_until > now + LEASE,
                dispute.c.leased_by == who,
            ),
        )
        .order_by(dispute.c.id)
        .limit(1)
    )
    if found is None:
        return None
    await _take(connection, int(found), who, moment)
    return int(found)


async def lease_dispute(connection: AsyncConnection, dispute_id: int, who: str, moment: dt.datetime) -> bool:
    """Take one dispute; False when it is decided, or somebody else is at work on it."""
    found = await queued_dispute(connection, dispute_id)
    if found is None or found.dispute.state is not DisputeState.OPEN or held_by_other(found, who, moment):
        return False
    await _take(connection, dispute_id, who, moment)
    return True


def held_by_other(queued: Queued, who: str, moment: dt.datetime) -> bool:
    """Whether somebody else is at work on it. A lease that would last for longer than one does was given
    before the clock was set back."""
    one = queued.dispute
    if one.leased_by in (None, who) or one.lease_until is None:
        return False
    return moment < one.lease_until <= moment + LEASE


async def _take(connection: AsyncConnection, dispute_id: int, who: str, moment: dt.datetime) -> None:
    await connection.execute(
        sa.update(dispute)
        .where(dispute.c.id == dispute_id)
        .values(leased_by=who, lease_until=moments.stored(moment + LEASE))
    )


@dataclass(frozen=True, slots=True)
class Closing:
    """How disputes are closed. `decision` says what the label and its words were and what they became."""

    act: DisputeAct
    text: str
    who: str
    moment: dt.datetime
    decision: dict[str, Any]


async def close_disputes(
    connection: AsyncConnection,
    one: StoredDispute,
    closing: Closing,
    *,
    similar: bool,
    whole_label: bool = False,
) -> int:
    """Close a dispute; with `similar` all open ones that say the same of the label; with
    `whole_label`, or when the label is
    removed, all open ones about it, since none has an object any more. Contacts are forgotten. Returns how
    many."""
    if closing.act is DisputeAct.REMOVE or whole_label:
        which = dispute.c.provision_id == one.provision_id
    elif similar:
        which = dispute.c.kind == one.kind
    else:
        which = dispute.c.id == one.id
    rejected = closing.act is DisputeAct.KEEP
    closed = await connection.execute(
        sa.update(dispute)
        .where(which, dispute.c.state == DisputeState.OPEN.value)
        .values(
            state=(DisputeState.REJECTED if rejected else DisputeState.UPHELD).value,
            act=closing.act.value,
            outcome_text=closing.text,
            decided_at=moments.stored(closing.moment),
            decided_by=closing.who,
            decision=closing.decision,
            contact=None,
            leased_by=None,
            lease_until=None,
            announced=True,
        )
    )
    if not similar:
        await _promote_repeats(connection, one)
    return closed.rowcount


async def _promote_repeats(connection: AsyncConnection, closed: StoredDispute) -> None:
    """Those that repeat a closed dispute and stay open are queued behind the first of them."""
    repeats = (dispute.c.similar_to == closed.id) & (dispute.c.state == DisputeState.OPEN.value)
    first = await connection.scalar(sa.select(sa.func.min(dispute.c.id)).where(repeats))
    if first is not None:
        await connection.execute(sa.update(dispute).where(repeats).values(similar_to=first))
        await connection.execute(sa.update(dispute).where(dispute.c.id == first).values(similar_to=None))


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A decided dispute for training and testing: nothing of its reporter."""

    id: int
    provision_id: str
    document_id: str
    language: str | None
    reason: str
    state: str
    act: str
    method_version: str | None
    decided_at: dt.datetime
    decision: dict[str, Any]


async def decided_disputes(connection: AsyncConnection) -> AsyncIterator[DecidedRow]:
    """All decided disputes by id, without those that repeat another."""
    rows = await connection.stream(
        sa.select(dispute, document.c.language)
        .join(document, document.c.id == dispute.c.document_id)
        .where(dispute.c.decided_at.is_not(None), dispute.c.similar_to.is_(None))
        .order_by(dispute.c.id)
    )
    async for row in rows:
        yield DecidedRow(
            id=row.id,
            provision_id=row.provision_id,
            document_id=row.document_id,
            language=row.language,
            reason=row.reason,
            state=row.state,
            act=row.act,
            method_version=row.method_version,
            decided_at=moments.read(row.decided_at),
            decision=row.decision,
        )


@dataclass(frozen=True, slots=True)
class VersionDecisions:
    """How disputes about the labels of one classifier version ended; `method_version` None: curated ones."""

    method_version: str | None
    upheld: int
    rejected: int


async def decisions_by_version(connection: AsyncConnection) -> list[VersionDecisions]:
    """For the model card: how often disputed labels were wrong, by the classifier's version. Those that were
    rejected together are not counted: nobody judged the label."""
    rows = await connection.execute(
        sa.select(
            dispute.c.method_version,
            sa.func.sum(sa.case((dispute.c.state == DisputeState.UPHELD.value, 1), else_=0)),
            sa.func.sum(sa.case((dispute.c.state == DisputeState.REJECTED.value, 1), else_=0)),
        )
        # By the index on states, so that a flood of open ones is not looked at.
        .where(
            dispute.c.state.in_([DisputeState.UPHELD.value, DisputeState.REJECTED.value]),
            dispute.c.similar_to.is_(None),
            dispute.c.decision["together"].as_boolean().is_not(True),
        )
        .group_by(dispute.c.method_version)
        .order_by(dispute.c.method_version)
    )
    return [VersionDecisions(row[0], int(row[1]), int(row[2])) for row in rows]
