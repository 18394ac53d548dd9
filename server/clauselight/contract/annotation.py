"""What the extension fetches: annotation sets in buckets, the index of known addresses, direct matches."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from .base import MAX_URL, NOT_KEPT, Model, Moment, ShortText, Slug
from .directory import EntityDirectory
from .document import KEPT_ID, Document
from .provision import Provision
from .vocabulary import Category, Relation

PageAddress = Annotated[str, Field(pattern=r'^https?://[^\s/?#"<>\\]+[^\s"<>]*$', max_length=MAX_URL)]
"""An address that a page may have; unlike a record's URLs it may be plain http on one's own computer."""


Base64 = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]*={0,2}$")]
"""Bytes in base64 (RFC 4648, section 4)."""

StateName = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
"""Name of a state of the index: made from its contents alone."""

Checksum = Annotated[int, Field(ge=0, le=0xFFFFFFFF)]
"""The sum of all values of a list modulo 2**32."""

Signature = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{86}==$")]
"""An Ed25519 signature (RFC 8032), 64 bytes in base64. Always the last member: what is signed is the text of
the answer up to the comma in front of it. The rule stands in `clauselight.publication.signing`."""

Sequence = Annotated[int, Field(ge=0, le=2**53 - 1)]
"""Grows with every publication of the same server; an answer with a lower one than seen before is old."""


class CategoryInfo(Model):
    """A category's name, so that readers need no second request."""

    id: Category
    title: ShortText


class AnnotationSet(Model):
    """A document and all its provisions; an empty list with no `analysed_at` means known, not analysed."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"document": {"properties": {"id": KEPT_ID}, "type": "object"}}},
            "then": {"properties": {"addresses": {"type": "array", "minItems": 1}}},
        }
    )

    document: Document
    addresses: list[PageAddress]
    """The document's URLs, and where this server itself shows it. A page is this document, or another
    language of it, by its relation to one of these (canonical-URL rules). Empty only when a text without an
    address was analysed and not kept."""
    provisions: list[Provision]
    directory: EntityDirectory | None = None
    """What is known of the entity: contacts, deletion, authorities. Absent when nothing is."""

    @model_validator(mode="after")
    def _kept_has_address(self) -> AnnotationSet:
        if not self.addresses and not self.document.id.startswith(NOT_KEPT):
            raise ValueError("a document of the archive needs an address")
        return self


class Bucket(Model):
    """Every annotation set with a page key of this prefix, and those of the sites whose key has it: the same
    bytes for everyone who asks."""

    contract_version: Literal["1"]
    prefix: Annotated[str, Field(pattern=r"^[0-9a-f]{1,16}$")]
    categories: list[CategoryInfo]
    sequence: Sequence = 0
    """When these contents were first published."""
    sets: list[AnnotationSet]
    signature: Signature | None = None


class UrlIndex(Model):
    """The page keys of all known addresses and the keys of their sites: truncated, sorted, Golomb-Rice coded,
    base64."""

    contract_version: Literal["1"]
    canonicalisation: Annotated[int, Field(ge=1)]
    """Version of the canonical-URL rules the keys were made with."""
    state: StateName
    sequence: Sequence = 0
    generated_at: Moment
    count: Annotated[int, Field(ge=0)]
    hash_bits: Annotated[int, Field(ge=16, le=53)]
    """Leading bits of the 63-bit key that are kept."""
    rice_parameter: Annotated[int, Field(ge=0, le=40)]
    bucket_bits: Annotated[int, Field(ge=0, le=32)]
    """Leading bits of the key that name a bucket."""
    data: Base64
    signature: Signature | None = None


class UrlIndexDelta(Model):
    """What turns the index of one state into the present one; fields as in
    `domain.url_index.EncodedDelta`."""

    contract_version: Literal["1"]
    canonicalisation: Annotated[int, Field(ge=1)]
    from_state: StateName
    to_state: StateName
    sequence: Sequence
    generated_at: Moment
    hash_bits: Annotated[int, Field(ge=16, le=53)]
    bucket_bits: Annotated[int, Field(ge=0, le=32)]
    """Of the new state."""
    old_count: Annotated[int, Field(ge=0)]
    old_checksum: Checksum
    new_count: Annotated[int, Field(ge=0)]
    new_checksum: Checksum
    removed_count: Annotated[int, Field(ge=0)]
    removed_rice_parameter: Annotated[int, Field(ge=0, le=40)]
    removed: Base64
    """Positions in the old list, coded like an index."""
    added_count: Annotated[int, Field(ge=0)]
    added_rice_parameter: Annotated[int, Field(ge=0, le=40)]
    added: Base64
    """Values of the new list, coded like an index."""
    signature: Signature | None = None


class Match(Model):
    """One known document that a page shows."""

    relation: Relation
    document: Document
    provisions: list[Provision]
    directory: EntityDirectory | None = None
    """As in an annotation set."""


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
