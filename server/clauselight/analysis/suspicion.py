"""What looks like a document, but cannot be the next version of this one: suddenly much shorter, or suddenly
in another language. It is a capture problem first, and taken for the document when it stays.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import median
from typing import Final

SHRUNKEN: Final = 0.4
"""Share of the usual words below which a text is suspicious. Of 900 captures of 17 policies over four years,
all with less were errors (a login, one tab of several, a failed load); real ones kept half at the least."""

LEAST_USUAL: Final = 300
"""Words that a document usually has for its shrinking to be noticed; shorter ones vary."""

OTHER_LANGUAGE_FROM: Final = 200
"""Words from which the guess of a language is believed."""

STAYS: Final = dt.timedelta(days=14)
"""What has been so for this long is no failed capture: the document is like that now."""

USUAL_OF: Final = 5
"""Versions whose median is the usual length: one that was too long by mistake does not make all later ones
too short."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is usual for a document: the words of its latest versions, and their language when known."""

    words: tuple[int, ...] = ()
    language: str = ""


def suspicion(
    text: str,
    language: str,
    standing: Standing,
    *,
    moment: dt.datetime,
    failing: tuple[str, dt.datetime] | None,
) -> tuple[str, str] | None:
    """Why a text cannot be the document's next version, as a name and a sentence; None when it can.

    `failing`: the problem of the captures before, and since when.
    """
    if not standing.words:
        return None
    stays = failing[0] if failing is not None and moment - failing[1] >= STAYS else ""
    words = len(text.split())
    usual = median(standing.words[-USUAL_OF:])
    if stays != "shrunken" and usual >= LEAST_USUAL and words < SHRUNKEN * usual:
        return (
            "shrunken",
            f"The page has {words:,} words where there were about {usual:,.0f}: a part of it is missing.",
        )
    said = other_language(language, standing)
    if said is not None and stays != "other-language" and words >= OTHER_LANGUAGE_FROM:
        return "other-language", said
    return None


def other_language(language: str, standing: Standing) -> str | None:
    """A sentence when a document comes in another language than before; None when one of them is unknown."""
    if not standing.language or not language or language == standing.language:
        return None
    return f"The page came in another language ({language}) than before ({standing.language})."
