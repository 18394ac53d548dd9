"""The registry: what is published, in columns that can be searched, filtered, sorted and counted.

The publication holds answers as bytes by id, which is all that readers of known addresses need. Pages that
list and search ask otherwise: "all critical clauses on arbitration, latest change first". For them the facts
that one filters by stand here as numbers, and titles and quotes in a full-text index (SQLite's FTS5,
https://www.sqlite.org/fts5.html). It lies in a file of its own, so that the publication is ready without it,
and is derived from the publication: it may be deleted at any time.

Reading goes on in one thread of its own: no question, however odd, keeps other readers waiting, and one that
takes too long is ended.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from clauselight.store.engine import ArchiveUnusable

FORMAT: Final = 3
"""Raised when the layout changes; an older file is thrown away."""

LONGEST_QUESTION: Final = 2.0
"""Seconds after which a question is ended. The slowest of `make bench-pages` takes a tenth of it."""

STEPS_BETWEEN_LOOKS: Final = 20_000
"""Instructions of SQLite between two looks at the clock: less than a millisecond."""

READER_PAGES_KIB: Final = 2_048
WRITER_PAGES_KIB: Final = 512
WHOLE_PAGES_KIB: Final = 32_768
"""SQLite's own page cache: for reading, for a few documents, and while everything is written."""

LAYOUT: Final = (
    "CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE clause_type (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE)",
    "CREATE TABLE entity (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, "
    "host TEXT NOT NULL)",
    "CREATE INDEX entity_by_name ON entity (name COLLATE NOCASE, number)",
    # Days are numbers such as 20261123; `analysed` and `verified` are null where nobody has read the text.
    "CREATE TABLE document (number INTEGER PRIMARY KEY, entity INTEGER NOT NULL, kind TEXT NOT NULL, "
    "title TEXT NOT NULL, analysed INTEGER, verified INTEGER, provisions INTEGER NOT NULL, worst INTEGER)",
    "CREATE INDEX document_of_entity ON document (entity, analysed)",
    "CREATE INDEX document_read ON document (analysed, number) WHERE analysed IS NOT NULL",
    "CREATE INDEX document_fresh ON document (verified, number) WHERE analysed IS NOT NULL",
    "CREATE TABLE provision (number INTEGER PRIMARY KEY, document INTEGER NOT NULL, entity INTEGER NOT NULL, "
    "type INTEGER NOT NULL, severity INTEGER NOT NULL, method INTEGER NOT NULL, confidence INTEGER NOT NULL, "
    "quoted INTEGER NOT NULL, seen INTEGER NOT NULL, changed INTEGER NOT NULL)",
    # Each way of sorting has an index that holds all that is filtered by, so that passing over what does not
    # fit never leaves the index.
    "CREATE INDEX provision_gravest ON provision (severity, changed DESC, number, type, method, confidence)",
    "CREATE INDEX provision_latest ON provision (changed DESC, number, type, severity, method, confidence)",
    "CREATE INDEX provision_oldest ON provision (seen, number, type, severity, method, confidence, changed)",
    "CREATE INDEX provision_of_type ON provision (type, severity, method, confidence, changed DESC, number)",
    "CREATE INDEX provision_by_type ON provision (type, entity, seen)",
    "CREATE INDEX provision_of_entity ON provision (entity, severity, changed DESC, number)",
    "CREATE INDEX provision_of_document ON provision (document, severity, number)",
    # Numbered by severity first, so that the gravest come first where only some can be ranked.
    "CREATE TABLE words (place INTEGER PRIMARY KEY, title TEXT NOT NULL, quote TEXT NOT NULL)",
    "CREATE VIRTUAL TABLE words_index USING fts5 (title, quote, content='words', content_rowid='place', "
    "tokenize='porter unicode61 remove_diacritics 2')",
    # Titles once more, alone: that a clause has all words in its title is found without going through every
    # quote that has them.
    "CREATE VIRTUAL TABLE title_index USING fts5 (title, content='words', content_rowid='place', "
    "tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE VIRTUAL TABLE entity_index USING fts5 (name, host, content='entity', content_rowid='number', "
    "tokenize='unicode61 remove_diacritics 2', prefix='2 3')",
    "CREATE VIRTUAL TABLE document_index USING fts5 (title, content='document', content_rowid='number', "
    "tokenize='unicode61 remove_diacritics 2', prefix='2 3')",
    # What is not published any more, for the list of changes: title, and the change records as JSON. `type`
    # is null for a label that a dispute found wrong: its organisation never had such a clause.
    "CREATE TABLE gone (number INTEGER PRIMARY KEY, document INTEGER NOT NULL, entity INTEGER NOT NULL, "
    "type INTEGER, seen INTEGER NOT NULL, ended INTEGER NOT NULL, title TEXT NOT NULL, "
    "changes TEXT NOT NULL)",
    "CREATE INDEX gone_of_document ON gone (document)",
    "CREATE INDEX gone_of_type ON gone (type, entity, seen, ended)",
    "CREATE TABLE change (day INTEGER, provision INTEGER, position INTEGER, document INTEGER NOT NULL, "
    "entity INTEGER NOT NULL, kind INTEGER NOT NULL, severity_from INTEGER, severity_to INTEGER NOT NULL, "
    "PRIMARY KEY (day, provision, position)) WITHOUT ROWID",
    "CREATE INDEX change_of_document ON change (document, day)",
    "CREATE INDEX change_of_entity ON change (entity, day)",
    "CREATE INDEX change_of_kind ON change (kind, day)",
    "CREATE INDEX change_of_provision ON change (provision)",
)

P = ParamSpec("P")
T = TypeVar("T")


class QuestionTooLong(Exception):
    """A question took longer than `LONGEST_QUESTION` and was ended."""


class RegistryFile:
    """The file, opened for reading in a thread of its own.

    `ask` runs a function on the connection there; what depends on nothing but the edition can be kept with
    `once`.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._connection = self._open()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="registry")
        self._ends_at = 0.0
        self._kept: dict[str, Any] = {}
        self._version = -1

    def _open(self) -> sqlite3.Connection:
        try:
            return _prepared(self.file)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
                raise ArchiveUnusable(
                    f"The registry {self.file} is being written by another process; try again."
                ) from error
        try:
            remove(self.file)
            return _prepared(self.file)
        except (OSError, sqlite3.Error) as error:
            raise ArchiveUnusable(f"The registry {self.file} cannot be written: {error}.") from error

    async def ask(
        self,
        question: Callable[Concatenate[sqlite3.Connection, P], T],
        *values: P.args,
        **options: P.kwargs,
    ) -> T:
        """Answer a question in the registry's thread. Raises QuestionTooLong."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._thread, partial(self._timed, partial(question, self._connection, *values, **options))
        )

    async def once(self, name: str, question: Callable[[sqlite3.Connection], T]) -> T:
        """As `ask`, but the answer is kept under a name until the registry changes."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, partial(self._once, name, question))

    def _once(self, name: str, question: Callable[[sqlite3.Connection], T]) -> T:
        version = int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        if version != self._version:
            self._kept.clear()
            self._version = version
        if name not in self._kept:
            self._kept[name] = self._timed(partial(question, self._connection))
        kept: T = self._kept[name]
        return kept

    def _timed(self, question: Callable[[], T]) -> T:
        self._ends_at = time.monotonic() + LONGEST_QUESTION
        self._connection.set_progress_handler(lambda: time.monotonic() > self._ends_at, STEPS_BETWEEN_LOOKS)
        try:
            return question()
        except sqlite3.OperationalError as error:
            if "interrupted" in str(error):
                raise QuestionTooLong from error
            raise
        finally:
            self._connection.set_progress_handler(None, 0)

    async def start_afresh(self) -> None:
        """Throw a damaged file away and open an empty one."""

        def exchange() -> None:
            self._connection.close()
            remove(self.file)
            self._connection = _prepared(self.file)
            self._kept.clear()
            self._version = -1

        await asyncio.get_running_loop().run_in_executor(self._thread, exchange)

    def close(self) -> None:
        """End the thread and close the file."""
        self._thread.shutdown(wait=True, cancel_futures=True)
        self._connection.close()


class RegistryWriting:
    """One transaction that changes the registry: all of it is seen, or nothing."""

    def __init__(self, file: Path, *, whole: bool = False) -> None:
        # Made in one thread and used in another, by one at a time.
        self.connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self.connection.execute(f"PRAGMA cache_size=-{WHOLE_PAGES_KIB if whole else WRITER_PAGES_KIB}")
        self.connection.execute("PRAGMA synchronous=NORMAL")

    def __enter__(self) -> RegistryWriting:
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

    def note(self, name: str, value: Any) -> None:
        """Set a fact; anything that JSON holds."""
        self.connection.execute("INSERT OR REPLACE INTO fact VALUES (?,?)", (name, json.dumps(value)))


def fact(connection: sqlite3.Connection, name: str) -> Any:
    """A fact about the registry, or None."""
    row = connection.execute("SELECT value FROM fact WHERE name=?", (name,)).fetchone()
    return None if row is None else json.loads(row[0])


def remove(file: Path) -> None:
    """Throw the file away."""
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _prepared(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, FORMAT):
            raise sqlite3.DatabaseError("another format")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(f"PRAGMA cache_size=-{READER_PAGES_KIB}")
        if version != FORMAT:
            connection.execute("BEGIN IMMEDIATE")
            for statement in LAYOUT:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={FORMAT}")
            connection.execute("COMMIT")
        connection.execute("SELECT value FROM fact WHERE name=''")
    except BaseException:
        connection.close()
        raise
    return connection
