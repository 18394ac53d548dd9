"""The audit for programs."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.curation import AuditEntry, AuditPage
from clauselight.publication.files import to_json
from clauselight.store.audit import read_audit
from clauselight.store.tokens import Scope

from ..curating import reading
from ..who import require
from .dispute_decisions import LARGEST_NUMBER, MOST_LIMIT, whole
from .disputes import private_json

routes = web.RouteTableDef()

DEFAULT_LIMIT = 50


@routes.get("/v1/admin/audit")
async def audit(request: web.Request) -> web.Response:
    """Who did what, newest first."""
    await require(request, Scope.READ)
    before = whole(request, "before", LARGEST_NUMBER, 1, LARGEST_NUMBER)
    limit = whole(request, "limit", DEFAULT_LIMIT, 1, MOST_LIMIT)
    subject = request.query.get("subject", "")[:120] or None
    async with reading(request) as connection:
        found = await audit_page(connection, before=before, limit=limit, subject=subject)
    return private_json(to_json(found))


async def audit_page(
    connection: AsyncConnection, *, before: int, limit: int, subject: str | None = None
) -> AuditPage:
    """One page of the audit, with the path of the next."""
    lines = await read_audit(connection, before=before, subject=subject, limit=limit + 1)
    shown = lines[:limit]
    return AuditPage(
        entries=[
            AuditEntry(
                id=line.id, at=line.at, who=line.who, act=line.act, subject=line.subject, body=line.body
            )
            for line in shown
        ],
        next=f"/v1/admin/audit?before={shown[-1].id}&limit={limit}" if len(lines) > limit else None,
    )
