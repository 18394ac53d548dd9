"""The packaged model card as sections of paragraphs, lists and tables.

The card is our own Markdown and uses little of it: headings, paragraphs, lists of dashes, tables, bold and
code. What is read here is shown as text; nothing in it becomes markup except those.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from markupsafe import Markup, escape

_STRONG_OR_CODE: Final = re.compile(r"\*\*(.+?)\*\*|`(.+?)`|(?<![*\w])\*([^*]+)\*")


@dataclass(slots=True)
class Block:
    """A paragraph (one text), a list (its items), or a table (its rows, the first is the head)."""

    kind: Literal["paragraph", "list", "table"]
    texts: list[Markup] = field(default_factory=list)
    rows: list[list[Markup]] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """A part of the card under a heading of the second level."""

    title: str
    blocks: list[Block] = field(default_factory=list)


@cache
def model_card() -> dict[str, Section]:
    """Sections by title, in the card's order."""
    text = (files("clauselight.analysis") / "model" / "MODEL_CARD.md").read_text(encoding="utf-8")
    return read_card(text)


def read_card(text: str) -> dict[str, Section]:
    """Sections of a card."""
    sections: dict[str, Section] = {}
    section = Section("")
    for lines in _paragraphs(text):
        if lines[0].startswith("## "):
            section = sections.setdefault(lines[0][3:].strip(), Section(lines[0][3:].strip()))
            lines = lines[1:]
        if lines and not lines[0].startswith(("#", "    ")):
            section.blocks.append(_block(lines))
    return sections


def _paragraphs(text: str) -> list[list[str]]:
    return [part.split("\n") for part in re.split(r"\n{2,}", text.strip())]


def _block(lines: list[str]) -> Block:
    if lines[0].startswith("|"):
        rows = [[inline(cell.strip()) for cell in line.strip().strip("|").split("|")] for line in lines]
        return Block("table", rows=[row for place, row in enumerate(rows) if place != 1])
    if re.match(r"(- |\d+\. )", lines[0]):
        items: list[str] = []
        for line in lines:
            if found := re.match(r"(- |\d+\. )(.*)", line):
                items.append(found[2])
            else:
                items[-1] += " " + line.strip()
        return Block("list", texts=[inline(item) for item in items])
    return Block("paragraph", texts=[inline(" ".join(line.strip() for line in lines))])


def inline(text: str) -> Markup:
    """A text with its bold and code parts; everything else escaped."""
    parts, end = [], 0
    for found in _STRONG_OR_CODE.finditer(text):
        parts.append(escape(text[end : found.start()]))
        tag, inside = (
            ("strong", found[1]) if found[1] else ("code", found[2]) if found[2] else ("em", found[3])
        )
        parts.append(Markup(f"<{tag}>{{}}</{tag}>").format(inside))  # noqa: S704
        end = found.end()
    parts.append(escape(text[end:]))
    return Markup("").join(parts)
