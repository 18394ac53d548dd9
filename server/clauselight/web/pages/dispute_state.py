"""The private page on which a reporter follows a dispute."""

from __future__ import annotations

from aiohttp import web

from clauselight.knowledge.clause_types import clause_types

from ..api.disputes import followed, status_of
from ..dispute_words import ACTS, REASONS
from .people import for_people
from .render import page

routes = web.RouteTableDef()


@routes.get("/disputes/{token}")
@for_people
async def dispute_state(request: web.Request) -> web.StreamResponse:
    """Where the dispute stands."""
    status = status_of(await followed(request), request)
    proposed = clause_types().get(status.proposed_type or "")
    response = page(
        request,
        "dispute_state.html",
        status_of=status,
        proposed_type=proposed.title if proposed else None,
        reasons=REASONS,
        acts=ACTS,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
