"""The closed word lists of the contract (DESIGN.md section 1)."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How much a clause can hurt, or that it protects."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    PROTECTIVE = "protective"


class Confidence(StrEnum):
    """How sure the label is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class EvidenceBasis(StrEnum):
    """Whether the document says it, or we read it between the lines."""

    EXPLICIT = "explicit_document_language"
    INFERRED = "inferred_from_context"


class Method(StrEnum):
    """Who set the label: a person, or the classifier."""

    CURATED = "curated"
    AUTOMATIC = "automatic"


class Category(StrEnum):
    """The group a clause type belongs to."""

    AI = "ai"
    COLLECTION = "collection"
    TRACKING = "tracking"
    SHARING = "sharing"
    RETENTION_SECURITY = "retention-security"
    RIGHTS = "rights"
    CONTENT = "content"
    ACCOUNT = "account"
    TERMS = "terms"
    LIABILITY = "liability"
    DISPUTES = "disputes"
    PAYMENT = "payment"


class DocumentKind(StrEnum):
    """What sort of policy a document is."""

    PRIVACY = "privacy"
    TERMS = "terms"
    COOKIES = "cookies"
    COMMUNITY = "community"
    ADVERTISING = "advertising"
    ACCEPTABLE_USE = "acceptable-use"
    COPYRIGHT = "copyright"
    DEVELOPER = "developer"
    COMMERCE = "commerce"
    DATA_PROCESSING = "data-processing"
    LAW_ENFORCEMENT = "law-enforcement"
    IMPRINT = "imprint"
    OTHER = "other"


class BlockKind(StrEnum):
    """What a block of a page's text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


class ActionKind(StrEnum):
    """Something the user can do."""

    DELETE = "delete"
    OPT_OUT = "opt_out"
    OBJECT = "object"
    ACCESS = "access"
    CONTACT = "contact"
    COMPLAIN = "complain"
    CHANGE_SETTING = "change_setting"


class ActionEffect(StrEnum):
    """How far an action helps: it ends the practice, limits it, or only tells you more."""

    ENDS = "ends"
    LIMITS = "limits"
    INFORMS = "informs"


class ChangeKind(StrEnum):
    """What happened to a provision or document between two versions."""

    ADDED = "added"
    MODIFIED = "modified"
    MOVED = "moved"
    REMOVED = "removed"
    RESTORED = "restored"
    VERIFIED = "verified"


class AnchorOutcome(StrEnum):
    """What became of a quote in another text: the same words where they were expected, the same words
    elsewhere, other words of the same clause, or nothing that is alike enough."""

    FOUND = "found"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


class VersionKind(StrEnum):
    """How a version of a document differs from the one before: it is the first; only looks, dates and
    counters changed; the same passages in another order; or what it says."""

    FIRST = "first"
    COSMETIC = "cosmetic"
    MOVED = "moved"
    SUBSTANTIVE = "substantive"


class CaptureMethod(StrEnum):
    """How the bytes came here: fetched by this server, rendered by its browser, sent by a reader's browser,
    or taken over from somebody else's archive."""

    FETCHED = "fetched"
    RENDERED = "rendered"
    SENT = "sent"
    IMPORTED = "imported"


class DiffKind(StrEnum):
    """What became of a run of words between two texts."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"


class Stability(StrEnum):
    """How often a clause changed while it was watched; `new` when watched for under three months."""

    NEW = "new"
    STABLE = "stable"
    CHANGING = "changing"
    VOLATILE = "volatile"


class HashBasis(StrEnum):
    """Where a SHA-256 comes from: computed here from the bytes, or reported by somebody else."""

    COMPUTED = "computed"
    REPORTED = "reported"


class Relation(StrEnum):
    """What a page is to a known document: itself, or another language or region of it."""

    SAME = "same"
    OTHER_LANGUAGE = "other-language"


class DisputeReason(StrEnum):
    """What a reporter says is wrong with a label."""

    WRONG_KIND = "wrong-kind"
    WRONG_SEVERITY = "wrong-severity"
    NOT_IN_TEXT = "not-in-text"
    OUTDATED = "outdated"
    MISLEADING = "misleading"
    OTHER = "other"


class DisputeState(StrEnum):
    """Where a dispute stands."""

    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"


class DisputeAct(StrEnum):
    """What a decision does to the label: `keep` rejects the dispute, all others uphold it."""

    REMOVE = "remove"
    RETYPE = "retype"
    SEVERITY = "severity"
    EDIT = "edit"
    KEEP = "keep"
