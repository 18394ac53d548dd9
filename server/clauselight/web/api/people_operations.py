"""Calls for reporters, moderators and curators, as data."""

from __future__ import annotations

from typing import Any, Final

from clauselight.contract.curation import (
    AuditPage,
    ClauseTypeChoices,
    CuratedProvision,
    DisputeCase,
    DisputeDecision,
    DisputeQueue,
    DraftCheck,
    MergeRequest,
    ProvisionDraft,
    RetireRequest,
)
from clauselight.contract.dispute import DisputeAnswer, DisputeRequest, DisputeStatus
from clauselight.store.tokens import Scope

from .operation import Operation, Parameter

_EXAMPLE_TOKEN: Final = "q3kPq0m0dY8yqk0b3mJm1mX4v9Wq7c2nq1cQb0aW1Zs"  # noqa: S105 - of no dispute

_TOKEN = Parameter(
    "token",
    "path",
    "The private token that the answer to the dispute held.",
    {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"},
    _EXAMPLE_TOKEN,
)
_DISPUTE = Parameter("id", "path", "Number of the dispute.", {"type": "integer", "minimum": 1}, "1")
_PROVISION = Parameter(
    "id", "path", "The provision's id.", {"type": "string", "pattern": "^CL-P-[0-9]{6}$"}, "CL-P-000001"
)
_DOCUMENT = Parameter(
    "id", "path", "The document's id.", {"type": "string", "pattern": "^CL-D-[0-9]{6}$"}, "CL-D-000001"
)
_TYPE = Parameter(
    "id", "path", "The clause type's id.", {"type": "string", "pattern": "^[a-z0-9-]+$"}, "data-sale"
)

_DENIED = ("token-needed", "token-refused", "scope-needed", "too-many-attempts", "cross-site")
_BODY = ("bad-body", "unsupported-media-type", "request-too-large")
_STATE = ("precondition-needed", "changed-meanwhile")
_DRAFT: dict[str, Any] = {
    "clause_type": "data-sale",
    "severity": "high",
    "quote": {"exact": "We may sell your information.", "prefix": "", "suffix": ""},
}


def _limit(default: int) -> Parameter:
    schema = {"type": "integer", "minimum": 1, "maximum": 100, "default": default}
    return Parameter("limit", "query", "How many.", schema, str(default))


PEOPLE_OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "/v1/disputes",
        "Report that a label is wrong",
        "Needs no token and no account. The answer comes when the dispute is on disk, and holds a private "
        "token to follow it by, which is shown this once. Comment and contact are read by those who decide "
        "and are never published. No address is kept. However many arrive, none is refused for that: those "
        "that only repeat others are kept with them and count as one (similar).",
        DisputeAnswer,
        problems=(*_BODY, "unknown-provision", "disputes-busy", "cross-site"),
        method="POST",
        body=DisputeRequest,
        example={
            "provision": "CL-P-000001",
            "reason": "wrong-severity",
            "proposed_severity": "medium",
            "comment": "The clause leaves out what users mark as private.",
        },
    ),
    Operation(
        "/v1/disputes/{token}",
        "State of a dispute",
        "For whoever has its private token.",
        DisputeStatus,
        (_TOKEN,),
        ("unknown-dispute",),
    ),
    Operation(
        "/v1/admin/disputes",
        "Queue of disputes",
        "Open disputes, oldest first, without those that repeat another.",
        DisputeQueue,
        (
            Parameter(
                "after", "query", "Only those with a higher number.", {"type": "integer", "minimum": 0}, "0"
            ),
            _limit(20),
            Parameter(
                "document",
                "query",
                "Only those of a document.",
                {"type": "string", "pattern": "^CL-D-[0-9]{6}$"},
                "CL-D-000001",
            ),
        ),
        (*_DENIED, "bad-parameter"),
        scope=Scope.READ,
    ),
    Operation(
        "/v1/admin/disputes/{id}",
        "One dispute",
        "With its label, how earlier ones about it were decided, and the entity tag that a decision needs.",
        DisputeCase,
        (_DISPUTE,),
        (*_DENIED, "unknown-dispute"),
        scope=Scope.READ,
    ),
    Operation(
        "/v1/admin/disputes/{id}/lease",
        "Take a dispute",
        "For five minutes nobody else can decide it.",
        DisputeCase,
        (_DISPUTE,),
        (*_DENIED, "unknown-dispute", "dispute-held", "dispute-decided"),
        method="POST",
        scope=Scope.DISPUTE,
    ),
    Operation(
        "/v1/admin/disputes/{id}/decision",
        "Decide a dispute",
        "keep rejects it; remove, retype, severity and edit uphold it and change that one label. An "
        "automatic label becomes a curated one. With similar, all open disputes that say the same of it "
        "are answered.",
        DisputeCase,
        (_DISPUTE,),
        (
            *_DENIED,
            *_BODY,
            *_STATE,
            "unknown-dispute",
            "unknown-clause-type",
            "dispute-held",
            "dispute-decided",
            "rules-broken",
        ),
        method="POST",
        body=DisputeDecision,
        example={"act": "severity", "severity": "medium", "text": "Private content is left out."},
        scope=Scope.DISPUTE,
        if_match=True,
    ),
    Operation(
        "/v1/admin/clause-types",
        "Kinds of clauses to choose from",
        "All of them, by topic and title, with what each is and its usual severity.",
        ClauseTypeChoices,
        (),
        _DENIED,
        scope=Scope.CURATE,
    ),
    Operation(
        "/v1/admin/clause-types/{id}/draft",
        "A draft of a kind of clause",
        "What the knowledge says about it, for a curator to begin with.",
        ProvisionDraft,
        (
            _TYPE,
            Parameter(
                "document",
                "query",
                "The document it is for, whose names letters take.",
                {"type": "string", "pattern": "^CL-D-[0-9]{6}$"},
                "CL-D-000001",
            ),
        ),
        (*_DENIED, "unknown-clause-type", "unknown-document"),
        scope=Scope.CURATE,
    ),
    Operation(
        "/v1/admin/documents/{id}/provisions",
        "Add a record",
        "From words that stand in the newest snapshot of the document.",
        CuratedProvision,
        (_DOCUMENT,),
        (*_DENIED, *_BODY, "unknown-document", "unknown-clause-type", "rules-broken", "archive-full"),
        method="POST",
        body=ProvisionDraft,
        example=_DRAFT,
        scope=Scope.CURATE,
    ),
    Operation(
        "/v1/admin/documents/{id}/provisions/lint",
        "Check a new record",
        "Every rule that it would break, and how it would be shown. Nothing is written.",
        DraftCheck,
        (_DOCUMENT,),
        (*_DENIED, *_BODY, "unknown-document"),
        method="POST",
        body=ProvisionDraft,
        example=_DRAFT,
        scope=Scope.CURATE,
    ),
    Operation(
        "/v1/admin/provisions/{id}",
        "A record as it is stored",
        "Published or not, with its entity tag.",
        CuratedProvision,
        (_PROVISION,),
        (*_DENIED, "unknown-provision"),
        scope=Scope.READ,
    ),
    Operation(
        "/v1/admin/provisions/{id}",
        "Edit a record",
        "Sets everything that the draft says; what it leaves out comes from the knowledge. The record "
        "becomes a curated one, and published.",
        CuratedProvision,
        (_PROVISION,),
        (*_DENIED, *_BODY, *_STATE, "unknown-provision", "unknown-clause-type", "rules-broken"),
        method="PUT",
        body=ProvisionDraft,
        example=_DRAFT,
        scope=Scope.CURATE,
        if_match=True,
    ),
    Operation(
        "/v1/admin/provisions/{id}",
        "Retire a record",
        "Takes it out of what is published. A later analysis does not bring it back.",
        CuratedProvision,
        (_PROVISION,),
        (*_DENIED, *_BODY, *_STATE, "unknown-provision"),
        method="DELETE",
        body=RetireRequest,
        example={"reason": "The clause is about business customers only."},
        scope=Scope.CURATE,
        if_match=True,
    ),
    Operation(
        "/v1/admin/provisions/{id}/lint",
        "Check an edit",
        "Every rule that it would break, and how it would be shown. Nothing is written.",
        DraftCheck,
        (_PROVISION,),
        (*_DENIED, *_BODY, "unknown-provision"),
        method="POST",
        body=ProvisionDraft,
        example=_DRAFT,
        scope=Scope.CURATE,
    ),
    Operation(
        "/v1/admin/provisions/{id}/confirm",
        "Confirm an automatic label",
        "A person has read the clause: the record becomes a curated one.",
        CuratedProvision,
        (_PROVISION,),
        (*_DENIED, *_STATE, "unknown-provision", "rules-broken"),
        method="POST",
        scope=Scope.CURATE,
        if_match=True,
    ),
    Operation(
        "/v1/admin/provisions/{id}/merge",
        "Merge a record into another",
        "Retires it in favour of another of the same document; answers with the one that stays.",
        CuratedProvision,
        (_PROVISION,),
        (*_DENIED, *_BODY, *_STATE, "unknown-provision", "rules-broken"),
        method="POST",
        body=MergeRequest,
        example={"into": "CL-P-000002", "into_etag": '"0123456789abcdef"'},
        scope=Scope.CURATE,
        if_match=True,
    ),
    Operation(
        "/v1/admin/audit",
        "Audit",
        "Who did what and when, newest first.",
        AuditPage,
        (
            Parameter(
                "before", "query", "Only lines with a lower number.", {"type": "integer", "minimum": 1}, "100"
            ),
            _limit(50),
            Parameter(
                "subject",
                "query",
                "Only lines about one record, document, dispute or token.",
                {"type": "string", "maxLength": 120},
                "CL-P-000001",
            ),
        ),
        (*_DENIED, "bad-parameter"),
        scope=Scope.READ,
    ),
)
