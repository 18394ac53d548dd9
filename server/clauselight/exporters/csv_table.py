"""Provisions as a table for spreadsheets: RFC 4180, UTF-8.

A cell that begins with a sign that spreadsheets take for a formula gets an apostrophe in front: quotes are
other people's words, and a formula in them must not run on the computer of whoever opens the table (OWASP,
CSV injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

CSV_TYPE: Final = "text/csv"

COLUMNS: Final = (
    "id",
    "title",
    "organisation",
    "document",
    "clause_type",
    "category",
    "severity",
    "method",
    "confidence",
    "first_seen",
    "last_changed",
    "quote",
    "address",
)

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_table(rows: Iterable[Sequence[str]]) -> str:
    """The table with its head; each row has a text for each of `COLUMNS`."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return written.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(_FORMULA) else cell
