"""Pages about the API: its calls, and what each problem type means."""

from __future__ import annotations

from aiohttp import web

from ..api.operations import OPERATIONS
from ..problems import PROBLEM_TYPES, ProblemRaised
from .render import page

routes = web.RouteTableDef()


@routes.get("/api")
async def api(request: web.Request) -> web.Response:
    """All calls of the API, to read."""
    return page(request, "api.html", operations=OPERATIONS, problems=PROBLEM_TYPES)


@routes.get("/problems")
async def problems(request: web.Request) -> web.Response:
    """All problem types."""
    return page(request, "problems.html", problems=PROBLEM_TYPES.values())


@routes.get("/problems/{slug}")
async def problem(request: web.Request) -> web.Response:
    """What one problem type means."""
    kind = PROBLEM_TYPES.get(request.match_info["slug"])
    if kind is None:
        raise ProblemRaised("not-found", "There is no problem type of this name.")
    return page(request, "problems.html", problems=[kind])
