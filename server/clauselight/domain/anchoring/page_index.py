"""One index of a page's words, shared by all quotes of the page."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from clauselight.domain.anchoring.tokens import Tokens, tokenise

#: A word of a quote that the page does not have.
ABSENT = -1


class PageIndex:
    """Words of a page, where each occurs, and how much each tells.

    ``text`` is the raw page text, ``blocks`` the sorted start offsets of its blocks in code points.
    """

    def __init__(self, text: str, blocks: Sequence[int] = ()) -> None:
        self.text = text
        self.blocks = blocks
        tokens = tokenise(text, blocks)
        n = len(tokens.keys)
        # Words are sorted by key and then by place in one number: the upper bits of the hash, and
        # the place below them. Plain numbers sort many times faster than an index of keys does.
        low = np.uint64((1 << n.bit_length()) - 1)
        ordered = np.sort((tokens.keys & ~low) | np.arange(n, dtype=np.uint64))
        order = (ordered & low).astype(np.int64)
        keys = ordered & ~low
        new = np.ones(n, dtype=np.bool_)
        new[1:] = keys[1:] != keys[:-1]
        starts = np.flatnonzero(new)
        words = np.empty(n, dtype=np.int64)
        words[order] = np.cumsum(new) - 1
        #: How many words the page has.
        self.length = n
        #: Word numbers of the page, in order; equal words have equal numbers.
        self.words: list[int] = words.tolist()
        #: Raw start and end offset of each word.
        self.start: list[int] = tokens.start.tolist()
        self.end: list[int] = tokens.end.tolist()
        self.flags: bytes = tokens.flags.tobytes()
        #: Where word w occurs: ``postings[offsets[w]:offsets[w + 1]]``, ascending.
        self.postings: list[int] = order.tolist()
        self.offsets: list[int] = [*starts.tolist(), n]
        #: Steps spent on searching so far: comparisons, votes and alignment cells.
        self.effort = 0
        self._keys = keys[starts]
        self._low = low
        self._starts = starts

    @cached_property
    def weights(self) -> list[int]:
        """Inverse document frequency of each word in 16ths of a bit, whole numbers.

        The last one is for a word that the page lacks: it counts as one that is there once.
        """
        counts = np.append(np.diff(np.append(self._starts, self.length)), 1)
        bits: npt.NDArray[np.float64] = np.log2(1 + self.length / counts)
        weights: list[int] = np.floor(16 * bits + 0.5).astype(np.int64).tolist()
        return weights

    def count(self, word: int) -> int:
        """How often a word occurs."""
        return 0 if word < 0 else self.offsets[word + 1] - self.offsets[word]

    def numbers(self, tokens: Tokens) -> list[int]:
        """The page's numbers for words; ``ABSENT`` for those the page does not have."""
        if self.length == 0:
            return [ABSENT] * len(tokens.keys)
        keys = tokens.keys & ~self._low
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        known = self._keys[places] == keys
        numbers: list[int] = np.where(known, places, ABSENT).tolist()
        return numbers

    def look_up(self, texts: Sequence[str]) -> list[list[int]]:
        """The word numbers of several short texts, tokenised in one go."""
        blocks = np.cumsum([0, *(len(text) + 1 for text in texts)])
        tokens = tokenise("\n".join(texts), blocks[:-1].tolist())
        numbers = self.numbers(tokens)
        cuts: list[int] = np.searchsorted(tokens.start, blocks).tolist()
        return [numbers[a:b] for a, b in itertools.pairwise(cuts)]
