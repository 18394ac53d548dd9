"""What changed between two texts, word by word: for two whole versions as for two quotes.

Lines are aligned first and then the words of what lies between, so that three hundred kilobytes take a
fraction of a second. White space and characters that only look different (curly quotes, dashes) are no
difference. `anchoring.diff` is the extension's twin for two quotes; this one is the server's for versions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from clauselight.contract.vocabulary import DiffKind

from .common_runs import Match, matches

SHORT_RUN: Final = 2
"""Equal words between two changes that are shown as changed when there are so few of them and the changes
around are longer: islands of "the" and "of" in a rewritten sentence help nobody."""

_PIECE = re.compile(
    r"[^\S\n]*\n\s*|[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff][^\S\n]*|[^\s]+[^\S\n]*|[^\S\n]+"
)
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201b\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", None),
    }
)


_PUNCTUATION: Final = " .,;:!?()[]'\"-"


@dataclass(frozen=True, slots=True)
class WordRun:
    """A run of words that is the same, only in the newer text, or only in the older one."""

    kind: DiffKind
    text: str


@dataclass(frozen=True, slots=True)
class WordCount:
    """Words that only one side has."""

    inserted: int
    deleted: int


def word_diff(before: str, after: str) -> list[WordRun]:
    """Runs in reading order; of a change, what is gone stands before what came.

    `equal` and `insert` joined give `after` verbatim; `equal` and `delete` give `before` up to white space
    and look-alike characters.
    """
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    found = _island_free(_piece_matches(old, new), len(old), len(new))
    runs: list[WordRun] = []
    i = j = 0
    for start_old, start_new, size in [*found, (len(old), len(new), 0)]:
        if start_old > i:
            runs.append(WordRun(DiffKind.DELETE, "".join(old[i:start_old])))
        if start_new > j:
            runs.append(WordRun(DiffKind.INSERT, "".join(new[j:start_new])))
        if size:
            runs.append(WordRun(DiffKind.EQUAL, "".join(new[start_new : start_new + size])))
        i, j = start_old + size, start_new + size
    return runs


def count_words(runs: list[WordRun]) -> WordCount:
    """How many words came and went."""
    said = {kind: sum(len(run.text.split()) for run in runs if run.kind is kind) for kind in DiffKind}
    return WordCount(said[DiffKind.INSERT], said[DiffKind.DELETE])


def changed_words(before: str, after: str) -> WordCount:
    """How many words came and went between two passages; punctuation at a word is no part of it."""
    common, old, new = common_words(before, after)
    return WordCount(new - common, old - common)


def similarity(before: str, after: str) -> float:
    """Share of the words that two texts have in common, in order: 0 to 1 (Dice)."""
    shared, old, new = common_words(before, after)
    return 2 * shared / (old + new) if old and new else 0.0


def common_words(before: str, after: str) -> tuple[int, int, int]:
    """How many words two texts have in common, in order, and how many each has; punctuation at a word is no
    part of it."""
    old, new = _bare(before), _bare(after)
    return sum(size for *_, size in matches(old, new)), len(old), len(new)


def _bare(text: str) -> list[str]:
    return [bare for one in text.split() if (bare := _key(one).strip(_PUNCTUATION))]


def _key(piece: str) -> str:
    return piece.strip().lower().translate(_ALIKE) or " "


def _piece_matches(old: list[str], new: list[str]) -> list[Match]:
    """Lines first, then the words between lines that are the same."""
    old_keys, new_keys = [_key(one) for one in old], [_key(one) for one in new]
    old_lines, new_lines = _lines(old_keys, old), _lines(new_keys, new)
    same_lines = matches([line for line, *_ in old_lines], [line for line, *_ in new_lines])
    found: list[Match] = []
    i = j = 0
    for a, b, size in [*same_lines, (len(old_lines), len(new_lines), 0)]:
        end_old = old_lines[a][1] if a < len(old_lines) else len(old)
        end_new = new_lines[b][1] if b < len(new_lines) else len(new)
        found += [(x + i, y + j, n) for x, y, n in matches(old_keys[i:end_old], new_keys[j:end_new])]
        i, j = end_old, end_new
        if size:
            last = old_lines[a + size - 1][2]
            found.append((i, j, last - i))
            j += last - i
            i = last
    return found


def _lines(keys: list[str], pieces: list[str]) -> list[tuple[tuple[str, ...], int, int]]:
    """Each line's keys with the places of its first piece and behind its last one."""
    lines = []
    start = 0
    for at, piece in enumerate(pieces, start=1):
        if "\n" in piece or at == len(pieces):
            lines.append((tuple(keys[start:at]), start, at))
            start = at
    return lines


def _island_free(found: list[Match], old_size: int, new_size: int) -> list[Match]:
    kept: list[Match] = []
    for number, (i, j, size) in enumerate(found):
        last_i, last_j, last_size = kept[-1] if kept else (0, 0, 0)
        next_i, next_j = found[number + 1][:2] if number + 1 < len(found) else (old_size, new_size)
        before = (i - last_i - last_size) + (j - last_j - last_size)
        after = (next_i - i - size) + (next_j - j - size)
        if size <= SHORT_RUN and min(before, after) > 2 * size:
            continue
        kept.append((i, j, size))
    return kept
