"""The fictional company's pages, served byte for byte as the archive holds them."""

from __future__ import annotations

from aiohttp import web

from clauselight.knowledge.files import data_folder

from ..problems import ProblemRaised
from .render import page

routes = web.RouteTableDef()

DEMO_DOCUMENTS: dict[str, str] = {"privacy": "CL-D-000001", "terms": "CL-D-000002"}
"""Page names under /demo/ and the documents that they show."""


@routes.get("/demo")
async def without_slash(request: web.Request) -> web.Response:
    """The pages link to each other relatively, so the folder needs its slash."""
    raise web.HTTPMovedPermanently("/demo/")


@routes.get("/demo/")
async def overview(request: web.Request) -> web.Response:
    """The company's legal pages."""
    return page(request, "demo.html")


@routes.get("/demo/{name}")
async def document(request: web.Request) -> web.Response:
    """One of the two documents."""
    name = request.match_info["name"]
    if name not in DEMO_DOCUMENTS:
        raise ProblemRaised("not-found", "The demo has two documents: /demo/privacy and /demo/terms.")
    body = (data_folder() / "demo" / f"{name}.html").read_bytes()
    return web.Response(
        body=body, content_type="text/html", charset="utf-8", headers={"Cache-Control": "no-cache"}
    )
