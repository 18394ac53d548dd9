"""What a moderator sees of disputes: the queue, and one case with everything that is needed to decide it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.curation import DisputeCase, DisputeQueue, DisputeSummary
from clauselight.curation.changes import Unknown
from clauselight.curation.check import preview_of
from clauselight.curation.decide import case_etag
from clauselight.knowledge.clause_types import clause_types
from clauselight.publication.compose import Site
from clauselight.store.dispute_queue import Queued, count_open, open_disputes, queued_dispute
from clauselight.store.disputes import decisions_of_type, dispute_counts, public_decisions
from clauselight.store.provision_state import stored_provision
from clauselight.store.tokens import Scope

from .who import Who

MOST_PRECEDENTS = 5
"""Decisions about the same kind of clause that a case shows."""


async def queue(
    connection: AsyncConnection, reader: Who, *, after: int, limit: int, document_id: str | None
) -> DisputeQueue:
    """One page of the queue."""
    found = await open_disputes(connection, after=after, limit=limit + 1, document_id=document_id)
    shown, more = found[:limit], len(found) > limit
    only = f"&document={document_id}" if document_id else ""
    return DisputeQueue(
        disputes=[summary(one, reader) for one in shown],
        open=await count_open(connection),
        next=f"/v1/admin/disputes?after={shown[-1].dispute.id}&limit={limit}{only}" if more else None,
    )


def summary(queued: Queued, reader: Who) -> DisputeSummary:
    """One dispute for somebody who may read it; a contact only for who may decide."""
    one = queued.dispute
    known = clause_types().get(one.clause_type)
    return DisputeSummary(
        id=one.id,
        state=one.state,
        reason=one.reason,
        proposed_type=one.proposed_type,
        proposed_severity=one.proposed_severity,
        comment=one.comment,
        contact=one.contact if reader.scope.allows(Scope.DISPUTE) else None,
        created_at=one.created_at,
        similar=queued.similar,
        leased_by=one.leased_by,
        lease_until=one.lease_until,
        provision=one.provision_id,
        label=known.title if known else one.clause_type,
        entity=queued.entity,
        document=queued.document,
    )


async def etag_of_case(connection: AsyncConnection, dispute_id: int) -> str | None:
    """The tag that a decision of a dispute needs; None for an unknown number."""
    queued = await queued_dispute(connection, dispute_id)
    stored = await stored_provision(connection, queued.dispute.provision_id) if queued else None
    return None if queued is None or stored is None else case_etag(queued, stored)


async def case(
    connection: AsyncConnection, site: Site, reader: Who, dispute_id: int, landscape: dict[str, Any] | None
) -> DisputeCase:
    """One dispute with its label. Raises Unknown."""
    queued = await queued_dispute(connection, dispute_id)
    stored = await stored_provision(connection, queued.dispute.provision_id) if queued else None
    if queued is None or stored is None:
        raise Unknown(str(dispute_id))
    identity = stored.record.id
    record = await preview_of(connection, site, stored.record, landscape)
    counts = await dispute_counts(connection, [identity])
    earlier = (await public_decisions(connection, [identity])).get(identity, [])
    update = {"decisions": earlier} | ({"disputes": counts[identity]} if identity in counts else {})
    return DisputeCase(
        dispute=summary(queued, reader),
        etag=case_etag(queued, stored),
        record=record.model_copy(update=update),
        live=stored.live,
        decision=queued.dispute.decision,
        earlier=earlier,
        precedents=await decisions_of_type(connection, stored.record.clause_type, limit=MOST_PRECEDENTS),
    )
