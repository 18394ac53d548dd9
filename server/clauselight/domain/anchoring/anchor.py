"""Anchors all quotes of a page together."""

from __future__ import annotations

from collections.abc import Sequence

from clauselight.domain.anchoring.candidates import measure
from clauselight.domain.anchoring.decide import ACCEPT, features, probability, rival_of
from clauselight.domain.anchoring.home import closed_gap
from clauselight.domain.anchoring.located import Located, fix_of
from clauselight.domain.anchoring.order import Expectation, Fix, expect, in_order, surprise
from clauselight.domain.anchoring.page_index import PageIndex
from clauselight.domain.anchoring.quote import prepare
from clauselight.domain.anchoring.repeated import settle, settle_repeated
from clauselight.domain.anchoring.same_letters import same_letters
from clauselight.domain.anchoring.search import exact_places, windows
from clauselight.domain.anchoring.sentences import grown, raw_range
from clauselight.domain.anchoring.types import Anchor, Outcome, QuoteToAnchor
from clauselight.domain.anchoring.wordless import wordless

#: A changed clause this alike, without a rival, tells where its neighbours stand as well as a
#: verbatim one.
SURE_SIMILARITY = 0.8
SURE_MARGIN = 0.2


def anchor_quotes(page: PageIndex, quotes: Sequence[QuoteToAnchor]) -> list[Anchor]:
    """Anchor every quote, in the order given, none left out."""
    located: list[Located] = []
    fixes: list[Fix] = []
    for quote in prepare(page, quotes):
        one = Located(quote, exact_places(page, quote.words))
        located.append(one)
        if len(one.places) == 1:
            settle(page, one, 0, fixes)
        elif not one.places:
            _find_candidates(page, one, fixes)
    settle_repeated(page, located, fixes)
    chain = in_order(fixes)
    return [_decide(page, one, chain) for one in located]


def _find_candidates(page: PageIndex, one: Located, fixes: list[Fix]) -> None:
    """Looks for places with other words."""
    quote, candidates = one.quote, one.candidates
    if not quote.words or page.length == 0:
        return
    for window in windows(page, quote):
        candidate = measure(page, quote, window)
        if candidate is not None and not any(
            other.start < candidate.end and candidate.start < other.end for other in candidates
        ):
            candidates.append(candidate)
    candidates.sort(key=lambda candidate: (-candidate.dice, candidate.start))
    if not candidates or quote.position < 0:
        return
    best = candidates[0]
    if best.dice >= SURE_SIMILARITY and best.dice - rival_of(candidates, 0) >= SURE_MARGIN:
        one.fix = fix_of(page, quote, best.start)
        fixes.append(one.fix)


def _decide(page: PageIndex, one: Located, chain: Sequence[Fix]) -> Anchor:
    """``found``, ``moved``, ``changed`` or ``gone``, with the offsets."""
    quote, candidates = one.quote, one.candidates
    name = quote.raw.id
    if not quote.words:
        return wordless(page.text, quote.raw) or Anchor(name, "gone", -1, -1, 0.0, 0.0)
    expected = expect(chain, quote.position, one.fix) if quote.position >= 0 else None
    outcome: Outcome
    if one.place >= 0:
        at = one.places[one.place]
        first, last = grown(page, quote, at)
        start, end = raw_range(page, quote, first, last)
        grew = last - first > len(quote.words)
        outcome = "changed" if grew else _verbatim_outcome(expected, page.start[at])
        return Anchor(name, outcome, start, end, 1.0, min(1.0, one.margin))
    closed = bool(candidates) and closed_gap(page, quote)
    chosen, score = -1, 0.0
    for k, candidate in enumerate(candidates):
        off = surprise(expected, page.start[candidate.start]) if expected else None
        p = probability(features(len(quote.words), candidates, k, off, closed))
        if p > score:
            chosen, score = k, p
    if chosen < 0 or score < ACCEPT:
        return Anchor(name, "gone", -1, -1, score, 0.0)
    candidate = candidates[chosen]
    margin = max(0.0, candidate.dice - rival_of(candidates, chosen))
    start, end = raw_range(page, quote, candidate.first, candidate.last)
    same = same_letters(quote.raw.exact, page.text[start:end])
    if not same and not (quote.start_shown and quote.end_shown):
        # Nothing shows that the quote was the whole sentence: its own words may be all of it.
        own = raw_range(page, quote, candidate.start, candidate.end)
        same = same_letters(quote.raw.exact, page.text[own[0] : own[1]])
        if same:
            start, end = own
    outcome = _verbatim_outcome(expected, start) if same else "changed"
    return Anchor(name, outcome, start, end, score, margin)


def _verbatim_outcome(expected: Expectation | None, now: int) -> Outcome:
    """``moved`` when the place is off the order of the page's other quotes."""
    off = expected is not None and (now < expected.after or now > expected.before)
    return "moved" if off else "found"
