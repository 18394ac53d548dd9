"""Disputes in the archive: stored in batches, counted, looked up by their private token.

A flood is no reason to lose one. Each is stored whole; those that only repeat what `SINGLY` others have said
of a label are marked as similar to the first of them, count as one, and are answered with it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.dispute import MOST_DECISIONS, DecidedDispute, DisputeRequest
from clauselight.contract.provision import DisputeCount
from clauselight.contract.vocabulary import DisputeAct, DisputeReason, DisputeState, Severity

from . import moments
from .people_tables import dispute
from .revisions import touch_documents
from .tables import document, provision
from .tokens import digest

SINGLY: Final = 5
"""Open disputes that say the same of one label and are counted and queued one by one. A chosen number: enough
to see that several people say so, few enough that nobody fills the queue with one sentence."""

_MOST_IN_ONE: Final = 500
"""Ids in one statement."""


@dataclass(frozen=True, slots=True)
class NewDispute:
    """What is to be stored; `token` is the private one, of which the archive keeps a digest."""

    request: DisputeRequest
    token: str
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class StoredDispute:
    """One dispute as the archive holds it."""

    id: int
    provision_id: str
    document_id: str
    clause_type: str
    severity: Severity
    method_version: str | None
    reason: DisputeReason
    proposed_type: str | None
    proposed_severity: Severity | None
    comment: str | None
    contact: str | None
    created_at: dt.datetime
    kind: str
    similar_to: int | None
    state: DisputeState
    leased_by: str | None
    lease_until: dt.datetime | None
    decision: DecidedDispute | None


@dataclass(frozen=True, slots=True)
class Filed:
    """A dispute that was stored; `similar`: it repeats others."""

    id: int
    similar: bool


async def file_disputes(connection: AsyncConnection, new: Sequence[NewDispute]) -> list[Filed | None]:
    """Store disputes in one transaction that writes alone, in their order and with four statements, however
    many they are. Returns for each its id, or None where the label is not published (any more)."""
    labels = await _labels(connection, {one.request.provision for one in new})
    heads = await _heads(connection, {kind_of(one.request) for one in new})
    number = int(await connection.scalar(sa.select(sa.func.max(dispute.c.id))) or 0)
    filed: list[Filed | None] = []
    rows: list[dict[str, Any]] = []
    for one in new:
        label = labels.get(one.request.provision)
        if label is None:
            filed.append(None)
            continue
        number += 1
        head = heads[kind_of(one.request)]
        similar_to = head.first if head.count >= SINGLY else None
        if similar_to is None:
            head.first = head.first or number
            head.count += 1
        rows.append(_row(number, one, label, similar_to))
        filed.append(Filed(number, similar_to is not None))
    if rows:
        await connection.execute(sa.insert(dispute), rows)
    return filed


@dataclass(slots=True)
class _Head:
    """The first open dispute of a kind, and how many of the kind are counted one by one."""

    first: int | None = None
    count: int = 0


async def _heads(connection: AsyncConnection, kinds: set[str]) -> dict[str, _Head]:
    rows = await connection.execute(
        sa.select(dispute.c.kind, sa.func.min(dispute.c.id), sa.func.count())
        .where(
            dispute.c.kind.in_(sorted(kinds)),
            dispute.c.state == DisputeState.OPEN.value,
            dispute.c.similar_to.is_(None),
        )
        .group_by(dispute.c.kind)
    )
    heads: dict[str, _Head] = defaultdict(_Head)
    heads.update({kind: _Head(first, count) for kind, first, count in rows})
    return heads


async def _labels(connection: AsyncConnection, provision_ids: set[str]) -> dict[str, Any]:
    rows = await connection.execute(
        sa.select(
            provision.c.id,
            provision.c.document_id,
            provision.c.clause_type,
            provision.c.severity,
            provision.c.record["method_version"].as_string().label("method_version"),
        ).where(provision.c.id.in_(sorted(provision_ids)), provision.c.live.is_(True))
    )
    return {row.id: row for row in rows}


def _row(number: int, new: NewDispute, label: Any, similar_to: int | None) -> dict[str, Any]:
    request = new.request
    return {
        "id": number,
        "token_hash": digest(new.token),
        "provision_id": request.provision,
        "document_id": label.document_id,
        "clause_type": label.clause_type,
        "severity": label.severity,
        "method_version": label.method_version,
        "reason": request.reason.value,
        "proposed_type": request.proposed_type,
        "proposed_severity": request.proposed_severity,
        "comment": request.comment or None,
        "contact": request.contact or None,
        "created_at": moments.stored(new.created_at),
        "kind": kind_of(request),
        "similar_to": similar_to,
        # One that repeats others changes nothing that readers see.
        "announced": similar_to is not None,
        "state": DisputeState.OPEN.value,
    }


def kind_of(request: DisputeRequest) -> str:
    """Digest of what is said about which label, whoever says it and in which words."""
    said = [request.provision, request.reason, request.proposed_type or "", request.proposed_severity or ""]
    return hashlib.sha256("|".join(said).encode()).hexdigest()[:16]


async def announce_disputes(connection: AsyncConnection, most: int) -> int:
    """Have the documents of new disputes published with their counts, at most so many; returns how many."""
    found = await connection.execute(
        sa.select(dispute.c.document_id)
        .where(dispute.c.announced.is_(False))
        .group_by(dispute.c.document_id)
        .order_by(sa.func.min(dispute.c.id))
        .limit(most)
    )
    documents = list(found.scalars())
    if documents:
        await connection.execute(
            sa.update(dispute)
            .where(dispute.c.announced.is_(False), dispute.c.document_id.in_(documents))
            .values(announced=True)
        )
        await touch_documents(connection, documents)
    return len(documents)


async def dispute_counts(
    connection: AsyncConnection, provision_ids: Sequence[str]
) -> dict[str, DisputeCount]:
    """How many disputes each of these labels had, by outcome; labels without one are left out."""
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for some in _in_pieces(provision_ids):
        rows = await connection.execute(
            sa.select(dispute.c.provision_id, dispute.c.state, sa.func.count())
            .where(dispute.c.provision_id.in_(some), dispute.c.similar_to.is_(None))
            .group_by(dispute.c.provision_id, dispute.c.state)
        )
        for provision_id, state, count in rows:
            counted[provision_id][state] = count
    return {one: DisputeCount(**states) for one, states in counted.items()}


async def public_decisions(
    connection: AsyncConnection, provision_ids: Sequence[str]
) -> dict[str, list[DecidedDispute]]:
    """The newest decided disputes of these labels, newest first; labels without one are left out."""
    found: dict[str, list[DecidedDispute]] = defaultdict(list)
    for some in _in_pieces(provision_ids):
        rows = await connection.execute(
            sa.select(dispute)
            .where(
                dispute.c.provision_id.in_(some),
                dispute.c.similar_to.is_(None),
                dispute.c.state != DisputeState.OPEN.value,
            )
            .order_by(dispute.c.decided_at.desc(), dispute.c.id.desc())
        )
        for row in rows:
            if len(found[row.provision_id]) < MOST_DECISIONS:
                found[row.provision_id].append(decided(row))
    return dict(found)


async def found_wrong(connection: AsyncConnection, provision_ids: Sequence[str]) -> set[str]:
    """Which of these labels were removed because a dispute found them wrong. One that was right until it was
    out of date is none of them."""
    found: set[str] = set()
    for some in _in_pieces(provision_ids):
        rows = await connection.execute(
            sa.select(dispute.c.provision_id)
            .distinct()
            .where(
                dispute.c.provision_id.in_(some),
                dispute.c.act == DisputeAct.REMOVE.value,
                dispute.c.state == DisputeState.UPHELD.value,
                dispute.c.reason != DisputeReason.OUTDATED.value,
                dispute.c.similar_to.is_(None),
            )
        )
        found.update(rows.scalars())
    return found


async def decisions_of_type(
    connection: AsyncConnection, clause_type: str, *, limit: int
) -> list[DecidedDispute]:
    """The newest decided disputes about labels of a clause type: how others were decided."""
    rows = await connection.execute(
        sa.select(dispute)
        .where(
            dispute.c.clause_type == clause_type,
            dispute.c.decided_at.is_not(None),
            dispute.c.similar_to.is_(None),
        )
        .order_by(dispute.c.decided_at.desc())
        .limit(limit)
    )
    return [decided(row) for row in rows]


@dataclass(frozen=True, slots=True)
class FollowedDispute:
    """A dispute with what its reporter is shown of the label."""

    dispute: StoredDispute
    document_title: str
    live: bool


async def dispute_with_token(connection: AsyncConnection, token: str) -> FollowedDispute | None:
    """The dispute of a private token, or None."""
    row = (
        await connection.execute(
            sa.select(dispute, document.c.title, provision.c.live)
            .join(document, document.c.id == dispute.c.document_id)
            .join(provision, provision.c.id == dispute.c.provision_id)
            .where(dispute.c.token_hash == digest(token))
        )
    ).one_or_none()
    return None if row is None else FollowedDispute(stored_dispute(row), row.title, row.live)


def stored_dispute(row: Any) -> StoredDispute:
    """From a row of the table."""
    return StoredDispute(
        id=row.id,
        provision_id=row.provision_id,
        document_id=row.document_id,
        clause_type=row.clause_type,
        severity=Severity(row.severity),
        method_version=row.method_version,
        reason=DisputeReason(row.reason),
        proposed_type=row.proposed_type,
        proposed_severity=None if row.proposed_severity is None else Severity(row.proposed_severity),
        comment=row.comment,
        contact=row.contact,
        created_at=moments.read(row.created_at),
        kind=row.kind,
        similar_to=row.similar_to,
        state=DisputeState(row.state),
        leased_by=row.leased_by,
        lease_until=moments.read_or_none(row.lease_until),
        decision=None if row.decided_at is None else decided(row),
    )


def decided(row: Any) -> DecidedDispute:
    """The public outcome in a row of the table."""
    return DecidedDispute(
        date=moments.read(row.decided_at).date().isoformat(),
        reason=row.reason,
        state=row.state,
        act=row.act,
        text=row.outcome_text,
    )


def _in_pieces(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    for start in range(0, len(ids), _MOST_IN_ONE):
        yield ids[start : start + _MOST_IN_ONE]
