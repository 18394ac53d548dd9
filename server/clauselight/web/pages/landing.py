"""The front page: what this is, search, what changed lately, how to add the extension, where to try it."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from aiohttp import web

from clauselight.knowledge.clause_types import categories
from clauselight.publication.files import Shelf
from clauselight.publication.registry_query import Filters, Listed, Sort, list_provisions

from ..keys import PUBLICATION, SETTINGS
from ..problems import ProblemRaised
from ..registry_access import ask
from .downloads import available
from .render import page

routes = web.RouteTableDef()

MOST_LATEST = 5


@routes.get("/")
async def landing(request: web.Request) -> web.Response:
    """Say what this is and what to do next."""
    state = request.app[PUBLICATION].get(Shelf.STATE, 0)
    info = json.loads(state.plain()) if state else {"documents": 0, "provisions": 0}
    public = request.app[SETTINGS].public_url
    # Behind a proxy the scheme seen here is the proxy's, not the reader's.
    own = public if public and urlsplit(public).netloc.lower() == request.host.lower() else None
    return page(
        request,
        "landing.html",
        info=info,
        address=own or f"{request.scheme}://{request.host}",
        downloads=available(),
        latest=await _latest(request),
        categories=categories(),
        canonical="/",
    )


async def _latest(request: web.Request) -> list[Listed]:
    """What changed last. The front page answers also while the registry is being made."""
    try:
        return await ask(request, list_provisions, Filters(), Sort.LATEST, limit=MOST_LATEST)
    except ProblemRaised:
        return []
