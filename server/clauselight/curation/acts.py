"""What curators do: add, edit, confirm, merge and retire records."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.curation import MergeRequest, ProvisionDraft
from clauselight.contract.document import Document
from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.record_rules import RecordRefused, Violation
from clauselight.contract.vocabulary import ChangeKind, Method
from clauselight.store.documents import get_document, mark_analysed
from clauselight.store.ids import next_provision_ids
from clauselight.store.provision_state import StoredProvision
from clauselight.store.provisions import live_provisions
from clauselight.store.refused_labels import plain_words

from .changes import (
    Actor,
    Unknown,
    allow,
    changed,
    label_of,
    read_for_change,
    refuse,
    retire,
    save_change,
    words_of,
)
from .draft import drafted_record
from .evidence import Evidence, evidence_for, stored_facts

_SHOWN = (
    "clause_type",
    "severity",
    "confidence",
    "evidence_basis",
    "title",
    "explanation",
    "quote",
    "actions",
)
"""Fields of a record that a draft sets, for saying which changed."""


async def add_provision(
    connection: AsyncConnection, document_id: str, draft: ProvisionDraft, actor: Actor
) -> StoredProvision:
    """A new record. Raises Unknown, UnknownClauseType, RecordRefused, NoIdsLeft."""
    document = await document_with(connection, document_id)
    evidence = await evidence_for(connection, document, draft.quote, actor.moment)
    (identity,) = await next_provision_ids(connection, 1)
    record = drafted_record(draft, document, evidence, identity=identity, today=actor.today)
    await _refuse_twins(connection, record)
    body = {"after": label_of(record), "words": words_of(record)}
    await save_change(connection, record, evidence.facts, actor, act="add", body=body)
    await allow(connection, record)
    if document.analysed_at is None:
        await mark_analysed(connection, document_id, actor.moment)
    return await read_for_change(connection, record.id, None)


async def edit_provision(
    connection: AsyncConnection, provision_id: str, draft: ProvisionDraft, actor: Actor, etag: str | None
) -> StoredProvision:
    """Set everything that a draft says; what it leaves out comes from the knowledge. A record that nothing
    changed stays as it is. Raises Unknown, Conflict, UnknownClauseType, RecordRefused."""
    stored = await read_for_change(connection, provision_id, etag)
    record, evidence = await edited(connection, stored.record, draft, actor)
    fields = [name for name in _SHOWN if getattr(record, name) != getattr(stored.record, name)]
    if not fields and record.method is stored.record.method and stored.live:
        return stored
    await _refuse_twins(connection, record)
    if {"clause_type", "quote"} & set(fields):
        await refuse(connection, stored.record, actor)
    body = {"fields": fields, "before": label_of(stored.record), "after": label_of(record)}
    await save_change(connection, record, evidence.facts, actor, act="edit", body=body)
    await allow(connection, record)
    return await read_for_change(connection, record.id, None)


async def edited(
    connection: AsyncConnection, before: ProvisionRecord, draft: ProvisionDraft, actor: Actor
) -> tuple[ProvisionRecord, Evidence]:
    """What a draft makes of a record, and its evidence: that of before, unless the words changed."""
    document = await document_with(connection, before.document)
    if draft.quote is not None and before.quote is not None and draft.quote == before.quote.selector:
        facts = await stored_facts(connection, before)
        evidence = Evidence(before.provenance, facts, before.quote.recorded)
    else:
        evidence = await evidence_for(connection, document, draft.quote, actor.moment)
    drafted = drafted_record(
        draft, document, evidence, identity=before.id, today=actor.today, dates=before.history
    )
    fields: dict[str, Any] = {
        name: getattr(drafted, name)
        for name in type(drafted).model_fields
        if name not in ("id", "document", "history")
    }
    if before.quote is not None and draft.quote == before.quote.selector:
        fields["quote"] = before.quote
    names = ", ".join(name.replace("_", " ") for name in _SHOWN if fields.get(name) != getattr(before, name))
    summary = draft.summary or (f"Edited by a curator: {names}." if names else "Confirmed by a curator.")
    return changed(before, actor, kind=ChangeKind.MODIFIED, summary=summary, **fields), evidence


async def confirm_provision(
    connection: AsyncConnection, provision_id: str, actor: Actor, etag: str | None
) -> StoredProvision:
    """A person says that an automatic label is right: it becomes curated. A curated one stays as it is.
    Raises Unknown, Conflict, RecordRefused."""
    stored = await read_for_change(connection, provision_id, etag)
    if stored.record.method is not Method.AUTOMATIC and stored.live:
        return stored
    record = changed(
        stored.record, actor, kind=ChangeKind.VERIFIED, summary="Read and confirmed by a curator."
    )
    body = {"before": label_of(stored.record), "words": words_of(record)}
    facts = await stored_facts(connection, record)
    await save_change(connection, record, facts, actor, act="confirm", body=body)
    await allow(connection, record)
    return await read_for_change(connection, record.id, None)


async def retire_provision(
    connection: AsyncConnection, provision_id: str, reason: str, actor: Actor, etag: str | None
) -> StoredProvision:
    """Take a record out of what is published. Raises Unknown, Conflict."""
    stored = await read_for_change(connection, provision_id, etag)
    if stored.live:
        await retire(
            connection, stored.record, actor, act="retire", summary=f"Retired by a curator: {reason}"
        )
    return await read_for_change(connection, provision_id, None)


async def merge_provisions(
    connection: AsyncConnection, provision_id: str, merge: MergeRequest, actor: Actor, etag: str | None
) -> StoredProvision:
    """Retire a record in favour of another of the same document, which takes over how long the clause is
    known. Raises Unknown, Conflict, RecordRefused; returns the one that stays."""
    gone = await read_for_change(connection, provision_id, etag)
    into = await read_for_change(connection, merge.into, merge.into_etag)
    if gone.record.document != into.record.document or provision_id == merge.into or not into.live:
        wrong = Violation("merge-within-document", "into", "is no other live record of the same document")
        raise RecordRefused(provision_id, [wrong])
    why = f" {merge.reason}" if merge.reason else ""
    if gone.live:
        await retire(
            connection,
            gone.record,
            actor,
            act="merge",
            summary=f"Merged into {merge.into} by a curator.{why}",
        )
    first = min(gone.record.history.first_seen, into.record.history.first_seen)
    record = changed(
        into.record,
        actor,
        kind=ChangeKind.VERIFIED,
        summary=f"{provision_id} was merged into this record.{why}",
    )
    record = record.model_copy(update={"history": record.history.model_copy(update={"first_seen": first})})
    facts = await stored_facts(connection, record)
    await save_change(
        connection, record, facts, actor, act="merge", body={"took": provision_id, "after": label_of(record)}
    )
    return await read_for_change(connection, record.id, None)


async def document_with(connection: AsyncConnection, document_id: str) -> Document:
    """A document. Raises Unknown."""
    found = await get_document(connection, document_id)
    if found is None:
        raise Unknown(document_id)
    return found


async def twins(connection: AsyncConnection, record: ProvisionRecord) -> list[Violation]:
    """One clause is recorded once: other live records of the document with the same type and words."""
    words = plain_words(words_of(record))
    others = await live_provisions(connection, document_ids=[record.document])
    return [
        Violation(
            "clause-recorded-once", "quote", f"{other.id} holds the same words as the same kind of clause"
        )
        for other in others
        if other.id != record.id
        and other.clause_type == record.clause_type
        and plain_words(words_of(other)) == words
    ]


async def _refuse_twins(connection: AsyncConnection, record: ProvisionRecord) -> None:
    if found := await twins(connection, record):
        raise RecordRefused(record.id, found)
