"""Where a clause begins and ends on the page: sentences, blocks, and punctuation at its edges."""

from __future__ import annotations

from clauselight.domain.anchoring.normalise import INVISIBLE, SPACES
from clauselight.domain.anchoring.page_index import PageIndex
from clauselight.domain.anchoring.quote import PreparedQuote, marks
from clauselight.domain.anchoring.tokens import SENTENCE_START

#: A sentence at the edge of a span belongs to the clause when the span covers this share of it.
SENTENCE_SHARE = 0.35
#: A verbatim clause that grew counts as grown when at least this much is old; the least alike
#: edits of the dev split.
GROWN_SIMILARITY = 0.52

_BLANK = frozenset(map(chr, SPACES | INVISIBLE))


def _is_old_start(page: PageIndex, quote: PreparedQuote, start: int) -> bool:
    """The word before the place, and the punctuation in between, are as recorded."""
    return (
        start > 0
        and bool(quote.prefix)
        and page.words[start - 1] == quote.prefix[-1]
        and marks(page.text[page.end[start - 1] : page.start[start]]) == quote.gap_before
    )


def _is_old_end(page: PageIndex, quote: PreparedQuote, end: int) -> bool:
    return (
        end < page.length
        and bool(quote.suffix)
        and page.words[end] == quote.suffix[0]
        and marks(page.text[page.end[end - 1] : page.start[end]]) == quote.gap_after
    )


def snap(page: PageIndex, quote: PreparedQuote, start: int, end: int) -> tuple[int, int]:
    """Moves the edges to the limits of sentences, when the quote was made of whole sentences.

    Where the recorded neighbour still is the neighbour, the quote ended there: the edge stays.
    """
    if not quote.whole_sentences:
        return start, end
    flags, length = page.flags, page.length

    def is_start(i: int) -> bool:
        return i <= 0 or i >= length or flags[i] & SENTENCE_START != 0

    origin = start
    if not _is_old_start(page, quote, start):
        first = start
        while not is_start(first):
            first -= 1
        following = start + 1
        while not is_start(following):
            following += 1
        # The first sentence is only grazed: begin with the next one.
        grazed = following < end and following - start < SENTENCE_SHARE * (following - first)
        start = following if grazed else first
    if not _is_old_end(page, quote, end):
        last = end
        while not is_start(last):
            last += 1
        begin = end - 1
        while not is_start(begin):
            begin -= 1
        grazed = begin > max(start, origin) and end - begin < SENTENCE_SHARE * (last - begin)
        end = begin if grazed else last
    return start, end


def grown(page: PageIndex, quote: PreparedQuote, at: int) -> tuple[int, int]:
    """The word range of a verbatim place, or of the whole sentence that goes on around it."""
    m = len(quote.words)
    first, last = snap(page, quote, at, at + m)
    whole = first <= at and last >= at + m and 2 * m / (m + last - first) >= GROWN_SIMILARITY
    return (first, last) if whole else (at, at + m)


def raw_range(page: PageIndex, quote: PreparedQuote, first: int, last: int) -> tuple[int, int]:
    """Raw offsets of a word range, with the punctuation at its edges that the quote has too."""
    text = page.text
    start, end = page.start[first], page.end[last - 1]
    floor = page.end[first - 1] if first > 0 else 0
    ceiling = page.start[last] if last < page.length else len(text)
    if quote.ends_with_punctuation:
        while end < ceiling and text[end] not in _BLANK:
            end += 1
    if quote.starts_with_punctuation:
        while start > floor and text[start - 1] not in _BLANK:
            start -= 1
    return start, end
