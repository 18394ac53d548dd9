"""The publication's own SQLite file: rendered answers by integer key, read synchronously.

Readers never wait for a parser, a compressor or another thread: a lookup in a small table by integer key
takes microseconds, less than handing it to a thread would (DESIGN.md section 7). The file is derived from
the archive and may be deleted at any time; a damaged one is thrown away and made anew.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from clauselight.store.engine import ArchiveUnusable

CACHED_ANSWERS = 512
"""Answers kept in memory; with the 64-document buckets of a public server about 50 MB at the most."""

FORMAT = 1
"""Raised when the file's layout changes; an older file is thrown away."""


class Shelf(IntEnum):
    """What an answer is about; the first half of its key."""

    STATE = 0
    INDEX = 1
    BUCKET = 2
    MATCH = 3
    MATCH_OTHER_LANGUAGE = 7
    PROVISION = 4
    CLAUSE_TYPE = 5
    DOCUMENT = 6


@dataclass(frozen=True, slots=True)
class Rendered:
    """One answer, ready to be sent: gzip-compressed JSON and its entity tag (with quotes)."""

    etag: str
    body: bytes

    def plain(self) -> bytes:
        """The uncompressed body, for the rare client that does not take gzip."""
        return gzip.decompress(self.body)


def render(answer: BaseModel | dict[str, Any]) -> Rendered:
    """Compress an answer once. The tag is of the uncompressed bytes, so it does not depend on zlib."""
    if isinstance(answer, BaseModel):
        plain = answer.model_dump_json(exclude_none=True).encode()
    else:
        plain = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{hashlib.sha256(plain).hexdigest()[:16]}"'
    # mtime=0: the same answer is the same bytes.
    return Rendered(etag, gzip.compress(plain, 6, mtime=0))


class PublicationFile:
    """Rendered answers on disk behind a small cache. One writer and one reader thread."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._cache: OrderedDict[tuple[int, int], Rendered | None] = OrderedDict()
        self._prefix_digits: int | None = None
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        try:
            return self._connect()
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
                # Sound, but somebody else writes it: deleting it would pull it away under them.
                raise ArchiveUnusable(
                    f"The publication {self._file} is being written by another process; try again."
                ) from error
        try:
            for ending in ("", "-wal", "-shm", "-journal"):
                self._file.with_name(self._file.name + ending).unlink(missing_ok=True)
            return self._connect()
        except (OSError, sqlite3.Error) as error:
            raise ArchiveUnusable(f"The publication {self._file} cannot be written: {error}.") from error

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, isolation_level=None)
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    @staticmethod
    def _prepare(connection: sqlite3.Connection) -> None:
        if connection.execute("PRAGMA user_version").fetchone()[0] not in (0, FORMAT):
            raise sqlite3.DatabaseError("another format")
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("damaged")
        # Derived data: losing the last write to a power cut costs one more rendering, nothing else.
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS answer "
            "(shelf INTEGER, key INTEGER, etag TEXT, body BLOB, PRIMARY KEY (shelf, key)) WITHOUT ROWID"
        )
        connection.execute(f"PRAGMA user_version={FORMAT}")

    def get(self, shelf: Shelf, key: int) -> Rendered | None:
        """The answer under a key, or None."""
        place = (shelf, key)
        if place in self._cache:
            self._cache.move_to_end(place)
            return self._cache[place]
        row = self._connection.execute(
            "SELECT etag, body FROM answer WHERE shelf=? AND key=?", place
        ).fetchone()
        found = Rendered(*row) if row else None
        self._cache[place] = found
        if len(self._cache) > CACHED_ANSWERS:
            self._cache.popitem(last=False)
        return found

    @property
    def prefix_digits(self) -> int:
        """How many hexadecimal digits a bucket prefix has."""
        if self._prefix_digits is None:
            question = "SELECT max(key) FROM answer WHERE shelf=?"
            last = self._connection.execute(question, (Shelf.BUCKET,)).fetchone()[0]
            self._prefix_digits = len(f"{last or 0:x}")
        return self._prefix_digits

    def replace_all(self, answers: Iterable[tuple[Shelf, int, Rendered]]) -> None:
        """Exchange everything at once: a reader sees the old publication or the new one, never a mixture."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._connection.execute("DELETE FROM answer")
            self._connection.executemany(
                "INSERT INTO answer VALUES (?,?,?,?)",
                ((shelf, key, answer.etag, answer.body) for shelf, key, answer in answers),
            )
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
        self._cache.clear()
        self._prefix_digits = None

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
