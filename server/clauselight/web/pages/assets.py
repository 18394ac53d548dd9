"""Styles and icons of the pages: the few packaged files, by name only, so that no path can lead elsewhere."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from importlib.resources import files

from aiohttp import web

from clauselight.publication.files import Rendered

from ..answers import send
from ..problems import ProblemRaised

routes = web.RouteTableDef()

MEDIA_TYPES = {"css": "text/css", "svg": "image/svg+xml", "js": "text/javascript"}


@routes.get("/static/{name}")
async def asset(request: web.Request) -> web.Response:
    """One file."""
    name = request.match_info["name"]
    found = _assets().get(name)
    if found is None:
        raise ProblemRaised("not-found", "There is no file of this name.")
    return send(request, found, MEDIA_TYPES[name.rpartition(".")[2]])


@routes.get("/favicon.ico")
async def favicon(request: web.Request) -> web.Response:
    """The icon for pages that name none, such as archived ones: browsers ask here of themselves."""
    return send(request, _assets()["icon.svg"], MEDIA_TYPES["svg"])


def has_asset(name: str) -> bool:
    """Whether there is a file of this name: the built ones are missing where nobody built the extension."""
    return name in _assets()


@cache
def _assets() -> dict[str, Rendered]:
    """All files by name, compressed once."""
    found = {}
    for file in (files("clauselight.web") / "static").iterdir():
        if file.name.rpartition(".")[2] in MEDIA_TYPES:
            plain = file.read_bytes()
            etag = f'"{hashlib.sha256(plain).hexdigest()[:16]}"'
            found[file.name] = Rendered(etag, gzip.compress(plain, 9, mtime=0))
    return found
