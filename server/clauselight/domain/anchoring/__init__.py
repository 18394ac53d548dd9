"""Finds recorded clauses again in a page; decides as ``extension/src/anchoring`` does.

A page is split into words once (``tokens``, ``page_index``) and all its quotes are anchored
together (``anchor``): verbatim places first (``search``), settled by context and by the order of
the page's quotes where there are several (``repeated``, ``order``); for the rest, rare words vote
for windows, each is aligned (``align``), measured (``candidates``) and moved to sentence limits
(``sentences``); ``decide`` accepts the best place or refuses all.

Offsets count code points here and UTF-16 units in the extension. ``shared_schema/parity`` holds
both to the same answers.
"""

from clauselight.domain.anchoring.anchor import anchor_quotes
from clauselight.domain.anchoring.diff import DiffPart, diff_words
from clauselight.domain.anchoring.normalise import NormalisedText, normalise
from clauselight.domain.anchoring.page_index import PageIndex
from clauselight.domain.anchoring.types import Anchor, Outcome, QuoteToAnchor

__all__ = [
    "Anchor",
    "DiffPart",
    "NormalisedText",
    "Outcome",
    "PageIndex",
    "QuoteToAnchor",
    "anchor_quotes",
    "diff_words",
    "normalise",
]
