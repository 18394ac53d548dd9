"""Whose document an analysed page is: one that is known at its address, a new one of a known entity, or a new
one of a new entity; and a document of its own for a text without an address.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.base import NOT_KEPT
from clauselight.contract.document import Document, Entity
from clauselight.contract.vocabulary import DocumentKind
from clauselight.domain.canonical_url import UrlRefused, canonical_parts, relation
from clauselight.domain.document_kind import kind_of
from clauselight.domain.public_suffix import registrable_domain
from clauselight.domain.slug import slug
from clauselight.domain.url_parts import canonical_query
from clauselight.store.directory import entity_of_domain
from clauselight.store.documents import KnownAddress, addresses_with, entity_with, get_document

from .records import UNNAMED_ENTITY

PROVISIONAL_ID: Final = f"{NOT_KEPT}000001"
"""An answer holds one document."""

LONGEST_TITLE: Final = 200
"""Characters; titles of pages repeat the site's slogan more often than they say something after this many."""

TITLES: Final = {
    DocumentKind.PRIVACY: "Privacy Policy",
    DocumentKind.TERMS: "Terms",
    DocumentKind.COOKIES: "Cookie Policy",
}
"""For pages without a title whose address tells the kind."""


def address_to_keep(url: str) -> str:
    """The page's address without what says who came there and how: user name, tracking parameters, and a
    fragment that is no route. Raises UrlRefused for an address that no document can have."""
    canonical_parts(url)
    parts = urlsplit(url)
    query = "&".join(piece for piece in parts.query.split("&") if piece and canonical_query(piece, True)[0])
    route = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    return urlunsplit(("https", parts.netloc.rpartition("@")[2].lower(), parts.path or "/", query, route))


async def document_for(
    connection: AsyncConnection | None,
    *,
    url: str | None,
    title: str,
    language: str,
    moment: dt.datetime,
) -> Document:
    """The document of an analysed page: as the archive holds it, or a new one with `PROVISIONAL_ID`.

    `connection` is None where there is no archive. Raises UrlRefused.
    """
    title = _shown(title)
    if url is None:
        entity = Entity(id=UNNAMED_ENTITY, name="This page")
        return _new(entity, None, title, language, moment)
    address = address_to_keep(url)
    host = _host(address)
    registered = registrable_domain(host)
    domain = registered or host
    # What stands below com or github.io is everybody's, and no entity's.
    below = registered is not None
    known = [] if connection is None else await addresses_with(connection, domain, below=below)
    if not below:
        known = [one for one in known if _host(one.url) == host]
    if connection is not None:
        for one in known:
            if _relation(address, one.url) == "same":
                found = await get_document(connection, one.document_id)
                if found is not None:
                    return found
    entity = await _entity(connection, address, host, domain, known)
    return _new(entity, address, title, language, moment)


def not_kept(document: Document, *, url: str | None, language: str, moment: dt.datetime) -> Document:
    """The document as an answer names it that keeps nothing: of the archive's it has title and entity."""
    return document.model_copy(
        update={
            "id": PROVISIONAL_ID,
            "urls": [] if url is None else [address_to_keep(url)],
            "language": language or document.language,
            "analysed_at": moment,
        }
    )


async def _entity(
    connection: AsyncConnection | None, address: str, host: str, domain: str, known: list[KnownAddress]
) -> Entity:
    """The entity with most addresses at this host, else at this domain; its own when there is none. Another
    language of a known document settles it."""
    fresh = Entity(id=slug(domain), name=domain, homepage=f"https://{domain}/")
    if connection is None:
        return fresh
    languages = [one for one in known if _relation(address, one.url) == "other-language"]
    at_host = [one for one in known if _host(one.url) == host]
    at_domain = [one for one in known if _of_domain(_host(one.url), domain)]
    for some in (languages, at_host, at_domain):
        if some:
            counted = Counter(one.entity_id for one in some)
            # Of entities with equally many the first by id, so that the answer never depends on the order.
            chosen = min(counted, key=lambda identity: (-counted[identity], identity))
            return await entity_with(connection, chosen) or fresh
    return await entity_of_domain(connection, domain) or await entity_with(connection, fresh.id) or fresh


def _new(entity: Entity, url: str | None, title: str, language: str, moment: dt.datetime) -> Document:
    kind = kind_of(title)
    if kind is DocumentKind.OTHER and url is not None:
        kind = kind_of(urlsplit(url).path.replace("-", " ").replace("_", " ").replace("/", " "))
    title = title or TITLES.get(kind, "Untitled page")
    name = title if url is None or slug(entity.name) in slug(title) else f"{entity.name} {title}"
    return Document(
        id=PROVISIONAL_ID,
        slug=slug(name),
        title=title,
        kind=kind,
        entity=entity,
        urls=[] if url is None else [url],
        language=language or None,
        analysed_at=moment,
    )


def _shown(title: str) -> str:
    line = " ".join(title.split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"


def _relation(page: str, known: str) -> str | None:
    try:
        return relation(page, known)
    except UrlRefused:
        return None


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _of_domain(host: str, domain: str) -> bool:
    return host == domain or host.endswith("." + domain)
