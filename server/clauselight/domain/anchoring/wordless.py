"""A quote without a single word (an emoji, a mark) can only be found as it stands."""

from __future__ import annotations

from clauselight.domain.anchoring.types import Anchor, QuoteToAnchor

#: Occurrences looked at.
MAX_OCCURRENCES = 512


def wordless(text: str, quote: QuoteToAnchor) -> Anchor | None:
    """The occurrence nearest to the recorded position; None when there is none."""
    needle = quote.exact.strip()
    if not needle:
        return None
    position = quote.start or 0
    best, seen = -1, 0
    at = text.find(needle)
    while at >= 0 and seen < MAX_OCCURRENCES:
        if best < 0 or abs(at - position) < abs(best - position):
            best = at
        at = text.find(needle, at + len(needle))
        seen += 1
    if best < 0:
        return None
    return Anchor(quote.id, "found", best, best + len(needle), 1.0, 1.0 if at < 0 else 0.0)
