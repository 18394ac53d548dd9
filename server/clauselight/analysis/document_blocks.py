"""From the chosen blocks of a page to the blocks of a document: headings, list items, table rows."""

from __future__ import annotations

import re
from typing import NamedTuple

from clauselight.analysis.blocks import LOOKS_LEVEL, Raw, looks_like_heading
from clauselight.analysis.elements import CELLS, HEADINGS
from clauselight.analysis.page import Element, Page, heading_level

LONGEST_ROW = 4_000
"""Characters of a table row that is one block; a longer "row" is a layout."""
LONGEST_HEADING = 250
"""A heading element with more text is a paragraph in disguise."""
MAX_LISTS = 8
"""Lists within lists whose lead-ins are told apart; deeper ones are no writing."""

_WORD = re.compile(r"\w")
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_HEADING_LIKE = frozenset(("summary", "dt", "legend", "caption"))


class _Place(NamedTuple):
    """What an element stands in: the nearest list item, or the nearest row and cell; the table; lists."""

    item: Element | None = None
    row: Element | None = None
    cell: Element | None = None
    table: Element | None = None
    lists: tuple[Element, ...] = ()


def raw_blocks(page: Page, chosen: list[int]) -> list[Raw]:
    """The chosen blocks, those of a data table's row joined to one."""
    raws: list[Raw] = []
    numbers: dict[Element, int] = {}
    places: dict[Element, _Place] = {}
    rows: dict[Element, bool] = {}
    last_row: Element | None = None
    is_chosen = bytearray(len(page.blocks))
    for i in chosen:
        is_chosen[i] = 1
    for i in chosen:
        block = page.blocks[i]
        if not _WORD.search(block.text):
            # A bullet, a rule, an invisible space: nothing to read, and nothing that could be found again.
            continue
        place = _place_of(block.owner, places)
        row, cell, table = place.row, place.cell, place.table
        if row and cell and table and _is_data(page, row, table, rows, is_chosen):
            if row is last_row:
                raw = raws[-1]
                raw.cells = (*raw.cells, len(raw.text) + 1)
                raw.text = f"{raw.text} {block.text}"
                raw.header = raw.header and cell.tag == "th"
            else:
                number = numbers.setdefault(table, len(numbers) + 1)
                raws.append(Raw(block.text, table=number, header=cell.tag == "th", cells=(0,)))
            last_row = row
            continue
        last_row = None
        level = _level(block.owner, block.text, block.bold, place)
        lists: tuple[int, ...] = ()
        if place.item and not level:
            around = place.lists or (place.item.parent or place.item,)
            lists = tuple(numbers.setdefault(one, len(numbers) + 1) for one in around)
        raws.append(Raw(block.text, level, lists))
    return raws


def _level(owner: Element, text: str, bold: int, place: _Place) -> int:
    """Level of a heading, 0 for other blocks."""
    if len(text) > LONGEST_HEADING:
        return 0
    level = heading_level(owner)
    if level:
        return level
    if owner.tag in _HEADING_LIKE or (not place.item and looks_like_heading(text, bold / len(text))):
        return LOOKS_LEVEL
    return 0


def _place_of(element: Element, known: dict[Element, _Place]) -> _Place:
    """Where an element stands. Remembered for its ancestors: on a hostile page all blocks stand deep."""
    path: list[Element] = []
    above: Element | None = element
    while above is not None and above not in known:
        path.append(above)
        above = above.parent
    place = known[above] if above is not None else _Place()
    for one in reversed(path):
        tag = one.tag
        if tag == "li":
            place = place._replace(item=one, row=None, cell=None)
        elif tag in _LISTS:
            place = place._replace(lists=(*place.lists, one)[-MAX_LISTS:])
        elif tag == "table":
            place = place._replace(table=one)
        elif tag == "tr":
            place = place._replace(item=None, row=one, cell=None)
        elif tag in CELLS:
            place = place._replace(cell=one)
        known[one] = place
    return place


def _is_data(page: Page, row: Element, table: Element, known: dict[Element, bool], chosen: bytearray) -> bool:
    """Whether a row is of a table of data, not of layout: several cells, none with headings of its own."""
    answer = known.get(row)
    if answer is None:
        presents = table.attributes.get("role") in ("presentation", "none")
        answer = known[row] = not presents and _holds_cells(page, row, chosen)
    return answer


def _holds_cells(page: Page, row: Element, chosen: bytearray) -> bool:
    cells: set[Element] = set()
    length = 0
    for i in range(row.first, row.last):
        if not chosen[i]:
            continue
        block = page.blocks[i]
        length += len(block.text) + 1
        if length > LONGEST_ROW:
            return False
        element: Element | None = block.owner
        while element is not None and element is not row:
            if element.tag in HEADINGS or element.tag == "table":
                return False
            if element.tag in CELLS:
                cells.add(element)
            element = element.parent
    return len(cells) >= 2
