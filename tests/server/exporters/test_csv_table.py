"""Tables are read back as they were, and no cell is a formula."""

from __future__ import annotations

import csv
import io

import pytest

from clauselight.exporters.csv_table import COLUMNS, csv_table, harmless


def row(**cells: str) -> list[str]:
    return [cells.get(name, "x") for name in COLUMNS]


def test_texts_with_commas_quotes_and_lines_come_back() -> None:
    awkward = 'We "sell", or\ntrade, your data; łódź'
    read = list(csv.DictReader(io.StringIO(csv_table([row(quote=awkward, id="CL-P-000001")]))))
    assert read[0]["quote"] == awkward
    assert read[0]["id"] == "CL-P-000001"
    assert list(read[0]) == list(COLUMNS)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("https://evil.example")']
)
def test_a_formula_is_text(cell: str) -> None:
    (read,) = csv.DictReader(io.StringIO(csv_table([row(title=cell)]), newline=""))
    assert read["title"] == "'" + cell
    assert harmless("a-b=c") == "a-b=c"
