"""Curation for programs and for the reader: drafts, live lint, and every change of a record."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from clauselight.contract.curation import (
    ClauseTypeChoice,
    ClauseTypeChoices,
    CuratedProvision,
    MergeRequest,
    ProvisionDraft,
    RetireRequest,
)
from clauselight.curation.acts import (
    add_provision,
    confirm_provision,
    document_with,
    edit_provision,
    merge_provisions,
    retire_provision,
)
from clauselight.curation.changes import Unknown, record_etag
from clauselight.curation.check import check_draft, preview_of
from clauselight.curation.draft import known_type, prefilled
from clauselight.knowledge.clause_types import categories, clause_types
from clauselight.publication.files import to_json
from clauselight.store.provision_state import StoredProvision, stored_provision
from clauselight.store.tokens import Scope

from ..bodies import json_body
from ..curating import changing, if_match, reading
from ..keys import PUBLICATION, SITE
from ..who import acting, require
from .disputes import private_json

routes = web.RouteTableDef()

MOST_BYTES: Final = 512 * 1024
"""Largest draft: a record's texts have 20,000 characters each at the most, and it has a dozen of them."""

_PROVISION: Final = "/v1/admin/provisions/{id:CL-P-[0-9]{6}}"
_DOCUMENT: Final = "/v1/admin/documents/{id:CL-D-[0-9]{6}}"


@routes.get("/v1/admin/clause-types")
async def choices(request: web.Request) -> web.Response:
    """Every kind of clause that a record may have."""
    await require(request, Scope.CURATE)
    order = {one.id: place for place, one in enumerate(categories())}
    kinds = sorted(clause_types().values(), key=lambda kind: (order[kind.category], kind.title))
    fields = ClauseTypeChoice.model_fields
    found = [ClauseTypeChoice(**{name: getattr(kind, name) for name in fields}) for kind in kinds]
    return private_json(to_json(ClauseTypeChoices(clause_types=found)))


@routes.get("/v1/admin/clause-types/{id}/draft")
async def draft(request: web.Request) -> web.Response:
    """A draft as the knowledge would write it; with `document`, its letters are filled in."""
    await require(request, Scope.CURATE)
    async with reading(request) as connection:
        clause_type = known_type(request.match_info["id"])
        named = request.query.get("document")
        document = await document_with(connection, named) if named and named.startswith("CL-D-") else None
    return private_json(to_json(prefilled(clause_type, document)))


@routes.post(_DOCUMENT + "/provisions")
async def add(request: web.Request) -> web.Response:
    """A new record."""
    curator = await require(request, Scope.CURATE)
    sent = await json_body(request, ProvisionDraft, most=MOST_BYTES)
    async with changing(request) as connection:
        made = await add_provision(connection, request.match_info["id"], sent, acting(curator))
    return await _answer(request, made)


@routes.post(_DOCUMENT + "/provisions/lint")
async def lint_new(request: web.Request) -> web.Response:
    """What would be wrong with a new record, and how it would be shown. Nothing is written."""
    return await _lint(request, document_id=request.match_info["id"])


@routes.post(_PROVISION + "/lint")
async def lint_edit(request: web.Request) -> web.Response:
    """What would be wrong with an edit of a record, and how it would be shown. Nothing is written."""
    return await _lint(request, provision_id=request.match_info["id"])


async def _lint(
    request: web.Request, *, document_id: str | None = None, provision_id: str | None = None
) -> web.Response:
    curator = await require(request, Scope.CURATE)
    sent = await json_body(request, ProvisionDraft, most=MOST_BYTES)
    async with reading(request) as connection:
        checked = await check_draft(
            connection,
            request.app[SITE],
            sent,
            acting(curator),
            document_id=document_id,
            provision_id=provision_id,
            landscape=request.app[PUBLICATION].fact("landscape"),
        )
    return private_json(to_json(checked))


@routes.get(_PROVISION)
async def record(request: web.Request) -> web.Response:
    """A record as it is stored, published or not, with the ETag that changes need."""
    await require(request, Scope.READ)
    async with reading(request) as connection:
        found = await stored_provision(connection, request.match_info["id"])
        if found is None:
            raise Unknown(request.match_info["id"])
    return await _answer(request, found)


@routes.put(_PROVISION)
async def edit(request: web.Request) -> web.Response:
    """Set everything that a draft says."""
    curator = await require(request, Scope.CURATE)
    etag = if_match(request)
    sent = await json_body(request, ProvisionDraft, most=MOST_BYTES)
    async with changing(request) as connection:
        made = await edit_provision(connection, request.match_info["id"], sent, acting(curator), etag)
    return await _answer(request, made)


@routes.delete(_PROVISION)
async def retire(request: web.Request) -> web.Response:
    """Take a record out of what is published, with a reason."""
    curator = await require(request, Scope.CURATE)
    etag = if_match(request)
    sent = await json_body(request, RetireRequest, most=MOST_BYTES)
    async with changing(request) as connection:
        gone = await retire_provision(
            connection, request.match_info["id"], sent.reason, acting(curator), etag
        )
    return await _answer(request, gone)


@routes.post(_PROVISION + "/confirm")
async def confirm(request: web.Request) -> web.Response:
    """A person says that an automatic label is right: it becomes curated."""
    curator = await require(request, Scope.CURATE)
    etag = if_match(request)
    async with changing(request) as connection:
        made = await confirm_provision(connection, request.match_info["id"], acting(curator), etag)
    return await _answer(request, made)


@routes.post(_PROVISION + "/merge")
async def merge(request: web.Request) -> web.Response:
    """Retire a record in favour of another; answers with the one that stays."""
    curator = await require(request, Scope.CURATE)
    etag = if_match(request)
    sent = await json_body(request, MergeRequest, most=MOST_BYTES)
    async with changing(request) as connection:
        made = await merge_provisions(connection, request.match_info["id"], sent, acting(curator), etag)
    return await _answer(request, made)


async def _answer(request: web.Request, stored: StoredProvision) -> web.Response:
    async with reading(request) as connection:
        preview = await preview_of(
            connection, request.app[SITE], stored.record, request.app[PUBLICATION].fact("landscape")
        )
    etag = record_etag(stored)
    answer = CuratedProvision(record=stored.record, etag=etag, live=stored.live, preview=preview)
    return private_json(to_json(answer), etag=etag)
