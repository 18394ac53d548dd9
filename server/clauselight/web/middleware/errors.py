"""Turns everything that goes wrong into problem details, or into a page for browsers that open one."""

from __future__ import annotations

import logging
import traceback

from aiohttp import web
from aiohttp.typedefs import Handler
from sqlalchemy.exc import SQLAlchemyError

from ..access_log import ROUTE
from ..pages.render import page
from ..problems import ProblemRaised, problem_response

log = logging.getLogger("clauselight.web")

MAX_TARGET = 8_192
"""Longest request target in characters, as for URLs in the contract."""

_BODY_METHODS = frozenset({"POST", "PUT", "PATCH"})

_TOLD = (OSError, SQLAlchemyError)
"""Errors whose text an operator needs and that quote no request: SQLAlchemy's parameters are hidden."""


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer problems for refused requests, unknown addresses, wrong methods and our own faults."""
    resource = request.match_info.route.resource
    request[ROUTE] = resource.canonical if resource is not None else "-"
    try:
        return await _answered(request, handler)
    except ProblemRaised as raised:
        return _told(request, raised)


async def _answered(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The answer. Raises ProblemRaised for whatever goes wrong."""
    try:
        _check(request)
        return await handler(request)
    except ProblemRaised:
        raise
    except web.HTTPMethodNotAllowed as refused:
        allowed = ", ".join(sorted(refused.allowed_methods))
        raise ProblemRaised(
            "method-not-allowed",
            f"{request.method} is not allowed here; use {allowed}.",
            headers={"Allow": allowed},
        ) from refused
    except web.HTTPNotFound:
        raise ProblemRaised("not-found", f"There is nothing at {_shown(request.path)}.") from None
    except web.HTTPRequestEntityTooLarge:
        raise ProblemRaised("request-too-large", "The body is larger than allowed.") from None
    except web.HTTPException as other:
        if other.status < 400:
            raise
        raise ProblemRaised("malformed-request", other.reason or "The request is wrong.") from None
    except Exception as error:
        # Neither address nor parameters, and no error's text that may quote the body: the log of a privacy
        # tool must not say what somebody reads.
        text = str(error) if isinstance(error, _TOLD) else ""
        where = "".join(traceback.format_tb(error.__traceback__))
        log.error("unexpected error in %s: %s %s\n%s", request[ROUTE], type(error).__name__, text, where)
        raise ProblemRaised("internal-error", "The server could not answer this request.") from None


def _told(request: web.Request, raised: ProblemRaised) -> web.Response:
    """A page for who opens one in a browser, problem details for everybody else."""
    if request.method not in ("GET", "HEAD") or request.path.startswith("/v1/"):
        return problem_response(raised)
    if "text/html" not in request.headers.get("Accept", ""):
        return problem_response(raised)
    response = page(
        request, "error.html", status=raised.kind.status, problem=raised.kind, detail=raised.detail
    )
    response.headers.update({**raised.headers, "Vary": "Accept"})
    return response


def _check(request: web.Request) -> None:
    if len(request.raw_path) > MAX_TARGET:
        raise ProblemRaised(
            "url-too-long",
            f"The address has {len(request.raw_path):,} characters; {MAX_TARGET:,} are allowed.",
        )
    if not request.raw_path.isascii():
        raise ProblemRaised("malformed-request", "An address is ASCII; other characters are percent-encoded.")
    if (
        request.method in _BODY_METHODS
        and request.path.startswith("/v1/")
        and request.can_read_body
        and request.content_type != "application/json"
    ):
        raise ProblemRaised(
            "unsupported-media-type",
            f"The body is {_shown(request.content_type)}; application/json is expected.",
        )


def _shown(text: str) -> str:
    """A piece of the request, short enough for a sentence."""
    return text if len(text) <= 80 else text[:79] + "…"
