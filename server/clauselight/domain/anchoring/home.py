"""Has the gap closed where the quote was?"""

from __future__ import annotations

from clauselight.domain.anchoring.page_index import PageIndex
from clauselight.domain.anchoring.quote import PreparedQuote
from clauselight.domain.anchoring.search import exact_places

#: Words of context on each side that must be found; with three, repeated headings are mistaken.
CONTEXT_WORDS = 4
#: With fewer words on either side nothing is concluded.
MIN_CONTEXT_WORDS = 2
#: Places of a context that are looked at.
MAX_PLACES = 64
#: Words that may stand in the gap and still count as nothing: a list number.
GAP_WORDS = 2


def closed_gap(page: PageIndex, quote: PreparedQuote) -> bool:
    """Whether somewhere the words before the quote are followed at once by the words after it.

    Then the clause was cut out, and what is like it elsewhere is another clause.
    """
    before, after = quote.prefix[-CONTEXT_WORDS:], quote.suffix[:CONTEXT_WORDS]
    if len(before) < MIN_CONTEXT_WORDS or len(after) < MIN_CONTEXT_WORDS:
        return False
    ends = [at + len(before) for at in exact_places(page, before, MAX_PLACES)]
    if not ends:
        return False
    starts = exact_places(page, after, MAX_PLACES)
    return any(0 <= start - end <= GAP_WORDS for end in ends for start in starts)
