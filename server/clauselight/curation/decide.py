"""Decisions of disputes. One changes the label that was disputed, and no other."""

from __future__ import annotations

import hashlib

from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.curation import DisputeDecision
from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.record_rules import RecordRefused, Violation
from clauselight.contract.vocabulary import ChangeKind, DisputeAct, DisputeState, EvidenceBasis, Method
from clauselight.store.audit import note_act
from clauselight.store.dispute_queue import Closing, Queued, close_disputes, held_by_other, queued_dispute
from clauselight.store.provision_state import StoredProvision, stored_provision
from clauselight.store.revisions import touch_documents

from .acts import document_with, twins
from .changes import (
    Actor,
    Conflict,
    Unknown,
    allow,
    changed,
    label_of,
    record_etag,
    refuse,
    retire,
    save_change,
    words_of,
)
from .draft import actions_of, explanation_of, known_type
from .evidence import stored_facts


class Held(Exception):
    """Somebody else is at work on the dispute; the text is their name."""


class Decided(Exception):
    """The dispute is decided already."""


def case_etag(queued: Queued, stored: StoredProvision) -> str:
    """The tag of what a moderator decides on: the dispute's state and the label as it stands."""
    said = f"{queued.dispute.id} {queued.dispute.state} {record_etag(stored)}"
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:16]}"'


async def decide(
    connection: AsyncConnection,
    dispute_id: int,
    decision: DisputeDecision,
    actor: Actor,
    etag: str | None,
    *,
    together: bool = False,
) -> int:
    """Decide a dispute; returns how many were answered with it. To be called in a transaction that writes
    alone. `together`: rejected with many others, and nobody read the clause: the label is not confirmed by
    it, and nothing is learned from it. Raises Unknown, Decided, Held, Conflict, UnknownClauseType,
    RecordRefused."""
    if together and decision.act is not DisputeAct.KEEP:
        raise ValueError("disputes are only rejected together")
    queued = await queued_dispute(connection, dispute_id)
    stored = await stored_provision(connection, queued.dispute.provision_id) if queued else None
    if queued is None or stored is None:
        raise Unknown(str(dispute_id))
    if queued.dispute.state is not DisputeState.OPEN:
        raise Decided
    if held_by_other(queued, actor.who, actor.moment):
        raise Held(queued.dispute.leased_by)
    present = case_etag(queued, stored)
    if etag is not None and etag != present:
        raise Conflict(present)
    before = stored.record
    after = before if together else await _act(connection, stored, decision, actor)
    noted = {
        "before": label_of(before),
        "after": None if after is None else label_of(after),
        "words": words_of(before),
        **({"together": True} if together else {}),
    }
    closing = Closing(decision.act, decision.text, actor.who, actor.moment, noted)
    closed = await close_disputes(
        connection,
        queued.dispute,
        closing,
        similar=decision.similar,
        whole_label=decision.whole_label,
    )
    rejected = decision.act is DisputeAct.KEEP
    await note_act(
        connection,
        who=actor.who,
        act="reject" if rejected else "uphold",
        subject=f"dispute-{dispute_id}",
        body={
            "provision": before.id,
            "act": decision.act.value,
            "reason": queued.dispute.reason.value,
            "text": decision.text,
            "answered": closed,
            **({"together": True} if together else {}),
        },
        at=actor.moment,
    )
    await touch_documents(connection, [before.document])
    return closed


async def _act(
    connection: AsyncConnection, stored: StoredProvision, decision: DisputeDecision, actor: Actor
) -> ProvisionRecord | None:
    """Do to the label what was decided; returns it as it is from now on, None when it is gone."""
    record = stored.record
    if not stored.live:
        # It went meanwhile: nothing is left to change, and the reporter is answered all the same.
        return None
    if decision.act is DisputeAct.REMOVE:
        await retire(
            connection, record, actor, act="remove", summary=f"Removed after a dispute: {decision.text}"
        )
        return None
    if decision.act is DisputeAct.KEEP:
        return await _keep(connection, record, decision, actor)
    after = await decided_record(connection, record, decision, actor)
    if found := await twins(connection, after):
        raise RecordRefused(record.id, found)
    if after.clause_type != record.clause_type:
        await refuse(connection, record, actor)
    facts = await stored_facts(connection, after)
    body = {"before": label_of(record), "after": label_of(after)}
    await save_change(connection, after, facts, actor, act=decision.act.value, body=body)
    await allow(connection, after)
    return after


async def _keep(
    connection: AsyncConnection, record: ProvisionRecord, decision: DisputeDecision, actor: Actor
) -> ProvisionRecord:
    """A rejected dispute leaves a curated label as it is; an automatic one has now been read by a person."""
    if record.method is not Method.AUTOMATIC:
        return record
    summary = f"Disputed, read and confirmed: {decision.text}"
    after = changed(record, actor, kind=ChangeKind.VERIFIED, summary=summary)
    facts = await stored_facts(connection, after)
    await save_change(connection, after, facts, actor, act="confirm", body={"before": label_of(record)})
    await allow(connection, after)
    return after


async def decided_record(
    connection: AsyncConnection, record: ProvisionRecord, decision: DisputeDecision, actor: Actor
) -> ProvisionRecord:
    """The record that an upheld dispute leaves. Raises UnknownClauseType, and RecordRefused when nothing
    changes."""
    if decision.act is DisputeAct.RETYPE:
        return await _retyped(connection, record, decision, actor)
    if decision.act is DisputeAct.SEVERITY:
        severity = decision.severity or record.severity
        if severity is record.severity:
            raise _unchanged(record, "severity", f"the severity is {severity} already")
        summary = f"Severity changed from {record.severity} to {severity} after a dispute: {decision.text}"
        return changed(record, actor, kind=ChangeKind.MODIFIED, summary=summary, severity=severity)
    explanation = decision.explanation or record.explanation
    severity = decision.severity or record.severity
    if explanation == record.explanation and severity is record.severity:
        raise _unchanged(record, "explanation", "the explanation is the same")
    summary = f"Explanation changed after a dispute: {decision.text}"
    return changed(
        record, actor, kind=ChangeKind.MODIFIED, summary=summary, explanation=explanation, severity=severity
    )


async def _retyped(
    connection: AsyncConnection, record: ProvisionRecord, decision: DisputeDecision, actor: Actor
) -> ProvisionRecord:
    clause_type = known_type(decision.clause_type or "")
    if clause_type.id == record.clause_type:
        raise _unchanged(record, "clause_type", "the label names this kind of clause already")
    document = await document_with(connection, record.document)
    return changed(
        record,
        actor,
        kind=ChangeKind.MODIFIED,
        summary=f"Taken for {clause_type.title} instead of {record.title} after a dispute: {decision.text}",
        clause_type=clause_type.id,
        slug=clause_type.id,
        title=clause_type.title,
        severity=decision.severity or clause_type.severity,
        explanation=decision.explanation or explanation_of(clause_type),
        actions=actions_of(clause_type, words_of(record), document),
        agencies=clause_type.agencies,
        regulations=clause_type.regulations,
        institutional=clause_type.institutional,
        evidence_basis=EvidenceBasis.EXPLICIT if record.quote else EvidenceBasis.INFERRED,
    )


def _unchanged(record: ProvisionRecord, field: str, sentence: str) -> RecordRefused:
    return RecordRefused(record.id, [Violation("decision-changes-something", field, sentence)])
