"""Entities and their documents."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .base import Day, DocumentId, HttpsUrl, LanguageTag, Model, Moment, ShortText, Slug, distinct
from .vocabulary import DocumentKind


class Entity(Model):
    """The organisation behind a document."""

    id: Slug
    name: ShortText
    homepage: HttpsUrl | None = None


class Document(Model):
    """One policy text of an entity, with the addresses it is known at."""

    id: DocumentId
    slug: Slug
    title: ShortText
    kind: DocumentKind
    entity: Entity
    urls: Annotated[list[HttpsUrl], *distinct(1)]
    language: LanguageTag | None = None
    stated_last_updated: Day | None = None
    """The date that the document itself gives; it may be later than our last check."""
    analysed_at: Moment | None = None
    """Absent: the address is known, but nobody has read the text yet."""


class DocumentPage(Model):
    """One page of the list of documents."""

    documents: list[Document]
    total: Annotated[int, Field(ge=0)]
    next: str | None = None
    """Path of the next page."""
