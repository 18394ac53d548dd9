"""The registry's rows: what a published document becomes in it, and how they are taken out again."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from .files import Shelf
from .places import number
from .registry_codes import (
    CHANGE_KIND_CODE,
    CONFIDENCE_CODE,
    METHOD_CODE,
    SEVERITY_CODE,
    day_code,
    place_of,
)
from .registry_file import LAYOUT, RegistryWriting

_TABLE: Final = f"answer_{Shelf.DOCUMENT.name.lower()}"
_INDEXES: Final = tuple(line for line in LAYOUT if line.startswith("CREATE INDEX"))
_TABLES: Final = tuple(line for line in LAYOUT if not line.startswith("CREATE INDEX"))
_NAMES: Final = tuple(line.split()[3 if "VIRTUAL" in line else 2] for line in _TABLES)
_TEXTS: Final = ("words_index", "title_index", "entity_index", "document_index")


class Gone(NamedTuple):
    """A record of a published document that is not published itself any more, in what JSON holds.

    `clause_type` is None for a label that a dispute found wrong; days are codes (`registry_codes.day_code`),
    `changes` its change records.
    """

    provision: int
    document: int
    clause_type: str | None
    seen: int
    ended: int
    title: str
    changes: list[dict[str, Any]]


def reading(publication: Path) -> sqlite3.Connection:
    """The publication's file, to be read."""
    return sqlite3.connect(publication, isolation_level=None)


def write_registry(
    publication: Path,
    registry: Path,
    facts: dict[str, Any],
    ids: list[str] | None,
    gone: Sequence[Gone],
) -> None:
    """Write documents by their ids, or all (None), with what is gone of them and facts, in one transaction.

    Raises sqlite3.Error when a file cannot be read or written; then nothing has changed.
    """
    whole = ids is None
    with closing(reading(publication)) as source, RegistryWriting(registry, whole=whole) as writing:
        rows = _Rows(writing.connection)
        if ids is None:
            _empty(writing.connection)
            for document, answer in _published(source, None):
                rows.put(document, answer)
            for text in _TEXTS:
                writing.connection.execute(f"INSERT INTO {text} ({text}) VALUES ('rebuild')")  # noqa: S608
            for statement in _INDEXES:
                writing.connection.execute(statement)
        else:
            rows.indexing = True
            numbers = [number(one) for one in ids]
            found = dict.fromkeys(numbers, None) | dict(_published(source, numbers))
            for document, changed in found.items():
                rows.remove(document)
                if changed is not None:
                    rows.put(document, changed)
            rows.remove_empty_entities()
        for record in gone:
            rows.put_gone(record)
        for name, value in facts.items():
            writing.note(name, value)


def _empty(connection: sqlite3.Connection) -> None:
    for name in _NAMES:
        connection.execute(f"DROP TABLE {name}")
    for statement in _TABLES:
        connection.execute(statement)


def _published(
    source: sqlite3.Connection, numbers: Iterable[int] | None
) -> Iterator[tuple[int, dict[str, Any]]]:
    if numbers is None:
        for key, body in source.execute(f"SELECT key, body FROM {_TABLE}"):  # noqa: S608
            yield key, json.loads(gzip.decompress(body))
        return
    for one in numbers:
        row = source.execute(f"SELECT body FROM {_TABLE} WHERE key=?", (one,)).fetchone()  # noqa: S608
        if row is not None:
            yield one, json.loads(gzip.decompress(row[0]))


class _Rows:
    """Writes and removes the rows of one document at a time. `indexing`: keep the full-text indexes in step;
    not wanted while everything is written, after which they are made at once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._run = connection.execute
        self._many = connection.executemany
        self._entities: dict[str, int] = {}
        self._types: dict[str, int] = {}
        self.indexing = False

    def put(self, document: int, answer: dict[str, Any]) -> None:
        about, provisions = answer["document"], answer["provisions"]
        entity = self._entity(about["entity"])
        severities = [SEVERITY_CODE[one["severity"]] for one in provisions]
        verified = [one["history"]["last_verified"] for one in provisions]
        if about.get("last_verified"):
            verified.append(about["last_verified"])
        self._run(
            "INSERT INTO document VALUES (?,?,?,?,?,?,?,?)",
            (
                document,
                entity,
                about["kind"],
                about["title"],
                day_code(about["analysed_at"]) if about.get("analysed_at") else None,
                day_code(max(verified)) if verified else None,
                len(provisions),
                min(severities, default=None),
            ),
        )
        if self.indexing:
            self._run("INSERT INTO document_index (rowid, title) VALUES (?,?)", (document, about["title"]))
        for severity, one in zip(severities, provisions, strict=True):
            self._put_provision(document, entity, severity, one)

    def _put_provision(self, document: int, entity: int, severity: int, one: dict[str, Any]) -> None:
        serial, changes = number(one["id"]), one["history"]["changes"]
        quote = one["quote"]["selector"]["exact"] if one.get("quote") else ""
        changed = [change["date"] for change in changes if change["kind"] != "verified"]
        self._run(
            "INSERT INTO provision VALUES (?,?,?,?,?,?,?,?,?,?)",
            (
                serial,
                document,
                entity,
                self._type(one["clause_type"]["id"]),
                severity,
                METHOD_CODE[one["method"]],
                CONFIDENCE_CODE[one["confidence"]],
                int(bool(quote)),
                day_code(one["history"]["first_seen"]),
                day_code((changed or [one["history"]["first_seen"]])[-1]),
            ),
        )
        words = (place_of(severity, serial), one["title"], quote)
        self._run("INSERT INTO words VALUES (?,?,?)", words)
        if self.indexing:
            self._run("INSERT INTO words_index (rowid, title, quote) VALUES (?,?,?)", words)
            self._run("INSERT INTO title_index (rowid, title) VALUES (?,?)", words[:2])
        self._put_changes(document, entity, serial, changes)

    def put_gone(self, one: Gone) -> None:
        """A record that is not published any more; nothing if its document is not published either."""
        row = self._run("SELECT entity FROM document WHERE number=?", (one.document,)).fetchone()
        if row is None:
            return
        self._run(
            "INSERT INTO gone VALUES (?,?,?,?,?,?,?,?)",
            (
                one.provision,
                one.document,
                row[0],
                None if one.clause_type is None else self._type(one.clause_type),
                one.seen,
                one.ended,
                one.title,
                json.dumps(one.changes),
            ),
        )
        self._put_changes(one.document, row[0], one.provision, one.changes)

    def _put_changes(self, document: int, entity: int, serial: int, changes: list[dict[str, Any]]) -> None:
        self._many(
            "INSERT INTO change VALUES (?,?,?,?,?,?,?,?)",
            (
                (
                    day_code(change["date"]),
                    serial,
                    position,
                    document,
                    entity,
                    CHANGE_KIND_CODE[change["kind"]],
                    SEVERITY_CODE[change["severity_from"]] if change.get("severity_from") else None,
                    SEVERITY_CODE[change["severity_to"]],
                )
                for position, change in enumerate(changes)
            ),
        )

    def remove(self, document: int) -> None:
        row = self._run("SELECT title FROM document WHERE number=?", (document,)).fetchone()
        if row is None:
            return
        self._unindex("document_index", "title", document, row)
        for serial, severity in self._run(
            "SELECT number, severity FROM provision WHERE document=?", (document,)
        ).fetchall():
            place = place_of(severity, serial)
            words = self._run("SELECT title, quote FROM words WHERE place=?", (place,)).fetchone()
            self._unindex("words_index", "title, quote", place, words)
            self._unindex("title_index", "title", place, words[:1])
            self._run("DELETE FROM words WHERE place=?", (place,))
        self._run("DELETE FROM provision WHERE document=?", (document,))
        self._run("DELETE FROM change WHERE document=?", (document,))
        self._run("DELETE FROM gone WHERE document=?", (document,))
        self._run("DELETE FROM document WHERE number=?", (document,))

    def _unindex(self, index: str, columns: str, place: int, values: tuple[Any, ...]) -> None:
        # An index over another table is told what it held (FTS5, 4.4.3).
        marks = ",".join("?" * (len(values) + 2))
        self._run(
            f"INSERT INTO {index} ({index}, rowid, {columns}) VALUES ({marks})",  # noqa: S608
            ("delete", place, *values),
        )

    def remove_empty_entities(self) -> None:
        for serial, name, host in self._run(
            "SELECT number, name, host FROM entity WHERE NOT EXISTS "
            "(SELECT 1 FROM document WHERE document.entity=entity.number)"
        ).fetchall():
            self._unindex("entity_index", "name, host", serial, (name, host))
            self._run("DELETE FROM entity WHERE number=?", (serial,))

    def _entity(self, given: dict[str, Any]) -> int:
        name = given["name"]
        host = (urlsplit(given.get("homepage") or "").hostname or "").removeprefix("www.")
        identity = given["id"]
        known = self._entities.get(identity)
        if known is not None:
            return known
        row = self._run("SELECT number, name, host FROM entity WHERE id=?", (identity,)).fetchone()
        if row is None:
            made = self._run("INSERT INTO entity (id, name, host) VALUES (?,?,?)", (identity, name, host))
            serial = int(made.lastrowid or 0)
        else:
            serial = int(row[0])
            if row[1:] != (name, host):
                self._unindex("entity_index", "name, host", serial, row[1:])
                self._run("UPDATE entity SET name=?, host=? WHERE number=?", (name, host, serial))
        if self.indexing and (row is None or row[1:] != (name, host)):
            self._run("INSERT INTO entity_index (rowid, name, host) VALUES (?,?,?)", (serial, name, host))
        self._entities[identity] = serial
        return serial

    def _type(self, identity: str) -> int:
        known = self._types.get(identity)
        if known is None:
            self._run("INSERT OR IGNORE INTO clause_type (id) VALUES (?)", (identity,))
            row = self._run("SELECT number FROM clause_type WHERE id=?", (identity,)).fetchone()
            known = self._types[identity] = int(row[0])
        return known
