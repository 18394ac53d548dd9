"""Which sentence of a passage became which, when the passage was reworded."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from .likeness import likeness, may_be_like

FRAMED: Final = 0.35
"""Likeness from which two sentences may be one before and after. Chosen by hand on changes of real policies,
as are the others."""

LEFT_OVER: Final = 0.25
"""The same for what is left over between two sentences that stayed, when there is one on one side and no
more than a few on the other."""

FEW: Final = 3

MOST_PAIRS: Final = 900
"""Pairs of sentences of two passages that are compared with each other; a passage of more is a page without
structure."""


def pair_sentences(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Pairs of sentences in order with the most words in common (Needleman and Wunsch, 1970), then what is
    left over between two pairs."""
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
        paired |= _left_over(old, new, paired)
    return paired


def _best_pairs(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    alike = [[_alike(one, other) for other in new] for one in old]
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


def _left_over(old: Sequence[str], new: Sequence[str], paired: dict[int, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    ends = [(-1, -1), *sorted(paired.items()), (len(old), len(new))]
    for (i, j), (last_i, last_j) in pairwise(ends):
        olds, news = range(i + 1, last_i), range(j + 1, last_j)
        if not olds or not news or min(len(olds), len(news)) > 1 or max(len(olds), len(news)) > FEW:
            continue
        share, one, other = max((likeness(old[a], new[b]), -a, -b) for a in olds for b in news)
        if share >= LEFT_OVER:
            found[-one] = -other
    return found


def _alike(one: str, other: str) -> float:
    if not may_be_like(one, other, FRAMED):
        return 0.0
    share = likeness(one, other)
    return share if share >= FRAMED else 0.0
