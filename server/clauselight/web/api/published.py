"""Calls that are answered from the publication: index, buckets, match, records, clause types."""

from __future__ import annotations

import re

from aiohttp import web

from clauselight.contract.annotation import MatchAnswer
from clauselight.contract.problem import FieldError
from clauselight.domain.canonical_url import UrlRefused
from clauselight.publication.files import PublicationFile, Rendered, Shelf, render
from clauselight.publication.matching import find_match
from clauselight.publication.places import delta_key, number, text_key

from ..answers import send
from ..keys import PUBLICATION
from ..problems import ProblemRaised
from ..withdrawn_records import missing_provision

routes = web.RouteTableDef()

_PREFIX = re.compile(r"[0-9a-f]{1,16}", re.ASCII)
_PROVISION = re.compile(r"CL-P-[0-9]{6}", re.ASCII)
_DOCUMENT = re.compile(r"CL-D-[0-9]{6}", re.ASCII)

_STATE = re.compile(r"[0-9a-f]{16}", re.ASCII)

FILE_ENDING = ".json"
"""Index, deltas and buckets have a second name with it, so that readers ask a static host, which tells the
content type from the ending, in the same way as this server."""

NO_MATCH = render(MatchAnswer(contract_version="1", matches=[]))


@routes.get("/v1/info")
@routes.get("/v1/info.json")
async def info(request: web.Request) -> web.Response:
    """What this server is, and how much it knows."""
    return send(request, _published(request, Shelf.STATE, 0))


@routes.get("/v1/index")
@routes.get("/v1/index.json")
async def index(request: web.Request) -> web.Response:
    """All known page keys, so that readers can match on their own computer."""
    return send(request, _published(request, Shelf.INDEX, 0))


@routes.get("/v1/buckets/{prefix}")
async def bucket(request: web.Request) -> web.Response:
    """Every annotation set of a prefix, the same bytes for everyone."""
    found = find_bucket(request.app[PUBLICATION], request.match_info["prefix"])
    if found is None:
        raise ProblemRaised("unknown-prefix", "No bucket has this prefix. Fetch /v1/index again.")
    return send(request, found)


def find_bucket(publication: PublicationFile, name: str) -> Rendered | None:
    """The bucket of a name: its prefix, with or without the ending that static hosting needs."""
    prefix = name.removesuffix(FILE_ENDING)
    # As many digits as the prefixes have, so that a bucket has one name.
    if len(prefix) != publication.prefix_digits or not _PREFIX.fullmatch(prefix):
        return None
    bucket = publication.bucket(int(prefix, 16))
    return None if bucket is None else Rendered.of_sendable(bucket)


@routes.get("/v1/deltas/{state}")
async def delta(request: web.Request) -> web.Response:
    """What changed in the index since a state; for the present state, that nothing did."""
    state = request.match_info["state"].removesuffix(FILE_ENDING)
    if _STATE.fullmatch(state):
        found = request.app[PUBLICATION].get(Shelf.DELTA, delta_key(state))
        if found is not None:
            return send(request, found)
    raise ProblemRaised("unknown-state", "No delta is kept from this state. Fetch /v1/index whole.")


@routes.get("/v1/match")
async def match(request: web.Request) -> web.Response:
    """The direct form, for scripts: it tells this server the URL. Never logged."""
    url = request.query.get("url")
    if not url:
        raise ProblemRaised(
            "malformed-url",
            "The parameter url is missing.",
            errors=[FieldError(field="url", message="must hold one absolute http or https address")],
        )
    try:
        found = find_match(request.app[PUBLICATION], url)
    except UrlRefused as refused:
        raise ProblemRaised(
            "malformed-url",
            f"The URL cannot be used: {refused}",
            errors=[FieldError(field="url", message=str(refused))],
        ) from refused
    return send(request, NO_MATCH if found is None else Rendered.of_sendable(found))


@routes.get("/v1/provisions/{id}")
async def provision(request: web.Request) -> web.Response:
    """One record."""
    identity = request.match_info["id"]
    if _PROVISION.fullmatch(identity):
        found = request.app[PUBLICATION].get(Shelf.PROVISION, number(identity))
        if found is not None:
            return send(request, found)
        raise await missing_provision(request, identity)
    raise ProblemRaised("unknown-provision", "No provision has this id; ids look like CL-P-003363.")


@routes.get("/v1/documents/{id}")
async def document(request: web.Request) -> web.Response:
    """One document with all its provisions."""
    identity = request.match_info["id"]
    if _DOCUMENT.fullmatch(identity):
        found = request.app[PUBLICATION].get(Shelf.DOCUMENT, number(identity))
        if found is not None:
            return send(request, found)
    raise ProblemRaised("unknown-document", "No document has this id; ids look like CL-D-000098.")


@routes.get("/v1/clause-types/{id}")
async def clause_type(request: web.Request) -> web.Response:
    """A clause type: explanation, and who has it."""
    found = request.app[PUBLICATION].get(Shelf.CLAUSE_TYPE, text_key(request.match_info["id"]))
    if found is None:
        raise ProblemRaised("unknown-clause-type", "No clause type has this id.")
    return send(request, found)


def _published(request: web.Request, shelf: Shelf, key: int) -> Rendered:
    found = request.app[PUBLICATION].get(shelf, key)
    if found is None:
        raise ProblemRaised("not-ready", "The publication is being rendered.", headers={"Retry-After": "1"})
    return found
