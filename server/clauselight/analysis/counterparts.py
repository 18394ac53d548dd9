"""What a sentence of the version before became, told by where it stood: the passage that its passage became,
and in it the sentence between the same neighbours.

Anchoring looks at words alone, for it is made for pages of which nothing but quotes is known. Two versions
say more: a sentence that was written anew between two that stayed is the same clause, however few words are
left of it; and of two sentences much like it, the one in its own passage is its heir.
"""

from __future__ import annotations

from typing import Final

from clauselight.contract.vocabulary import AnchorOutcome
from clauselight.domain.changes import Comparison, words_key
from clauselight.store.provision_rows import StoredRow

from .likeness import likeness
from .passage_pairs import PassagePairs
from .quote_places import Place, VersionText
from .sentence_pairs import FRAMED, LEFT_OVER, pair_sentences
from .sentences import split_sentences

UNFRAMED: Final = 0.45
"""Likeness from which a sentence is the one that stood there where others came or went beside it. Chosen by
hand on changes of real policies, as the others are."""

MOST_PAIRS_AT_ALL: Final = 20_000
"""Pairs of sentences of two versions that are compared with each other. In four years of 17 policies there
were 576 at the most; a page made for it must not keep the archive waiting."""

Span = tuple[int, int]


class Counterparts:
    """The passages of one version and what they became in the next."""

    def __init__(self, before: VersionText, after: VersionText, compared: Comparison) -> None:
        self._before, self._after = before, after
        self._passages = PassagePairs(before, after, compared)
        self._left = MOST_PAIRS_AT_ALL
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
        number = self._passages.became(first)
        if number is None or self._before.line_at(end - 1) != first:
            return None
        old, new = self._before.lines[first], self._after.lines[number]
        old_spans, new_spans, paired = self._sentences(old, new)
        at = start - self._before.starts[first]
        which = next((i for i, (a, b) in enumerate(old_spans) if a <= at < b), -1)
        if which not in paired or 2 * (end - start) < old_spans[which][1] - old_spans[which][0]:
            return None
        (a, b), words = new_spans[paired[which]], old[slice(*old_spans[which])]
        least = _least(paired, which, len(old_spans), len(new_spans))
        if likeness(words, new[a:b]) < least:
            return None
        if self._before.says(new[a:b]) and words_key(new[a:b]) not in words_key(words):
            return None
        begin = self._after.starts[number]
        return Place(AnchorOutcome.CHANGED, begin + a, begin + b)

    def words_before(self, start: int, end: int) -> str | None:
        """The sentence that became the one at these offsets of the newer version, in its passage's place."""
        line = self._after.line_at(start)
        number = self._passages.was(line)
        if number is None:
            return None
        old, new = self._before.lines[number], self._after.lines[line]
        old_spans, new_spans, paired = self._sentences(old, new)
        at = start - self._after.starts[line]
        which = next((i for i, (a, b) in enumerate(new_spans) if a <= at < b), -1)
        earlier = next((i for i, j in paired.items() if j == which), -1)
        if earlier < 0:
            return None
        words = old[slice(*old_spans[earlier])]
        least = _least(paired, earlier, len(old_spans), len(new_spans))
        return words if likeness(words, new[slice(*new_spans[which])]) >= least else None

    def _sentences(self, old: str, new: str) -> tuple[list[Span], list[Span], dict[int, int]]:
        """Offsets of the sentences of a passage and of what it became, and which became which."""
        if (old, new) not in self._paired:
            olds, news = split_sentences(old), split_sentences(new)
            self._left -= len(olds) * len(news)
            paired = (
                pair_sentences([old[a:b] for a, b in olds], [new[a:b] for a, b in news])
                if self._left >= 0
                else {}
            )
            self._paired[old, new] = (olds, news, paired)
        return self._paired[old, new]


def _least(paired: dict[int, int], which: int, olds: int, news: int) -> float:
    """Likeness that a pair of sentences must have: less where the same ones stand beside them, or where one
    stands now for all that stood between two."""
    others = {i: j for i, j in paired.items() if i != which} | {-1: -1, olds: news}
    before, after = max(i for i in others if i < which), min(i for i in others if i > which)
    came, went = others[after] - others[before] - 1, after - before - 1
    if came == went == 1:
        return LEFT_OVER
    return FRAMED if came == 1 else UNFRAMED
