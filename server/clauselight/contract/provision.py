"""One clause found in one document: the record that people see (DESIGN.md section 2)."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field, model_validator

from .action import Action
from .base import (
    NOT_KEPT,
    Day,
    DocumentId,
    HttpsUrl,
    Model,
    Permalink,
    ProvisionId,
    ShortText,
    Slug,
    Text,
    distinct,
)
from .citation import Citation
from .dispute import MOST_DECISIONS, DecidedDispute
from .document import KEPT_ID, Entity
from .history import ChangeRecord, History, Provenance
from .law import Agency, InstitutionalAnalysis, Regulation
from .quote import Quote
from .vocabulary import Category, Confidence, EvidenceBasis, Method, Severity

EXPLICIT_NEEDS_QUOTE: dict[str, Any] = {
    "if": {
        "properties": {"evidence_basis": {"const": EvidenceBasis.EXPLICIT.value}},
        "required": ["evidence_basis"],
    },
    "then": {"required": ["quote"], "properties": {"quote": {"not": {"type": "null"}}}},
}
"""JSON Schema form of the rule that explicit document language needs a quote."""

_NOT_NULL: dict[str, Any] = {"not": {"type": "null"}}

AUTOMATIC_SAYS_HOW: dict[str, Any] = {
    "if": {"properties": {"method": {"const": Method.AUTOMATIC.value}}, "required": ["method"]},
    "then": {
        "required": ["automatic", "method_version"],
        "properties": {"automatic": _NOT_NULL, "method_version": _NOT_NULL},
    },
    "else": {"properties": {"automatic": {"type": "null"}, "method_version": {"type": "null"}}},
}
"""JSON Schema form of the rule that an automatic label, and no other, says how it came about."""

KEPT_HAS_SOURCE: dict[str, Any] = {
    "if": {"properties": {"id": KEPT_ID}, "required": ["id"]},
    "then": {
        "properties": {
            "provenance": {
                "type": "object",
                "required": ["source_url"],
                "properties": {"source_url": _NOT_NULL},
            }
        }
    },
}
"""JSON Schema form of the rule that a record of an archive names the address of its words."""

MOST_WORDS = 8
"""Words that an automatic label names as having decided; more are not read."""


class Explanation(Model):
    """What a person needs to understand."""

    what_it_is: Text
    how_it_affects_you: Text
    why_it_matters: Text
    interpretive_note: Text | None = None
    """Where reasonable readers may differ, or what we could not check."""


class DocumentRef(Model):
    """The document a record belongs to."""

    id: DocumentId
    title: ShortText


class ClauseTypeRef(Model):
    """The kind of clause."""

    id: Slug
    title: ShortText


class AutomaticLabel(Model):
    """How the classifier came to a label: what the card shows as "why this label"."""

    probability: Annotated[float, Field(ge=0, le=1)]
    """Calibrated: of the labels with this probability, so many are right."""
    words: Annotated[list[ShortText], Field(max_length=MOST_WORDS)]
    """The words of the clause that decided, in their order, spelled as in the quote."""
    highlight: bool
    """Whether the classifier takes the clause to be worth marking on the page."""


class Label(Model):
    """What is common to the stored and the published form of a provision."""

    model_config = ConfigDict(
        json_schema_extra={"allOf": [EXPLICIT_NEEDS_QUOTE, AUTOMATIC_SAYS_HOW, KEPT_HAS_SOURCE]}
    )

    id: ProvisionId
    slug: Slug
    title: ShortText
    severity: Severity
    confidence: Confidence
    evidence_basis: EvidenceBasis
    method: Method
    method_version: ShortText | None = None
    """The classifier's version; present exactly when the method is automatic."""
    automatic: AutomaticLabel | None = None
    """Present exactly when the method is automatic."""
    explanation: Explanation
    quote: Quote | None = None
    actions: list[Action]
    agencies: Annotated[list[Agency], *distinct()]
    regulations: Annotated[list[Regulation], *distinct()]
    institutional: InstitutionalAnalysis
    provenance: Provenance

    @model_validator(mode="after")
    def _explicit_needs_quote(self) -> Label:
        if self.evidence_basis is EvidenceBasis.EXPLICIT and self.quote is None:
            raise ValueError("evidence basis explicit_document_language needs a quote")
        return self

    @model_validator(mode="after")
    def _automatic_says_how(self) -> Label:
        if self.method is Method.AUTOMATIC:
            if self.automatic is None or self.method_version is None:
                raise ValueError("an automatic label needs automatic and method_version")
        elif self.automatic is not None or self.method_version is not None:
            raise ValueError("only an automatic label has automatic and method_version")
        return self

    @model_validator(mode="after")
    def _kept_has_source(self) -> Label:
        if self.provenance.source_url is None and not self.id.startswith(NOT_KEPT):
            raise ValueError("a record of the archive needs provenance.source_url")
        return self

    @property
    def source(self) -> str:
        """Address of the words of a record that an archive holds, which always has one."""
        assert self.provenance.source_url is not None, "only what is not kept may lack an address"
        return self.provenance.source_url


class RecordDates(Model):
    """The dates and change records that a stored provision carries; the rest of its history is computed."""

    first_seen: Day
    last_seen: Day
    last_verified: Day
    changes: Annotated[list[ChangeRecord], Field(min_length=1)]


class ProvisionRecord(Label):
    """A provision as it is stored and curated: facts only, nothing that can be counted."""

    document: DocumentId
    clause_type: Slug
    history: RecordDates


class PeerExample(Model):
    """How another entity words the same type of clause."""

    provision: ProvisionId
    entity: ShortText
    document: ShortText
    severity: Severity
    quote: Text
    url: HttpsUrl


class Prevalence(Model):
    """Entities with a live provision of this type, of entities with an analysed document."""

    entities_with: Annotated[int, Field(ge=0)]
    entities_tracked: Annotated[int, Field(ge=1)]


class ProvisionRef(Model):
    """Another provision of the same document."""

    id: ProvisionId
    title: ShortText
    severity: Severity


class ProvisionContext(Model):
    """How the clause stands among others; all of it counted from the archive."""

    examples: Annotated[list[PeerExample], Field(max_length=5)]
    prevalence: Prevalence
    siblings: list[ProvisionRef]


class DisputeCount(Model):
    """Reports that the label is wrong, by their outcome."""

    open: Annotated[int, Field(ge=0)] = 0
    upheld: Annotated[int, Field(ge=0)] = 0
    rejected: Annotated[int, Field(ge=0)] = 0


class Provision(Label):
    """A provision as readers get it: the stored record with everything computed from the archive."""

    permalink: Permalink
    entity: Entity
    document: DocumentRef
    clause_type: ClauseTypeRef
    categories: Annotated[list[Category], *distinct(1)]
    context: ProvisionContext
    history: History
    citation: Citation
    disputes: DisputeCount
    decisions: Annotated[list[DecidedDispute], Field(max_length=MOST_DECISIONS)] = []
    """Decided disputes about this label, newest first."""
