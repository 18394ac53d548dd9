"""What two sequences have in common, in order: lines of two versions, or words of two passages.

Patience diff (Bram Cohen, 2003): what stands once on both sides is paired in its longest common order, and
the gaps between the pairs are treated alike. A gap in which nothing is unique is aligned by the longest
common subsequence (bit-parallel, Hyyrö 2004, by rapidfuzz) when it is small enough, else left unmatched. So
the time is bounded for any input, and hardly more than linear for versions of one text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Final

MOST_CELLS: Final = 40_000_000
"""Largest gap for the exact method, as product of its two lengths: 5 MB of bits, some milliseconds."""

MOST_STEPS: Final = 40
"""Items looked at in all gaps together, as a multiple of the input. Versions of real policies take two or
three; more has only a text that was made for it."""

Match = tuple[int, int, int]
"""So many items from a place in the first sequence on are those from a place in the second on."""


def matches(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Match]:
    """Runs of equal items, ascending in both sequences."""
    found: list[Match] = []
    left = MOST_STEPS * (len(a) + len(b) + 1)
    gaps = [(0, len(a), 0, len(b))]
    while gaps:
        a0, a1, b0, b1 = gaps.pop()
        start = a0
        while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
            a0, b0 = a0 + 1, b0 + 1
        if a0 > start:
            found.append((start, b0 - (a0 - start), a0 - start))
        end = a1
        while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
            a1, b1 = a1 - 1, b1 - 1
        if end > a1:
            found.append((a1, b1, end - a1))
        left -= (end - start) + (b1 - b0)
        if a0 == a1 or b0 == b1 or left < 0:
            continue
        pairs = _unique_in_order(a, b, (a0, a1, b0, b1))
        if not pairs:
            found += _longest(a, b, (a0, a1, b0, b1))
            continue
        at_a, at_b = a0, b0
        for i, j in pairs:
            gaps.append((at_a, i, at_b, j))
            found.append((i, j, 1))
            at_a, at_b = i + 1, j + 1
        gaps.append((at_a, a1, at_b, b1))
    return _joined(found)


def _unique_in_order(
    a: Sequence[Hashable], b: Sequence[Hashable], gap: tuple[int, int, int, int]
) -> list[tuple[int, int]]:
    """Items that stand once on both sides of a gap: the most of them that are in the same order."""
    a0, a1, b0, b1 = gap
    once_a = Counter(a[a0:a1])
    once_b = Counter(b[b0:b1])
    place = {item: j for j in range(b0, b1) if once_b[item := b[j]] == 1 and once_a.get(item) == 1}
    pairs = [(i, place[a[i]]) for i in range(a0, a1) if a[i] in place]
    # Longest increasing subsequence of the places in b, by patience sorting.
    tops: list[int] = []
    top_pair: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(top_pair[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(j)
            top_pair.append(number)
        else:
            tops[pile], top_pair[pile] = j, number
    chain: list[tuple[int, int]] = []
    at = top_pair[-1] if top_pair else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _longest(a: Sequence[Hashable], b: Sequence[Hashable], gap: tuple[int, int, int, int]) -> list[Match]:
    a0, a1, b0, b1 = gap
    if (a1 - a0) * (b1 - b0) > MOST_CELLS:
        return []
    numbers: dict[Hashable, int] = {}
    first = [numbers.setdefault(item, len(numbers)) for item in a[a0:a1]]
    second = [numbers.get(item, -1) for item in b[b0:b1]]
    if not set(first) & set(second):
        return []
    # Not above: the server, which seldom compares anything, need not have it in memory.
    from rapidfuzz.distance import Indel

    blocks = Indel.opcodes(first, second).as_matching_blocks()
    return [(block.a + a0, block.b + b0, block.size) for block in blocks if block.size]


def _joined(found: list[Match]) -> list[Match]:
    """In order, neighbouring runs as one."""
    joined: list[Match] = []
    for i, j, size in sorted(found):
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + size)
        else:
            joined.append((i, j, size))
    return joined
