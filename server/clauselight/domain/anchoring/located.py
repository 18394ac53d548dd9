"""What is known about one quote while the page's quotes are anchored together."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

from clauselight.domain.anchoring.candidates import Candidate
from clauselight.domain.anchoring.order import Fix
from clauselight.domain.anchoring.page_index import PageIndex
from clauselight.domain.anchoring.quote import PreparedQuote

#: Words that one fix can vouch for at most: a long clause is no surer than a few sentences.
MAX_FIX_WEIGHT = 40


@dataclass(slots=True)
class Located:
    """Verbatim places and their costs in bits, or places with other words, of one quote."""

    quote: PreparedQuote
    places: list[int]
    costs: list[float] = field(default_factory=list)
    #: Index of the verbatim place settled on, or -1, and by how many bits it leads.
    place: int = -1
    margin: float = inf
    #: What the quote says about where its neighbours stand.
    fix: Fix | None = None
    #: The most alike first; only looked for when no place is verbatim.
    candidates: list[Candidate] = field(default_factory=list)


def fix_of(page: PageIndex, quote: PreparedQuote, start: int) -> Fix:
    """The fix that a quote at word ``start`` gives."""
    return Fix(quote.position, page.start[start], min(MAX_FIX_WEIGHT, len(quote.words)))
