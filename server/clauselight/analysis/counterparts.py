"""What a sentence of the version before became, told by where it stood: the passage that its passage became,
and in it the sentence between the same neighbours.

Anchoring looks at words alone, for it is made for pages of which nothing but quotes is known. Two versions
say more: a sentence that was written anew between two that stayed is the same clause, however few words are
left of it; and of two sentences much like it, the one in its own passage is its heir.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from clauselight.contract.vocabulary import AnchorOutcome
from clauselight.domain.changes import ALIKE, MOST_PAIRED, Comparison, words_key
from clauselight.domain.word_diff import similarity
from clauselight.store.provision_rows import StoredRow

from .quote_places import Place, VersionText
from .sentences import split_sentences

FRAMED: Final = 0.35
"""Share of common words from which a sentence whose neighbours on both sides stayed is the one that stood
there. Chosen by hand on changes of real policies, as are the others."""

UNFRAMED: Final = 0.45
"""The same where a neighbour came or went as well."""

MOST_PAIRS: Final = 900
"""Pairs of sentences of two passages that are compared with each other; a passage of more is a page without
structure."""

MOST_PAIRS_AT_ALL: Final = 20_000
"""The same of two versions. In four years of 17 policies there were 576 at the most; a page made for it must
not keep the archive waiting."""

MARGIN: Final = 0.8
"""Words that are said twice count once in a quick look."""

Span = tuple[int, int]


class Counterparts:
    """The passages of one version and what they became in the next."""

    def __init__(self, before: VersionText, after: VersionText, compared: Comparison) -> None:
        self._before, self._after, self._compared = before, after, compared
        self._left = MOST_PAIRS_AT_ALL
        self._lines: dict[int, int | None] = {}
        self._paired: dict[tuple[str, str], tuple[list[Span], list[Span], dict[int, int]]] = {}

    def of(self, row: StoredRow) -> Place | None:
        """The same for a provision's words, where they were seen in the version before."""
        if row.seen_version != self._before.number or row.start is None or row.end is None:
            return None
        return self.place(row.start, row.end) if row.start < row.end <= len(self._before.text) else None

    def place(self, start: int, end: int) -> Place | None:
        """Where the sentence stands now that stood at these offsets and was reworded; None when its passage
        is gone, when the words are no sentence of it, or when none of the passage could be it."""
        first = self._before.line_at(start)
        number = self.line(first)
        if number is None or self._before.line_at(end - 1) != first:
            return None
        old, new = self._before.lines[first], self._after.lines[number]
        old_spans, new_spans, paired = self._sentences(old, new)
        at = start - self._before.starts[first]
        which = next((i for i, (a, b) in enumerate(old_spans) if a <= at < b), -1)
        if which not in paired or 2 * (end - start) < old_spans[which][1] - old_spans[which][0]:
            return None
        (a, b), words = new_spans[paired[which]], old[slice(*old_spans[which])]
        ends = paired | {-1: -1, len(old_spans): len(new_spans)}
        framed = all(ends.get(which + by) == paired[which] + by for by in (-1, 1))
        if similarity(words, new[a:b]) < (FRAMED if framed else UNFRAMED) or self._before.says(new[a:b]):
            return None
        begin = self._after.starts[number]
        return Place(AnchorOutcome.CHANGED, begin + a, begin + b)

    def line(self, number: int) -> int | None:
        """Number of the line that a line became when it was reworded."""
        if number not in self._lines:
            self._lines[number] = self._became(self._before.lines[number])
        return self._lines[number]

    def _sentences(self, old: str, new: str) -> tuple[list[Span], list[Span], dict[int, int]]:
        """Offsets of the sentences of a passage and of what it became, and which became which."""
        if (old, new) not in self._paired:
            olds, news = split_sentences(old), split_sentences(new)
            self._left -= len(olds) * len(news)
            paired = (
                _aligned([old[a:b] for a, b in olds], [new[a:b] for a, b in news]) if self._left >= 0 else {}
            )
            self._paired[old, new] = (olds, news, paired)
        return self._paired[old, new]

    def _became(self, old: str) -> int | None:
        new = self._reworded.get(old)
        if new is None and old in self._removed:
            alike = [(_alike(old, one, ALIKE), one) for one in self._compared.added[:MOST_PAIRED]]
            share, best = max(alike, default=(0.0, ""))
            new = self._reworded[old] = best if share >= ALIKE else ""
        return self._numbers.get(new) if new else None

    @cached_property
    def _reworded(self) -> dict[str, str]:
        return {pair.before: pair.after for pair in self._compared.reworded}

    @cached_property
    def _removed(self) -> frozenset[str]:
        return frozenset(self._compared.removed)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {line: number for number, line in reversed(list(enumerate(self._after.lines)))}


def _aligned(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Pairs of sentences in order with the most words in common (Needleman and Wunsch, 1970)."""
    head = tail = 0
    shorter = min(len(old), len(new))
    while head < shorter and old[head] == new[head]:
        head += 1
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    paired = {i: i for i in range(head)}
    paired |= {len(old) - i: len(new) - i for i in range(1, tail + 1)}
    middle, other = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(middle) * len(other) <= MOST_PAIRS:
        paired |= {head + i: head + j for i, j in _best_pairs(middle, other).items()}
    return paired


def _best_pairs(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    alike = [[_alike(one, other, FRAMED) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            both = alike[i][j] + best[i + 1][j + 1] if alike[i][j] else 0.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    paired: dict[int, int] = {}
    i = j = 0
    while i < len(old) and j < len(new):
        if alike[i][j] and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            paired[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return paired


def _alike(one: str, other: str, least: float) -> float:
    """Share of common words, 0 when it is less than the least: for most, their words tell at once."""
    words, others = set(words_key(one).split()), set(words_key(other).split())
    if 2 * len(words & others) < least * (len(words) + len(others)) * MARGIN:
        return 0.0
    share = similarity(one, other)
    return share if share >= least else 0.0
