"""Where the words of provisions stand in a new version's text, when the version before is at hand as well.

A passage that is the same in both versions tells exactly where its clauses went. Only what stood in other
passages has to be looked for by anchoring, which is made for pages of which nothing but quotes is known; what
both versions show corrects it once more: a clause that "became" one which stood there before, did not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from clauselight.contract.vocabulary import AnchorOutcome
from clauselight.domain.changes import Comparison, closed, timeless_key, words_key
from clauselight.store.provision_rows import StoredRow

if TYPE_CHECKING:
    from clauselight.domain.anchoring import QuoteToAnchor

CONTEXT: Final = 32
"""Characters before and after a quote, as in recorded quotes."""

LONGEST_QUOTE: Final = 8_000
"""Characters that a clause may grow to, twice as many as the longest that is judged."""

MOST_GUIDES: Final = 60
"""Clauses whose place is known that guide the search for the others; more make it slower and no better."""


class VersionText:
    """A version's text with its passages, one a line."""

    def __init__(self, text: str, number: int | None = None) -> None:
        self.text = text
        self.number = number
        self.lines = text.split("\n")
        self.starts: list[int] = []
        at = 0
        for line in self.lines:
            self.starts.append(at)
            at += len(line) + 1

    @cached_property
    def spoken(self) -> str:
        """All words in order, each passage's looks left out, a space on both sides."""
        return f" {' '.join(filter(None, map(words_key, self.lines)))} "

    @cached_property
    def run_together(self) -> str:
        """All words in order without spaces between them."""
        return closed(self.spoken)

    @cached_property
    def timeless(self) -> str:
        """The same without dates and counters."""
        return f" {' '.join(filter(None, map(timeless_key, self.lines)))} "

    def says_but_for_dates(self, words: str) -> bool:
        """Whether words stand in the text, with these or other dates and counters."""
        key = timeless_key(words)
        return bool(key) and f" {key} " in self.timeless

    def says(self, words: str) -> bool:
        """Whether words stand in the text, whatever they look like."""
        key = words_key(words)
        return bool(key) and f" {key} " in self.spoken

    def holds(self, words: str) -> bool:
        """Whether words stand in the text, also where markup ran them together with others."""
        key = closed(words_key(words))
        return self.says(words) or (bool(key) and key in self.run_together)

    def line_at(self, offset: int) -> int:
        """Number of the line in which an offset lies."""
        return bisect_right(self.starts, offset) - 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """A provision's quote: its words and context, and where it stood in the version before, when known."""

    id: str
    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """What became of a quote, and where its words, or those they became, stand; -1 and -1 when gone."""

    outcome: AnchorOutcome
    start: int = -1
    end: int = -1


def wanted_of(row: StoredRow, before: VersionText | None) -> Wanted:
    """The quote of a record that has one."""
    quote = row.record.quote
    assert quote is not None
    known = row.live and before is not None and row.seen_version == before.number
    start, end = (row.start, row.end) if known else (None, None)
    selector = quote.selector
    return Wanted(row.record.id, selector.exact, selector.prefix, selector.suffix, start, end)


GONE: Final = Place(AnchorOutcome.GONE)


def find_places(
    wanted: Sequence[Wanted], before: VersionText | None, after: VersionText, compared: Comparison | None
) -> dict[str, Place]:
    """The place of every quote, none left out. Without a version before, quotes are looked for alone."""
    if before is None or compared is None:
        return _anchored(wanted, (), None, after)
    stays = _by_lines(wanted, before, after, compared)
    rest = [one for one in wanted if one.id not in stays]
    if not rest:
        return stays
    guides = [one for one in wanted if one.id in stays and stays[one.id].outcome is AnchorOutcome.FOUND]
    return stays | _anchored(rest, guides, before, after)


def _known(one: Wanted, before: VersionText) -> bool:
    return one.start is not None and one.end is not None and 0 <= one.start < one.end <= len(before.text)


def _by_lines(
    wanted: Iterable[Wanted], before: VersionText, after: VersionText, compared: Comparison
) -> dict[str, Place]:
    """Places of quotes whose passages are the same in both versions, character by character."""
    there: dict[int, tuple[int, AnchorOutcome]] = {}
    for i, j, size in compared.same:
        for step in range(size):
            if before.lines[i + step] == after.lines[j + step]:
                there[i + step] = (j + step, AnchorOutcome.FOUND)
    for i, j in compared.moved:
        if before.lines[i] == after.lines[j]:
            there[i] = (j, AnchorOutcome.MOVED)
    found: dict[str, Place] = {}
    for one in wanted:
        if not _known(one, before):
            continue
        assert one.start is not None and one.end is not None
        first, last = before.line_at(one.start), before.line_at(one.end - 1)
        if first not in there:
            continue
        line, outcome = there[first]
        if any(there.get(k, (None,))[0] != line + k - first for k in range(first, last + 1)):
            continue
        shift = after.starts[line] - before.starts[first]
        found[one.id] = Place(outcome, one.start + shift, one.end + shift)
    return found


def _anchored(
    wanted: Sequence[Wanted], guides: Sequence[Wanted], before: VersionText | None, after: VersionText
) -> dict[str, Place]:
    # Not above: anchoring takes memory that a server which records nothing does not need.
    from clauselight.domain.anchoring import PageIndex, anchor_quotes

    every = max(1, -(-len(guides) // MOST_GUIDES))
    quotes = [_quote(one, before) for one in (*wanted, *guides[::every])]
    page = PageIndex(after.text, after.starts)
    found: dict[str, Place] = {}
    for one, anchor in zip(wanted, anchor_quotes(page, quotes), strict=False):
        place = Place(AnchorOutcome(anchor.outcome), anchor.start, anchor.end)
        found[one.id] = _checked(one, place, before, after)
    return found


def _quote(one: Wanted, before: VersionText | None) -> QuoteToAnchor:
    from clauselight.domain.anchoring import QuoteToAnchor

    if before is None or not _known(one, before):
        return QuoteToAnchor(one.id, one.exact, one.prefix, one.suffix)
    assert one.start is not None and one.end is not None
    prefix = " ".join(before.text[max(0, one.start - CONTEXT) : one.start].split())
    suffix = " ".join(before.text[one.end : one.end + CONTEXT].split())
    return QuoteToAnchor(one.id, one.exact, prefix, suffix, one.start, one.end)


def _checked(one: Wanted, place: Place, before: VersionText | None, after: VersionText) -> Place:
    """An anchor that both versions agree with."""
    if place.outcome in (AnchorOutcome.FOUND, AnchorOutcome.MOVED):
        return place
    glued = _glued(one.exact, after.text)
    if glued is not None:
        return glued
    dated = _with_another_date(one, before, after)
    if dated.outcome is not AnchorOutcome.GONE or place.outcome is AnchorOutcome.GONE:
        return dated
    now = after.text[place.start : place.end]
    if len(now) > LONGEST_QUOTE:
        return GONE
    if words_key(now) == words_key(one.exact):
        return Place(AnchorOutcome.FOUND, place.start, place.end)
    if before is None or not before.says(now) or words_key(now) in words_key(one.exact):
        return place
    # These words stood there already: the quote with a neighbour that runs into it now, ...
    at = after.text.find(one.exact, place.start, place.end)
    if at >= 0:
        return Place(AnchorOutcome.FOUND, at, at + len(one.exact))
    # ... or another clause, that is much like the one which went.
    return GONE


def _glued(exact: str, text: str) -> Place | None:
    """Where a quote stands as it was, but with no blank before or after it: markup that was read in another
    way ran it together with its neighbours ("User IDUser name"). One with blanks around it is left to
    anchoring, which knows a sentence that grew; within a word ("our" in "your") it never stands."""
    at = text.find(exact) if exact else -1
    if at < 0:
        return None
    end = at + len(exact)
    begins_glued = at > 0 and text[at - 1].isalnum()
    ends_glued = end < len(text) and text[end].isalnum()
    begins_within = begins_glued and exact[0].islower()
    ends_within = ends_glued and exact[-1].isalnum() and text[end].islower()
    if begins_within or ends_within or not (begins_glued or ends_glued):
        return None
    return Place(AnchorOutcome.FOUND, at, end)


def _with_another_date(one: Wanted, before: VersionText | None, after: VersionText) -> Place:
    """Where a passage stands that was a date and little else, and now is another one: of several the nearest
    that did not stand there before."""
    key = timeless_key(one.exact)
    if key == words_key(one.exact):
        return GONE
    stood = set(before.lines) if before else set()
    share = (one.start or 0) / max(1, len(before.text)) if before else 0.0
    there = [number for number, line in enumerate(after.lines) if timeless_key(line) == key]
    if not there:
        return GONE
    at = share * len(after.text)
    number = min(there, key=lambda number: (after.lines[number] in stood, abs(after.starts[number] - at)))
    return Place(AnchorOutcome.CHANGED, after.starts[number], after.starts[number] + len(after.lines[number]))
