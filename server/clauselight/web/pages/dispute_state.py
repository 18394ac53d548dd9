"""The private page on which a reporter follows a dispute."""

from __future__ import annotations

from aiohttp import web

from clauselight.contract.vocabulary import DisputeState
from clauselight.knowledge.clause_types import clause_types

from ..api.disputes import followed, status_of
from ..curating import reading
from ..dispute_cases import etag_of_case
from ..dispute_words import ACTS, REASONS
from ..who import is_owner
from .people import for_people
from .render import page

routes = web.RouteTableDef()


@routes.get("/disputes/{token}")
@for_people
async def dispute_state(request: web.Request) -> web.StreamResponse:
    """Where the dispute stands; the owner of a personal server decides here with one press."""
    found = await followed(request)
    status = status_of(found, request)
    etag = None
    if is_owner(request) and found.dispute.state is DisputeState.OPEN:
        async with reading(request) as connection:
            etag = await etag_of_case(connection, found.dispute.id)
    proposed = clause_types().get(status.proposed_type or "")
    response = page(
        request,
        "dispute_state.html",
        status_of=status,
        number=found.dispute.id,
        owner_etag=etag,
        sent=request.query.get("sent") == "1",
        proposed_type=proposed.title if proposed else None,
        reasons=REASONS,
        acts=ACTS,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
