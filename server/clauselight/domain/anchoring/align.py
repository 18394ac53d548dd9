"""Semi-global alignment: the span of the page that is most like the quote.

Similarity is 2 * LCS / (words of the quote + words of the span), on words. The best span is found
by Dinkelbach's method for fractional programmes (Management Science 13, 1967): for a guess of the
similarity, the span of greatest 2 * LCS - guess * (words) comes from one dynamic programme, and its
similarity is the next guess.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from clauselight.domain.anchoring.page_index import PageIndex

#: Similarities inside the dynamic programme are whole 64ths, so that ties are the same everywhere.
SCALE = 64
#: First guess of the similarity. Most edited clauses keep more; the second round corrects it.
FIRST_GUESS = 40
#: Rounds of Dinkelbach's method; from the third on the span hardly ever moves.
ROUNDS = 3
#: Below this similarity (0.4) a place is neither the clause nor a rival: its limits do not matter.
HOPELESS = 26


class Span(NamedTuple):
    """Word positions [start, end) in the page, and how many words of the quote it keeps."""

    start: int
    end: int
    kept: int


def best_span(quote: list[int], page: PageIndex, start: int, end: int) -> Span:
    """The best span within page words [start, end). Negative word numbers match nothing.

    Work: a few steps for each pair of equal words; at most three rounds of
    ``2 * len(quote) * (end - start)``.
    """
    rows = _rows(quote, page, start, end)
    guess = FIRST_GUESS
    best = Span(start, start, 0)
    for _ in range(ROUNDS):
        span = _one_pass(rows, page, start, end - start, guess)
        if span.kept == 0:
            break
        best = span
        following = 2 * SCALE * span.kept // (len(quote) + span.end - span.start)
        if following == guess or following < HOPELESS:
            break
        guess = following
    return best


def _rows(quote: list[int], page: PageIndex, start: int, end: int) -> list[list[int]]:
    """For each word of the quote, the columns after its matches, from right to left."""
    postings, offsets = page.postings, page.offsets
    known: dict[int, list[int]] = {}
    rows = []
    for word in quote:
        if word < 0:
            continue
        row = known.get(word)
        if row is None:
            low, high = offsets[word], offsets[word + 1]
            a = bisect_left(postings, start, low, high)
            b = bisect_left(postings, end, a, high)
            row = known[word] = [p - start + 1 for p in reversed(postings[a:b])]
        if row:
            rows.append(row)
    return rows


def _one_pass(rows: list[list[int]], page: PageIndex, start: int, width: int, guess: int) -> Span:
    """One dynamic programme.

    ``best[j]`` is the best score of a span that ends before word j and, in the same number, where
    that span begins: among equal scores the later start wins. Only pairs of equal words change a
    row, and a change reaches only as far to the right as the gap costs let it, so a row is its
    matches, from right to left, and their short wakes. Two wakes of a row never improve the same
    word, since the row before was complete: at most 2 * width steps a row.
    """
    unit = width + 1
    gain = (2 * SCALE - guess) * unit
    step = guess * unit
    best = list(range(unit))
    effort = width
    for row in rows:
        for column in row:
            value = best[column - 1] + gain
            j = column
            while j <= width and value > best[j]:
                best[j] = value
                value -= step
                j += 1
            effort += j - column
        effort += len(row)
    page.effort += effort
    # Greatest score; among equals the shortest span, then the first.
    top = max(best) // unit
    floor = top * unit
    length, end = min((j - value + floor, j) for j, value in enumerate(best) if value >= floor)
    kept = (top + guess * length) // (2 * SCALE)
    return Span(start + end - length, start + end, kept)


def common_words(a: list[int], b: list[int]) -> int:
    """Length of the longest common subsequence of two runs of words."""
    return int(LCSseq.similarity(a, b)) if a and b else 0
