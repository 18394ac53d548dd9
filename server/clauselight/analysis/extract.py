"""From a page's HTML, or plain text, to the document's text in blocks; or a refusal with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clauselight.analysis.blocks import LOOKS_LEVEL, Block, BlockKind, Raw, looks_like_heading, with_context
from clauselight.analysis.document_blocks import raw_blocks
from clauselight.analysis.language import guess_language
from clauselight.analysis.markup import utf8
from clauselight.analysis.page import MAX_TEXT, TooMuch, read_page
from clauselight.analysis.readers import choose
from clauselight.analysis.refusal import RefusalKind, Refused
from clauselight.analysis.walls import wall_of, words_of

__all__ = ["Block", "BlockKind", "Extracted", "RefusalKind", "Refused", "blocks_of_text", "extract"]

_MARKUP = re.compile(rb"<(?:!doctype|!--|/?[a-zA-Z][a-zA-Z0-9-]*[\s>/])", re.IGNORECASE)

_WORD = re.compile(r"\w")

MAX_BLOCKS = 100_000
"""Lines of a plain text; the longest document of our collection has 6,000."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document's text. Offsets of blocks and clauses count code points of `text`, one block a line.

    `language` is a two-letter code, empty when unknown; `reader` names how the part of the page was chosen.
    """

    blocks: tuple[Block, ...]
    text: str
    title: str
    language: str
    reader: str


def extract(html: bytes | str, *, url: str | None = None, encoding: str | None = None) -> Extracted:
    """The main text of a page, given as fetched.

    `encoding` is what the server said (the charset of Content-Type); it is checked, not trusted. `url` is
    the address it came from, when known. Raises Refused, and nothing else, for what is no document: the
    kinds are in `refusal`. Takes about 5 ms for an ordinary page and less than 2 s for any input.
    """
    markup = utf8(html, encoding)
    if not _MARKUP.search(markup):
        return blocks_of_text(markup.decode("utf-8", "replace"))
    try:
        page = read_page(markup)
    except TooMuch as limit:
        raise Refused("too-large" if str(limit) == "text" else "too-complex") from limit
    choice = choose(page)
    blocks, text = with_context(raw_blocks(page, choice.blocks))
    wall = wall_of(page, text, words_of(text))
    if wall:
        raise Refused(wall)
    title = page.title or next((block.text for block in blocks if block.level), "")
    language = guess_language(text) or _code(page.language)
    return Extracted(tuple(blocks), text, title, language, choice.reader)


def _code(stated: str) -> str:
    """The two-letter code in what a page says of its language, empty when it says something else."""
    code = stated.strip()[:2].lower()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def blocks_of_text(text: str) -> Extracted:
    """Plain text in blocks: an empty line ends one, and so does a line that looks whole. Raises Refused."""
    if len(text) > MAX_TEXT:
        raise Refused("too-large")
    raws: list[Raw] = []
    for paragraph in re.split(r"\n[ \t\r\f\v]*\n", text.replace("\0", "\ufffd")):
        open_lines: list[str] = []
        for line in paragraph.splitlines():
            words = " ".join(line.split())
            if not _WORD.search(words):
                continue
            wrapped = open_lines and words[0].islower() and open_lines[-1][-1] not in ".:;!?"
            if open_lines and not wrapped:
                raws.append(_raw(" ".join(open_lines)))
                open_lines = []
            open_lines.append(words)
        if open_lines:
            raws.append(_raw(" ".join(open_lines)))
        if len(raws) > MAX_BLOCKS:
            raise Refused("too-complex")
    if not raws:
        raise Refused("empty")
    blocks, whole = with_context(raws)
    title = next((block.text for block in blocks if block.level), "")
    return Extracted(tuple(blocks), whole, title, guess_language(whole), "text")


def _raw(line: str) -> Raw:
    return Raw(line, LOOKS_LEVEL if looks_like_heading(line, 0.0) else 0)
