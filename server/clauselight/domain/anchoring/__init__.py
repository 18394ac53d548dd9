"""Finds recorded clauses again in a page; decides as ``extension/src/anchoring`` does."""

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
