"""Supervisory authorities and public bodies that take complaints: the same list for everyone who asks."""

from __future__ import annotations

from aiohttp import web

from clauselight.knowledge.authorities import authority_list
from clauselight.publication.files import render
from clauselight.store.directory import stored_authorities

from ..answers import send
from ..keys import ENGINE

routes = web.RouteTableDef()


@routes.get("/v1/authorities")
async def authorities(request: web.Request) -> web.Response:
    """All of them; the extension carries its own copy and never asks."""
    async with request.app[ENGINE].connect() as connection:
        stored = await stored_authorities(connection)
    return send(request, render(authority_list(stored or None)))
