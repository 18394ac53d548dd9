"""Blocks as a reader sent them, as the analysis reads them: with their headings and lead-ins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from clauselight.contract.vocabulary import BlockKind

from .blocks import Raw, with_context
from .extract import Extracted
from .language import guess_language
from .refusal import Refused
from .walls import wall_of_blocks

DEFAULT_LEVEL = 2
"""Of a heading that names none."""


def blocks_of_request(blocks: Iterable[Mapping[str, Any]], title: str) -> Extracted:
    """The document that blocks in JSON make up. Raises Refused when there is no text in them, or what they
    say is a wall before the document."""
    raws: list[Raw] = []
    lists: tuple[int, ...] = ()
    made = 0  # lists and tables so far; each is told apart by its number
    table = 0
    for block in blocks:
        text = " ".join(block["text"].replace("\0", "\ufffd").split())
        if not text:
            continue
        kind = BlockKind(block.get("kind") or BlockKind.PARAGRAPH)
        level = block.get("level")
        if kind is BlockKind.LIST_ITEM:
            depth = level or 1
            lists = lists[:depth]
            while len(lists) < depth:
                made += 1
                lists = (*lists, made)
        else:
            lists = ()
        if kind is BlockKind.TABLE_ROW:
            if not table:
                made += 1
                table = made
        else:
            table = 0
        raws.append(
            Raw(
                text,
                level=(level or DEFAULT_LEVEL) if kind is BlockKind.HEADING else 0,
                lists=lists,
                table=table,
            )
        )
    if not raws:
        raise Refused("empty")
    found, whole = with_context(raws)
    wall = wall_of_blocks(title, whole)
    if wall:
        raise Refused(wall)
    return Extracted(tuple(found), whole, title, guess_language(whole), "blocks")
