"""The front page: what this is, how to add the extension, where to try it."""

from __future__ import annotations

import json

from aiohttp import web

from clauselight.publication.files import Shelf

from ..keys import PUBLICATION
from .downloads import available
from .render import page

routes = web.RouteTableDef()


@routes.get("/")
async def landing(request: web.Request) -> web.Response:
    """Say what this is and what to do next."""
    state = request.app[PUBLICATION].get(Shelf.STATE, 0)
    info = json.loads(state.plain()) if state else {"documents": 0, "provisions": 0}
    return page(
        request,
        "landing.html",
        info=info,
        address=f"{request.scheme}://{request.host}",
        downloads=available(),
    )
