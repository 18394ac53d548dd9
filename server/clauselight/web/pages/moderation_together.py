"""Rejecting many disputes at once: what is said alike of many labels, and the disputes that were picked."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode

from aiohttp import web
from pydantic import ValidationError

from clauselight.knowledge.clause_types import clause_types
from clauselight.store.dispute_floods import disputes_alike, flood_of
from clauselight.store.dispute_queue import queued_dispute
from clauselight.store.tokens import Scope

from ..api.dispute_decisions import LARGEST_NUMBER, MOST_BYTES, dispute_number
from ..bodies import field_errors, form_body
from ..curating import reading
from ..dispute_cases import summary
from ..dispute_words import REASONS
from ..problems import ProblemRaised
from ..together import MOST_TOGETHER, USUAL_TOGETHER, reject_together
from ..who import Who, require
from .people import for_people, people_page

routes = web.RouteTableDef()

SHOWN: Final = 25
"""Disputes of a flood that its page lists, the oldest."""

_PICKED: Final = re.compile(r"dispute-([1-9][0-9]{0,15})", re.ASCII)


@routes.get("/moderation/alike/{id}")
@for_people
async def alike(request: web.Request) -> web.StreamResponse:
    """What an open dispute says, of how many labels."""
    return await _page(request, await require(request, Scope.READ))


@routes.post("/moderation/alike/{id}")
@for_people
async def reject_alike(request: web.Request) -> web.StreamResponse:
    """Reject all that say the same and were there when the page was opened."""
    moderator = await require(request, Scope.DISPUTE)
    fields = await form_body(request, most=MOST_BYTES)
    until = fields.get("until", "")
    if not (until.isascii() and until.isdigit() and len(until) < 17 and int(until) <= LARGEST_NUMBER):
        raise ProblemRaised("bad-parameter", "The form is not one of this server's pages.")
    async with reading(request) as connection:
        found = await flood_of(connection, dispute_number(request))
        if found is None:
            raise ProblemRaised("dispute-decided", "These disputes are decided already.")
        numbers = await disputes_alike(connection, found, until=int(until), limit=MOST_TOGETHER)
    return await _rejected(request, numbers, fields, moderator)


@routes.post("/moderation/reject")
@for_people
async def reject_picked(request: web.Request) -> web.StreamResponse:
    """Reject the disputes that were picked in the queue."""
    moderator = await require(request, Scope.DISPUTE)
    fields = await form_body(request, most=MOST_BYTES)
    numbers = sorted(int(found[1]) for found in map(_PICKED.fullmatch, fields) if found)
    if not numbers:
        raise web.HTTPSeeOther("/moderation?picked=0")
    return await _rejected(request, numbers, fields, moderator)


async def _rejected(
    request: web.Request, numbers: list[int], fields: dict[str, str], moderator: Who
) -> web.StreamResponse:
    text = fields.get("text", "").strip() or USUAL_TOGETHER
    try:
        done = await reject_together(request, numbers, text, moderator)
    except ValidationError as wrong:
        said = "; ".join(f"{one.field}: {one.message}" for one in field_errors(wrong))
        raise ProblemRaised("bad-body", f"The reason cannot be used: {said}.") from None
    raise web.HTTPSeeOther("/moderation?" + urlencode({"rejected": done.rejected, "left": done.left}))


async def _page(request: web.Request, reader: Who) -> web.Response:
    async with reading(request) as connection:
        found = await flood_of(connection, dispute_number(request))
        if found is None:
            raise ProblemRaised("unknown-dispute", "No open dispute has this number: it may be decided.")
        numbers = await disputes_alike(connection, found, until=found.last, limit=SHOWN)
        queued = [await queued_dispute(connection, number) for number in numbers]
    proposed = clause_types().get(found.proposed_type or "")
    return await people_page(
        request,
        "moderation_alike.html",
        found=found,
        disputes=[summary(one, reader) for one in queued if one is not None],
        proposed_type=proposed.title if proposed else found.proposed_type,
        reasons=REASONS,
        usual=USUAL_TOGETHER,
        most=MOST_TOGETHER,
        may_decide=reader.scope.allows(Scope.DISPUTE),
    )
