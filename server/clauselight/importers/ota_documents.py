"""Which documents of the archive a collection of Open Terms Archive speaks of.

Its services are entities, its "terms" documents. One that is known by its address, or by its service's and
its own name, is that document; another is new when an address is known, and left out when none is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import urlsplit

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.document import Document, Entity
from clauselight.domain.canonical_url import UrlRefused, relation
from clauselight.domain.document_kind import kind_of
from clauselight.domain.public_suffix import registrable_domain
from clauselight.domain.slug import slug
from clauselight.store.documents import all_documents, save_documents
from clauselight.store.ids import next_document_id

from .known_documents import https

MOST_ADDRESSES: Final = 60
"""Addresses of one document, current and former; the most in two collections with 400 services are 31."""


class Unmatched(Exception):
    """No document can be named; the text is a sentence for the report."""


class KnownDocuments:
    """All documents of an archive, to be found by address or by name."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._by_id: dict[str, Document] = {}
        self._by_host: dict[str, list[tuple[str, str]]] = {}
        self._by_name: dict[tuple[str, str], str] = {}
        self._entities: dict[str, Entity] = {}
        self._of_domain: dict[str, str] = {}
        for one in documents:
            self._learn(one)

    def with_id(self, identity: str) -> Document:
        """The document of an id that is known."""
        return self._by_id[identity]

    def of_entity(self, service: str) -> list[Document]:
        """The documents of a service, by its name."""
        entity = slug(service)
        return [one for one in self._by_id.values() if one.entity.id == entity]

    def named(self, service: str, kind: str) -> Document | None:
        """The document of a service that is called so, or the only one of that sort."""
        return self.called(service, kind) or self.only_of_sort(service, kind)

    def called(self, service: str, kind: str) -> Document | None:
        """The document of a service that is called so."""
        for name in (_full(service, kind), kind):
            if (found := self._by_name.get((slug(service), slug(name)))) is not None:
                return self._by_id[found]
        return None

    def only_of_sort(self, service: str, kind: str) -> Document | None:
        """The document of a service that is the only one of a sort of policies."""
        sort = kind_of(kind)
        same_sort = [one for one in self.of_entity(service) if one.kind is sort and sort != "other"]
        return same_sort[0] if len(same_sort) == 1 else None

    def at(self, urls: Sequence[str]) -> Document | None:
        """The document that is known at one of the addresses."""
        for url in urls:
            for known, identity in self._by_host.get(_host(url), ()):
                try:
                    if relation(url, known) == "same":
                        return self._by_id[identity]
                except UrlRefused:
                    continue
        return None

    def entity(self, service: str, urls: Sequence[str]) -> Entity:
        """The entity of a service: one of that name, one whose documents are at its domain, or a new one."""
        if (known := self._entities.get(slug(service))) is not None:
            return known
        for url in urls:
            domain = registrable_domain(_host(url))
            if domain and (owner := self._of_domain.get(domain)) and _alike(service, domain):
                return self._entities[owner]
        return Entity(id=slug(service), name=service)

    async def save(self, connection: AsyncConnection, document: Document) -> Document:
        """Store a new or changed document; a new one gets its id."""
        saved = document
        if document.id == NEW_ID:
            saved = document.model_copy(update={"id": await next_document_id(connection)})
        await save_documents(connection, [saved])
        self._learn(saved)
        return saved

    def _learn(self, one: Document) -> None:
        self._by_id[one.id] = one
        self._entities.setdefault(one.entity.id, one.entity)
        self._by_name.setdefault((one.entity.id, one.slug), one.id)
        self._by_name.setdefault((one.entity.id, slug(one.title)), one.id)
        for url in one.urls:
            self._by_host.setdefault(_host(url), []).append((url, one.id))
            if (domain := registrable_domain(_host(url))) is not None:
                self._of_domain.setdefault(domain, one.entity.id)


NEW_ID: Final = "CL-D-999999"
"""Stands for an id that is still to be given; the last number, which no archive reaches."""


async def known_documents(connection: AsyncConnection) -> KnownDocuments:
    """All documents of the archive."""
    return KnownDocuments(await all_documents(connection))


def declared_document(known: KnownDocuments, service: str, kind: str, urls: Sequence[str]) -> Document:
    """The document that a declaration speaks of, with its addresses: one that is known, with those that are
    new to it, or a new one (`NEW_ID`). Raises Unmatched."""
    usable = [https(url) for url in urls if url.startswith(("https://", "http://"))]
    usable = list(dict.fromkeys(usable))[:MOST_ADDRESSES]
    if not usable:
        raise Unmatched(f"{service}, {kind}: none of its addresses is one of the web.")
    found = known.called(service, kind) or known.at(usable) or known.only_of_sort(service, kind)
    try:
        if found is not None:
            more = [url for url in usable if url not in found.urls]
            urls = list(dict.fromkeys([*found.urls, *more]))[:MOST_ADDRESSES]
            return Document.model_validate({**found.model_dump(), "urls": urls})
        full = _full(service, kind)
        return Document(
            id=NEW_ID,
            slug=slug(full),
            title=full[:300],
            kind=kind_of(kind),
            entity=known.entity(service, usable),
            urls=usable,
        )
    except ValidationError as error:
        fields = sorted({str(one["loc"][0]) for one in error.errors() if one["loc"]})
        raise Unmatched(f"{service}, {kind}: {', '.join(fields)} cannot be used.") from error


def _full(service: str, kind: str) -> str:
    return kind if slug(service) in slug(kind) else f"{service} {kind}"


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _alike(service: str, domain: str) -> bool:
    """Whether a service is called like its domain: hosts of documents are often those of somebody else."""
    name, label = slug(service).replace("-", ""), domain.partition(".")[0].replace("-", "")
    return bool(label) and (label in name or name in label)
