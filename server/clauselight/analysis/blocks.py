"""The document's blocks with their context: headings above, the sentence a list hangs on, the table row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from clauselight.analysis.sentences import split_sentences

MAX_CONTEXT = 300
"""Characters of a heading or lead-in that are kept: more than any real one has."""
HEADING_WORDS = 14
"""Longest line that counts as a heading by its looks alone."""
BOLD_SHARE = 0.9
"""Share of a line that is bold when the line stands for a heading."""
CAPITALS_SHARE = 0.8
LEAST_CAPITALS = 6
"""A line in capitals stands for a heading too; a short one is an abbreviation."""
LOOKS_LEVEL = 7
"""Level of a heading by looks: below all real ones."""


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE_ROW = "table row"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the extracted text.

    `start` and `end` are its offsets there, in code points. `heading_path` are the headings it stands under,
    the outermost first, its own text not among them. `lead_in` is the sentence that a list item goes on from
    ("We share your data with:"), or the column headings of a table row. `cells` are offsets within `text`
    where the parts of a table row begin. `level` is a heading's, 1 to 7, else 0.
    """

    text: str
    kind: BlockKind
    start: int
    end: int
    heading_path: tuple[str, ...] = ()
    lead_in: str = ""
    cells: tuple[int, ...] = ()
    level: int = 0


@dataclass(slots=True)
class Raw:
    """A block before its context is known. `lists` are keys of the lists it stands in, outermost first."""

    text: str
    level: int = 0
    lists: tuple[int, ...] = ()
    table: int = 0
    header: bool = False
    cells: tuple[int, ...] = ()


_BULLET = re.compile(r"^(?:[•●▪◦‣·*–—-]\s|\((?:[a-z]|[ivx]{1,5}|\d{1,2})\)\s|(?:[a-z]|[ivx]{2,5})[).]\s)")
_NUMBERED = re.compile(
    r"^(?:(?:section|article|art\.?|§)\s*)?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Z])[.):]?\s+\S", re.I
)


def looks_like_heading(text: str, bold: float) -> bool:
    """Whether a short line without a full stop stands for a heading: bold, in capitals or numbered."""
    if text[-1] in ".;,!?" or text.count(" ") >= HEADING_WORDS or len(text) > 120:
        return False
    letters = sum(map(str.isalpha, text))
    if letters < 3 or "@" in text:
        return False
    if bold >= BOLD_SHARE:
        return True
    if text[-1] == ":":
        return False
    capitals = sum(map(str.isupper, text))
    shouted = letters >= LEAST_CAPITALS and capitals > CAPITALS_SHARE * letters
    return shouted or bool(_NUMBERED.match(text))


def with_context(raws: Iterable[Raw]) -> tuple[list[Block], str]:
    """Blocks with offsets and context, and the whole text: one block a line."""
    blocks: list[Block] = []
    headings: list[tuple[int, str]] = []
    leads: dict[int, str] = {}
    columns: dict[int, str] = {}
    previous: Raw | None = None
    pending = ""  # the sentence that a list without list markup hangs on
    start = 0
    for raw in raws:
        text = raw.text
        path = tuple(heading for _, heading in headings)
        lead = ""
        if raw.table:
            kind = BlockKind.TABLE_ROW
            if raw.header:
                columns[raw.table] = text[:MAX_CONTEXT]
            else:
                lead = columns.get(raw.table, "")
            pending = ""
        elif raw.level:
            kind = BlockKind.HEADING
            while headings and headings[-1][0] >= raw.level:
                headings.pop()
            path = tuple(heading for _, heading in headings)
            headings.append((raw.level, text[:MAX_CONTEXT]))
            pending = ""
        elif raw.lists:
            kind = BlockKind.LIST_ITEM
            for depth, key in enumerate(raw.lists if raw.lists[-1] not in leads else ()):
                if key not in leads:
                    outer = leads[raw.lists[depth - 1]] if depth else ""
                    leads[key] = _lead(previous, outer)
            lead = leads[raw.lists[-1]]
            pending = ""
        elif _BULLET.match(text):
            kind, lead = BlockKind.LIST_ITEM, pending
        else:
            kind = BlockKind.PARAGRAPH
            pending = _last_sentence(text) if text.endswith(":") else ""
        blocks.append(
            Block(
                text, kind, start, start + len(text), path, lead, raw.cells, raw.level if not raw.table else 0
            )
        )
        start += len(text) + 1
        previous = raw
    return blocks, "\n".join(block.text for block in blocks)


def _lead(previous: Raw | None, outer: str) -> str:
    """What a list hangs on: the sentence before it, unless that is complete in itself."""
    if previous is None or previous.level or previous.table or previous.text[-1] in ".!?。！？":
        return outer
    inner = _last_sentence(previous.text)
    return f"{outer} {inner}"[:MAX_CONTEXT] if outer else inner


def _last_sentence(text: str) -> str:
    tail = text[-2 * MAX_CONTEXT :]
    start, end = split_sentences(tail)[-1]
    return tail[start:end][:MAX_CONTEXT]
