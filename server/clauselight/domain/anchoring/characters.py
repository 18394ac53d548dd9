"""What each character is to the tokeniser: part of a word, a word of its own, or between words.

Two flat tables make the scan of a page one array look-up. They are filled on demand, so importing
costs nothing.
"""

from __future__ import annotations

import unicodedata

import numpy as np
import numpy.typing as npt

from clauselight.domain.anchoring.normalise import FOLDED, INVISIBLE, SPACES

UNKNOWN = 0
#: Between words. The later kinds say which: white space, the end of a sentence, a full stop that
#: needs no space after it, nothing at all, an apostrophe.
SEPARATOR = 1
SPACE = 2
TERMINAL = 3
FULL_STOP = 4
#: Skipped inside words: zero-width characters, soft hyphens, accents as combining marks.
SKIPPED = 5
#: Joins letters into one word when it stands between them.
APOSTROPHE = 6
#: Kinds from here on are words or parts of words.
LOWER = 7
UPPER = 8
DIGIT = 9
#: Two or three letters in one character.
LIGATURE = 10
#: A word of its own: CJK, scripts without spaces, currency signs, the per cent sign.
SINGLE = 11

_KIND: npt.NDArray[np.uint8] = np.zeros(0x110000, dtype=np.uint8)
_FOLD: npt.NDArray[np.uint32] = np.zeros(0x110000, dtype=np.uint32)

_FULL_STOPS = frozenset((0x3002, 0xFF61, 0x964, 0x61F, 0x6D4))

#: Scripts that do not put spaces between words.
_UNSPACED = (
    (0x0E00, 0x0EFF), (0x0F00, 0x0FFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x2E80, 0x2FDF),
    (0x3005, 0x3007), (0x3040, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
)  # fmt: skip
#: Latin, Greek and Cyrillic letters lose their accents: composed and decomposed text are alike.
_ACCENTED = ((0xC0, 0x24F), (0x370, 0x52F), (0x1E00, 0x1FFF))


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


def _classified(point: int) -> tuple[int, int]:
    """Kind and folded form of one code point."""
    alike = FOLDED.get(point)
    code = ord(alike) if alike is not None and len(alike) == 1 else point
    if point in INVISIBLE or 0x300 <= point <= 0x36F:
        return SKIPPED, code
    if point in SPACES:
        return SPACE, code
    if 0xD800 <= point <= 0xDFFF:
        return SEPARATOR, code
    if alike is not None and len(alike) > 1 and point != 0x2026:
        return LIGATURE, code
    if code == 0x27:
        return APOSTROPHE, code
    if code in (0x2E, 0x21, 0x3F) or point == 0x2026:
        return TERMINAL, code
    if point in _FULL_STOPS:
        return FULL_STOP, code
    category = unicodedata.category(chr(code))
    if point > 0xFFFF:
        return (SINGLE if category[0] in "LN" else SEPARATOR), code
    if code == 0x25 or category == "Sc":
        return SINGLE, code
    if category[0] not in "LNM":
        return SEPARATOR, code
    if _within(code, _UNSPACED):
        return SINGLE, code
    lower = chr(code).lower()
    kind = DIGIT if category[0] == "N" else LOWER if lower == chr(code) else UPPER
    if _within(code, _ACCENTED):
        lower = unicodedata.normalize("NFD", lower)
    return kind, ord(lower[0])


def classify(
    codes: npt.NDArray[np.uint32],
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint32]]:
    """Kinds and folded forms of code points."""
    kinds = _KIND.take(codes)
    if not kinds.all():
        for point in np.unique(codes[kinds == UNKNOWN]).tolist():
            _KIND[point], _FOLD[point] = _classified(point)
        kinds = _KIND.take(codes)
    return kinds, _FOLD.take(codes)


def is_word_character(character: str) -> bool:
    """A letter or a number, in any script."""
    return unicodedata.category(character)[0] in "LN"
