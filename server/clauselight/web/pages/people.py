"""What pages for people with a token have in common: who is signed in, own scripts, problems as pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from aiohttp import web

from ..problems import ProblemRaised
from ..who import who
from .render import page

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def people_page(
    request: web.Request, template: str, *, status: int = 200, **context: Any
) -> web.Response:
    """A page that knows who is signed in and may run the server's own scripts; kept nowhere."""
    response = page(request, template, status=status, script=True, who=await who(request), **context)
    response.headers["Cache-Control"] = "no-store"
    return response


def for_people(handler: Handler) -> Handler:
    """Shows problems as a page, and the way to sign in where that is what is missing."""

    @wraps(handler)
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except ProblemRaised as raised:
            if raised.kind.slug == "token-needed" and request.method == "GET":
                raise web.HTTPSeeOther(f"/sign-in?next={quote(request.path, safe='/')}") from None
            return await problem_page(request, raised)

    return answer


async def problem_page(request: web.Request, raised: ProblemRaised) -> web.Response:
    """A problem that a person reads."""
    response = page(
        request, "error.html", status=raised.kind.status, problem=raised.kind, detail=raised.detail
    )
    response.headers.update({**raised.headers, "Cache-Control": "no-store"})
    return response
