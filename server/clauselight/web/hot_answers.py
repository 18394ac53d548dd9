"""What readers ask for all day, as answers that only lack the date: index, deltas, buckets and matches.

A match that was asked for lately is found by the request line itself, before anything in it is looked at; by
the line's digest, so that no address that somebody asked for is kept. An edition of the publication ends all
of that.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from sqlite3 import DatabaseError
from typing import Final, NamedTuple
from urllib.parse import unquote_plus

from aiohttp import web

from clauselight.domain.canonical_url import UrlRefused
from clauselight.publication.cache import RecentAnswers
from clauselight.publication.files import PublicationFile, Rendered, Shelf
from clauselight.publication.matching import find_match
from clauselight.publication.places import delta_key

from .api.published import FILE_ENDING, NO_MATCH
from .keys import PUBLICATION
from .middleware.errors import MAX_TARGET

MOST_LINES: Final = 8_000
"""Request lines whose answer is kept. Of requests for a million documents, the n-th most wanted with a weight
of 1/n, two thirds are for the first 8,000."""

MOST_BYTES: Final = 4 * 1024 * 1024
"""Of all those answers together: some 6,000 of the size that most matches have. With 12 MB the process grew
beyond 100 MB."""

LARGEST_KEPT: Final = 8_192
"""Bytes of a match up to which it is kept. Buckets and the index lie in the publication's own cache."""

_BUCKETS: Final = "/v1/buckets/"
_MATCH: Final = "/v1/match?url="
_DELTAS: Final = "/v1/deltas/"
_BUCKET: Final = re.compile(r"/v1/buckets/([0-9a-f]{1,16})(?:\.json)?", re.ASCII)
_DELTA: Final = re.compile(r"/v1/deltas/([0-9a-f]{16})(?:\.json)?", re.ASCII)
_ROUTES: Final = {"/v1/index": "/v1/index", "/v1/index" + FILE_ENDING: "/v1/index" + FILE_ENDING}

_MATCH_LINE: Final = b"GET " + _MATCH.encode()
_START, _END = b"GET /", b" HTTP/1.1"


class Ready(NamedTuple):
    """`route`: its pattern, for the log. `end`: the last lines of the head, which name tag and length."""

    route: str
    etag: str
    end: bytes
    body: bytes


def target_of(line: bytes) -> str | None:
    """The target of a request line that every parser reads in one way: GET, a path of visible ASCII,
    HTTP/1.1, one space between. None for any other."""
    if not (line.startswith(_START) and line.endswith(_END) and line.isascii()):
        return None
    target = line[len(_START) - 1 : -len(_END)].decode("ascii")
    return target if " " not in target and target.isprintable() else None


class HotAnswers:
    """The answers of one application."""

    def __init__(self, app: web.Application) -> None:
        self._app = app
        self._publication: PublicationFile | None = None
        self._edition = -1
        self._kept: RecentAnswers[bytes, Ready] = RecentAnswers(MOST_LINES, MOST_BYTES)

    def find(self, line: bytes) -> Ready | None:
        """The answer to a request line; None for whatever the application is to answer."""
        publication = self._publication
        if publication is None:
            publication = self._publication = self._app.get(PUBLICATION)
            if publication is None:
                return None  # not started yet
        if publication.edition != self._edition:
            self._kept.clear()
            self._edition = publication.edition
        if not line.startswith(_MATCH_LINE):
            return _ready(publication, line)
        digest = blake2b(line, digest_size=16).digest()
        ready = self._kept.get(digest)
        if ready is None:
            ready = _ready(publication, line)
            if ready is not None and len(ready.body) <= LARGEST_KEPT:
                self._kept.put(digest, ready, len(ready.body) + len(ready.end))
        return ready


def _ready(publication: PublicationFile, line: bytes) -> Ready | None:
    target = target_of(line)
    if target is None or len(target) > MAX_TARGET:
        return None
    try:
        found, route = _find(publication, target)
    except (UrlRefused, DatabaseError):
        return None
    if found is None:
        return None
    end = b"ETag: %s\r\nContent-Length: %d\r\n\r\n" % (found.etag.encode(), len(found.body))
    return Ready(route, found.etag, end, found.body)


def _find(publication: PublicationFile, target: str) -> tuple[Rendered | None, str]:
    if target.startswith(_MATCH):
        url = target[len(_MATCH) :]
        if not url or "&" in url or "#" in url:
            return None, ""  # several parameters: the application's parser decides
        if "%" in url or "+" in url:
            url = _unquoted(url)
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


def _unquoted(text: str) -> str:
    """As `unquote_plus`, sooner when only what every address has is encoded."""
    # Neither of the two can become part of another encoded byte.
    text = text.replace("%3A", ":").replace("%2F", "/")
    return unquote_plus(text) if "%" in text or "+" in text else text
