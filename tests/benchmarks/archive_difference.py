"""Where two archives differ: which tables, how many rows, and the first of them column by column.

Everything is compared, every column of every row: what two imports of one repository make must be one
archive, whoever was killed on the way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

SHOWN: Final = 3
"""Rows of a table that are shown."""

WIDTH: Final = 160
"""Characters of a value that are shown, from a little before the first that differs."""

Rows = dict[tuple[Any, ...], dict[str, Any]]


@dataclass
class TableDifference:
    """One table: rows that only one archive has, rows that say something else, and the first of all these,
    a few lines each."""

    table: str
    missing: int = 0
    added: int = 0
    changed: int = 0
    columns: set[str] = field(default_factory=set)
    shown: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """For people."""
        columns = f" in {', '.join(sorted(self.columns))}" if self.columns else ""
        counts = f"{self.missing} rows missing, {self.added} too many, {self.changed} differ{columns}"
        return [f"{self.table}: {counts}", *(f"    {line}" for line in self.shown)]


def differences(expected: Path, actual: Path) -> list[TableDifference]:
    """The tables that differ, by name; files of two archives."""
    with closing(sqlite3.connect(expected)) as one, closing(sqlite3.connect(actual)) as other:
        names = sorted({*_tables(one), *_tables(other)})
        found = (_table(name, _rows(one, name), _rows(other, name)) for name in names)
        return [table for table in found if table.missing or table.added or table.changed]


def _tables(connection: sqlite3.Connection) -> Iterator[str]:
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
        yield name


def _rows(connection: sqlite3.Connection, table: str) -> Rows:
    """Rows by their primary key; by all that they hold where there is none."""
    described = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    names = [column[1] for column in described]
    key = [place for place, column in enumerate(described) if column[5]] or range(len(names))
    return {
        tuple(row[place] for place in key): dict(zip(names, row, strict=True))
        for row in connection.execute(f'SELECT * FROM "{table}"')
    }


def _table(name: str, expected: Rows, actual: Rows) -> TableDifference:
    made = TableDifference(name)
    for key in sorted({*expected, *actual}, key=repr):
        one, other = expected.get(key), actual.get(key)
        if one == other:
            continue
        lines = [f"{key!r:.{WIDTH}}"]
        if other is None:
            made.missing += 1
            lines.append("  is missing")
        elif one is None:
            made.added += 1
            lines.append("  is there, and should not be")
        else:
            made.changed += 1
            unlike = [column for column in {**one, **other} if one.get(column) != other.get(column)]
            made.columns |= set(unlike)
            for column in unlike:
                before, after = _from_first_difference(repr(one.get(column)), repr(other.get(column)))
                lines += [f"  {column}, expected: {before}", f"  {column}, but is:   {after}"]
        if made.missing + made.added + made.changed <= SHOWN:
            made.shown += lines
    return made


def _from_first_difference(one: str, other: str) -> tuple[str, str]:
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start = max(0, same - WIDTH // 4)
    return one[start : start + WIDTH], other[start : start + WIDTH]
