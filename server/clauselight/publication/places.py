"""Under which keys a document is found, and how buckets are cut so that every one hides enough documents."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from enum import IntEnum
from typing import Final

from clauselight.domain.canonical_url import UrlRefused, index_keys, page_key, site_key, url_key

KEY_BITS: Final = 63

MOST_BUCKET_BITS: Final = 20
"""A million buckets; more would only make the anonymity sets smaller than anybody asked for."""

MOST_SITE_SETS: Final = 100
"""Documents of one site that its bucket holds; the largest site known to the starter catalogue has 129 of
1,911, the next 65. A site with more (a host of other people's pages) would make one bucket as large as all
others together; its further documents are still found by their own addresses."""


class Place(IntEnum):
    """A kind of key. `PAGE` and `SITE` keys stand in the index and choose buckets; the others answer
    `/v1/match` for the document's own page and for its other languages."""

    PAGE = 0
    SITE = 1
    SAME = 2
    LANGUAGE = 3


Location = tuple[int, int]
"""A place and a key."""


def number(identity: str) -> int:
    """The integer in an id such as CL-P-003363."""
    return int(identity[5:])


def document_id(document: int) -> str:
    """The id of a document's number."""
    return f"CL-D-{document:06}"


def text_key(text: str) -> int:
    """An integer key for answers that are asked for by a word."""
    return url_key("name:" + text)


def delta_key(state: str) -> int:
    """The integer key of the delta from a state of the index."""
    return int(state, 16) - (1 << 63)  # SQLite's integers have a sign


def locations(addresses: Iterable[str]) -> set[Location]:
    """Every key under which a document with these addresses is found."""
    found: set[Location] = set()
    for address in addresses:
        try:
            keys = index_keys(address)
            found.add((Place.PAGE, page_key(address)))
            site = site_key(address)
        except UrlRefused:
            continue  # an address no browser could show; the document keeps its other ones
        found.add((Place.SAME, keys[0]))
        found.update((Place.LANGUAGE, key) for key in keys[1:])
        if site is not None:
            found.add((Place.SITE, site))
    return found


def bucket_bits(found: Iterable[tuple[int, int]], smallest: int) -> int:
    """The most leading bits such that every bucket holds at least `smallest` documents.

    `found` are page keys, each with the number (below 2**22) of a document that stands under it; a document
    counts once in a bucket, however many of its keys lie there. 0 (one bucket for everything) when there are
    too few documents to hide one among `smallest`.
    """
    import numpy as np

    # A bucket and a document in one number: the key's first 20 bits and 22 of the document.
    top = KEY_BITS - MOST_BUCKET_BITS
    pairs = np.fromiter((key >> top << 22 | document for key, document in found), dtype=np.int64)
    pairs = np.unique(pairs)
    buckets, documents = pairs >> 22, pairs & ((1 << 22) - 1)
    # A bucket of one more bit holds a part of one with fewer, so that the first failure ends the search.
    for bits in range(1, MOST_BUCKET_BITS + 1):
        of_bucket = np.unique((buckets >> (MOST_BUCKET_BITS - bits)) << 22 | documents) >> 22
        if int(np.bincount(of_bucket, minlength=1 << bits).min()) < smallest:
            return bits - 1
    return MOST_BUCKET_BITS


def key_range(bucket: int, bits: int) -> tuple[int, int]:
    """First and last key of a bucket."""
    width = KEY_BITS - bits
    return bucket << width, ((bucket + 1) << width) - 1


class Locations:
    """The table of all locations, in a transaction of the publication."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, document: int, found: Iterable[Location]) -> None:
        """Note where a document is found."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO location VALUES (?,?,?)", [(place, key, document) for place, key in found]
        )

    def remove(self, document: int, found: Iterable[Location]) -> None:
        """It is not found there any more."""
        self._connection.executemany(
            "DELETE FROM location WHERE place=? AND key=? AND document=?",
            [(place, key, document) for place, key in found],
        )

    def of(self, place: Place) -> Iterable[tuple[int, int]]:
        """All keys of a place with their documents, in order."""
        return self._connection.execute(
            "SELECT key, document FROM location WHERE place=? ORDER BY key, document", (place,)
        )

    def documents(self, key: int, *places: Place) -> list[int]:
        """Documents under one key, by number."""
        found = {
            row[0]
            for place in places
            for row in self._connection.execute(
                "SELECT document FROM location WHERE place=? AND key=?", (place, key)
            )
        }
        return sorted(found)

    def between(self, place: Place, first: int, last: int) -> list[tuple[int, int]]:
        """Keys of a range with their documents."""
        return list(
            self._connection.execute(
                "SELECT key, document FROM location WHERE place=? AND key BETWEEN ? AND ? "
                "ORDER BY key, document",
                (place, first, last),
            )
        )

    def indexed(self) -> Iterable[int]:
        """Every key of the index; some more than once."""
        return (
            row[0]
            for row in self._connection.execute(
                "SELECT key FROM location WHERE place IN (?,?)", (Place.PAGE, Place.SITE)
            )
        )

    def is_indexed(self, value: int, hash_bits: int) -> bool:
        """Whether any key of the index begins with the bits `value`."""
        first, last = key_range(value, hash_bits)
        row = self._connection.execute(
            "SELECT 1 FROM location WHERE place IN (?,?) AND key BETWEEN ? AND ? LIMIT 1",
            (Place.PAGE, Place.SITE, first, last),
        ).fetchone()
        return row is not None
