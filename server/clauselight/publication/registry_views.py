"""What the pages about organisations, documents and clause types ask the registry."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from .registry_query import Listed, provisions_numbered


class EntityRow(NamedTuple):
    """An organisation with what is known of it."""

    number: int
    id: str
    name: str
    host: str
    documents: int
    analysed: int
    provisions: int


_ENTITY: Final = (
    "SELECT entity.number, entity.id, entity.name, entity.host, count(*), count(document.analysed), "
    "sum(document.provisions) FROM {chosen} AS entity JOIN document ON document.entity=entity.number "
    "GROUP BY entity.number ORDER BY entity.name COLLATE NOCASE, entity.number"
)


def entity_row(connection: sqlite3.Connection, identity: str) -> EntityRow | None:
    """One organisation, or None."""
    row = connection.execute(
        _ENTITY.format(chosen="(SELECT * FROM entity WHERE id=?)"), (identity,)
    ).fetchone()
    return None if row is None else EntityRow._make(row)


def list_entities(
    connection: sqlite3.Connection, *, limit: int, after: tuple[str, int] | None = None
) -> list[EntityRow]:
    """Organisations by name, behind one of a name and a number."""
    chosen, values = "(SELECT * FROM entity", list[Any]()
    if after is not None:
        chosen += " WHERE name COLLATE NOCASE >= ? AND (name COLLATE NOCASE > ? OR number > ?)"
        values = [after[0], after[0], after[1]]
    chosen += " ORDER BY name COLLATE NOCASE, number LIMIT ?)"
    return [
        EntityRow._make(row) for row in connection.execute(_ENTITY.format(chosen=chosen), [*values, limit])
    ]


class DocumentRow(NamedTuple):
    """A document of a list; days and `worst` may be None."""

    number: int
    entity: str
    entity_name: str
    kind: str
    title: str
    analysed: int | None
    verified: int | None
    provisions: int
    worst: int | None


_DOCUMENT: Final = (
    "SELECT document.number, entity.id, entity.name, kind, title, analysed, verified, provisions, worst "
    "FROM document JOIN entity ON entity.number=document.entity WHERE {where} ORDER BY {order} LIMIT ?"
)


def documents_of_entity(connection: sqlite3.Connection, entity: int, *, limit: int) -> list[DocumentRow]:
    """An organisation's documents, those that were read first, the gravest of them before others."""
    rows = connection.execute(
        _DOCUMENT.format(
            where="document.entity=?", order="analysed IS NULL, worst IS NULL, worst, document.number"
        ),
        (entity, limit),
    )
    return [DocumentRow._make(row) for row in rows]


def list_documents(
    connection: sqlite3.Connection, *, read: bool, after: int, limit: int
) -> list[DocumentRow]:
    """Documents by number from behind one; only those that somebody has read, or all."""
    where = "document.number>?" + (" AND analysed IS NOT NULL" if read else "")
    rows = connection.execute(_DOCUMENT.format(where=where, order="document.number"), (after, limit))
    return [DocumentRow._make(row) for row in rows]


def longest_unverified(connection: sqlite3.Connection, *, limit: int) -> list[DocumentRow]:
    """Documents that were read, those verified longest ago first."""
    rows = connection.execute(
        _DOCUMENT.format(where="analysed IS NOT NULL", order="verified, document.number"), (limit,)
    )
    return [DocumentRow._make(row) for row in rows]


def numbers_of_document(connection: sqlite3.Connection, document: int, *, limit: int) -> list[Listed]:
    """A document's provisions, the gravest first."""
    rows = connection.execute(
        "SELECT number FROM provision WHERE document=? ORDER BY severity, number LIMIT ?", (document, limit)
    )
    return provisions_numbered(connection, [row[0] for row in rows])


def count_of_document(connection: sqlite3.Connection, document: int) -> dict[tuple[str, int], int]:
    """How many provisions a document has, by clause type and severity."""
    rows = connection.execute(
        "SELECT clause_type.id, severity, count(*) FROM provision "
        "JOIN clause_type ON clause_type.number=provision.type WHERE document=? GROUP BY 1, 2",
        (document,),
    )
    return {(row[0], row[1]): row[2] for row in rows}


class ChangeRow(NamedTuple):
    """One change record: the provision's number, and which of its records it is. `gone_title` and `gone`, its
    change records as JSON, are of a provision that is not published any more."""

    day: int
    provision: int
    position: int
    document: int
    document_title: str
    entity: str
    entity_name: str
    kind: int
    severity_from: int | None
    severity_to: int
    gone_title: str | None
    gone: str | None


def list_changes(
    connection: sqlite3.Connection,
    *,
    limit: int,
    after: tuple[int, int, int] | None = None,
    kinds: Sequence[int] = (),
    entity: str | None = None,
    document: int | None = None,
) -> list[ChangeRow]:
    """Change records, the latest first, from behind one (day, provision, position)."""
    parts, values = ["1"], list[Any]()
    if kinds:
        parts.append(f"change.kind IN ({','.join('?' * len(kinds))})")
        values += kinds
    if entity is not None:
        parts.append("change.entity=(SELECT number FROM entity WHERE id=?)")
        values.append(entity)
    if document is not None:
        parts.append("change.document=?")
        values.append(document)
    if after is not None:
        parts.append("day<=? AND (day<? OR provision<? OR (provision=? AND position<?))")
        values += [after[0], after[0], after[1], after[1], after[2]]
    rows = connection.execute(
        "SELECT day, provision, position, change.document, document.title, entity.id, entity.name, "  # noqa: S608
        "change.kind, severity_from, severity_to, gone.title, gone.changes FROM "
        f"(SELECT * FROM change WHERE {' AND '.join(parts)} "
        "ORDER BY day DESC, provision DESC, position DESC LIMIT ?) AS change "
        "JOIN document ON document.number=change.document JOIN entity ON entity.number=change.entity "
        "LEFT JOIN gone ON gone.number=provision ORDER BY day DESC, provision DESC, position DESC",
        [*values, limit],
    )
    return [ChangeRow._make(row) for row in rows]


def count_changes(
    connection: sqlite3.Connection, *, entity: str | None = None, document: int | None = None
) -> dict[int, int]:
    """How many change records there are of each kind; of everything, it is worth keeping (`once`)."""
    parts, values = ["1"], list[Any]()
    if entity is not None:
        parts.append("entity=(SELECT number FROM entity WHERE id=?)")
        values.append(entity)
    if document is not None:
        parts.append("document=?")
        values.append(document)
    rows = connection.execute(
        f"SELECT kind, count(*) FROM change WHERE {' AND '.join(parts)} GROUP BY kind",  # noqa: S608
        values,
    )
    return dict(rows.fetchall())


def common_types(connection: sqlite3.Connection, *, limit: int) -> list[tuple[str, int]]:
    """The clause types that most organisations have, and how many do; those that one alone has are left
    out."""
    rows = connection.execute(
        "SELECT clause_type.id, found FROM (SELECT type, count(DISTINCT entity) AS found FROM provision "
        "GROUP BY type HAVING found > 1 ORDER BY found DESC, type LIMIT ?) AS counted "
        "JOIN clause_type ON clause_type.number=counted.type ORDER BY found DESC, clause_type.id",
        (limit,),
    )
    return rows.fetchall()


def most_read_entities(connection: sqlite3.Connection, *, limit: int) -> list[tuple[str, str]]:
    """Id and name of the organisations with the most labelled clauses."""
    rows = connection.execute(
        "SELECT entity.id, entity.name FROM (SELECT entity, sum(provisions) AS found FROM document "
        "WHERE analysed IS NOT NULL GROUP BY entity HAVING found > 0 ORDER BY found DESC, entity LIMIT ?) "
        "AS counted JOIN entity ON entity.number=counted.entity ORDER BY found DESC, entity.number",
        (limit,),
    )
    return rows.fetchall()


def entities_with_type(connection: sqlite3.Connection, clause_type: str, *, limit: int) -> list[Listed]:
    """One provision of the type of each organisation, its gravest; the gravest organisations first."""
    rows = connection.execute(
        "SELECT number FROM (SELECT entity, number, min(severity << 1 | (1 - quoted)) AS best "
        "FROM provision WHERE type=(SELECT number FROM clause_type WHERE id=?) GROUP BY entity) "
        "ORDER BY best, entity LIMIT ?",
        (clause_type, limit),
    )
    return provisions_numbered(connection, [row[0] for row in rows])


def wordings_of_type(
    connection: sqlite3.Connection, clause_type: str, *, mildest: bool, limit: int
) -> list[Listed]:
    """Quoted provisions of a type, of different organisations: the gravest, or the mildest."""
    order = "severity DESC, changed, number" if mildest else "severity, changed DESC, number"
    rows = connection.execute(
        "SELECT number, entity FROM provision WHERE quoted=1 AND "  # noqa: S608
        f"type=(SELECT number FROM clause_type WHERE id=?) ORDER BY {order} LIMIT ?",
        (clause_type, 20 * limit),
    )
    chosen: dict[int, int] = {}
    for number, entity in rows:
        chosen.setdefault(entity, number)
    return provisions_numbered(connection, list(chosen.values())[:limit])


def of_types_and_entities(
    connection: sqlite3.Connection, entities: Sequence[str], clause_type: str | None = None
) -> list[Listed]:
    """The gravest provision, one with a quote before others, of each type and some organisations."""
    marks = ",".join("?" * len(entities))
    one_type = "AND type=(SELECT number FROM clause_type WHERE id=?)" if clause_type else ""
    rows = connection.execute(
        "SELECT number, min(severity << 1 | (1 - quoted)) FROM provision WHERE entity IN "  # noqa: S608
        f"(SELECT number FROM entity WHERE id IN ({marks})) {one_type} GROUP BY entity, type",
        [*entities, *([clause_type] if clause_type else [])],
    )
    return provisions_numbered(connection, [row[0] for row in rows])


def quotes_of(connection: sqlite3.Connection, listed: Sequence[Listed]) -> dict[int, str]:
    """The quotes of some provisions by number; those without are left out."""
    places = {one.severity << 32 | one.number: one.number for one in listed if one.quoted}
    marks = ",".join("?" * len(places))
    rows = connection.execute(f"SELECT place, quote FROM words WHERE place IN ({marks})", list(places))  # noqa: S608
    return {places[place]: quote for place, quote in rows}


class Freshness(NamedTuple):
    """Counts over all documents. `verified`: how many documents were verified last on each day."""

    documents: int
    read: int
    entities: int
    kinds: list[tuple[str, int, int]]
    verified: list[tuple[int, int]]


def freshness(connection: sqlite3.Connection) -> Freshness:
    """What is known, what was read, and when it was verified last; to be kept (`once`)."""
    kinds = connection.execute(
        "SELECT kind, count(*), count(analysed) FROM document GROUP BY kind ORDER BY 3 DESC, 2 DESC, 1"
    ).fetchall()
    entities = connection.execute("SELECT count(*) FROM entity").fetchone()[0]
    verified = connection.execute(
        "SELECT verified, count(*) FROM document WHERE analysed IS NOT NULL AND verified IS NOT NULL "
        "GROUP BY verified"
    ).fetchall()
    return Freshness(sum(row[1] for row in kinds), sum(row[2] for row in kinds), entities, kinds, verified)


def titles_of(connection: sqlite3.Connection, documents: Sequence[int]) -> dict[int, str]:
    """Titles of documents by number."""
    found: dict[int, str] = {}
    for start in range(0, len(documents), 500):
        some = list(documents[start : start + 500])
        marks = ",".join("?" * len(some))
        rows = connection.execute(f"SELECT number, title FROM document WHERE number IN ({marks})", some)  # noqa: S608
        found |= dict(rows.fetchall())
    return found


SITEMAP_PART: Final = 50_000
"""Addresses that one sitemap may have (https://www.sitemaps.org/protocol.html)."""

_SITEMAPS: Final = {
    "provisions": ("provision", "printf('/provisions/CL-P-%06d', number)"),
    "documents": ("document", "printf('/documents/CL-D-%06d', number)"),
    "entities": ("entity", "'/entities/' || id"),
}


def sitemap_parts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many sitemaps there are of each kind; to be kept (`once`)."""
    found = {}
    for kind, (table, _) in _SITEMAPS.items():
        count = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
        found[kind] = -(-count // SITEMAP_PART)
    return found


def sitemap_paths(connection: sqlite3.Connection, *, kind: str, part: int) -> list[str]:
    """The paths of one sitemap."""
    table, path = _SITEMAPS[kind]
    rows = connection.execute(
        f"SELECT {path} FROM {table} ORDER BY number LIMIT ? OFFSET ?",  # noqa: S608
        (SITEMAP_PART, part * SITEMAP_PART),
    )
    return [row[0] for row in rows]
