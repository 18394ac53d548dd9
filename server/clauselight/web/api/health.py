"""What operators' tools ask."""

from __future__ import annotations

import sqlalchemy as sa
from aiohttp import web

from clauselight.publication.files import Shelf

from ..keys import ENGINE, PUBLICATION
from ..problems import ProblemRaised

routes = web.RouteTableDef()


@routes.get("/healthz")
async def healthz(request: web.Request) -> web.Response:
    """The process runs."""
    return web.json_response({"status": "ok"}, headers={"Cache-Control": "no-store"})


@routes.get("/readyz")
async def readyz(request: web.Request) -> web.Response:
    """The archive answers and the publication is rendered."""
    try:
        async with request.app[ENGINE].connect() as connection:
            await connection.execute(sa.text("SELECT 1"))
        ready = request.app[PUBLICATION].get(Shelf.INDEX, 0) is not None
    except sa.exc.SQLAlchemyError:
        ready = False
    if not ready:
        raise ProblemRaised(
            "not-ready", "The archive or the publication does not answer.", headers={"Retry-After": "1"}
        )
    return web.json_response({"status": "ready"}, headers={"Cache-Control": "no-store"})
