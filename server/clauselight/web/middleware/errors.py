"""Turns everything that goes wrong into problem details."""

from __future__ import annotations

import logging
import traceback

from aiohttp import web
from aiohttp.typedefs import Handler
from sqlalchemy.exc import SQLAlchemyError

from ..access_log import ROUTE
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
        _check(request)
        return await handler(request)
    except ProblemRaised as raised:
        return problem_response(raised)
    except web.HTTPMethodNotAllowed as refused:
        allowed = ", ".join(sorted(refused.allowed_methods))
        return problem_response(
            ProblemRaised(
                "method-not-allowed",
                f"{request.method} is not allowed here; use {allowed}.",
                headers={"Allow": allowed},
            )
        )
    except web.HTTPNotFound:
        return problem_response(ProblemRaised("not-found", f"There is nothing at {_shown(request.path)}."))
    except web.HTTPRequestEntityTooLarge:
        return problem_response(ProblemRaised("request-too-large", "The body is larger than allowed."))
    except web.HTTPException as other:
        if other.status < 400:
            raise
        return problem_response(ProblemRaised("malformed-request", other.reason or "The request is wrong."))
    except Exception as error:
        # Neither address nor parameters, and no error's text that may quote the body: the log of a privacy
        # tool must not say what somebody reads.
        text = str(error) if isinstance(error, _TOLD) else ""
        where = "".join(traceback.format_tb(error.__traceback__))
        log.error("unexpected error in %s: %s %s\n%s", request[ROUTE], type(error).__name__, text, where)
        return problem_response(ProblemRaised("internal-error", "The server could not answer this request."))


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
