"""Webhooks and what is to be delivered to them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.vocabulary import VersionKind

from .history_tables import delivery, webhook
from .news import SUBSTANTIVE, About


@dataclass(frozen=True, slots=True)
class Webhook:
    """Somebody who is told: where, about what, signed with which secret; `told_up_to` is the id of the
    capture that was queued for it last."""

    id: str
    url: str
    secret: str
    about: About
    kinds: frozenset[VersionKind]
    enabled: bool
    told_up_to: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way; `attempts` that failed so far."""

    id: str
    webhook: Webhook
    event: dict[str, Any]
    attempts: int


async def add_webhook(
    connection: AsyncConnection,
    url: str,
    secret: str,
    about: About,
    kinds: Collection[VersionKind],
    *,
    told_up_to: int,
    moment: dt.datetime,
) -> str:
    """Register somebody, who is told what comes after `told_up_to`; returns the id."""
    identity = f"wh_{uuid.uuid4().hex[:16]}"
    await connection.execute(
        sa.insert(webhook),
        {
            "id": identity,
            "url": url,
            "secret": secret,
            "enabled": True,
            "kinds": sorted(kind.value for kind in kinds),
            "entity_id": about.entity_id,
            "document_id": about.document_id,
            "clause_type": about.clause_type,
            "created_at": _naive(moment),
            "last_capture_id": told_up_to,
        },
    )
    return identity


async def webhooks(connection: AsyncConnection) -> list[Webhook]:
    """All of them, the oldest first."""
    rows = await connection.execute(sa.select(webhook).order_by(webhook.c.created_at, webhook.c.id))
    return [_webhook(row) for row in rows]


async def remove_webhook(connection: AsyncConnection, identity: str) -> bool:
    """Forget a webhook and what was on its way to it; False when there is none with this id."""
    await connection.execute(sa.delete(delivery).where(delivery.c.webhook_id == identity))
    gone = await connection.execute(sa.delete(webhook).where(webhook.c.id == identity))
    return bool(gone.rowcount)


async def queue_deliveries(
    connection: AsyncConnection,
    target: Webhook,
    events: Iterable[tuple[str, dict[str, Any]]],
    *,
    told_up_to: int,
    moment: dt.datetime,
) -> None:
    """Put events (id, body) on their way and remember how far the webhook was told: both or neither, in the
    caller's transaction."""
    rows = [
        {
            "id": f"{target.id}.{identity}",
            "webhook_id": target.id,
            "event": body,
            "created_at": _naive(moment),
            "attempts": 0,
            "next_at": _naive(moment),
        }
        for identity, body in events
    ]
    if rows:
        await connection.execute(sa.insert(delivery), rows)
    await connection.execute(
        sa.update(webhook).where(webhook.c.id == target.id).values(last_capture_id=told_up_to)
    )


async def due_deliveries(connection: AsyncConnection, moment: dt.datetime, *, limit: int) -> list[Delivery]:
    """What is to be tried at a moment, the longest due first."""
    rows = await connection.execute(
        sa.select(delivery.c.id.label("delivery_id"), delivery.c.event, delivery.c.attempts, webhook)
        .select_from(delivery.join(webhook))
        .where(delivery.c.next_at <= _naive(moment), webhook.c.enabled.is_(True))
        .order_by(delivery.c.next_at, delivery.c.id)
        .limit(limit)
    )
    return [Delivery(row.delivery_id, _webhook(row), row.event, row.attempts) for row in rows]


async def settle_delivery(
    connection: AsyncConnection,
    identity: str,
    *,
    attempts: int,
    delivered_at: dt.datetime | None,
    next_at: dt.datetime | None,
    status: int | None,
    error: str | None,
) -> None:
    """Note how a try went. With neither `delivered_at` nor `next_at` it was given up."""
    await connection.execute(
        sa.update(delivery)
        .where(delivery.c.id == identity)
        .values(
            attempts=attempts,
            delivered_at=delivered_at and _naive(delivered_at),
            next_at=next_at and _naive(next_at),
            last_status=status,
            last_error=error,
        )
    )


@dataclass(frozen=True, slots=True)
class DeliveryCount:
    """How a webhook's deliveries go."""

    delivered: int
    waiting: int
    given_up: int
    last_error: str | None


async def count_deliveries(connection: AsyncConnection) -> dict[str, DeliveryCount]:
    """By the webhook's id."""
    rows = await connection.execute(
        sa.select(
            delivery.c.webhook_id,
            sa.func.count(delivery.c.delivered_at),
            sa.func.count(delivery.c.next_at),
            sa.func.count(),
            sa.func.max(delivery.c.last_error),
        ).group_by(delivery.c.webhook_id)
    )
    return {
        row[0]: DeliveryCount(row[1], row[2], row[3] - row[1] - row[2], row[4] if row[3] > row[1] else None)
        for row in rows
    }


def _naive(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(tzinfo=None)


def _webhook(row: Any) -> Webhook:
    kinds = frozenset(VersionKind(kind) for kind in row.kinds) or SUBSTANTIVE
    return Webhook(
        id=row.id,
        url=row.url,
        secret=row.secret,
        about=About(entity_id=row.entity_id, document_id=row.document_id, clause_type=row.clause_type),
        kinds=kinds,
        enabled=row.enabled,
        told_up_to=row.last_capture_id,
    )
