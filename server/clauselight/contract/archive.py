"""What the archive answers about a document's past: its versions, their changes, and what differs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import DocumentId, HttpsUrl, LanguageTag, Model, Moment, ProvisionId, Sha256, ShortText, Slug, Text
from .history import ChangeRecord, VersionNumber
from .vocabulary import CaptureMethod, ChangeKind, DiffKind, Method, VersionKind


class VersionInfo(Model):
    """One version of a document: its text differed from the one before."""

    number: VersionNumber
    captured_at: Moment
    kind: VersionKind
    summary: Text
    """What changed, for people."""
    words: Annotated[int, Field(ge=0)]
    language: LanguageTag | None = None
    url: HttpsUrl
    """The address that answered."""
    method: CaptureMethod
    snapshot_sha256: Sha256
    """Of the bytes as they were captured."""
    text_sha256: Sha256
    """Of the extracted text in UTF-8."""
    counts: dict[ChangeKind, Annotated[int, Field(ge=0)]] = {}
    """Change records of provisions that it brought, by kind."""


class VersionPage(Model):
    """One page of the versions of a document, the newest first."""

    document: DocumentId
    versions: list[VersionInfo]
    total: Annotated[int, Field(ge=0)]
    next: str | None = None
    """Path of the next page."""


class DocumentChange(Model):
    """One change record with the provision that it is about."""

    provision: ProvisionId
    title: ShortText
    clause_type: Slug
    method: Method
    live: bool
    """Whether the provision stands in the newest version."""
    change: ChangeRecord


class ChangePage(Model):
    """One page of the change records of a document's provisions, the newest first."""

    document: DocumentId
    changes: list[DocumentChange]
    total: Annotated[int, Field(ge=0)]
    next: str | None = None
    """Path of the next page."""


class DiffOperation(Model):
    """A run of words. White space is as in the text that they come from; a line break ends a passage."""

    op: DiffKind
    text: str


class DiffAnswer(Model):
    """What differs between two versions, word by word. `equal` and `insert` joined are the newer text,
    `equal` and `delete` the older one up to white space and look-alike characters."""

    contract_version: Literal["1"]
    document: DocumentId
    from_version: VersionNumber
    to_version: VersionNumber
    kind: VersionKind
    summary: Text
    operations: list[DiffOperation]
