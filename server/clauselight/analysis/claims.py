"""Which places of a version's text provisions have: no two of one kind have the same."""

from __future__ import annotations

from typing import Final

from .found import FaintLabel, FoundClause
from .quote_places import Place

SAME_PLACE: Final = 0.5
"""Share of a found clause that lies within a known provision of its type and so is that provision."""


class Claims:
    """The places that were given, in one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._claimed: list[tuple[str, int, int]] = []

    def add(self, clause_type: str, start: int, end: int) -> None:
        """A provision of this kind stands here."""
        self._claimed.append((clause_type, start, end))

    def taken(self, clause_type: str, start: int, end: int) -> bool:
        """Whether one of this kind stands here already."""
        return any(
            clause_type == kind and min(end, last) - max(start, first) >= SAME_PLACE * (end - start)
            for kind, first, last in self._claimed
        )

    def twin(self, clause_type: str, place: Place) -> Place:
        """Another place of the same words, which no provision of this kind has yet; else the same place."""
        words = self._text[place.start : place.end]
        at = self._text.find(words) if words else -1
        while at >= 0:
            if not self.taken(clause_type, at, at + len(words)):
                return Place(place.outcome, at, at + len(words))
            at = self._text.find(words, at + 1)
        return place


def is_at(one: FoundClause | FaintLabel, clause_type: str, place: Place) -> bool:
    """Whether the analysis found a clause of this kind at a place."""
    shared = min(one.end, place.end) - max(one.start, place.start)
    shorter = min(one.end - one.start, place.end - place.start)
    return one.clause_type == clause_type and shared >= SAME_PLACE * shorter
