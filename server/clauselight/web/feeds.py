"""Feeds of what changed: everything, one document, one entity, one clause type.

Only what a document says counts as news; `?kinds=all` adds moved passages, dates and first versions. A feed
is made from the archive at each question: readers ask every few hours, and mostly get 304.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from aiohttp import web

from clauselight.contract.problem import FieldError
from clauselight.contract.vocabulary import VersionKind
from clauselight.exporters.atom import MEDIA_TYPE, feed
from clauselight.knowledge.clause_types import clause_types
from clauselight.publication.compression import compress
from clauselight.publication.files import Rendered, etag_of
from clauselight.publication.news import archive_id, news
from clauselight.store.documents import entity_with, get_document
from clauselight.store.news import EVERYTHING, SUBSTANTIVE, About

from .answers import send
from .keys import ENGINE, SETTINGS
from .problems import ProblemRaised

routes = web.RouteTableDef()

ALL_KINDS: Final = frozenset(VersionKind)
BEFORE_ANY: Final = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
"""Date of a feed without entries: a constant, so that it stays the same until there is one."""


@routes.get("/feeds/all.atom")
async def everything(request: web.Request) -> web.Response:
    """All documents."""
    return await _answer(request, EVERYTHING, "Changed policies", "/changes")


@routes.get("/feeds/documents/{id:CL-D-[0-9]{6}}.atom")
async def of_document(request: web.Request) -> web.Response:
    """One document."""
    identity = request.match_info["id"]
    async with request.app[ENGINE].connect() as connection:
        document = await get_document(connection, identity)
    if document is None:
        raise ProblemRaised("unknown-document", "No document has this id; ids look like CL-D-000098.")
    title = f"Changes of {document.entity.name}: {document.title}"
    return await _answer(request, About(document_id=identity), title, f"/documents/{identity}")


@routes.get("/feeds/entities/{id:[a-z0-9]+(?:-[a-z0-9]+)*}.atom")
async def of_entity(request: web.Request) -> web.Response:
    """All documents of an entity."""
    identity = request.match_info["id"]
    async with request.app[ENGINE].connect() as connection:
        entity = await entity_with(connection, identity)
    if entity is None:
        raise ProblemRaised("unknown-entity", "No entity has this id.")
    title = f"Changed policies of {entity.name}"
    return await _answer(request, About(entity_id=identity), title, f"/entities/{identity}")


@routes.get("/feeds/clause-types/{id:[a-z0-9]+(?:-[a-z0-9]+)*}.atom")
async def of_clause_type(request: web.Request) -> web.Response:
    """Changes of clauses of one type, whoever's."""
    identity = request.match_info["id"]
    clause_type = clause_types().get(identity)
    if clause_type is None:
        raise ProblemRaised("unknown-clause-type", "No clause type has this id.")
    title = f"Changed clauses: {clause_type.title}"
    return await _answer(request, About(clause_type=identity), title, f"/clause-types/{identity}")


async def _answer(request: web.Request, about: About, title: str, page: str) -> web.Response:
    kinds = SUBSTANTIVE
    asked = request.query.get("kinds")
    if asked == "all":
        kinds = ALL_KINDS
    elif asked not in (None, "substantive"):
        wrong = FieldError(field="kinds", message="must be 'substantive' or 'all'")
        raise ProblemRaised("bad-parameter", f"kinds {wrong.message}.", errors=[wrong])
    settings = request.app[SETTINGS]
    origin = settings.public_url or f"http://{request.host}"
    async with request.app[ENGINE].begin() as connection:
        archive = await archive_id(connection)
        told = [one for _, one in await news(connection, archive, about, kinds=kinds)]
    address = request.path if kinds is SUBSTANTIVE else f"{request.path}?kinds=all"
    body = feed(
        told,
        identity=uuid.uuid5(archive, f"feed {address}").urn,
        title=title,
        address=f"{origin}{address}",
        page=f"{origin}{page}",
        origin=origin,
        empty_since=BEFORE_ANY,
    )
    return send(request, Rendered(etag_of(body), compress(body)), MEDIA_TYPE)
