"""From the chosen blocks of a page to the blocks of a document: headings, list items, table rows."""

from __future__ import annotations

from clauselight.analysis.blocks import LOOKS_LEVEL, Raw, looks_like_heading
from clauselight.analysis.elements import CELLS, HEADINGS
from clauselight.analysis.page import Element, Page
from clauselight.analysis.readers import heading_level

LONGEST_ROW = 4_000
"""Characters of a table row that is one block; a longer "row" is a layout."""
LONGEST_HEADING = 250
"""A heading element with more text is a paragraph in disguise."""
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_HEADING_LIKE = frozenset(("summary", "dt", "legend", "caption"))


def raw_blocks(page: Page, chosen: list[int]) -> list[Raw]:
    """The chosen blocks, those of a data table's row joined to one."""
    raws: list[Raw] = []
    numbers: dict[Element, int] = {}
    rows: dict[Element, bool] = {}
    last_row: Element | None = None
    is_chosen = bytearray(len(page.blocks))
    for i in chosen:
        is_chosen[i] = 1
    for i in chosen:
        block = page.blocks[i]
        item, row, cell = _containers(block.owner)
        if row is not None and cell is not None and _is_data(page, row, rows, is_chosen):
            if row is last_row:
                raw = raws[-1]
                raw.cells = (*raw.cells, len(raw.text) + 1)
                raw.text = f"{raw.text} {block.text}"
                raw.header = raw.header and cell.tag == "th"
            else:
                table = numbers.setdefault(_table(row), len(numbers) + 1)
                raws.append(Raw(block.text, table=table, header=cell.tag == "th", cells=(0,)))
            last_row = row
            continue
        last_row = None
        level = heading_level(block.owner)
        if len(block.text) > LONGEST_HEADING:
            level = 0
        lists: tuple[int, ...] = ()
        if not level:
            bold = block.bold / len(block.text)
            if block.owner.tag in _HEADING_LIKE and len(block.text) <= LONGEST_HEADING:
                level = LOOKS_LEVEL
            elif item is None:
                level = LOOKS_LEVEL if looks_like_heading(block.text, bold) else 0
            else:
                lists = tuple(numbers.setdefault(one, len(numbers) + 1) for one in _lists(item))
        raws.append(Raw(block.text, level, lists))
    return raws


def _containers(element: Element | None) -> tuple[Element | None, Element | None, Element | None]:
    """The nearest list item, or the nearest table row and the cell in it, whichever is nearer."""
    cell: Element | None = None
    while element is not None:
        if element.tag == "li":
            return element, None, None
        if element.tag in CELLS:
            cell = cell or element
        elif element.tag == "tr":
            return None, element, cell
        element = element.parent
    return None, None, None


def _is_data(page: Page, row: Element, known: dict[Element, bool], chosen: bytearray) -> bool:
    """Whether a row is of a table of data, not of layout: several cells, none with headings of its own."""
    answer = known.get(row)
    if answer is None:
        answer = known[row] = _looks_like_data(page, row, chosen)
    return answer


def _looks_like_data(page: Page, row: Element, chosen: bytearray) -> bool:
    if _table(row).attributes.get("role") == "presentation":
        return False
    cells: set[Element] = set()
    length = 0
    for i in range(row.first, row.last):
        if not chosen[i]:
            continue
        block = page.blocks[i]
        length += len(block.text)
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


def _table(row: Element) -> Element:
    element = row
    while element.tag != "table" and element.parent is not None:
        element = element.parent
    return element


def _lists(item: Element) -> list[Element]:
    """The lists that an item stands in, the outermost first."""
    found = []
    element: Element | None = item
    while element is not None:
        if element.tag in _LISTS:
            found.append(element)
        element = element.parent
    return found[::-1] or [item.parent or item]
