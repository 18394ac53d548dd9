"""Markdown, as Open Terms Archive keeps policies, read as the text that a page would show.

Their Markdown is written by a program (turndown) from the page's HTML, so a small, strict reader does:
headings underlined or with number signs, lists, tables, paragraphs; link targets, emphasis, bullets and
pictures are left out. It reads any text, in time linear to its length; what is no Markdown reads as
paragraphs.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import Final

from .blocks import Raw, with_context
from .extract import MAX_BLOCKS, Extracted
from .language import guess_language
from .page import MAX_TEXT
from .refusal import Refused
from .walls import LEAST_WORDS, wall_of_blocks, words_of

MARKDOWN: Final = "text/markdown; charset=utf-8"
"""Media type of snapshots that are Markdown."""

LONGEST_PASSAGE: Final = 20_000
"""Characters of a passage whose marks are read; in four policies that were looked at the longest has 4,000.
The time of some patterns grows with the square of it."""

MOST_NESTED: Final = 3
"""Links within brackets within links: so often the innermost is read first, as in "[[1] terms](...)"."""

_UNDERLINE = re.compile(r"^\s{0,3}(=+|-{2,})\s*$")
_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"^(\s*)(?:[*+-]|\d{1,9}[.)])(?:\s{1,4}|\t)(?=\S)(.*)$")
_RULE = re.compile(r"^\s{0,3}([-*_])(?:\s*\1){2,}\s*$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~=&:\"'])")
_ESCAPED = "\ue000"
"""Stands before a character that was escaped, so that it is no mark; from the private use area."""

_TARGET = r"(?:<[^<>\s]{0,2000}>|[^()\s]{0,2000}(?:\([^()\s]{0,300}\)[^()\s]{0,2000}){0,3})"
_TITLE = r"(?:\s+(?:\"[^\"]{0,300}\"|'[^']{0,300}'))?"
_IMAGE = re.compile(rf"!\[[^\[\]]*\]\({_TARGET}{_TITLE}\)")
_LINK = re.compile(rf"\[([^\[\]]*)\]\({_TARGET}{_TITLE}\)")
_OPEN_LINK = re.compile(r"^\[(?=[^\]]*$)")
_LINK_END = re.compile(rf"\]\({_TARGET}{_TITLE}\)")
"""A link around several paragraphs begins in one and ends in another."""

_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?!\*)|(?<!\w)_(?=\S)([^_]+?)(?<=\S)_(?!\w)")
_CODE = re.compile(r"(`{1,3})([^`]+)\1")
_WORD = re.compile(r"\w")


def passages_of(text: str) -> list[Raw]:
    """The passages that a Markdown text shows; one a line they are the text of `extract_markdown`, which
    takes twice as long. Raises Refused when it is too large."""
    if len(text) > MAX_TEXT:
        raise Refused("too-large")
    return _raw_blocks(text.replace("\0", "\ufffd").replace(_ESCAPED, "\ufffd"))


def extract_markdown(text: str, raws: list[Raw] | None = None) -> Extracted:
    """The document that a Markdown text shows (`raws`: its passages, when they are known). Raises Refused
    when there is nothing to read, or a wall."""
    raws = passages_of(text) if raws is None else raws
    if len(raws) > MAX_BLOCKS:
        raise Refused("too-complex")
    if not raws:
        raise Refused("empty")
    blocks, whole = with_context(raws)
    title = next((block.text for block in blocks if block.level), "")
    if wall := wall_of_blocks(title, whole):
        raise Refused(wall)
    if words_of(whole) < LEAST_WORDS:
        raise Refused("too-short")
    return Extracted(tuple(blocks), whole, title, guess_language(whole), "markdown")


def _raw_blocks(text: str) -> list[Raw]:
    raws: list[Raw] = []
    open_lines: list[str] = []
    lists: list[tuple[int, int]] = []  # indentation and number of the open lists
    made = 0
    table = 0
    in_item = False

    def end(level: int = 0) -> None:
        nonlocal in_item
        shown = inline(" ".join(open_lines))
        open_lines.clear()
        if _WORD.search(shown):
            inside = tuple(number for _, number in lists) if in_item else ()
            raws.append(Raw(shown, level, () if level else inside))

    for line in text.splitlines():
        if not line.strip():
            end()
            table = 0
            continue
        indented = len(line) - len(line.lstrip())
        if open_lines and not in_item and (mark := _UNDERLINE.match(line)):
            end(1 if mark[1].startswith("=") else 2)
            continue
        if heading := _HEADING.match(line):
            end()
            lists.clear()
            in_item = False
            open_lines.append(heading[2])
            end(len(heading[1]))
            continue
        if _RULE.match(line) or (table and _TABLE_RULE.match(line)):
            end()
            continue
        if line.lstrip().startswith("|") and line.rstrip().endswith("|"):
            end()
            if not table:
                made += 1
                table = made
            if (row := _row(line, table)) is not None:
                raws.append(row)
            continue
        if item := _ITEM.match(line):
            end()
            depth = len(item[1])
            while lists and lists[-1][0] > depth:
                lists.pop()
            if not lists or lists[-1][0] < depth:
                made += 1
                lists.append((depth, made))
            in_item = True
            open_lines.append(item[2])
            continue
        if not open_lines:
            in_item = bool(lists) and indented > lists[0][0]
            if not in_item:
                lists.clear()
        open_lines.append(line)
    end()
    return raws


def _row(line: str, table: int) -> Raw | None:
    """A table's row: its cells joined by a space, as one reads them."""
    text = ""
    cells: list[int] = []
    for cell in line.strip().strip("|").replace("\\|", _ESCAPED).split("|"):
        shown = inline(cell.replace(_ESCAPED, "|"))
        if not shown:
            continue
        text += " " if text else ""
        cells.append(len(text))
        text += shown
    return Raw(text, table=table, cells=tuple(cells)) if _WORD.search(text) else None


@lru_cache(maxsize=20_000)
def inline(text: str) -> str:
    """The words of one passage, without link targets, pictures and emphasis. A passage too long to be one is
    left with its marks."""
    if len(text) > LONGEST_PASSAGE:
        return " ".join(text.split())
    shown = _ESCAPE.sub(lambda found: _ESCAPED + chr(0xE100 + ord(found[1])), text)
    if "[" in shown:
        shown = _IMAGE.sub("", shown)
        for _ in range(MOST_NESTED):
            shown, replaced = _LINK.subn(r"\1", shown)
            if not replaced:
                break
    if "]" in shown or "[" in shown:
        shown = _OPEN_LINK.sub("", _LINK_END.sub("", shown))
    if "<" in shown:
        shown = _TAG.sub("", _AUTOLINK.sub(r"\1", shown))
    if "`" in shown:
        shown = _CODE.sub(r"\2", shown)
    if "*" in shown or "_" in shown:
        shown = _STRONG.sub(r"\2", shown)
        shown = _STRONG.sub(r"\2", shown)
        shown = _EMPHASIS.sub(lambda found: found[1] or found[2], shown)
    if _ESCAPED in shown:
        shown = re.sub(f"{_ESCAPED}(.)", lambda found: chr(ord(found[1]) - 0xE100), shown)
    if "&" in shown:
        shown = html.unescape(shown)
    return " ".join(shown.split())
