"""From a curator's draft to a record, with everything that the knowledge says about its kind of clause."""

from __future__ import annotations

import datetime as dt

from clauselight.analysis.records import action_for
from clauselight.contract.action import Action
from clauselight.contract.clause_type import ClauseType
from clauselight.contract.curation import ProvisionDraft
from clauselight.contract.document import Document
from clauselight.contract.history import ChangeRecord
from clauselight.contract.provision import Explanation, ProvisionRecord, RecordDates
from clauselight.contract.quote import Quote, TextPositionSelector
from clauselight.contract.vocabulary import ChangeKind, EvidenceBasis, Method
from clauselight.knowledge.clause_types import clause_types

from .evidence import Evidence

ADDED = "Added by a curator."


class UnknownClauseType(Exception):
    """The taxonomy has no such clause type."""


def known_type(identity: str) -> ClauseType:
    """A clause type. Raises UnknownClauseType."""
    found = clause_types().get(identity)
    if found is None:
        raise UnknownClauseType(identity)
    return found


def prefilled(clause_type: ClauseType, document: Document | None) -> ProvisionDraft:
    """A draft as the knowledge would write it; letters are filled in where the document is known."""
    return ProvisionDraft(
        clause_type=clause_type.id,
        severity=clause_type.severity,
        title=clause_type.title,
        explanation=explanation_of(clause_type),
        actions=None if document is None else actions_of(clause_type, "", document),
    )


def explanation_of(clause_type: ClauseType) -> Explanation:
    """What our texts say about a kind of clause."""
    return Explanation(
        what_it_is=clause_type.what_it_is,
        how_it_affects_you=clause_type.how_it_affects_you,
        why_it_matters=clause_type.why_it_matters,
        interpretive_note=clause_type.not_a_problem_when,
    )


def actions_of(clause_type: ClauseType, words: str, document: Document) -> list[Action]:
    """What usually helps, with letters that quote the clause."""
    return [action_for(action, words, document) for action in clause_type.actions]


def drafted_record(
    draft: ProvisionDraft,
    document: Document,
    evidence: Evidence,
    *,
    identity: str,
    today: dt.date,
    dates: RecordDates | None = None,
) -> ProvisionRecord:
    """The record that a draft describes, recorded by a person. `dates`: its history, when it has one.
    Raises UnknownClauseType, and ValidationError where its parts do not fit together."""
    clause_type = known_type(draft.clause_type)
    words = draft.quote.exact if draft.quote else ""
    position = evidence.position
    quote = draft.quote and Quote(
        selector=draft.quote,
        position=position and TextPositionSelector(start=position[0], end=position[1]),
        recorded=evidence.captured_on or today,
    )
    # What is about a whole document cannot be explicit language of it.
    basis = draft.evidence_basis if quote else EvidenceBasis.INFERRED
    return ProvisionRecord(
        id=identity,
        slug=clause_type.id,
        title=draft.title or clause_type.title,
        severity=draft.severity,
        confidence=draft.confidence,
        evidence_basis=basis,
        method=Method.CURATED,
        explanation=draft.explanation or explanation_of(clause_type),
        quote=quote,
        actions=actions_of(clause_type, words, document) if draft.actions is None else draft.actions,
        agencies=clause_type.agencies,
        regulations=clause_type.regulations,
        institutional=clause_type.institutional,
        provenance=evidence.provenance,
        document=document.id,
        clause_type=clause_type.id,
        history=dates or _new_dates(draft, today),
    )


def _new_dates(draft: ProvisionDraft, today: dt.date) -> RecordDates:
    return RecordDates(
        first_seen=today,
        last_seen=today,
        last_verified=today,
        changes=[
            ChangeRecord(
                date=today,
                kind=ChangeKind.ADDED,
                summary=draft.summary or ADDED,
                severity_to=draft.severity,
            )
        ],
    )
