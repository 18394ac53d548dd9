"""The calls that readers make all day, answered before the router.

Index, deltas, buckets and matches are bytes that lie ready; most of the time a request takes is spent on what
surrounds them: routing, three middlewares, a response object with its header dictionary. So these four calls
are looked at first. Only what is plain is answered here: GET on HTTP/1.1 without a body, a Host that is one
of the server's own names, a client that takes gzip, a name that exists. Everything else, every error
included, goes on to the application, which knows how to say what is wrong. The answers carry the same headers
as all others, and the access log gets the same line.
"""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from sqlite3 import DatabaseError
from typing import Final, cast
from urllib.parse import unquote_plus

from aiohttp import web
from aiohttp.http import HttpVersion11

from clauselight.domain.canonical_url import UrlRefused
from clauselight.publication.files import PublicationFile, Rendered, Shelf
from clauselight.publication.matching import find_match
from clauselight.publication.places import delta_key

from .access_log import ROUTE
from .answers import REVALIDATE, has_copy, takes_gzip
from .api.published import FILE_ENDING, NO_MATCH
from .keys import PUBLICATION
from .middleware.errors import MAX_TARGET
from .middleware.headers import HEADERS
from .middleware.hosts import own_names

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]

_BUCKETS: Final = "/v1/buckets/"
_MATCH: Final = "/v1/match?url="
_DELTAS: Final = "/v1/deltas/"
_BUCKET: Final = re.compile(r"/v1/buckets/([0-9a-f]{1,16})(?:\.json)?", re.ASCII)
_DELTA: Final = re.compile(r"/v1/deltas/([0-9a-f]{16})(?:\.json)?", re.ASCII)
_ROUTES: Final = {"/v1/index": "/v1/index", "/v1/index" + FILE_ENDING: "/v1/index" + FILE_ENDING}
_MOST_REMEMBERED: Final = 64
"""Accept-Encoding headers whose meaning is kept; browsers send a handful."""

_FIXED: Final = "".join(
    f"{name}: {value}\r\n"
    for name, value in {"Cache-Control": REVALIDATE, "Vary": "Accept-Encoding", **HEADERS}.items()
).encode()
_FOUND: Final = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Encoding: gzip\r\n" + _FIXED
)
_UNCHANGED: Final = b"HTTP/1.1 304 Not Modified\r\n" + _FIXED


class ReadyAnswer:
    """What aiohttp's connection handler needs of a response, and no more: it is written in one piece."""

    __slots__ = ("_body", "_head", "status")
    keep_alive = True

    def __init__(self, status: int, head: bytes, body: bytes) -> None:
        self.status = status
        self._head = head
        self._body = body

    async def prepare(self, request: web.BaseRequest) -> None:
        """Write everything. Raises ConnectionResetError when the client is gone."""
        protocol = request.protocol
        transport = protocol.transport
        if transport is None or transport.is_closing():
            raise ConnectionResetError("the client has gone")
        transport.writelines((self._head, self._body))
        # Nothing to wait for, unless the client reads more slowly than it is written to.
        if protocol._paused:
            await protocol._drain_helper()

    async def write_eof(self) -> None:
        """Nothing is left to write."""


class HotPath:
    """Handles all requests of a server: those it can at once, the others by the application."""

    def __init__(self, app: web.Application, application: Handler) -> None:
        self._app = app
        self._application = application
        self._hosts = own_names(app)
        self._publication: PublicationFile | None = None
        self._takes_gzip: dict[str, bool] = {}
        self._date = b""
        self._second = 0

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a request."""
        if request.method == "GET" and request.raw_path.startswith("/v1/"):
            answer = self._answer(request)
            if answer is not None:
                return cast(web.StreamResponse, answer)
        return await self._application(request)

    def _answer(self, request: web.BaseRequest) -> ReadyAnswer | None:
        headers = request.headers
        if (
            headers.get("Host") not in self._hosts
            or request.version != HttpVersion11
            or not request.keep_alive
            or request.body_exists
            or not self._compressed(headers.get("Accept-Encoding", ""))
        ):
            return None
        target = request.raw_path
        if len(target) > MAX_TARGET or not target.isascii():
            return None
        try:
            found, route = self._find(target)
        except (UrlRefused, DatabaseError):
            return None
        if found is None:
            return None
        cast(web.Request, request)[ROUTE] = route
        tag = found.etag
        given = headers.get("If-None-Match")
        if given is not None and has_copy(given, tag):
            return ReadyAnswer(304, b"%sETag: %s\r\n%s" % (_UNCHANGED, tag.encode(), self._dated()), b"")
        body = found.body
        head = b"%sETag: %s\r\nContent-Length: %d\r\n%s" % (_FOUND, tag.encode(), len(body), self._dated())
        return ReadyAnswer(200, head, body)

    def _find(self, target: str) -> tuple[Rendered | None, str]:
        publication = self._publication
        if publication is None:
            publication = self._publication = self._app[PUBLICATION]
        if target.startswith(_MATCH):
            url = target[len(_MATCH) :]
            if not url or "&" in url or "#" in url:
                return None, ""  # several parameters: the application's parser decides
            if "%" in url or "+" in url:
                url = unquote_plus(url)
            return find_match(publication, url) or NO_MATCH, "/v1/match"
        if target.startswith(_BUCKETS):
            named = _BUCKET.fullmatch(target)
            if named is None or len(named[1]) != publication.prefix_digits:
                return None, ""
            return publication.get(Shelf.BUCKET, int(named[1], 16)), "/v1/buckets/{prefix}"
        if target.startswith(_DELTAS):
            named = _DELTA.fullmatch(target)
            if named is None:
                return None, ""
            return publication.get(Shelf.DELTA, delta_key(named[1])), "/v1/deltas/{state}"
        route = _ROUTES.get(target)
        return (None, "") if route is None else (publication.get(Shelf.INDEX, 0), route)

    def _compressed(self, accepted: str) -> bool:
        known = self._takes_gzip.get(accepted)
        if known is None:
            known = takes_gzip(accepted)
            if len(self._takes_gzip) < _MOST_REMEMBERED:
                self._takes_gzip[accepted] = known
        return known

    def _dated(self) -> bytes:
        """The Date header and the end of the head; made once a second."""
        second = int(time.time())
        if second != self._second:
            self._second = second
            self._date = f"Date: {formatdate(second, usegmt=True)}\r\n\r\n".encode()
        return self._date
