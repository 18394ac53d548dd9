"""A page read in one pass: its elements, and its visible text in blocks with the elements they stand in.

The parser hands over one element at a time and no tree is built by it: libxml2 takes over a minute for a tag
with a hundred thousand attributes when it builds the tree, a thirtieth of a second when it does not. Depth
and number of elements are checked while reading: a hostile page costs no more than its bytes.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

from lxml import etree

from clauselight.analysis.elements import BOLD, HEADINGS, INLINE, SKIPPED, UNSEEN

MAX_DEPTH = 512
"""Elements within elements. Real pages stay under 60; the parser's own work grows with depth times tags."""
MAX_ELEMENTS = 80_000
"""Elements of a page: eight times the largest of our collection, and under two seconds of work."""
MAX_TEXT = 2_097_152
"""Characters of visible text, as in the overlay: ten times the longest policy of our collection."""


MAX_TITLE = 1_000
"""Characters of a title, and of what is said to browsers without scripts."""


ENDS_RUN_IN = (".", ":", "!", "?", "。", "：", "！", "？")
"""How a heading ends that stands in bold at the start of its paragraph. The space after it is often only
drawn; without one the heading and the first sentence would be one."""


_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class TooMuch(Exception):
    """The page is beyond a limit; the message says which."""


class Element:
    """An element of the page and the range of blocks, `first` to `last` (exclusive), that stand in it."""

    __slots__ = ("attributes", "first", "last", "parent", "tag")

    def __init__(self, tag: str, attributes: Mapping[str, str], parent: Element | None, first: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.first = first
        self.last = first


@dataclass(slots=True)
class PageBlock:
    """A run of text that no block element interrupts, white space collapsed.

    `linked` and `bold` are how many of its characters stand in links and in bold type.
    `concealed` says that it is not shown until somebody opens it: a closed tab or section, a dialog, a copy
    for small screens.
    """

    text: str
    owner: Element
    linked: int
    bold: int
    concealed: bool = False


@dataclass(slots=True)
class Page:
    """All elements in document order, and the blocks of visible text."""

    title: str = ""
    language: str = ""
    elements: list[Element] = field(default_factory=list)
    blocks: list[PageBlock] = field(default_factory=list)
    unscripted: str = ""
    """What the page says to browsers without scripts."""

    @property
    def text(self) -> str:
        """All blocks, one a line."""
        return "\n".join(block.text for block in self.blocks)


def read_page(markup: bytes) -> Page:
    """Read HTML given as UTF-8. Raises TooMuch; never anything else, whatever the bytes are."""
    reader = _Reader()
    parser: Any = etree.HTMLParser(
        target=cast(Any, reader), encoding="utf-8", remove_comments=True, remove_pis=True
    )
    # The parser stops at what it cannot repair; what was read until then stands.
    with contextlib.suppress(etree.LxmlError, ValueError):
        etree.fromstring(markup, parser)
    return reader.finish()


_OF_HEAD: Final = frozenset(("base", "basefont", "bgsound", "command"))
"""Elements of a head that hold no text, besides those that are never read."""


class _Line:
    """Text between two line breaks within a block."""

    __slots__ = ("bold", "linked", "pieces")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = 0
        self.bold = 0


class _Reader:
    """The parser's target: told of every tag and every piece of text, in order."""

    def __init__(self) -> None:
        self.page = Page()
        self.stack: list[Element] = []
        self.owners: list[Element] = [Element("", {}, None, 0)]
        self.skipping = 0
        self.concealing = 0
        self.links = 0
        self.bold = 0
        self.preformatted = 0
        self.run_in = False
        self.in_title = False
        self.in_noscript = False
        self.lines: list[_Line] = []
        self.line = _Line()
        self.length = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self.stack and self.stack[-1].tag == "head" and tag not in SKIPPED and tag not in _OF_HEAD:
            # The parser knows no `main` or `article` and leaves them in a head whose tags were not written; a
            # browser ends the head here. What the parser then calls its end is that of this body.
            self.end("head")
            self.start("body", {})
        parent = self.stack[-1] if self.stack else None
        block = tag not in INLINE and tag not in SKIPPED
        if block and not self.skipping and tag != "br":
            self.close_block()
        element = Element(tag, attributes, parent, len(self.page.blocks))
        self.stack.append(element)
        self.page.elements.append(element)
        if len(self.stack) > MAX_DEPTH:
            raise TooMuch("depth")
        if len(self.page.elements) > MAX_ELEMENTS:
            raise TooMuch("elements")
        if self.skipping or tag in SKIPPED or (attributes and _unseen(attributes)):
            self.skipping += 1
            self.in_title = tag == "title" and not self.page.title
            self.in_noscript = self.in_noscript or tag == "noscript"
            return
        if tag == "br":
            self.break_line()
        elif tag == "a":
            self.links += 1
        elif tag in BOLD:
            self.bold += 1
        elif tag == "pre":
            self.preformatted += 1
        elif tag == "html":
            self.page.language = attributes.get("lang") or attributes.get("xml:lang") or ""
        if block and tag != "br":
            self.owners.append(element)
            if self.concealing or (attributes and _concealed(attributes)):
                self.concealing += 1

    def end(self, tag: str) -> None:
        if not self.stack:
            return
        element = self.stack.pop()
        block = tag not in INLINE and tag != "br"
        if self.skipping:
            self.skipping -= 1
            self.in_title = False
            self.in_noscript = self.in_noscript and tag != "noscript"
            element.last = len(self.page.blocks)
            return
        if tag == "a":
            self.links -= 1
        elif tag in BOLD:
            self.bold -= 1
            self.run_in = bool(self.line.pieces) and self.line.pieces[-1].endswith(ENDS_RUN_IN)
        elif tag == "pre":
            self.preformatted -= 1
        if block:
            self.close_block()
            self.owners.pop()
            if self.concealing:
                self.concealing -= 1
        element.last = len(self.page.blocks)

    def data(self, text: str) -> None:
        if self.skipping:
            if self.in_title:
                if len(self.page.title) < MAX_TITLE:
                    self.page.title += text[:MAX_TITLE]
            elif self.in_noscript and len(self.page.unscripted) < MAX_TITLE:
                self.page.unscripted += text[:MAX_TITLE]
            return
        if self.preformatted and "\n" in text:
            first, *others = text.split("\n")
            self.add(first)
            for line in others:
                self.break_line()
                self.add(line)
        else:
            self.add(text)

    def add(self, text: str) -> None:
        if self.run_in:
            self.run_in = False
            if text[:1].isalpha():
                self.line.pieces.append(" ")
        self.line.pieces.append(text)
        if self.links:
            self.line.linked += len(text)
        if self.bold:
            self.line.bold += len(text)

    def break_line(self) -> None:
        self.lines.append(self.line)
        self.line = _Line()

    def close_block(self) -> None:
        if not self.line.pieces and not self.lines:
            return
        self.break_line()
        parts: list[str] = []
        linked, bold, empty = 0, 0, False
        for line in self.lines:
            words = " ".join("".join(line.pieces).split())
            if not words:
                empty = True
                continue
            if parts and (empty or not _goes_on(parts[-1], words)):
                self.add_block(" ".join(parts), linked, bold)
                parts, linked, bold = [], 0, 0
            parts.append(words)
            linked += line.linked
            bold += line.bold
            empty = False
        self.lines.clear()
        if parts:
            self.add_block(" ".join(parts), linked, bold)

    def add_block(self, text: str, linked: int, bold: int) -> None:
        self.page.blocks.append(
            PageBlock(
                text,
                self.owners[-1],
                min(linked, len(text)),
                min(bold, len(text)),
                self.concealing > 0,
            )
        )
        self.length += len(text) + 1
        if self.length > MAX_TEXT:
            raise TooMuch("text")

    def close(self) -> None:
        self.finish()

    def finish(self) -> Page:
        self.close_block()
        while self.stack:
            self.stack.pop().last = len(self.page.blocks)
        self.page.title = " ".join(self.page.title.split())[:MAX_TITLE]
        return self.page


def _unseen(attributes: Mapping[str, str]) -> bool:
    """Left to screen readers by its class."""
    classes = attributes.get("class")
    return classes is not None and not UNSEEN.isdisjoint(classes.lower().split())


def _concealed(attributes: Mapping[str, str]) -> bool:
    """Not shown at first, as far as the page itself says; style sheets are not read."""
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return style is not None and bool(_NOT_SHOWN.search(style))


def _goes_on(before: str, line: str) -> bool:
    """Whether a line after a single line break goes on with the sentence before it: wrapped text does."""
    return line[0].islower() and before[-1] not in ".:;!?"


def copies(page: Page) -> set[int]:
    """Numbers of the concealed blocks that only repeat what is shown elsewhere."""
    if not any(block.concealed for block in page.blocks):
        return set()
    shown = {block.text for block in page.blocks if not block.concealed}
    return {i for i, block in enumerate(page.blocks) if block.concealed and block.text in shown}


def heading_level(element: Element | None) -> int:
    """1 to 6 when the element is a heading or stands in one, else 0."""
    for _ in range(4):
        if element is None:
            return 0
        level = HEADINGS.get(element.tag)
        if level:
            return level
        if element.attributes.get("role") == "heading":
            stated = element.attributes.get("aria-level", "2")
            return int(stated) if stated in ("1", "2", "3", "4", "5", "6") else 2
        element = element.parent
    return 0
