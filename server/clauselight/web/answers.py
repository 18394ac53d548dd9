"""Sending rendered answers: gzip as it lies on disk, entity tags, 304."""

from __future__ import annotations

import re

from aiohttp import web

from clauselight.publication.files import Rendered

REVALIDATE = "no-cache"
"""Keep it, but ask each time; with the tag that costs one small answer."""


def send(request: web.Request, rendered: Rendered, content_type: str = "application/json") -> web.Response:
    """Answer with rendered bytes; 304 when the client has them already."""
    headers = {"ETag": rendered.etag, "Cache-Control": REVALIDATE, "Vary": "Accept-Encoding"}
    given = request.headers.get("If-None-Match")
    if given is not None and has_copy(given, rendered.etag):
        return web.Response(status=304, headers=headers)
    if takes_gzip(request.headers.get("Accept-Encoding", "")):
        headers["Content-Encoding"] = "gzip"
        body = rendered.body
    else:
        body = rendered.plain()
    return web.Response(body=body, headers=headers, content_type=content_type, charset="utf-8")


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header allows gzip (RFC 9110, 12.5.3), by name or by `*`, not with q=0."""
    weights = {}
    for part in accepted.lower().split(","):
        coding, _, parameter = (piece.strip() for piece in part.partition(";"))
        weights[coding] = parameter.replace(" ", "")
    weight = weights.get("gzip", weights.get("x-gzip", weights.get("*")))
    return weight is not None and not re.fullmatch(r"q=0(\.0{0,3})?", weight)


def has_copy(given: str, etag: str) -> bool:
    """Whether an If-None-Match header names the tag of what would be answered."""
    if given == etag:
        return True
    # Weak comparison (RFC 9110, 13.1.2): a proxy may have made the tag weak by recompressing.
    tags = {tag.strip().removeprefix("W/") for tag in given.split(",")}
    return etag in tags or "*" in tags
