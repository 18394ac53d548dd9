"""What changed when: change records, the monitored life of a provision, and where the facts come from."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .base import Day, HttpsUrl, Model, Moment, Sha256, ShortText, Text
from .vocabulary import AnchorOutcome, ChangeKind, HashBasis, Severity, Stability

VersionNumber = Annotated[int, Field(ge=1)]
"""Number of a version of its document: 1 is the first that was captured."""


class ChangeRecord(Model):
    """One change of a provision between two versions of its document."""

    date: Day
    kind: ChangeKind
    summary: Text
    severity_from: Severity | None = None
    severity_to: Severity
    """The severity from this day on; the last record's is the one shown."""
    outcome: AnchorOutcome | None = None
    """What became of the words, when they were looked for in a new version."""
    version_from: VersionNumber | None = None
    """The version before the change; absent when no capture stands behind the record."""
    version_to: VersionNumber | None = None
    old_quote: Text | None = None
    """The clause's words before, when they changed or went."""
    new_quote: Text | None = None
    """The clause's words from this version on, when they changed or came."""


class History(Model):
    """When a clause was seen. All but the dates and records is computed from them."""

    first_seen: Day
    last_seen: Day
    last_verified: Day
    months_monitored: Annotated[int, Field(ge=0)]
    """Whole months from first seen to last verified."""
    change_count: Annotated[int, Field(ge=0)]
    """Change records after the first one that report a difference."""
    stability: Stability
    changes: Annotated[list[ChangeRecord], Field(min_length=1)]
    """Oldest first. Of a clause that changed often only the first and the latest; the document's changes list
    all."""


class Provenance(Model):
    """Where the words come from, and what of it was checked here."""

    source_url: HttpsUrl | None = None
    """Absent only when a text without an address was analysed and not kept."""
    archive_url: HttpsUrl | None = None
    sha256: Sha256 | None = None
    sha256_basis: HashBasis | None = None
    """`computed` only when the snapshot is held here and hashed again; else `reported`."""
    captured_at: Moment | None = None
    analysed_at: Moment | None = None
    snapshot_stored: bool
    hash_verified: bool
    """Computed: the stored snapshot's bytes have this SHA-256."""
    hash_verified_at: Moment | None = None
    """When that was computed last."""
    quote_verified: bool
    """Computed: the quote occurs in the stored snapshot's text."""
    quote_verified_at: Moment | None = None
    change_verified: bool
    """Computed: both versions of the latest change are held here."""
    change_verified_at: Moment | None = None
    reported_by: ShortText | None = None
    """Who reported this, when it was not captured here."""
    reported_url: HttpsUrl | None = None
    note: Text | None = None
