"""Text as a reader sees it: what differs only between renderings is made alike.

White space, quotation marks, dashes, ligatures and invisible characters differ between renderings
of the same policy; the map back to the raw offsets keeps the place.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import chain


def _span(first: int, last: int) -> range:
    return range(first, last + 1)


#: Print nothing: soft hyphen, zero-width, direction and variation marks, controls.
INVISIBLE = frozenset(
    chain(
        _span(0x00, 0x08), _span(0x0E, 0x1F), _span(0x7F, 0x84), _span(0x86, 0x9F),
        (0xAD, 0x34F, 0x61C, 0xFEFF), _span(0x180B, 0x180E), _span(0x200B, 0x200F),
        _span(0x202A, 0x202E), _span(0x2060, 0x206F), _span(0xFE00, 0xFE0F),
    )
)  # fmt: skip
BULLETS = frozenset((0x2022, 0x2023, 0x2043, 0x2219, 0x25A0, 0x25A1, 0x25AA, 0x25AB, 0x25CB, 0x25CF, 0x25E6))
#: White space of every width, and the bullets that a renderer puts before a list item.
SPACES = (
    frozenset(
        chain(
            _span(0x09, 0x0D), (0x20, 0x85, 0xA0, 0x1680), _span(0x2000, 0x200A),
            (0x2028, 0x2029, 0x202F, 0x205F, 0x3000),
        )
    )
    | BULLETS
)  # fmt: skip

_SINGLE = (0x60, 0xB4, 0x2BC, 0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x2035, 0x2039, 0x203A)
_DOUBLE = (0xAB, 0xBB, 0x201C, 0x201D, 0x201E, 0x201F, 0x2033, 0x2036, 0x301D, 0x301E, 0x301F)
_DASH = (0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE58, 0xFE63)
#: Look-alikes that stand for one another between renderings.
FOLDED: dict[int, str] = {
    **dict.fromkeys(_SINGLE, "'"),
    **dict.fromkeys(_DOUBLE, '"'),
    **dict.fromkeys(_DASH, "-"),
    0x2026: "...",
    **{0xFB00 + i: s for i, s in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))},
    **{code: chr(code - 0xFEE0) for code in _span(0xFF01, 0xFF5E)},
}


def _class(codes: frozenset[int]) -> str:
    return "".join(f"\\U{code:08x}" for code in sorted(codes))


#: Everything that does not simply stand for itself.
_SPECIAL = re.compile(
    f"(?P<invisible>[{_class(INVISIBLE)}]+)"
    f"|(?P<space>[{_class(SPACES)}][{_class(SPACES | INVISIBLE)}]*)"
    f"|(?P<folded>[{_class(frozenset(FOLDED))}](?![\u0300-\u036f]))"
    "|(?P<mark>[^\u0300-\u036f][\u0300-\u036f])",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """A normalised text and its map back: raw code point offsets of every normalised character."""

    text: str
    raw_start: list[int]
    raw_end: list[int]
    raw_length: int

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of [start, end): from its first to after its last character."""
        first = max(0, min(start, len(self.raw_start)))
        last = min(end, len(self.raw_start)) - 1
        at = self.raw_start[first] if first < len(self.raw_start) else self.raw_length
        return (at, at) if last < first else (at, self.raw_end[last])


def normalise(raw: str) -> NormalisedText:
    """Normalise a page or a quote; runs of white space become one space, none at either end.

    Offsets count code points. A lone surrogate is one character and stands for itself.
    """
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def plain(first: int, last: int) -> None:
        out.append(raw[first:last])
        starts.extend(range(first, last))
        ends.extend(range(first + 1, last + 1))

    def put(text: str, first: int, last: int) -> None:
        out.append(text)
        starts.extend([first] * len(text))
        ends.extend([last] * len(text))

    done = 0
    space: tuple[int, int] | None = None
    for found in _SPECIAL.finditer(raw):
        first, last = found.span()
        if first > done:
            if space is not None and starts:
                put(" ", *space)
            space = None
            plain(done, first)
        done = last
        if found.lastgroup == "space":
            space = (space[0] if space else first, last)
        elif found.lastgroup == "invisible":
            if space is not None:
                space = (space[0], last)
        else:
            if space is not None and starts:
                put(" ", *space)
            space = None
            base = FOLDED.get(ord(raw[first]), raw[first])
            text = base
            if found.lastgroup == "mark":
                text = unicodedata.normalize("NFC", base + raw[last - 1])
            if len(text) == len(base):
                put(text, first, last)
            else:
                put(base, first, first + 1)
                put(raw[last - 1], last - 1, last)
    if done < len(raw):
        if space is not None and starts:
            put(" ", *space)
        plain(done, len(raw))
    return NormalisedText("".join(out), starts, ends, len(raw))


#: Printable ASCII stands for itself; the grave accent is taken for a quotation mark.
_PLAIN = re.compile(r"[ -_a-~]*\Z")
_SPACES = re.compile(r" {2,}")


def normalised_text(raw: str) -> str:
    """The text alone, quickly: most quotes are plain."""
    return _SPACES.sub(" ", raw).strip(" ") if _PLAIN.match(raw) else normalise(raw).text
