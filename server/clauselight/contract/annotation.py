"""What the extension fetches: annotation sets in buckets, the index of known addresses, direct matches."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import MAX_URL, Model, Moment, ShortText, Slug
from .document import Document
from .provision import Provision
from .vocabulary import Category, Relation

PageAddress = Annotated[str, Field(pattern=r'^https?://[^\s/?#"<>\\]+[^\s"<>]*$', max_length=MAX_URL)]
"""An address that a page may have; unlike a record's URLs it may be plain http on one's own computer."""


class CategoryInfo(Model):
    """A category's name, so that readers need no second request."""

    id: Category
    title: ShortText


class AnnotationSet(Model):
    """A document and all its provisions; an empty list with no `analysed_at` means known, not analysed."""

    document: Document
    addresses: Annotated[list[PageAddress], Field(min_length=1)]
    """The document's URLs, and where this server itself shows it. A page is this document, or another
    language of it, by its relation to one of these (canonical-URL rules)."""
    provisions: list[Provision]


class Bucket(Model):
    """Every annotation set with a page key of this prefix: the same bytes for everyone who asks."""

    contract_version: Literal["1"]
    prefix: Annotated[str, Field(pattern=r"^[0-9a-f]{1,16}$")]
    categories: list[CategoryInfo]
    sets: list[AnnotationSet]


class UrlIndex(Model):
    """The page keys of all known addresses: truncated, sorted, Golomb-Rice coded, base64."""

    contract_version: Literal["1"]
    canonicalisation: Annotated[int, Field(ge=1)]
    """Version of the canonical-URL rules the keys were made with."""
    state: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    """Name of this state of the index; the same as its ETag."""
    generated_at: Moment
    count: Annotated[int, Field(ge=0)]
    hash_bits: Annotated[int, Field(ge=16, le=53)]
    """Leading bits of the 63-bit key that are kept."""
    rice_parameter: Annotated[int, Field(ge=0, le=40)]
    bucket_bits: Annotated[int, Field(ge=0, le=32)]
    """Leading bits of the key that name a bucket."""
    data: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]*={0,2}$")]


class Match(Model):
    """One known document that a page shows."""

    relation: Relation
    document: Document
    provisions: list[Provision]


class MatchAnswer(Model):
    """Answer of the direct form: what is known of one address."""

    contract_version: Literal["1"]
    matches: list[Match]


class ServerInfo(Model):
    """What a client may learn about a server before it trusts it."""

    name: Literal["clauselight"]
    version: ShortText
    contract_version: ShortText
    canonicalisation: Annotated[int, Field(ge=1)]
    documents: Annotated[int, Field(ge=0)]
    provisions: Annotated[int, Field(ge=0)]
    status: Slug
