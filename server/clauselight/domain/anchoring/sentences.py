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

#: A "sentence" of more words is a page without punctuation: its limits are not looked for.
MAX_SENTENCE_WORDS = 400
#: Characters between two words that are looked at; a longer gap is no punctuation.
MAX_GAP = 64
#: Punctuation at an edge that is taken along, in characters.
MAX_EDGE = 16

_BLANK = frozenset(map(chr, SPACES | INVISIBLE))


def _is_gap(page: PageIndex, i: int, expected: str) -> bool:
    """Whether the punctuation before word i is as expected."""
    start, end = page.end[i - 1], page.start[i]
    return end - start <= MAX_GAP and marks(page.text[start:end]) == expected


def _is_old_start(page: PageIndex, quote: PreparedQuote, start: int) -> bool:
    """The word before the place, and the punctuation in between, are as recorded."""
    return (
        start > 0
        and bool(quote.prefix)
        and page.words[start - 1] == quote.prefix[-1]
        and _is_gap(page, start, quote.gap_before)
    )


def _is_old_end(page: PageIndex, quote: PreparedQuote, end: int) -> bool:
    return (
        end < page.length
        and bool(quote.suffix)
        and page.words[end] == quote.suffix[0]
        and _is_gap(page, end, quote.gap_after)
    )


def _is_start(page: PageIndex, i: int) -> bool:
    return i <= 0 or i >= page.length or page.flags[i] & SENTENCE_START != 0


def _start_before(page: PageIndex, i: int) -> int:
    """The last sentence start at or before word i, -1 when it is too far away."""
    limit = i - MAX_SENTENCE_WORDS
    while not _is_start(page, i):
        i -= 1
        if i < limit:
            return -1
    return i


def _start_after(page: PageIndex, i: int) -> int:
    """The first sentence start at or after word i (the page's end counts), -1 when too far."""
    limit = i + MAX_SENTENCE_WORDS
    while not _is_start(page, i):
        i += 1
        if i > limit:
            return -1
    return i


def snap(page: PageIndex, quote: PreparedQuote, start: int, end: int) -> tuple[int, int]:
    """Moves the edges to the limits of sentences, when the quote was made of whole sentences.

    Where the recorded neighbour still is the neighbour, the quote ended there: the edge stays.
    """
    if not quote.whole_sentences:
        return start, end
    origin = start
    if not _is_old_start(page, quote, start):
        first = _start_before(page, start)
        following = _start_after(page, start + 1)
        if first >= 0 and following >= 0:
            # The first sentence is only grazed: begin with the next one.
            grazed = following < end and following - start < SENTENCE_SHARE * (following - first)
            start = following if grazed else first
    if not _is_old_end(page, quote, end):
        last = _start_after(page, end)
        begin = _start_before(page, end - 1)
        if last >= 0 and begin >= 0:
            grazed = begin > max(start, origin) and end - begin < SENTENCE_SHARE * (last - begin)
            end = begin if grazed else last
    return start, end


def _stop_is_gone(page: PageIndex, quote: PreparedQuote, end: int) -> bool:
    """Whether the punctuation that ended the quote is missing: there the page's sentence goes on."""
    if not quote.stop or end >= page.length:
        return False
    start = page.end[end - 1]
    gap = page.text[start : min(page.start[end], start + MAX_GAP)]
    return not marks(gap).startswith(quote.stop)


def grown(page: PageIndex, quote: PreparedQuote, at: int) -> tuple[int, int]:
    """The word range of a verbatim place, or of the whole sentence that goes on around it.

    It grows only on a side where the record shows that the quote was the whole sentence; else the
    quote is what was recorded, no more.
    """
    m = len(quote.words)
    first, last = snap(page, quote, at, at + m)
    if first < at and not quote.start_shown:
        first = at
    if last > at + m and not quote.end_shown and not _stop_is_gone(page, quote, at + m):
        last = at + m
    whole = first <= at and last >= at + m and 2 * m / (m + last - first) >= GROWN_SIMILARITY
    return (first, last) if whole else (at, at + m)


def raw_range(page: PageIndex, quote: PreparedQuote, first: int, last: int) -> tuple[int, int]:
    """Raw offsets of a word range, with the punctuation at its edges that the quote has too."""
    text = page.text
    start, end = page.start[first], page.end[last - 1]
    floor = max(page.end[first - 1] if first > 0 else 0, start - MAX_EDGE)
    ceiling = min(page.start[last] if last < page.length else len(text), end + MAX_EDGE)
    if quote.ends_with_punctuation:
        while end < ceiling and text[end] not in _BLANK:
            end += 1
    if quote.starts_with_punctuation:
        while start > floor and text[start - 1] not in _BLANK:
            start -= 1
    return start, end
