"""Markdown of the extraction data to the sentences that were labelled, in order, with their headings.

The labels name sentences by the hash of their text, so this way of splitting is part of the labels and
stays as it is; the product's own splitter is `clauselight.analysis.segment`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_STRONG = re.compile(r"(\*\*|__|`)")
_EMPHASIS = re.compile(r"(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|])")
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+\.|\||#))")
_RULE = re.compile(r"[-=*_\s|:]+")
_HEADING = re.compile(r"(#{1,6})\s+(.*)", re.DOTALL)
_BULLET = re.compile(r"^([-*+]|\d+\.)\s+")
_UNDERLINED = re.compile(r".{1,90}\n?[-=]{3,}")
_END = re.compile(r'(?<=[.!?])["”’)]*\s+(?=[A-Z“"(])')


def _plain(text: str) -> str:
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _EMPHASIS.sub("", _STRONG.sub("", text))
    return re.sub(r"\s+", " ", _ESCAPED.sub(r"\1", text)).strip()


def sentences(markdown: str) -> Iterator[tuple[str, bool]]:
    """Sentences of a document, each with whether it is a heading."""
    for paragraph in _PARAGRAPH.split(markdown):
        part = paragraph.strip()
        if not part or _RULE.fullmatch(part):
            continue
        heading = _HEADING.match(part)
        part = heading.group(2) if heading else _BULLET.sub("", part)
        cells = [c for c in part.split("|") if c.strip()] if not heading and part.startswith("|") else [part]
        for cell in cells:
            text = _plain(cell)
            if not text or re.fullmatch(r"[-: ]+", text):
                continue
            is_heading = bool(heading or _UNDERLINED.fullmatch(text))
            for sentence in [text] if is_heading else _END.split(text):
                if re.search(r"\w", sentence):
                    yield sentence, is_heading


def sentence_id(text: str) -> str:
    """How the label files name a sentence: 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
