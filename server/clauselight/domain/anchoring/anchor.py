"""Anchors all quotes of a page together."""

from __future__ import annotations

from collections.abc import Sequence

from clauselight.domain.anchoring.normalise import normalise
from clauselight.domain.anchoring.page_index import PageIndex
from clauselight.domain.anchoring.types import Anchor, QuoteToAnchor


def anchor_quotes(page: PageIndex, quotes: Sequence[QuoteToAnchor]) -> list[Anchor]:
    """Anchor every quote, in the order given, none left out."""
    anchors = []
    text = page.normalised.text
    for quote in quotes:
        needle = normalise(quote.exact).text
        best, distance = -1, float("inf")
        at = text.find(needle) if needle else -1
        while at >= 0:
            if abs(at - (quote.start or 0)) < distance:
                best, distance = at, abs(at - (quote.start or 0))
            at = text.find(needle, at + 1)
        if best < 0:
            anchors.append(Anchor(quote.id, "gone", -1, -1, 0.0, 0.0))
        else:
            start, end = page.normalised.to_raw(best, best + len(needle))
            anchors.append(Anchor(quote.id, "found", start, end, 1.0, 1.0))
    return anchors
