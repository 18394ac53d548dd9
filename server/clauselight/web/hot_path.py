"""The calls that readers make all day, answered before the router.

Index, deltas, buckets and matches are bytes that lie ready; most of the time a request takes is spent on what
surrounds them: tasks, routing, three middlewares, request and response objects. So these four calls
are looked at first. Only what is plain is answered here: GET on HTTP/1.1 without a body, a Host that is one
of the server's own names, a client that takes gzip, a name that exists. Everything else, every error
included, goes on to the application, which knows how to say what is wrong. The answers carry the same headers
as all others, and the access log gets the same line.
"""

from __future__ import annotations

import re
import time
from email.utils import formatdate
from sqlite3 import DatabaseError
from time import perf_counter
from typing import Any, Final
from urllib.parse import unquote_plus

from aiohttp import web
from aiohttp.http import HttpVersion11, RawRequestMessage
from aiohttp.streams import EMPTY_PAYLOAD

from clauselight.domain.canonical_url import UrlRefused
from clauselight.publication.files import PublicationFile, Rendered, Shelf
from clauselight.publication.matching import find_match
from clauselight.publication.places import delta_key

from .access_log import BatchedAccessLog
from .answers import REVALIDATE, has_copy, takes_gzip
from .api.published import FILE_ENDING, NO_MATCH
from .keys import PUBLICATION
from .middleware.errors import MAX_TARGET
from .middleware.headers import HEADERS
from .middleware.hosts import own_names

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
_JOINED: Final = 16_384
"""Bytes up to which the body is copied behind the head instead of handing both to the transport; not
measured."""

_NEEDED: Final = (
    "_keepalive",
    "_keepalive_handle",
    "_keepalive_timeout",
    "_loop",
    "_manager",
    "_messages",
    "_next_keepalive_close_time",
    "_parser",
    "_paused",
    "_process_keepalive",
    "_waiter",
)
"""What is used of aiohttp's connection handler, as of 3.14."""

_UNCHANGED: Final = b"HTTP/1.1 304 Not Modified\r\n" + _FIXED


class HotPath:
    """Knows the answers of one application."""

    def __init__(self, app: web.Application, log: BatchedAccessLog | None) -> None:
        self._app = app
        self._hosts = own_names(app)
        self._publication: PublicationFile | None = None
        self._takes_gzip: dict[str, bool] = {}
        self._date = b""
        self._second = 0
        self.log = log

    def answer(self, message: RawRequestMessage) -> tuple[int, str, tuple[bytes, ...]] | None:
        """Status, route and what is written; None for whatever the application is to answer."""
        target = message.path
        headers = message.headers
        if (
            message.method != "GET"
            or not target.startswith("/v1/")
            or headers.get("Host") not in self._hosts
            or message.version != HttpVersion11
            or message.should_close
            or len(target) > MAX_TARGET
            or not target.isascii()
            or not self._compressed(headers.get("Accept-Encoding", ""))
        ):
            return None
        try:
            found, route = self._find(target)
        except (UrlRefused, DatabaseError):
            return None
        if found is None:
            return None
        tag = found.etag
        given = headers.get("If-None-Match")
        if given is not None and has_copy(given, tag):
            return 304, route, (b"%sETag: %s\r\n%s" % (_UNCHANGED, tag.encode(), self._dated()),)
        body = found.body
        head = b"%sETag: %s\r\nContent-Length: %d\r\n%s" % (_FOUND, tag.encode(), len(body), self._dated())
        return 200, route, (head + body,) if len(body) < _JOINED else (head, body)

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


class HotParser:
    """Stands before aiohttp's parser of a connection and answers what the hot path knows, as soon as it is
    read.

    Only while the connection is at rest: no other request in hand, nothing waiting to be written. Then no
    task is woken, no request and no response object made. Everything else is passed on as it came from the
    parser, which alone decides what a request is.
    """

    def __init__(self, parser: Any, protocol: Any, hot: HotPath) -> None:
        self._parser = parser
        self._protocol = protocol
        self._hot = hot

    def feed_data(self, data: bytes) -> tuple[Any, bool, bytes]:
        """As the parser's, without the messages that are answered already."""
        started = perf_counter()
        messages, upgraded, tail = self._parser.feed_data(data)
        if len(messages) == 1 and not upgraded and self._answered(messages[0][0], messages[0][1], started):
            self._parser.message_consumed()
            return (), False, tail
        return messages, upgraded, tail

    def __getattr__(self, name: str) -> Any:
        return getattr(self._parser, name)

    def _answered(self, message: RawRequestMessage, payload: object, started: float) -> bool:
        protocol = self._protocol
        waiter, transport = protocol._waiter, protocol.transport
        if (
            payload is not EMPTY_PAYLOAD
            or waiter is None
            or waiter.done()
            or protocol._messages
            or protocol._paused
            or transport is None
            or transport.is_closing()
        ):
            return False
        found = self._hot.answer(message)
        if found is None:
            return False
        status, route, parts = found
        transport.writelines(parts)
        loop = protocol._loop
        protocol._manager.requests_count += 1
        # As after any other answer: the connection may rest for a while before it is closed.
        protocol._keepalive = True
        protocol._next_keepalive_close_time = loop.time() + protocol._keepalive_timeout
        if protocol._keepalive_handle is None:
            protocol._keepalive_handle = loop.call_at(
                protocol._next_keepalive_close_time, protocol._process_keepalive
            )
        if self._hot.log is not None:
            self._hot.log.add(loop, route, status, perf_counter() - started)
        return True


def attach(protocol: Any, hot: HotPath) -> None:
    """Put the hot path before a connection's parser. An aiohttp that is built otherwise works without."""
    if all(hasattr(protocol, name) for name in _NEEDED) and hasattr(protocol._parser, "message_consumed"):
        protocol._parser = HotParser(protocol._parser, protocol, hot)
