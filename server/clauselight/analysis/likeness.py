"""How much of one sentence is in another, as a reader of two versions would see it.

A heading that was put before a sentence ("Right to object: You can object ...") is no part of it, and a
sentence of which little more than half was struck out is the same one, though most words of the longer one
are not in the shorter.
"""

from __future__ import annotations

import re
from typing import Final

from clauselight.domain.changes import timeless_key, words_key
from clauselight.domain.word_diff import common_words

CONTAINED: Final = 0.85
"""Share of the shorter sentence's words that stand in the longer one, in order, from which one was made of
the other. Chosen by hand on changes of real policies, as are the others."""

FEWEST: Final = 7
"""Words that the shorter one must have for that: fewer are in every long sentence."""

SHORTENED: Final = 0.5
"""What two sentences count of which one was made of the other, if they are not more alike than that."""

DATE_LINE: Final = 10
"""Words of the longest line that says a date and hardly anything else ("Last updated: 5 October 2021")."""

MARGIN: Final = 0.8
"""Words that are said twice count once in a quick look."""

_RUN_IN = re.compile(r"[A-Z“\"][^.:;!?]{0,79}:\s+(?=[A-Z“\"(])")
MOST_HEADING: Final = 9
"""Words of the longest heading that stands in its passage's first sentence."""


def without_heading(sentence: str) -> str:
    """A sentence without a heading that stands before it in the same line, set off by a colon."""
    found = _RUN_IN.match(sentence)
    if found is None or len(found.group().split()) > MOST_HEADING:
        return sentence
    return sentence[found.end() :]


def likeness(before: str, after: str) -> float:
    """Share of the words that two sentences have in common, in order, with headings or without: 0 to 1
    (Dice); at least `SHORTENED` when one was made by shortening the other, or both are lines of little but a
    date."""
    alike = _likeness(before, after)
    old, new = without_heading(before), without_heading(after)
    if (old, new) != (before, after):
        alike = max(alike, _likeness(old, new))
    dates = alike < SHORTENED and _is_date_line(before) and _is_date_line(after)
    return SHORTENED if dates else alike


def _likeness(before: str, after: str) -> float:
    shared, old, new = common_words(before, after)
    if not old or not new:
        return 0.0
    alike = 2 * shared / (old + new)
    shorter = min(old, new)
    made = shorter >= FEWEST and shared >= CONTAINED * shorter
    return max(alike, SHORTENED) if made else alike


def may_be_like(before: str, after: str, least: float) -> bool:
    """Whether `likeness` could reach a least share: for most sentences their sets of words tell at once."""
    old, new = set(words_key(before).split()), set(words_key(after).split())
    shared = len(old & new)
    if 2 * shared >= least * (len(old) + len(new)) * MARGIN:
        return True
    # A heading can be a third of a sentence.
    made = shared >= min(len(old), len(new)) * MARGIN * 2 / 3
    return least <= SHORTENED and (made or max(len(old), len(new)) <= DATE_LINE)


def _is_date_line(words: str) -> bool:
    return len(words.split()) <= DATE_LINE and timeless_key(words) != words_key(words)
