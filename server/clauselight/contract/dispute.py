"""Disputes: a report that a label is wrong, what its reporter gets, and what becomes public of it.

A comment and a contact are for the people who decide; neither is ever part of a record or of a status.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Day, Model, Moment, Permalink, ProvisionId, ShortText, Slug
from .vocabulary import DisputeAct, DisputeReason, DisputeState, Severity

MOST_COMMENT = 2_000
"""Longest comment of a reporter, in characters: a page of text."""

MOST_CONTACT = 254
"""Longest contact, in characters: as an e-mail address (RFC 5321, 4.5.3.1.3)."""

MOST_DECISIONS = 10
"""Decided disputes that a record lists; older ones are only counted."""

MOST_REASON = 2_000
"""Longest public reason of a decision, in characters."""

PublicReason = Annotated[str, Field(min_length=1, max_length=MOST_REASON, pattern=r"\S")]

DisputeToken = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]
"""The private key to one dispute: 256 random bits in base64url (RFC 4648, section 5)."""


class DisputeRequest(Model):
    """What a reporter sends: which label, what is wrong with it, and optionally what would be right."""

    provision: Annotated[str, Field(pattern=r"^CL-P-[0-9]{6}$")]
    reason: DisputeReason
    proposed_type: Slug | None = None
    """The kind of clause that it is instead."""
    proposed_severity: Severity | None = None
    comment: Annotated[str, Field(max_length=MOST_COMMENT)] | None = None
    """Read by those who decide, never published."""
    contact: Annotated[str, Field(max_length=MOST_CONTACT)] | None = None
    """Where they may ask back; never published, and removed when the dispute is decided."""


class DisputeAnswer(Model):
    """The dispute is stored on disk. `token` is shown this once: whoever has it can follow the dispute."""

    contract_version: Literal["1"]
    state: DisputeState
    token: DisputeToken
    url: Permalink
    """The private page that shows the state."""
    created_at: Moment
    similar: bool
    """Many reports say the same of this label: this one is kept and answered with them, and they count as
    one."""
    moderation: Permalink | None = None
    """On a server that is the reader's own: where the owner decides."""


class DecidedDispute(Model):
    """The public outcome of a dispute."""

    date: Day
    reason: DisputeReason
    """What the reporter said is wrong."""
    state: Literal[DisputeState.UPHELD, DisputeState.REJECTED]
    act: DisputeAct
    """What was done about the label."""
    text: PublicReason
    """Why, in the words of whoever decided."""


class DisputeStatus(Model):
    """What the holder of a dispute's token sees."""

    contract_version: Literal["1"]
    state: DisputeState
    provision: ProvisionId
    label: ShortText
    """Title of the clause type that the label named."""
    document: ShortText
    reason: DisputeReason
    proposed_type: Slug | None = None
    proposed_severity: Severity | None = None
    created_at: Moment
    decision: DecidedDispute | None = None
    permalink: Permalink | None = None
    """The record; absent when the label was removed."""
