"""From blocks to clauses: sentences with the headings and the lead-in they must be read with."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clauselight.analysis.blocks import Block, BlockKind
from clauselight.analysis.extract import Extracted
from clauselight.analysis.sentences import split_sentences

if TYPE_CHECKING:
    from clauselight.contract.quote import Quote

CONTEXT = 32
"""Characters of prefix and suffix of a quote: enough to tell repeated sentences apart."""
WHOLE_ROW = 300
"""A table row up to this length is one clause: its cells explain each other."""

SHORTEST = 20
"""A single word of fewer letters is no clause. Without spaces between words, a longer one is a sentence."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence, a list item or a table row: what gets one label.

    `start` and `end` are offsets in the extracted text, in code points, and `text` is what stands there.
    `heading_path`, `lead_in` and `kind` are those of its block; a part of a sentence that enumerates has the
    beginning of that sentence as its lead-in.
    """

    text: str
    start: int
    end: int
    heading_path: tuple[str, ...]
    lead_in: str
    kind: BlockKind


def segment(extracted: Extracted | Iterable[Block]) -> list[Clause]:
    """The clauses of a document in order; headings are of their own kind. Single words are left out."""
    clauses = []
    for block in extracted.blocks if isinstance(extracted, Extracted) else extracted:
        path, lead, kind, offset = block.heading_path, block.lead_in, block.kind, block.start
        for start, end in _spans(block):
            text = block.text[start:end]
            if kind is BlockKind.HEADING or not _says_nothing(text):
                clauses.append(Clause(text, offset + start, offset + end, path, lead, kind))
    return clauses


def _says_nothing(text: str) -> bool:
    """A single word or mark, as left over by bullets, tick boxes and lists of keywords."""
    return len(text) < SHORTEST and len(_WORD.findall(text)) < 2


def _spans(block: Block) -> list[tuple[int, int]]:
    """Where the clauses of a block stand in it."""
    text = block.text
    if block.kind is BlockKind.HEADING:
        return [(0, len(text))]
    if not block.cells:
        return split_sentences(text)
    if len(text) <= WHOLE_ROW:
        return [(0, len(text))]
    spans = []
    for start, end in itertools.pairwise((*block.cells, len(text) + 1)):
        spans += [(start + a, start + b) for a, b in split_sentences(text[start : end - 1])]
    return spans


def context_of(clause: Clause, text: str) -> tuple[str, str]:
    """A little of what stands before and after a clause in its text."""
    return (
        " ".join(text[max(0, clause.start - CONTEXT) : clause.start].split()),
        " ".join(text[clause.end : clause.end + CONTEXT].split()),
    )


def quote_of(clause: Clause, text: str) -> Quote:
    """The clause as the contract's quote: exact words, a little context, and its place in `text`."""
    # Not above: pydantic takes 17 MB that the analysing process does not need.
    from clauselight.contract.quote import Quote, TextPositionSelector, TextQuoteSelector

    prefix, suffix = context_of(clause, text)
    return Quote(
        selector=TextQuoteSelector(exact=clause.text, prefix=prefix, suffix=suffix),
        position=TextPositionSelector(start=clause.start, end=clause.end),
    )
