"""What moderators and curators exchange with the server: queue, decisions, drafts, the audit."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from .action import Action
from .base import Model, Moment, ProvisionId, ShortText, Slug, Text
from .dispute import DecidedDispute, PublicReason
from .provision import Explanation, Provision, ProvisionRecord
from .quote import TextQuoteSelector
from .vocabulary import (
    Category,
    Confidence,
    DisputeAct,
    DisputeReason,
    DisputeState,
    EvidenceBasis,
    Severity,
)

EntityTag = Annotated[str, Field(pattern=r'^"[0-9a-f]{16}"$')]
"""The tag of a state, with its quotes: sent back as If-Match, so that two people do not overwrite each
other."""


class DisputeSummary(Model):
    """One dispute in the queue."""

    id: Annotated[int, Field(ge=1)]
    state: DisputeState
    reason: DisputeReason
    proposed_type: Slug | None = None
    proposed_severity: Severity | None = None
    comment: str | None = None
    contact: str | None = None
    """Only for those who may decide."""
    created_at: Moment
    similar: Annotated[int, Field(ge=0)]
    """Further open reports that say the same of this label."""
    leased_by: str | None = None
    """Who is deciding it at this moment."""
    lease_until: Moment | None = None
    provision: ProvisionId
    label: ShortText
    entity: ShortText
    document: ShortText


class DisputeQueue(Model):
    """Open disputes, oldest first."""

    disputes: list[DisputeSummary]
    open: Annotated[int, Field(ge=0)]
    """How many wait; those that repeat another are not counted."""
    next: str | None = None
    """Path of the next page."""


class DisputeCase(Model):
    """One dispute with everything that is needed to decide it."""

    dispute: DisputeSummary
    etag: EntityTag
    record: Provision
    """The label as it stands; of one that is no longer published, as it was."""
    live: bool
    decision: DecidedDispute | None = None
    earlier: list[DecidedDispute]
    """Decided disputes about this label, newest first."""
    precedents: list[DecidedDispute]
    """The newest decided disputes about labels of the same clause type."""


class DisputeDecision(Model):
    """What is decided. `keep` rejects the dispute; everything else upholds it."""

    act: DisputeAct
    text: PublicReason
    clause_type: Slug | None = None
    """For `retype`."""
    severity: Severity | None = None
    """For `severity`, and wherever it changes along."""
    explanation: Explanation | None = None
    """For `edit`."""
    similar: bool = True
    """Decide all open disputes that say the same of this label."""
    whole_label: bool = False
    """With `keep`: reject all open disputes about this label, whatever they say. `remove` answers all of them
    anyway."""

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> DisputeDecision:
        needed: dict[DisputeAct, tuple[str, Any]] = {
            DisputeAct.RETYPE: ("clause_type", self.clause_type),
            DisputeAct.SEVERITY: ("severity", self.severity),
            DisputeAct.EDIT: ("explanation", self.explanation),
        }
        name, value = needed.get(self.act, ("", True))
        if value is None:
            raise ValueError(f"{self.act} needs {name}")
        if self.whole_label and self.act not in (DisputeAct.KEEP, DisputeAct.REMOVE):
            raise ValueError("whole_label only goes with keep and remove")
        return self


class ProvisionDraft(Model):
    """What a curator may set of a record. What is absent comes from the knowledge of the clause type."""

    clause_type: Slug
    severity: Severity
    confidence: Confidence = Confidence.HIGH
    evidence_basis: EvidenceBasis = EvidenceBasis.EXPLICIT
    title: ShortText | None = None
    explanation: Explanation | None = None
    quote: TextQuoteSelector | None = None
    """The selected words. Absent: the label is about the whole document."""
    actions: Annotated[list[Action], Field(max_length=50)] | None = None
    summary: Text | None = None
    """What the change record says; without it, which fields changed."""


class ClauseTypeChoice(Model):
    """A kind of clause as a curator finds and chooses it."""

    id: Slug
    title: ShortText
    category: Category
    severity: Severity
    """The usual one; a record may differ."""
    severity_reason: Text
    definition: Text


class ClauseTypeChoices(Model):
    """Every kind of clause, by topic and title."""

    clause_types: list[ClauseTypeChoice]


class RuleBroken(Model):
    """A rule that a draft breaks."""

    rule: Slug
    field: str
    message: Text


class DraftCheck(Model):
    """What is wrong with a draft, and how the extension would show it."""

    violations: list[RuleBroken]
    preview: Provision | None = None
    """Absent while the draft cannot be shown."""


class CuratedProvision(Model):
    """A record as curators work on it."""

    record: ProvisionRecord
    etag: EntityTag
    live: bool
    preview: Provision


class RetireRequest(Model):
    """Takes a record out of what is published."""

    reason: Text


class MergeRequest(Model):
    """Retires a record in favour of another one of the same document."""

    into: ProvisionId
    into_etag: EntityTag
    reason: Text | None = None


class AuditEntry(Model):
    """Who did what, when."""

    id: Annotated[int, Field(ge=1)]
    at: Moment
    who: ShortText
    act: Slug
    subject: str
    body: dict[str, Any]


class AuditPage(Model):
    """One page of the audit, newest first."""

    entries: list[AuditEntry]
    next: str | None = None
