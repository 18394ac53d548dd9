"""The live lint of a draft, and its preview: the record as the extension will show it."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.curation import DraftCheck, ProvisionDraft, RuleBroken
from clauselight.contract.provision import Provision, ProvisionRecord
from clauselight.contract.record_rules import SnapshotFacts, Violation, check_record
from clauselight.publication.compose import Site, compose_provisional
from clauselight.publication.landscape import current_landscape
from clauselight.store.provision_state import stored_provision
from clauselight.store.provisions import live_provisions

from .acts import document_with, edited, twins
from .changes import Actor, Unknown
from .draft import UnknownClauseType, drafted_record
from .evidence import evidence_for

UNSAVED = "CL-P-999999"
"""Id of a draft in its preview; the last one that an archive would give."""


async def check_draft(
    connection: AsyncConnection,
    site: Site,
    draft: ProvisionDraft,
    actor: Actor,
    *,
    document_id: str | None = None,
    provision_id: str | None = None,
    landscape: dict[str, Any] | None = None,
) -> DraftCheck:
    """Every rule that a draft would break, for a new record of a document or for an edit of a record, and
    how it would be published. Nothing is written. Raises Unknown."""
    try:
        record, facts = await _record(connection, draft, actor, document_id, provision_id)
    except UnknownClauseType:
        return _broken([Violation("clause-type-known", "clause_type", "is no clause type of the taxonomy")])
    except ValidationError as wrong:
        return _broken(
            [
                Violation("shape", ".".join(map(str, error["loc"])) or "draft", error["msg"])
                for error in wrong.errors(include_url=False, include_input=False, include_context=False)
            ]
        )
    violations = [
        *check_record(record, today=actor.today, snapshot=facts),
        *await twins(connection, record),
    ]
    preview = await preview_of(connection, site, record, landscape)
    return _broken(violations).model_copy(update={"preview": preview})


async def _record(
    connection: AsyncConnection,
    draft: ProvisionDraft,
    actor: Actor,
    document_id: str | None,
    provision_id: str | None,
) -> tuple[ProvisionRecord, SnapshotFacts | None]:
    if provision_id is not None:
        stored = await stored_provision(connection, provision_id)
        if stored is None:
            raise Unknown(provision_id)
        record, evidence = await edited(connection, stored.record, draft, actor)
        return record, evidence.facts
    document = await document_with(connection, document_id or "")
    evidence = await evidence_for(connection, document, draft.quote, actor.moment)
    return drafted_record(draft, document, evidence, identity=UNSAVED, today=actor.today), evidence.facts


async def preview_of(
    connection: AsyncConnection, site: Site, record: ProvisionRecord, landscape: dict[str, Any] | None
) -> Provision:
    """A record as readers would get it, among the others of its document."""
    document = await document_with(connection, record.document)
    others = await live_provisions(connection, document_ids=[document.id])
    records = [record, *(other for other in others if other.id != record.id)]
    counted = await current_landscape(connection, landscape)
    composed = await compose_provisional(connection, site, document, records, counted)
    return next(one for one in composed.provisions if one.id == record.id)


def _broken(violations: list[Violation]) -> DraftCheck:
    return DraftCheck(
        violations=[RuleBroken(rule=one.rule, field=one.field, message=one.message) for one in violations]
    )
