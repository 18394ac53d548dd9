"""The publication's own SQLite file: rendered answers by integer key, read synchronously.

Readers never wait for a parser, a compressor or another thread: a lookup in a table by integer key takes
microseconds, less than handing it to a thread would (DESIGN.md section 7). One table a shelf, with the key as
SQLite's own row number (`INTEGER PRIMARY KEY`): a lookup walks one B-tree of four levels at ten million rows.
Nothing is mapped into memory and SQLite keeps few pages, because the system keeps them anyway.

The file is derived from the archive and may be deleted at any time; a damaged one is thrown away and made
anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from enum import IntEnum
from pathlib import Path
from typing import Any, Final

from clauselight.store.engine import ArchiveUnusable

from .cache import MOST_ANSWERS, AnswerCache
from .pack import PackDamaged
from .packs import BUCKETS, MATCHES, Packs, match_key, remove_packs, whole
from .rendered import Rendered, etag_of, render, to_json

__all__ = [
    "CACHED_ANSWERS",
    "PublicationFile",
    "Rendered",
    "Shelf",
    "Writing",
    "etag_of",
    "render",
    "to_json",
]

CACHED_ANSWERS = MOST_ANSWERS
"""Answers kept in memory at the most."""

FORMAT: Final = 2
"""Raised when the file's layout changes; an older file is thrown away."""

CHECKED_UP_TO: Final = 32 * 1024 * 1024
"""Files up to this size in bytes are read through at opening; larger ones would keep
readers waiting, and their damage is noticed when the damaged place is read."""

PAGE_SIZE: Final = 8_192
"""Bytes. Of 4, 8, 16 and 32 kB, a match is read in 4.8, 5.0, 5.9 and 7.9 microseconds, a bucket of 33 kB in
12.5, 11.0, 11.1 and 11.0."""

READER_PAGES_KIB: Final = 256
"""SQLite's own page cache for reading, little since the packs answer most. 1 MB and 4 MB were not told apart
on a busy machine."""

WRITER_PAGES_KIB: Final = 1_024
"""For an edition that changes a few answers: with 32 MB, it took 10 MB more at a million documents."""

WHOLE_PAGES_KIB: Final = 32_768
"""While a whole publication is written, inserts land all over the B-trees."""


class Shelf(IntEnum):
    """What an answer is about; each has a table of its own."""

    STATE = 0
    INDEX = 1
    BUCKET = 2
    MATCH = 3
    PROVISION = 4
    CLAUSE_TYPE = 5
    DOCUMENT = 6
    MATCH_OTHER_LANGUAGE = 7
    DELTA = 8


_TABLES: Final = {shelf: f"answer_{shelf.name.lower()}" for shelf in Shelf}
_SELECT: Final = [f"SELECT etag, body FROM {_TABLES[shelf]} WHERE key=?" for shelf in Shelf]  # noqa: S608

_LAYOUT: Final = (
    *(
        f"CREATE TABLE IF NOT EXISTS {table} (key INTEGER PRIMARY KEY, etag TEXT, body BLOB)"
        for table in _TABLES.values()
    ),
    # Under which keys documents are found; `place` says what kind of key it is (see `places.py`).
    "CREATE TABLE IF NOT EXISTS location "
    "(place INTEGER, key INTEGER, document INTEGER, PRIMARY KEY (place, key, document)) WITHOUT ROWID",
    # Earlier states of the index and what changed since (see `states.py`).
    "CREATE TABLE IF NOT EXISTS state (sequence INTEGER PRIMARY KEY, name TEXT UNIQUE, count INTEGER, "
    "checksum INTEGER, removed BLOB, added BLOB)",
    "CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
)
_NEWER: Final = (
    "CREATE TABLE IF NOT EXISTS newer (shelf INTEGER, key INTEGER, sequence INTEGER, "
    "PRIMARY KEY (shelf, key)) WITHOUT ROWID"
)
"""What changed since the packs were written (see `packs.py`), and in which edition."""

_PACKED: Final = frozenset({Shelf.BUCKET, Shelf.MATCH, Shelf.MATCH_OTHER_LANGUAGE})


class PublicationFile:
    """Rendered answers on disk behind a small cache: one thread reads; `Edition` writes, from any thread.

    `edition` is another number whenever another edition may have been seen: what was kept is out of date.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._cache: AnswerCache[int, Rendered] = AnswerCache()
        self.edition = 0
        self._bucket_bits: int | None = None
        self._prefix_digits: int | None = None
        self._packs = Packs(file)
        self._connection = self._open()
        self._version = self._data_version()
        self._load_packs()

    def _open(self) -> sqlite3.Connection:
        try:
            return self._prepared()
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
                # Sound, but somebody else writes it: deleting it would pull it away under them.
                raise ArchiveUnusable(
                    f"The publication {self.file} is being written by another process; try again."
                ) from error
        return self._open_anew()

    def _open_anew(self) -> sqlite3.Connection:
        try:
            for ending in ("", "-wal", "-shm", "-journal"):
                self.file.with_name(self.file.name + ending).unlink(missing_ok=True)
            remove_packs(self.file)
            return self._prepared()
        except (OSError, sqlite3.Error) as error:
            raise ArchiveUnusable(f"The publication {self.file} cannot be written: {error}.") from error

    def _prepared(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.file, isolation_level=None)
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        if connection.execute("PRAGMA user_version").fetchone()[0] not in (0, FORMAT):
            raise sqlite3.DatabaseError("another format")
        if self.file.stat().st_size <= CHECKED_UP_TO and connection.execute(
            "PRAGMA quick_check(1)"
        ).fetchone() != ("ok",):
            raise sqlite3.DatabaseError("damaged")
        # Derived data: losing the last write to a power cut costs one more rendering, nothing else.
        connection.execute(f"PRAGMA page_size={PAGE_SIZE}")  # of a new file; others keep theirs
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA mmap_size=0")
        connection.execute(f"PRAGMA cache_size=-{READER_PAGES_KIB}")
        if connection.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
            for statement in _LAYOUT:
                connection.execute(statement)
        connection.execute(_NEWER)
        # Always, since it is the smallest write: a file that can only be read is thrown away too.
        connection.execute(f"PRAGMA user_version={FORMAT}")
        connection.execute("SELECT value FROM fact WHERE name=''")

    def get(self, shelf: Shelf, key: int) -> Rendered | None:
        """The answer under a key, or None. Raises sqlite3.DatabaseError when the file is damaged there."""
        # Keys of 63 bits and small numbers share one cache: the shelf goes where no key has a bit.
        place = key << 4 | shelf
        found = self._cache.get(place)
        if found is not None:
            return found
        found = self.read(shelf, key)
        if found is not None:
            self._cache.put(place, found, len(found.body))
        return found

    def read(self, shelf: Shelf, key: int) -> Rendered | None:
        """As `get`, but without keeping it: for answers that lie in another cache, or are many and small."""
        row = self._connection.execute(_SELECT[shelf], (key,)).fetchone()
        return None if row is None else Rendered._make(row)

    def bucket(self, number: int) -> bytes | None:
        """A bucket as it is sent (`Rendered.sendable`), or None. Raises sqlite3.DatabaseError."""
        packs = self._packs
        if packs.buckets is not None and number not in packs.newer_buckets:
            try:
                return whole(packs.buckets.region(number))
            except PackDamaged as damage:
                packs.give_up(BUCKETS, damage)
        found = self.read(Shelf.BUCKET, number)
        return None if found is None else found.sendable()

    def match(self, key: int, *, other_language: bool) -> bytes | None:
        """A match as it is sent (`Rendered.sendable`), or None. Raises sqlite3.DatabaseError."""
        packs = self._packs
        if packs.matches is not None:
            packed = match_key(key, other_language=other_language)
            if packed not in packs.newer_matches:
                try:
                    return whole(packs.matches.find(packed))
                except PackDamaged as damage:
                    packs.give_up(MATCHES, damage)
        found = self.read(Shelf.MATCH_OTHER_LANGUAGE if other_language else Shelf.MATCH, key)
        return None if found is None else found.sendable()

    @property
    def wants_packs(self) -> bool:
        """Whether `write_packs` should be called: there are none, or too much is newer."""
        return self._packs.wanted and self.fact("sequence") is not None

    def _load_packs(self) -> None:
        connection = self._connection
        newer: tuple[set[int], set[int]] = set(), set()
        connection.execute("BEGIN")  # the names and what is newer, of one edition
        try:
            names = self.fact("packs") or {}
            for shelf, key in connection.execute("SELECT shelf, key FROM newer"):
                if shelf == Shelf.BUCKET:
                    newer[0].add(key)
                else:
                    newer[1].add(match_key(key, other_language=shelf == Shelf.MATCH_OTHER_LANGUAGE))
        finally:
            connection.execute("COMMIT")
        self._packs.load(names, *newer)

    def fact(self, name: str) -> Any:
        """A fact about the publication itself, or None."""
        row = self._connection.execute("SELECT value FROM fact WHERE name=?", (name,)).fetchone()
        return None if row is None else json.loads(row[0])

    @property
    def bucket_bits(self) -> int:
        """How many leading bits of a key name a bucket."""
        if self._bucket_bits is None:
            # All buckets exist, also empty ones, so that the last one tells.
            last = self._connection.execute("SELECT max(key) FROM answer_bucket").fetchone()[0]
            self._bucket_bits = int(last or 0).bit_length()
        return self._bucket_bits

    @property
    def prefix_digits(self) -> int:
        """How many hexadecimal digits a bucket prefix has."""
        if self._prefix_digits is None:
            self._prefix_digits = max(1, -(-self.bucket_bits // 4))
        return self._prefix_digits

    def bucket_places(self) -> list[int]:
        """The number of every bucket, in order."""
        return [row[0] for row in self._connection.execute("SELECT key FROM answer_bucket ORDER BY key")]

    def states(self) -> list[str]:
        """Names of the earlier states of the index from which a delta leads to the present one."""
        known = "SELECT name FROM state WHERE sequence >= 0 ORDER BY sequence"
        return [row[0] for row in self._connection.execute(known)]

    def _data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def refresh(self) -> bool:
        """Forget what is cached if an edition was published since, here or by another process."""
        version = self._data_version()
        if version == self._version:
            return False
        self._version = version
        self._load_packs()
        self._forget()
        return True

    def _forget(self) -> None:
        self._cache.clear()
        self._bucket_bits = self._prefix_digits = None
        self.edition += 1

    def start_afresh(self) -> None:
        """Throw a damaged file away and open an empty one."""
        self._connection.close()
        self._connection = self._open_anew()
        self._version = self._data_version()
        self._load_packs()
        self._forget()

    def sound(self) -> bool:
        """Whether the file can be read where everything begins."""
        try:
            self._connection.execute("SELECT count(*) FROM state").fetchone()
            self.fact("basis")
        except sqlite3.DatabaseError:
            return False
        return True

    def replace_all(self, answers: Iterable[tuple[Shelf, int, Rendered]]) -> None:
        """Exchange everything at once: a reader sees the old publication or the new one, never a mixture."""
        with Writing(self.file) as writing:
            writing.clear()
            for shelf, key, answer in answers:
                writing.insert(shelf, key, answer)
        self.refresh()

    def close(self) -> None:
        """Close the files."""
        self._packs.close()
        self._connection.close()


class Writing:
    """One transaction that changes the publication: all of it is seen, or nothing."""

    def __init__(self, file: Path, *, whole: bool = False) -> None:
        # Handed from thread to thread while a large edition is made, but used by one at a time.
        self.connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self.connection.execute(f"PRAGMA cache_size=-{WHOLE_PAGES_KIB if whole else WRITER_PAGES_KIB}")
        self.connection.execute("PRAGMA synchronous=NORMAL")
        self.sequence: int | None = None
        """Of the edition that is written, when what it changes is to be noted as newer than the packs."""

    def __enter__(self) -> Writing:
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except BaseException:
            self.connection.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            self.connection.execute("ROLLBACK" if kind is not None else "COMMIT")
        finally:
            self.connection.close()

    def leave_packs(self) -> None:
        """From this edition on nothing is read from the packs that are there."""
        self.connection.execute("DELETE FROM fact WHERE name='packs'")
        self.connection.execute("DELETE FROM newer")

    def _note_newer(self, shelf: Shelf, key: int) -> None:
        if self.sequence is not None and shelf in _PACKED:
            self.connection.execute(
                "INSERT OR REPLACE INTO newer VALUES (?,?,?)", (shelf, key, self.sequence)
            )

    def clear(self, *shelves: Shelf) -> None:
        """Empty some shelves; without any named, everything."""
        for shelf in shelves or Shelf:
            self.connection.execute(f"DELETE FROM {_TABLES[shelf]}")  # noqa: S608
        if not shelves:
            for table in ("location", "state", "fact", "newer"):
                self.connection.execute(f"DELETE FROM {table}")  # noqa: S608

    def insert(self, shelf: Shelf, key: int, answer: Rendered) -> None:
        """Add an answer under a key that is free; sqlite3.IntegrityError when it is not."""
        self.connection.execute(
            f"INSERT INTO {_TABLES[shelf]} VALUES (?,?,?)",  # noqa: S608
            (key, answer.etag, answer.body),
        )

    def put(self, shelf: Shelf, key: int, answer: Rendered) -> None:
        """Set an answer, replacing an earlier one."""
        self.connection.execute(
            f"INSERT OR REPLACE INTO {_TABLES[shelf]} VALUES (?,?,?)",  # noqa: S608
            (key, answer.etag, answer.body),
        )
        self._note_newer(shelf, key)

    def put_in_pieces(self, shelf: Shelf, key: int, etag: str, size: int, pieces: Iterable[bytes]) -> None:
        """Set an answer of megabytes, of which SQLite would otherwise make two more copies."""
        table = _TABLES[shelf]
        values = (key, etag, size)
        self.connection.execute(f"INSERT OR REPLACE INTO {table} VALUES (?,?,zeroblob(?))", values)  # noqa: S608
        with self.connection.blobopen(table, "body", key) as blob:
            for piece in pieces:
                blob.write(piece)

    def get(self, shelf: Shelf, key: int) -> Rendered | None:
        """The answer as it stands in this transaction, or None."""
        row = self.connection.execute(_SELECT[shelf], (key,)).fetchone()
        return None if row is None else Rendered(*row)

    def delete(self, shelf: Shelf, key: int) -> None:
        """Take an answer away, if it is there."""
        self.connection.execute(f"DELETE FROM {_TABLES[shelf]} WHERE key=?", (key,))  # noqa: S608
        self._note_newer(shelf, key)

    def fact(self, name: str) -> Any:
        """A fact as it stands in this transaction, or None."""
        row = self.connection.execute("SELECT value FROM fact WHERE name=?", (name,)).fetchone()
        return None if row is None else json.loads(row[0])

    def note(self, name: str, value: Any) -> None:
        """Set a fact; anything that JSON holds."""
        self.connection.execute("INSERT OR REPLACE INTO fact VALUES (?,?)", (name, json.dumps(value)))
