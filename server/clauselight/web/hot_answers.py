"""What readers ask for all day, as answers that only lack the date: index, deltas, buckets and matches.

A match that was asked for lately is found by the request line itself, before anything in it is looked at; by
the line's digest, so that no address that somebody asked for is kept. An edition of the publication ends all
of that.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from sqlite3 import DatabaseError
from typing import Final
from urllib.parse import unquote_plus

from aiohttp import web

from clauselight.domain.canonical_url import UrlRefused
from clauselight.publication.cache import RecentAnswers
from clauselight.publication.files import PublicationFile, Shelf
from clauselight.publication.matching import find_match
from clauselight.publication.places import delta_key
from clauselight.publication.rendered import TAG

from .answers import has_copy
from .api.published import FILE_ENDING, NO_MATCH
from .keys import PUBLICATION
from .middleware.errors import MAX_TARGET

MOST_LINES: Final = 8_000
"""Request lines whose answer is kept. Of requests for a million documents, the n-th most wanted with a weight
of 1/n, two thirds are for the first 8,000."""

MOST_BYTES: Final = 768 * 1024
"""Of all those answers together: some 1,300 of the size that most matches have. Finding one in the packs
takes little longer, and a process is to stay below 100 MB."""

LARGEST_KEPT: Final = 8_192
"""Bytes of a match up to which it is kept. Buckets are not: reading one from its pack takes as long as the
copying alone."""

_BUCKETS: Final = "/v1/buckets/"
_MATCH: Final = "/v1/match?url="
_DELTAS: Final = "/v1/deltas/"
_BUCKET: Final = re.compile(r"/v1/buckets/([0-9a-f]{1,16})(?:\.json)?", re.ASCII)
_DELTA: Final = re.compile(r"/v1/deltas/([0-9a-f]{16})(?:\.json)?", re.ASCII)
_INDEX: Final = ("/v1/index", "/v1/index" + FILE_ENDING)
_NO_MATCH: Final = NO_MATCH.sendable()

_MATCH_LINE: Final = b"GET " + _MATCH.encode()
_START, _END = b"GET /", b" HTTP/1.1"


Found = tuple[int, str, bytes]
"""Status, the route's pattern for the log, and what is sent behind the lines that all answers of the status
have in common: the last header lines, and the body (`Rendered.sendable`)."""


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
        self._index_tag: str | None = None
        self._kept: RecentAnswers[bytes, bytes] = RecentAnswers(MOST_LINES, MOST_BYTES)

    def find(self, line: bytes, tags: str | None) -> Found | None:
        """The answer to a request line with an If-None-Match of `tags`; None for whatever the application is
        to answer."""
        publication = self._publication
        if publication is None:
            publication = self._publication = self._app.get(PUBLICATION)
            if publication is None:
                return None  # not started yet
        if publication.edition != self._edition:
            self._kept.clear()
            self._index_tag = None
            self._edition = publication.edition
        try:
            if line.startswith(_MATCH_LINE):
                route, found = "/v1/match", self._match(publication, line)
            else:
                target = target_of(line)
                if target is None:
                    return None
                if target in _INDEX:
                    return self._index(publication, target, tags)
                route, found = _other(publication, target)
        except (UrlRefused, DatabaseError):
            return None
        if found is None:
            return None
        if tags is not None and has_copy(tags, tag := found[TAG].decode()):
            return _unchanged(route, tag)
        return 200, route, found

    def _match(self, publication: PublicationFile, line: bytes) -> bytes | None:
        digest = blake2b(line, digest_size=16).digest()
        found = self._kept.get(digest)
        if found is None:
            target = target_of(line)
            if target is None or len(target) > MAX_TARGET:
                return None
            url = target[len(_MATCH) :]
            if not url or "&" in url or "#" in url:
                return None  # several parameters: the application's parser decides
            if "%" in url or "+" in url:
                url = _unquoted(url)
            found = find_match(publication, url) or _NO_MATCH
            if len(found) <= LARGEST_KEPT:
                self._kept.put(digest, found, len(found))
        return found

    def _index(self, publication: PublicationFile, route: str, tags: str | None) -> Found | None:
        # Most readers have it; its bytes are not kept for the others, since it has megabytes.
        if tags is not None and self._index_tag is not None and has_copy(tags, self._index_tag):
            return _unchanged(route, self._index_tag)
        index = publication.read(Shelf.INDEX, 0)
        if index is None:
            return None
        self._index_tag = index.etag
        if tags is not None and has_copy(tags, index.etag):
            return _unchanged(route, index.etag)
        return 200, route, index.sendable()


def _unchanged(route: str, tag: str) -> Found:
    return 304, route, b"ETag: %s\r\n\r\n" % tag.encode()


def _other(publication: PublicationFile, target: str) -> tuple[str, bytes | None]:
    if target.startswith(_BUCKETS):
        named = _BUCKET.fullmatch(target)
        if named is None or len(named[1]) != publication.prefix_digits:
            return "", None
        return "/v1/buckets/{prefix}", publication.bucket(int(named[1], 16))
    if target.startswith(_DELTAS):
        named = _DELTA.fullmatch(target)
        delta = None if named is None else publication.get(Shelf.DELTA, delta_key(named[1]))
        return "/v1/deltas/{state}", None if delta is None else delta.sendable()
    return "", None


def _unquoted(text: str) -> str:
    """As `unquote_plus`, sooner when only what every address has is encoded."""
    # Neither of the two can become part of another encoded byte.
    text = text.replace("%3A", ":").replace("%2F", "/")
    return unquote_plus(text) if "%" in text or "+" in text else text
