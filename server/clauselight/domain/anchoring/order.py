"""Where should a quote stand, given where the page's surely anchored quotes stand?

Text inserted or deleted above a clause shifts it. Between two anchored quotes its shift lies
between theirs; quotes recorded at another time have seen another shift.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, log2

#: Most fixes used; the heaviest chain is quadratic in them.
MAX_FIXES = 400
#: Fixes on each side whose own shift is tried.
NEIGHBOURS = 4
#: Believing a shift other than the one between the nearest fixes costs this many bits,
OTHER_SHIFT = 1
#: and this much more for every doubling of the recorded distance beyond ``NEAR`` characters.
DISTANCE_COST = 0.5
NEAR = 500
#: Offsets that differ by no more than this are as good as equal: a word more or less.
TOLERANCE = 24


@dataclass(frozen=True, slots=True, eq=False)
class Fix:
    """A sure pair of places: recorded offset and page offset, with the words that vouch for it."""

    old: int
    now: int
    weight: int


@dataclass(frozen=True, slots=True)
class Expectation:
    """Shifts to believe in as (low, high, cost in bits), and the fixes around the quote."""

    hypotheses: list[tuple[int, int, float]]
    after: float
    before: float


def in_order(fixes: Sequence[Fix]) -> list[Fix]:
    """The heaviest chain of fixes that stand in the same order in both texts.

    A weighted longest increasing subsequence.
    """
    ordered = sorted(fixes, key=lambda fix: (fix.old, fix.now))
    stride = -(-len(ordered) // MAX_FIXES)
    if stride > 1:
        ordered = ordered[::stride]
    total: list[int] = []
    previous: list[int] = []
    last = -1
    for i, fix in enumerate(ordered):
        best, start = 0, -1
        for j in range(i):
            if total[j] > best and ordered[j].now <= fix.now:
                best, start = total[j], j
        total.append(best + fix.weight)
        previous.append(start)
        if last < 0 or total[i] > total[last]:
            last = i
    chain: list[Fix] = []
    while last >= 0:
        chain.append(ordered[last])
        last = previous[last]
    return chain[::-1]


def expect(chain: Sequence[Fix], old: int, self_fix: Fix | None) -> Expectation:
    """What the chain says about a quote recorded at ``old``; its own fix does not count."""
    low = bisect_left(chain, old, key=lambda fix: fix.old)
    hypotheses: list[tuple[int, int, float]] = []
    bounds: list[int] = []
    edges = [-inf, inf]
    sides = (range(low - 1, -1, -1), range(low, len(chain)))
    for side, indices in enumerate(sides):
        taken = 0
        for i in indices:
            if taken >= NEIGHBOURS:
                break
            fix = chain[i]
            if fix is self_fix:
                continue
            shift = fix.now - fix.old
            if taken == 0:
                edges[side] = fix.now
                bounds.append(shift)
            taken += 1
            cost = OTHER_SHIFT + DISTANCE_COST * log2(1 + abs(fix.old - old) / NEAR)
            hypotheses.append((old + shift, old + shift, cost))
    hypotheses.append((old, old, OTHER_SHIFT * 2 if bounds else 0))
    if bounds:
        hypotheses.append((old + min(bounds), old + max(bounds), OTHER_SHIFT))
    return Expectation(hypotheses, edges[0], edges[1])


def surprise(expected: Expectation, now: int) -> float:
    """How far a place is from what is expected, in bits: the cheapest explanation of its shift."""
    least = inf
    for low, high, cost in expected.hypotheses:
        bits = cost + log2(1 + max(0, low - now, now - high) / TOLERANCE)
        if bits < least:
            least = bits
    return least
