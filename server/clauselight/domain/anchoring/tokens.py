"""Splits text into words, all at once with array operations.

All matching is on words: white space, punctuation, case, accents and the way a renderer draws
characters never matter, and the offsets of each word lead back to the raw text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from clauselight.domain.anchoring.characters import (
    APOSTROPHE,
    DIGIT,
    FULL_STOP,
    LIGATURE,
    LOWER,
    SINGLE,
    SKIPPED,
    SPACE,
    TERMINAL,
    UPPER,
    classify,
)
from clauselight.domain.anchoring.normalise import FOLDED

#: The word begins a sentence (or a block).
SENTENCE_START = 2
#: The word begins a block: paragraph, heading, list item, cell.
BLOCK_START = 1

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_MASK = (1 << 64) - 1
#: Base of the polynomial hash; odd, so that it has an inverse modulo 2 ** 64.
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)


class _Powers:
    """Powers of the hash base and of its inverse, grown on demand."""

    def __init__(self) -> None:
        self.up: npt.NDArray[np.uint64] = np.ones(1, dtype=np.uint64)
        self.down: npt.NDArray[np.uint64] = np.ones(1, dtype=np.uint64)

    def grow(self, n: int) -> None:
        if len(self.up) >= n:
            return
        size = max(n, 2 * len(self.up), 1 << 16)
        for name, base in (("up", _BASE), ("down", _INVERSE)):
            powers = np.full(size, base, dtype=np.uint64)
            powers[0] = 1
            setattr(self, name, np.multiply.accumulate(powers))


_POWERS = _Powers()


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words of a text: 64-bit hashes, raw offsets in code points, flags."""

    keys: npt.NDArray[np.uint64]
    start: Ints
    end: Ints
    flags: npt.NDArray[np.uint8]


def _expand_ligatures(
    kinds: npt.NDArray[np.uint8], folds: npt.NDArray[np.uint32], at: Ints, raw: Ints
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint32], Ints]:
    where = np.flatnonzero(kinds == LIGATURE)
    repeats = np.ones(len(kinds), dtype=np.int64)
    letters = [FOLDED[int(raw[i])] for i in where]
    repeats[where] = [len(text) for text in letters]
    kinds, folds, at = np.repeat(kinds, repeats), np.repeat(folds, repeats), np.repeat(at, repeats)
    first = np.cumsum(repeats) - repeats
    for place, text in zip(first[where].tolist(), letters, strict=True):
        kinds[place : place + len(text)] = LOWER
        folds[place : place + len(text)] = [ord(c) for c in text]
    return kinds, folds, at


def tokenise(text: str, blocks: Sequence[int] = ()) -> Tokens:
    """The words of ``text``; no word runs over the start of a block."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds, folds = classify(codes)
    visible = kinds != SKIPPED
    if visible.all():
        at: Ints = np.arange(len(codes))
    else:
        at = np.flatnonzero(visible)
        kinds, folds, codes = kinds[at], folds[at], codes[at]
    if (kinds == LIGATURE).any():
        stops = codes
        kinds, folds, at = _expand_ligatures(kinds, folds, at, codes.astype(np.int64))
        codes = stops[np.searchsorted(np.flatnonzero(visible), at)]
    n = len(kinds)
    if n == 0:
        none = np.zeros(0, dtype=np.int64)
        return Tokens(none.astype(np.uint64), none, none, none.astype(np.uint8))

    begins_block: Bools = np.zeros(n + 1, dtype=np.bool_)
    if len(blocks):
        begins_block[np.searchsorted(at, np.asarray(blocks, dtype=np.int64))] = True
    begins_block = begins_block[:n]

    letter = (kinds >= LOWER) & (kinds < SINGLE)
    digit = kinds == DIGIT
    word = letter & ~digit
    # An apostrophe belongs to the word only between letters: don't, O'Neill.
    joiner: Bools = np.zeros(n, dtype=np.bool_)
    marks = np.flatnonzero(kinds == APOSTROPHE)
    marks = marks[(marks > 0) & (marks < n - 1)]
    joiner[marks[word[marks - 1] & word[marks + 1] & ~begins_block[marks] & ~begins_block[marks + 1]]] = True

    joins: Bools = np.zeros(n, dtype=np.bool_)
    joins[1:] = (
        letter[1:]
        & ~begins_block[1:]
        & (
            (letter[:-1] & ~((kinds[1:] == UPPER) & (kinds[:-1] == LOWER)) & (digit[1:] == digit[:-1]))
            | joiner[:-1]
        )
    )
    single = kinds == SINGLE
    first = np.flatnonzero((letter & ~joins) | single)
    # It ends where the next character neither joins it nor is its apostrophe.
    goes_on: Bools = np.zeros(n, dtype=np.bool_)
    np.logical_or(joins[1:], joiner[1:], out=goes_on[:-1])
    last = np.flatnonzero((letter | single) & ~goes_on)

    return Tokens(
        _hashes(folds, first, last),
        at[first],
        at[last] + 1,
        _flags(kinds, codes, at, begins_block, first, last),
    )


def _hashes(folds: npt.NDArray[np.uint32], first: Ints, last: Ints) -> npt.NDArray[np.uint64]:
    n = len(folds)
    _POWERS.grow(n + 1)
    sums = np.zeros(n + 1, dtype=np.uint64)
    np.cumsum(folds.astype(np.uint64) * _POWERS.up[:n], out=sums[1:])
    hashes: npt.NDArray[np.uint64] = (sums[last + 1] - sums[first]) * _POWERS.down[first]
    # Short words fill only the lower bits; mixing spreads them over all.
    hashes ^= hashes >> np.uint64(32)
    hashes *= np.uint64(_BASE)
    hashes ^= hashes >> np.uint64(29)
    hashes *= np.uint64(_INVERSE)
    return hashes


def _flags(
    kinds: npt.NDArray[np.uint8],
    codes: npt.NDArray[np.uint32],
    at: Ints,
    begins_block: Bools,
    first: Ints,
    last: Ints,
) -> npt.NDArray[np.uint8]:
    count = len(first)
    flags = np.zeros(count, dtype=np.uint8)
    if count == 0:
        return flags
    blocks = np.cumsum(begins_block)
    new_block = np.ones(count, dtype=np.bool_)
    new_block[1:] = blocks[first[1:]] > blocks[first[:-1]]

    gap = np.zeros(count, dtype=np.int64)  # where the gap before each word begins
    gap[1:] = last[:-1] + 1
    terminals = np.flatnonzero(kinds == TERMINAL)
    # "U.S. Data" is no end of a sentence: a single capital before the stop is an abbreviation.
    short = last[(kinds[last] == UPPER) & (first == last)] + 1
    short = short[short < len(codes)]
    short = short[codes[short] == 0x2E]
    if len(short):
        terminals = np.setdiff1d(terminals, short, assume_unique=True)
    n = len(kinds)
    spaces = np.flatnonzero(kinds == SPACE)
    stops = np.flatnonzero(kinds == FULL_STOP)
    first_terminal = np.append(terminals, n)[np.searchsorted(terminals, gap)]
    last_space = np.concatenate(([-1], spaces))[np.searchsorted(spaces, first)]
    sentence = (first_terminal < last_space) & (kinds[first] != LOWER)
    if len(stops):
        sentence |= np.append(stops, n)[np.searchsorted(stops, gap)] < first
    flags[sentence] = SENTENCE_START
    flags[new_block] = BLOCK_START | SENTENCE_START
    return flags
