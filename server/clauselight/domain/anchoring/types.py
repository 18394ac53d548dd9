"""The words of anchoring: what goes in (a quote) and what comes out (an anchor)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["found", "moved", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class QuoteToAnchor:
    """A recorded quote: a W3C TextQuoteSelector with an optional position hint.

    ``exact`` is the clause verbatim, ``prefix`` and ``suffix`` the text around it when it was
    recorded (both may be empty). ``start`` and ``end`` are its offsets in that version, when known.
    """

    id: str
    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a quote stands in a page.

    ``found``: the same words, where expected; ``moved``: the same words, off the order of the
    page's other quotes; ``changed``: other words, the same clause; ``gone``: no place is good
    enough. ``start`` and ``end`` count code points of the page text, -1 and -1 when gone.
    ``score`` (0 to 1) says how sure the place is, for ``gone`` that of the best place refused;
    ``margin`` (0 to 1) how much more alike it is than the second-best place.
    """

    id: str
    outcome: Outcome
    start: int
    end: int
    score: float
    margin: float
