"""What is told when a document changes: the entry of a feed, the body of a webhook, a part of a digest."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .archive import DiffOperation, DocumentChange
from .base import DocumentId, HttpsUrl, Model, Moment, ShortText, Text
from .document import Entity
from .history import VersionNumber
from .vocabulary import DocumentKind, VersionKind

NewsId = Annotated[str, Field(pattern=r"^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
"""Never changes, and no other change has it, on whatever server (RFC 4287, 4.2.6)."""


class ClauseNews(DocumentChange):
    """A change record with the words that differ."""

    words: list[DiffOperation]
    """From the clause's words before to those after; empty when its words did not change."""


class ChangeNews(Model):
    """One new version of a document, and what it did to the provisions."""

    contract_version: Literal["1"]
    id: NewsId
    document: DocumentId
    title: ShortText
    document_kind: DocumentKind
    entity: Entity
    url: HttpsUrl
    """The address that answered."""
    captured_at: Moment
    kind: VersionKind
    summary: Text
    version: VersionNumber
    version_before: VersionNumber | None = None
    clauses: list[ClauseNews]
    """Gravest first."""
