"""A place that may be the quote, measured in every way the decision needs."""

from __future__ import annotations

from dataclasses import dataclass

from clauselight.domain.anchoring.align import Span, best_span, common_words
from clauselight.domain.anchoring.page_index import PageIndex
from clauselight.domain.anchoring.quote import PreparedQuote
from clauselight.domain.anchoring.search import Window
from clauselight.domain.anchoring.sentences import snap

#: Quotes of more words are aligned by their beginning and their end, each of half as many words.
MAX_ALIGNED = 512
#: How far beyond half a long quote its beginning, or its end, is looked for.
LONG_SLACK = 256
#: Words looked at beyond the length of the context: the edges of a changed clause are not sharp.
CONTEXT_SLACK = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """Word positions [start, end) in the page, and how like the quote they are."""

    start: int
    end: int
    kept: int
    #: 2 * kept / (words of the quote + words of the span): the similarity.
    dice: float
    #: The same with each word weighted by its rarity, in any order.
    weighted: float
    #: Share of the recorded context found before and after the place.
    prefix: float
    suffix: float
    #: Word positions after the edges moved to sentence limits, and the similarity of that span.
    first: int
    last: int
    snapped: float


def _align(page: PageIndex, quote: PreparedQuote, window: Window) -> Span:
    words = quote.words
    m = len(words)
    if m <= MAX_ALIGNED:
        return best_span(words, page, window.start, window.end)
    half = MAX_ALIGNED // 2
    reach = half + LONG_SLACK
    head = best_span(words[:half], page, window.start, min(window.end, window.start + reach))
    tail = best_span(words[m - half :], page, max(head.end, window.end - reach), max(head.end, window.end))
    if tail.kept == 0:
        return head
    # The middle is too long to align; it is taken to be kept as well as its ends are.
    middle = max(0, min(m - MAX_ALIGNED, tail.start - head.end))
    ends = head.kept + tail.kept
    return Span(head.start, tail.end, ends + middle * ends // MAX_ALIGNED)


def _weighted_similarity(page: PageIndex, words: list[int], start: int, end: int) -> float:
    weights = page.weights
    left: dict[int, int] = {}
    total = 0
    for word in words:
        total += weights[word]
        if word >= 0:
            left[word] = left.get(word, 0) + 1
    common = 0
    for word in page.words[start:end]:
        weight = weights[word]
        total += weight
        n = left.get(word)
        if n:
            common += weight
            left[word] = n - 1
    return 2 * common / total if total else 0.0


def prefix_share(page: PageIndex, quote: PreparedQuote, start: int) -> float:
    """Share of the prefix found right before a place; edits in between are allowed."""
    n = len(quote.prefix)
    if n == 0:
        return 1.0 if start == 0 else 0.5
    near = page.words[max(0, start - n - CONTEXT_SLACK) : start]
    return common_words(quote.prefix, near) / n


def suffix_share(page: PageIndex, quote: PreparedQuote, end: int) -> float:
    """Share of the suffix found right after a place; edits in between are allowed."""
    n = len(quote.suffix)
    if n == 0:
        return 1.0 if end == page.length else 0.5
    return common_words(quote.suffix, page.words[end : end + n + CONTEXT_SLACK]) / n


def adjacent_share(page: PageIndex, quote: PreparedQuote, start: int, end: int) -> tuple[float, float]:
    """Share of the context that stands right before and after, word by word without a break."""
    prefix, suffix, words = quote.prefix, quote.suffix, page.words
    before = after = 0
    while before < len(prefix) and start - before > 0 and words[start - before - 1] == prefix[-1 - before]:
        before += 1
    while after < len(suffix) and end + after < page.length and words[end + after] == suffix[after]:
        after += 1
    return (
        before / len(prefix) if prefix else 0.5,
        after / len(suffix) if suffix else 0.5,
    )


def measure(page: PageIndex, quote: PreparedQuote, window: Window) -> Candidate | None:
    """The best place in a window; None when no word of the quote is in it."""
    span = _align(page, quote, window)
    if span.kept == 0:
        return None
    m = len(quote.words)
    first, last = snap(page, quote, span.start, span.end)
    return Candidate(
        *span,
        2 * span.kept / (m + span.end - span.start),
        _weighted_similarity(page, quote.words, span.start, span.end),
        prefix_share(page, quote, span.start),
        suffix_share(page, quote, span.end),
        first,
        last,
        2 * span.kept / (m + last - first),
    )
