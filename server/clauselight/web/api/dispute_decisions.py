"""Moderation for programs: the queue, one case, taking it, deciding it."""

from __future__ import annotations

import re
from typing import Final

from aiohttp import web

from clauselight.contract.curation import DisputeDecision
from clauselight.contract.problem import FieldError
from clauselight.curation.decide import decide
from clauselight.publication.files import to_json
from clauselight.store.dispute_queue import lease_dispute
from clauselight.store.tokens import Scope

from ..bodies import json_body
from ..curating import changing, if_match, reading
from ..dispute_cases import case, queue
from ..keys import PUBLICATION, SITE
from ..problems import ProblemRaised
from ..who import Who, acting, now, require
from .disputes import private_json

routes = web.RouteTableDef()

DEFAULT_LIMIT: Final = 20
MOST_LIMIT: Final = 100
MOST_BYTES: Final = 64 * 1024
LARGEST_NUMBER: Final = 2**53 - 1

_DOCUMENT: Final = re.compile(r"CL-D-[0-9]{6}", re.ASCII)


@routes.get("/v1/admin/disputes")
async def disputes(request: web.Request) -> web.Response:
    """Open disputes, oldest first."""
    reader = await require(request, Scope.READ)
    after = whole(request, "after", 0, 0, LARGEST_NUMBER)
    limit = whole(request, "limit", DEFAULT_LIMIT, 1, MOST_LIMIT)
    document = request.query.get("document")
    if document is not None and not _DOCUMENT.fullmatch(document):
        raise _wrong("document", "looks like CL-D-000098")
    async with reading(request) as connection:
        found = await queue(connection, reader, after=after, limit=limit, document_id=document)
    return private_json(to_json(found))


@routes.get("/v1/admin/disputes/{id}")
async def dispute_case(request: web.Request) -> web.Response:
    """One dispute with everything that is needed to decide it."""
    return await _answer(request, await require(request, Scope.READ))


@routes.post("/v1/admin/disputes/{id}/lease")
async def lease(request: web.Request) -> web.Response:
    """Take a dispute for five minutes, so that nobody else decides it meanwhile."""
    holder = await require(request, Scope.DISPUTE)
    number = dispute_number(request)
    async with changing(request) as connection:
        taken = await lease_dispute(connection, number, holder.name, now())
        if not taken:
            held = (await case(connection, request.app[SITE], holder, number, _landscape(request))).dispute
            if held.leased_by not in (None, holder.name):
                raise ProblemRaised("dispute-held", f"{held.leased_by} is deciding this dispute.")
            raise ProblemRaised("dispute-decided", "The dispute is decided already.")
    return await _answer(request, holder)


@routes.post("/v1/admin/disputes/{id}/decision")
async def decision(request: web.Request) -> web.Response:
    """Decide a dispute; needs the case's ETag as If-Match."""
    moderator = await require(request, Scope.DISPUTE)
    number = dispute_number(request)
    etag = if_match(request)
    sent = await json_body(request, DisputeDecision, most=MOST_BYTES)
    async with changing(request) as connection:
        await decide(connection, number, sent, acting(moderator), etag)
    return await _answer(request, moderator)


async def _answer(request: web.Request, reader: Who) -> web.Response:
    async with reading(request) as connection:
        found = await case(
            connection, request.app[SITE], reader, dispute_number(request), _landscape(request)
        )
    return private_json(to_json(found), etag=found.etag)


def _landscape(request: web.Request) -> dict[str, object] | None:
    fact: dict[str, object] | None = request.app[PUBLICATION].fact("landscape")
    return fact


def dispute_number(request: web.Request) -> int:
    """The number in the address. Raises ProblemRaised for what is none."""
    text = request.match_info["id"]
    if not (text.isascii() and text.isdigit() and len(text) < 16 and int(text)):
        raise ProblemRaised("unknown-dispute", "No dispute has this number.")
    return int(text)


def whole(request: web.Request, name: str, default: int, least: int, most: int) -> int:
    """A whole number among the parameters. Raises ProblemRaised."""
    text = request.query.get(name)
    if text is None:
        return default
    if text.isascii() and text.isdigit() and len(text) < 17 and least <= int(text) <= most:
        return int(text)
    raise _wrong(name, f"must be a whole number from {least:,} to {most:,}")


def _wrong(name: str, message: str) -> ProblemRaised:
    return ProblemRaised(
        "bad-parameter", f"{name} {message}.", errors=[FieldError(field=name, message=message)]
    )
