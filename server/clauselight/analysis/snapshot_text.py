"""The text of a snapshot, and whether quotes stand in it: what "quote verified" means (DESIGN.md, 2)."""

from __future__ import annotations

from collections.abc import Sequence

from clauselight.domain.anchoring import PageIndex, QuoteToAnchor, anchor_quotes

from .content import HTML
from .markdown import extract_markdown
from .page_text import PageText, UnreadablePage, page_text
from .refusal import Refused


def snapshot_text(body: bytes, media_type: str) -> PageText:
    """The visible text of a snapshot's bytes; a plain text has one block a line. Raises UnreadablePage."""
    kind, _, parameters = media_type.partition(";")
    if kind.strip().lower() == "text/markdown":
        return _of_markdown(body)
    charset = parameters.partition("charset=")[2].strip().strip('"') or "utf-8"
    if kind.strip().lower() != "text/plain":
        return page_text(body, charset)
    lines = [" ".join(line.split()) for line in body.decode("utf-8", "replace").splitlines()]
    kept = [line for line in lines if line]
    if not kept:
        raise UnreadablePage("the text is empty")
    starts, at = [], 0
    for line in kept:
        starts.append(at)
        at += len(line) + 1
    return PageText("\n".join(kept), tuple(starts))


def _of_markdown(body: bytes) -> PageText:
    try:
        read = extract_markdown(body.decode("utf-8", "replace"))
    except Refused as refused:
        raise UnreadablePage(refused.sentence) from refused
    return PageText(read.text, tuple(block.start for block in read.blocks))


def find_quotes(
    quotes: Sequence[QuoteToAnchor], body: bytes, media_type: str = HTML
) -> list[tuple[int, int] | None]:
    """Where each quote stands verbatim (after normalisation) in a snapshot: start and end in code points of
    its text, or None."""
    try:
        page = snapshot_text(body, media_type)
    except UnreadablePage:
        return [None] * len(quotes)
    return [
        (anchor.start, anchor.end) if anchor.outcome in ("found", "moved") else None
        for anchor in anchor_quotes(PageIndex(page.text, page.blocks), list(quotes))
    ]


def find_quote(quote: str | None, body: bytes, media_type: str = HTML) -> tuple[int, int] | None:
    """`find_quotes` for one quote without context; None also when there is no quote."""
    return None if quote is None else find_quotes([QuoteToAnchor("quote", quote)], body, media_type)[0]
