"""Entities and their documents."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field, model_validator

from .base import (
    NOT_KEPT,
    Day,
    DocumentId,
    HttpsUrl,
    LanguageTag,
    Model,
    Moment,
    ShortText,
    Slug,
    Text,
    distinct,
)
from .vocabulary import DocumentKind

KEPT_ID: dict[str, Any] = {"type": "string", "pattern": "^CL-[DP]-"}
"""JSON Schema of the ids that an archive gives."""


class Entity(Model):
    """The organisation behind a document."""

    id: Slug
    name: ShortText
    homepage: HttpsUrl | None = None


class CaptureProblem(Model):
    """Why the latest capture of a document is no version of it."""

    kind: Slug
    """Stable, for programs: bot-wall, cookie-wall, login, error-page, shrunken, other-language ..."""
    sentence: Text
    since: Moment
    """When the first of the captures in a row was made that failed in this way."""


class Document(Model):
    """One policy text of an entity, with the addresses it is known at."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"id": KEPT_ID}},
            "then": {"properties": {"urls": {"type": "array", "minItems": 1}}},
        }
    )

    id: DocumentId
    slug: Slug
    title: ShortText
    kind: DocumentKind
    entity: Entity
    urls: Annotated[list[HttpsUrl], *distinct()]
    """Empty only when a text without an address was analysed and not kept."""
    language: LanguageTag | None = None
    stated_last_updated: Day | None = None
    """The date that the document itself gives; it may be later than our last check."""
    analysed_at: Moment | None = None
    """Absent: the address is known, but nobody has read the text yet."""
    version: Annotated[int, Field(ge=1)] | None = None
    """Number of the newest version; absent when the document was never captured here."""
    last_changed: Moment | None = None
    """When the newest version that is more than cosmetic was captured."""
    last_verified: Moment | None = None
    """When the newest version was last found at the document's address."""
    capture_problem: CaptureProblem | None = None
    """Present while captures fail; what is shown is then the newest version from before."""

    @model_validator(mode="after")
    def _kept_has_address(self) -> Document:
        if not self.urls and not self.id.startswith(NOT_KEPT):
            raise ValueError("a document of the archive needs an address")
        return self


class DocumentPage(Model):
    """One page of the list of documents."""

    documents: list[Document]
    total: Annotated[int, Field(ge=0)]
    next: str | None = None
    """Path of the next page."""
