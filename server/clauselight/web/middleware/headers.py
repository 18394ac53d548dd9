"""Security headers on every answer."""

from __future__ import annotations

from aiohttp import web
from aiohttp.typedefs import Handler

HEADERS = {
    # Not which versions of what run here.
    "Server": "clauselight",
    # Nothing from anywhere else, no scripts at all: the pages work without.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
}


@web.middleware
async def headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Add the headers, whatever the answer."""
    try:
        response = await handler(request)
    except web.HTTPException as redirect:  # aiohttp answers with the exception itself
        _add(redirect)
        raise
    if not response.prepared:
        _add(response)
    return response


def _add(response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
