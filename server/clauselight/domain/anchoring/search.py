"""Where in the page may a quote stand? Exact places first; else windows that share rare words."""

from __future__ import annotations

from dataclasses import dataclass

from clauselight.domain.anchoring.page_index import PageIndex
from clauselight.domain.anchoring.quote import PreparedQuote

#: Most exact places kept of one quote. One that stands in more places is no use as an address.
MAX_OCCURRENCES = 512
#: Word comparisons spent on one quote in the exact search; adversarial text only.
MAX_COMPARISONS = 1 << 20
#: Postings read for one quote when voting. Rare words come first, and more than these make nothing
#: better: figures on the dev split were the same from 256 to 4096.
MAX_POSTINGS = 512
#: Words of a quote that vote; of longer quotes the first and the last half as many.
MAX_VOTERS = 2048
#: Windows aligned for one quote: the place itself, and its rivals for the margin.
MAX_WINDOWS = 5
#: A window with less than this share of the best window's votes cannot win.
MIN_VOTE_SHARE = 0.4
#: How far a window reaches beyond the quote on both sides: half the quote and a little,
SLACK_WORDS = 8
#: but no more than this many words.
MAX_SLACK = 128
#: Words of the context vote too, for half.
CONTEXT_SHARE = 2


@dataclass(frozen=True, slots=True)
class Window:
    """A word range of the page to align the quote with."""

    start: int
    end: int
    votes: int


def exact_places(page: PageIndex, words: list[int], most: int = MAX_OCCURRENCES) -> list[int]:
    """Word positions where all words of the quote stand in order, ascending."""
    m = len(words)
    if m == 0 or m > page.length or min(words) < 0:
        return []
    offsets = page.offsets
    counts = [offsets[word + 1] - offsets[word] for word in words]
    rarest = counts.index(min(counts))
    page_words = page.words
    places: list[int] = []
    left = MAX_COMPARISONS
    word = words[rarest]
    for posting in page.postings[offsets[word] : offsets[word + 1]]:
        at = posting - rarest
        if at < 0 or at + m > page.length:
            continue
        if page_words[at : at + m] == words:
            places.append(at)
            left -= m + 1
            if len(places) >= most:
                break
        else:
            same = 0
            while page_words[at + same] == words[same]:
                same += 1
            left -= same + 1
        if left <= 0:
            break
    page.effort += MAX_COMPARISONS - left
    return places


def windows(page: PageIndex, quote: PreparedQuote) -> list[Window]:
    """IDF-weighted diagonal voting, the most promising window first.

    A word at i of the quote and at p of the page votes for the place p - i.
    """
    m = len(quote.words)
    shift = max(2, m.bit_length() - 3)  # buckets of about a quarter of the quote
    width = 1 << shift
    base = m + len(quote.suffix)  # the smallest diagonal is -base
    tally = _votes(page, quote, shift, base)
    get = tally.get

    # Edits spread a clause over neighbouring diagonals, so each bucket counts its neighbours.
    # Greatest sum first; then the bucket's own votes; then the first in the page.
    sums = {b: get(b - 1, 0) + own + get(b + 1, 0) for b, own in tally.items()}
    floor = MIN_VOTE_SHARE * max(sums.values(), default=0)
    ranked = sorted((-votes, -tally[b], b) for b, votes in sums.items() if votes >= floor)
    slack = min(MAX_SLACK, (m >> 1) + SLACK_WORDS) + width
    apart = max(1, (m >> 1) >> shift)
    chosen: list[Window] = []
    centres: list[int] = []
    for negative, _, bucket in ranked:
        if len(chosen) >= MAX_WINDOWS:
            break
        if any(abs(centre - bucket) <= apart for centre in centres):
            continue
        centres.append(bucket)
        diagonal = (bucket - 1) * width + (width >> 1) - base
        start = max(0, diagonal - slack)
        end = min(page.length, diagonal + m + slack)
        if end > start:
            chosen.append(Window(start, end, -negative))
    return chosen


def _votes(page: PageIndex, quote: PreparedQuote, shift: int, base: int) -> dict[int, int]:
    """Votes by bucket of diagonals. The rarest words vote first."""
    before, m = len(quote.prefix), len(quote.words)
    every = quote.prefix + quote.words + quote.suffix
    offsets, postings, weights = page.offsets, page.postings, page.weights
    half = MAX_VOTERS // 2
    order = sorted(
        (offsets[word + 1] - offsets[word], k)
        for k, word in enumerate(every)
        if word >= 0 and not half <= k - before < m - half
    )
    tally: dict[int, int] = {}
    get = tally.get
    left = MAX_POSTINGS
    for count, k in order:
        if left <= 0:
            break
        word = every[k]
        weight = weights[word] if before <= k < before + m else weights[word] // CONTEXT_SHARE
        first = offsets[word]
        take = min(count, left)
        left -= take
        shift_by = base - (k - before)
        for posting in postings[first : first + take]:
            bucket = ((posting + shift_by) >> shift) + 1
            tally[bucket] = get(bucket, 0) + weight
    page.effort += MAX_POSTINGS - left
    return tally
