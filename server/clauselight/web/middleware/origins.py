"""Refuses what another web page makes a browser send: cross-site request forgery.

Browsers say where a request comes from, in headers that no page can change: Sec-Fetch-Site
(https://www.w3.org/TR/fetch-metadata/), and Origin, which older ones send too. What comes from another site
changes nothing here, whoever is signed in. Programs that are no browser send neither and carry no cookie;
bearer tokens are not sent by a browser on its own. The rule is that of Filippo Valsorda, "Cross-Site Request
Forgery" (https://words.filippo.io/csrf/), with one exception: the extension reports disputes and sends
pages to analyse, which anybody may do.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from ..problems import ProblemRaised
from .hosts import own_names

_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})

OPEN_TO_EXTENSIONS: Final = frozenset({"/v1/analyses", "/v1/disputes"})
"""What changes something and needs no token."""

_EXTENSIONS: Final = ("chrome-extension://", "moz-extension://", "safari-web-extension://")


@web.middleware
async def origins(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a changing request from another site."""
    if request.method not in _READING and not _carries_token(request) and not _allowed(request):
        raise ProblemRaised(
            "cross-site", "The request comes from another website. Nothing here can be changed from there."
        )
    return await handler(request)


def _carries_token(request: web.Request) -> bool:
    return request.headers.get("Authorization", "")[:7].lower() == "bearer "


def _allowed(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    if origin is not None and origin.startswith(_EXTENSIONS) and request.path in OPEN_TO_EXTENSIONS:
        return True
    site = request.headers.get("Sec-Fetch-Site")
    if site == "same-origin":
        # Of a page that is told to send no referrer, as ours are, browsers name no origin either.
        return origin in (None, "null") or _own(request, origin)
    if site is not None:
        return site == "none"
    return origin is None or _own(request, origin)


def _own(request: web.Request, origin: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    # The same host, not only one of the server's own: each name is a site of its own to a browser.
    return parts.scheme in ("http", "https") and (
        parts.netloc.lower() == request.host.lower() and parts.netloc.lower() in own_names(request.app)
    )
