"""Which passage of one version became which passage of the next.

Passages that stand between the same neighbours are compared first (`domain.changes`); what neither that nor
its words tell, its heading may ("Purchase Information. We collect ..."), or that nothing else went or came
between two passages that stayed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

from clauselight.domain.changes import ALIKE, MOST_PAIRED, Comparison, words_key

from .likeness import likeness, may_be_like
from .quote_places import VersionText

ALONE: Final = 0.25
"""Likeness from which the only passage that went between two that stayed became the only one that came
there. Chosen by hand on changes of real policies."""

MOST_COMPARED: Final = 40_000
"""Pairs of passages that went and that came which are compared with each other; more have only two texts
that have nothing to do with each other, and a page made for it must not keep the archive waiting."""

_HEADING = re.compile(r"([A-Z“\"][^.:;!?]{2,59})[.:]\s+\S")
_MOST_HEADING: Final = 6

Pair = tuple[int, int]


class PassagePairs:
    """Passages are numbered as the lines of their versions."""

    def __init__(self, before: VersionText, after: VersionText, compared: Comparison) -> None:
        self._before, self._after, self._compared = before, after, compared
        self._found: dict[int, int | None] = {}

    def became(self, number: int) -> int | None:
        """Number of the passage that a passage became when it was reworded; None when it is gone, or stands
        there still."""
        if number not in self._found:
            self._found[number] = self._by_words(number)
        return self._found[number]

    def was(self, number: int) -> int | None:
        """Number of the passage that became this one, when that can be told."""
        return self._was.get(number)

    def _by_words(self, number: int) -> int | None:
        old = self._before.lines[number]
        there = self._in_place.get(number)
        if there is not None:
            return there
        new = self._reworded.get(old)
        if new is None and old in self._removed:
            alike = [
                (likeness(old, one), one)
                for one in self._compared.added[:MOST_PAIRED]
                if may_be_like(old, one, ALIKE)
            ]
            share, best = max(alike, default=(0.0, ""))
            new = self._reworded[old] = best if share >= ALIKE else ""
        return self._numbers.get(new) if new else None

    @cached_property
    def _in_place(self) -> dict[int, int]:
        """What is told by the place alone."""
        found: dict[int, int] = {}
        pairs = self._reworded_there
        same = [(i + step, j + step) for i, j, size in self._compared.same for step in range(size)]
        ends = _in_order([*same, *pairs])
        taken = {j for _, j in pairs}
        last = (len(self._before.lines), len(self._after.lines))
        for (i, j), (next_i, next_j) in zip([(-1, -1), *ends], [*ends, last], strict=True):
            olds = [one for one in range(i + 1, next_i) if self._went(one)]
            news = [one for one in range(j + 1, next_j) if self._came(one) and one not in taken]
            if olds and news and len(olds) * len(news) <= MOST_PAIRED:
                found |= self._between(olds, news)
        return dict(pairs) | found

    def _between(self, olds: Sequence[int], news: Sequence[int]) -> dict[int, int]:
        old, new = self._before.lines, self._after.lines
        found: dict[int, int] = {}
        headed = {_heading(new[j]): j for j in reversed(news)}
        for i in olds:
            heading = _heading(old[i])
            if heading and heading in headed:
                found[i] = headed.pop(heading)
        rest = [i for i in olds if i not in found]
        others = [j for j in news if j not in found.values()]
        if len(rest) == len(others) == 1 and likeness(old[rest[0]], new[others[0]]) >= ALONE:
            found[rest[0]] = others[0]
        return found

    def _went(self, number: int) -> bool:
        return self._before.lines[number] in self._removed

    def _came(self, number: int) -> bool:
        return self._after.lines[number] in self._added

    @cached_property
    def _reworded_there(self) -> list[Pair]:
        """Numbers of passages that were reworded in their gap."""
        first = {line: number for number, line in reversed(list(enumerate(self._before.lines)))}
        pairs = [(first.get(one.before), self._numbers.get(one.after)) for one in self._compared.reworded]
        return [(i, j) for i, j in pairs if i is not None and j is not None]

    @cached_property
    def _was(self) -> dict[int, int]:
        found: dict[int, int] = {}
        if len(self._removed) * len(self._added) <= MOST_COMPARED:
            went = [number for number in range(len(self._before.lines)) if self._went(number)]
            found = {j: i for i in went if (j := self.became(i)) is not None}
        return found | {j: i for i, j in self._in_place.items()}

    @cached_property
    def _reworded(self) -> dict[str, str]:
        return {pair.before: pair.after for pair in self._compared.reworded}

    @cached_property
    def _removed(self) -> frozenset[str]:
        return frozenset(self._compared.removed)

    @cached_property
    def _added(self) -> frozenset[str]:
        return frozenset(self._compared.added)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {line: number for number, line in reversed(list(enumerate(self._after.lines)))}


def _heading(line: str) -> str:
    """Words of a heading that begins a passage; empty when there is none."""
    found = _HEADING.match(line)
    if found is None or len(found.group(1).split()) > _MOST_HEADING:
        return ""
    return words_key(found.group(1))


def _in_order(pairs: Iterable[Pair]) -> list[Pair]:
    """The longest run of pairs that ascends on both sides."""
    best: list[int] = []
    chains: list[tuple[Pair, int | None]] = []
    tops: list[int] = []
    for i, j in sorted(set(pairs)):
        at = bisect_left(best, j)
        before = tops[at - 1] if at else None
        chains.append(((i, j), before))
        if at == len(best):
            best.append(j)
            tops.append(len(chains) - 1)
        else:
            best[at], tops[at] = j, len(chains) - 1
    found: list[Pair] = []
    link = tops[-1] if tops else None
    while link is not None:
        pair, link = chains[link]
        found.append(pair)
    return found[::-1]
