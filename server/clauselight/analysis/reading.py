"""An archived document for people to read: its text in headings, paragraphs, lists and tables, with the
clauses that carry a label. Text only: nothing of the page's markup comes through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clauselight.domain.anchoring import PageIndex, QuoteToAnchor, anchor_quotes

from .blocks import Block, BlockKind
from .extract import blocks_of_text, extract
from .markdown import extract_markdown
from .page_text import UnreadablePage
from .refusal import Refused
from .snapshot_text import snapshot_text


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text within a block. `marks` is the number of the quote that it belongs to, None for plain
    text; `ends` says that the quote ends here."""

    text: str
    marks: int | None = None
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Something of a document: `heading` with its level from 2 to 6, `paragraph`, `list` of items or `table`
    of rows of cells. `rows` are its lines, each of cells, each of pieces; only a table has more than one
    cell a line, only a list or table more than one line."""

    kind: str
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]
    level: int = 0


def reading(body: bytes, media_type: str, text: str | None, quotes: Sequence[QuoteToAnchor]) -> list[Part]:
    """A snapshot's text in parts. `text` is that of its version, one block a line, and wins over what would
    be read of the snapshot today. Raises UnreadablePage when there is neither."""
    blocks = _blocks(body, media_type, text)
    places = _places(blocks, quotes)
    return list(_parts(blocks, places))


def _blocks(body: bytes, media_type: str, text: str | None) -> list[Block]:
    read = _read(body, media_type)
    if text is None:
        if read is not None:
            return read
        lines = snapshot_text(body, media_type).text.split("\n")
    else:
        lines = text.split("\n")
    known = {block.text: block for block in reversed(read or [])}
    found, at = [], 0
    for line in lines:
        same = known.get(line)
        kind, level = (same.kind, same.level) if same else (BlockKind.PARAGRAPH, 0)
        cells = same.cells if same else ()
        found.append(Block(line, kind, at, at + len(line), level=level, cells=cells))
        at += len(line) + 1
    if not found:
        raise UnreadablePage("the text is empty")
    return found


def _read(body: bytes, media_type: str) -> list[Block] | None:
    kind, _, parameters = media_type.lower().partition(";")
    charset = parameters.partition("charset=")[2].strip().strip('"') or None
    try:
        if kind.strip() == "text/markdown":
            return list(extract_markdown(body.decode("utf-8", "replace")).blocks)
        if kind.strip() == "text/plain":
            return list(blocks_of_text(body.decode("utf-8", "replace")).blocks)
        return list(extract(body, encoding=charset).blocks)
    except Refused:
        return None


Place = tuple[int, int, int]
"""Start and end of a quote in the text, and its number."""


def _places(blocks: list[Block], quotes: Sequence[QuoteToAnchor]) -> list[Place]:
    """Where quotes stand, none within another."""
    text = "\n".join(block.text for block in blocks)
    index = PageIndex(text, tuple(block.start for block in blocks))
    numbers = {quote.id: number for number, quote in enumerate(quotes)}
    found = sorted(
        (anchor.start, anchor.end, numbers[anchor.id])
        for anchor in anchor_quotes(index, list(quotes))
        if anchor.outcome != "gone" and anchor.end > anchor.start
    )
    kept: list[Place] = []
    for place in found:
        if not kept or place[0] >= kept[-1][1]:
            kept.append(place)
    return kept


def _parts(blocks: list[Block], places: list[Place]) -> Iterator[Part]:
    rows: list[tuple[tuple[Piece, ...], ...]] = []
    kind = ""
    level = 1
    for block in blocks:
        wanted = _KINDS[block.kind]
        if rows and wanted != kind:
            yield Part(kind, tuple(rows))
            rows = []
        kind = wanted
        cells = _cells(block, places)
        if wanted in ("list", "table"):
            rows.append(cells)
            continue
        if wanted == "heading":
            # No level is left out below the page's own heading, whatever the document does.
            level = max(2, min(block.level + 1, level + 1, 6))
        yield Part(wanted, (cells,), level if wanted == "heading" else 0)
    if rows:
        yield Part(kind, tuple(rows))


_KINDS = {
    BlockKind.HEADING: "heading",
    BlockKind.PARAGRAPH: "paragraph",
    BlockKind.LIST_ITEM: "list",
    BlockKind.TABLE_ROW: "table",
}


def _cells(block: Block, places: list[Place]) -> tuple[tuple[Piece, ...], ...]:
    starts = [0, *(at for at in block.cells if 0 < at < len(block.text))]
    ends = [*starts[1:], len(block.text)]
    return tuple(
        tuple(_pieces(block.start + start, block.text[start:end], places))
        for start, end in zip(starts, ends, strict=True)
    )


def _pieces(start: int, text: str, places: list[Place]) -> Iterator[Piece]:
    """A stretch of the document that begins at `start`, cut where quotes begin and end."""
    end, at = start + len(text), start
    for first, last, number in places:
        if last <= at or first >= end:
            continue
        if first > at:
            yield Piece(text[at - start : first - start])
        upto = min(last, end)
        yield Piece(text[max(first, at) - start : upto - start], number, ends=last <= end)
        at = upto
    if at < end:
        yield Piece(text[at - start :])
