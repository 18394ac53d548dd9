"""Questions to the registry: which provisions fit, how many there are of each kind, a page at a time.

Pages are asked for by where the last one ended (a cursor), never by how many to pass over, so that the
thousandth page costs what the first does.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, NamedTuple


class Sort(StrEnum):
    """Orders of a list of provisions."""

    GRAVEST = "gravest"
    """The gravest first, of these the one that changed last."""
    LATEST = "latest"
    """The one that changed last first."""
    OLDEST = "oldest"
    """The one that has been seen for longest first."""


_ORDER: Final[Mapping[Sort, tuple[tuple[str, bool], ...]]] = {
    Sort.GRAVEST: (("severity", False), ("changed", True), ("number", False)),
    Sort.LATEST: (("changed", True), ("number", False)),
    Sort.OLDEST: (("seen", False), ("number", False)),
}
"""Columns and whether they run downwards; the last makes the order whole."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What is wanted; empty means everything. Codes as in `registry_codes`; `types` are ids of clause types,
    `entity` an id, `document` a number; days as numbers, both included, of the latest change."""

    types: frozenset[str] | None = None
    severities: frozenset[int] = frozenset()
    methods: frozenset[int] = frozenset()
    confidences: frozenset[int] = frozenset()
    entity: str | None = None
    document: int | None = None
    since: int | None = None
    until: int | None = None

    @property
    def narrow(self) -> bool:
        """Whether more is asked than what the counts of everything can be added up to."""
        return any(one is not None for one in (self.entity, self.document, self.since, self.until))


class Listed(NamedTuple):
    """One provision of a list. `type` and `entity` are ids."""

    number: int
    document: int
    entity: str
    entity_name: str
    type: str
    severity: int
    method: int
    confidence: int
    quoted: int
    seen: int
    changed: int
    title: str


class Cell(NamedTuple):
    """How many provisions are alike in type, severity, method and confidence."""

    type: str
    severity: int
    method: int
    confidence: int
    provisions: int


Cursor = tuple[int, ...]
"""The values of the order's columns of the provision that a page ended or began with."""

_LISTED: Final = (
    "SELECT provision.number, provision.document, entity.id, entity.name, clause_type.id, severity, method, "
    "confidence, quoted, seen, changed, words.title FROM ({chosen}) AS provision "
    "JOIN entity ON entity.number=provision.entity JOIN clause_type ON clause_type.number=provision.type "
    "JOIN words ON words.place=(severity << 32 | provision.number)"
)


def cursor_of(sort: Sort, one: Listed) -> Cursor:
    """Where a page that ends or begins with a provision is continued."""
    return tuple(int(getattr(one, column)) for column, _ in _ORDER[sort])


def cursor_length(sort: Sort) -> int:
    """How many numbers a cursor of this order has."""
    return len(_ORDER[sort])


def list_provisions(
    connection: sqlite3.Connection,
    filters: Filters,
    sort: Sort,
    *,
    limit: int,
    after: Cursor | None = None,
    before: Cursor | None = None,
) -> list[Listed]:
    """At most `limit` provisions in order, those behind `after` or the last ones in front of `before`."""
    where, values = _where(connection, filters)
    backwards = before is not None
    cursor = before if backwards else after
    if cursor is not None:
        behind, given = _behind(sort, cursor, backwards)
        where, values = f"{where} AND {behind}", [*values, *given]
    order = ", ".join(
        f"{column} {'DESC' if down is not backwards else 'ASC'}" for column, down in _ORDER[sort]
    )
    chosen = f"SELECT * FROM provision WHERE {where} ORDER BY {order} LIMIT ?"  # noqa: S608
    rows = connection.execute(
        _LISTED.format(chosen=chosen) + f" ORDER BY {order.replace('number', 'provision.number')}",
        [*values, limit],
    )
    found = [Listed._make(row) for row in rows]
    return found[::-1] if backwards else found


def provisions_numbered(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Listed]:
    """Some provisions by number (a few hundred at the most), in the order given; unknown ones left out."""
    marks = ",".join("?" * len(numbers))
    chosen = f"SELECT * FROM provision WHERE number IN ({marks})"  # noqa: S608
    found = {
        one.number: one
        for one in map(Listed._make, connection.execute(_LISTED.format(chosen=chosen), list(numbers)))
    }
    return [found[one] for one in numbers if one in found]


def _behind(sort: Sort, cursor: Cursor, backwards: bool) -> tuple[str, list[int]]:
    """The condition of standing behind a cursor: written out column by column, as they run in different
    directions."""
    columns = _ORDER[sort]
    parts: list[str] = []
    values: list[int] = []
    for place, (column, down) in enumerate(columns):
        same = [f"{name}=?" for name, _ in columns[:place]]
        sign = "<" if down is not backwards else ">"
        parts.append("(" + " AND ".join([*same, f"{column}{sign}?"]) + ")")
        values += cursor[: place + 1]
    # The first column bounds where the index is entered.
    first, down = columns[0]
    bound = "<=" if down is not backwards else ">="
    return f"{first}{bound}? AND ({' OR '.join(parts)})", [cursor[0], *values]


def _where(connection: sqlite3.Connection, filters: Filters) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []

    def among(column: str, wanted: Sequence[int]) -> None:
        parts.append(f"{column} IN ({','.join('?' * len(wanted))})")
        values.extend(wanted)

    if filters.types is not None:
        among("type", _type_numbers(connection, filters.types))
    for column, wanted in (
        ("severity", filters.severities),
        ("method", filters.methods),
        ("confidence", filters.confidences),
    ):
        if wanted:
            among(column, sorted(wanted))
    if filters.entity is not None:
        row = connection.execute("SELECT number FROM entity WHERE id=?", (filters.entity,)).fetchone()
        among("entity", [row[0]] if row else [])
    for condition, value in (
        ("document=?", filters.document),
        ("changed>=?", filters.since),
        ("changed<=?", filters.until),
    ):
        if value is not None:
            parts.append(condition)
            values.append(value)
    return " AND ".join(parts) or "1", values


def _type_numbers(connection: sqlite3.Connection, ids: frozenset[str]) -> list[int]:
    marks = ",".join("?" * len(ids))
    found = connection.execute(
        f"SELECT number FROM clause_type WHERE id IN ({marks})",  # noqa: S608
        sorted(ids),
    )
    return [row[0] for row in found]


def count_cells(connection: sqlite3.Connection, filters: Filters | None = None) -> list[Cell]:
    """Counts by type, severity, method and confidence; only entity, document and days of `filters` matter.

    Of everything, it is worth keeping (`RegistryFile.once`).
    """
    where, values = "1", list[Any]()
    if filters is not None:
        place = replace(
            filters, types=None, severities=frozenset(), methods=frozenset(), confidences=frozenset()
        )
        where, values = _where(connection, place)
    rows = connection.execute(
        "SELECT clause_type.id, severity, method, confidence, found FROM "  # noqa: S608
        "(SELECT type, severity, method, confidence, count(*) AS found FROM provision "
        f"WHERE {where} GROUP BY type, severity, method, confidence) AS cell "
        "JOIN clause_type ON clause_type.number=cell.type",
        values,
    )
    return [Cell._make(row) for row in rows]


class Facets(NamedTuple):
    """Counts under the present choice. Each facet counts what choosing one of its values would give, the
    other facets staying as they are; `total` fits all."""

    total: int
    types: Counter[str]
    severities: Counter[int]
    methods: Counter[int]
    confidences: Counter[int]


def count_facets(cells: Sequence[Cell], filters: Filters) -> Facets:
    """Add up cells."""
    found = Facets(0, Counter(), Counter(), Counter(), Counter())
    total = 0
    for cell in cells:
        fits = (
            filters.types is None or cell.type in filters.types,
            not filters.severities or cell.severity in filters.severities,
            not filters.methods or cell.method in filters.methods,
            not filters.confidences or cell.confidence in filters.confidences,
        )
        missing = fits.count(False)
        if missing > 1:
            continue
        if missing == 0:
            total += cell.provisions
        if missing == 0 or not fits[0]:
            found.types[cell.type] += cell.provisions
        if missing == 0 or not fits[1]:
            found.severities[cell.severity] += cell.provisions
        if missing == 0 or not fits[2]:
            found.methods[cell.method] += cell.provisions
        if missing == 0 or not fits[3]:
            found.confidences[cell.confidence] += cell.provisions
    return found._replace(total=total)
