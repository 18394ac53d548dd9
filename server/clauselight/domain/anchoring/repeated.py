"""Which of several verbatim places is the quote? Context, case and the page's order tell."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from clauselight.domain.anchoring.candidates import adjacent_share, prefix_share, suffix_share
from clauselight.domain.anchoring.located import Located, fix_of
from clauselight.domain.anchoring.normalise import normalised_text
from clauselight.domain.anchoring.order import Fix, expect, in_order, surprise
from clauselight.domain.anchoring.page_index import PageIndex
from clauselight.domain.anchoring.quote import PreparedQuote
from clauselight.domain.anchoring.sentences import raw_range

#: Costs in bits, to be added to the surprise of the position. Found by a coarse grid on the dev
#: split, where they hardly matter: halving or doubling any of them moves fewer than four of 560
#: cases.
CONTEXT_COST = 2
ADJACENT_COST = 6
LETTERS_COST = 3
#: A repeated quote is settled once its best place leads by this many bits; else the clearest is.
CLEAR_LEAD = 2
#: After so many rounds all that are left are settled.
ROUNDS = 12


def settle(page: PageIndex, one: Located, place: int, fixes: list[Fix]) -> None:
    """Note a verbatim place as the one, and as a fix for its neighbours."""
    one.place = place
    if one.quote.position < 0:
        return
    one.fix = fix_of(page, one.quote, one.places[place])
    fixes.append(one.fix)


def settle_repeated(page: PageIndex, located: Sequence[Located], fixes: list[Fix]) -> None:
    """Settles all repeated quotes, the clear ones first: they tell where the others stand."""
    waiting = [one for one in located if len(one.places) > 1]
    for one in waiting:
        letters = normalised_text(one.quote.raw.exact)
        one.costs = [_place_cost(page, one.quote, at, letters) for at in one.places]
    round_number = 0
    while waiting:
        round_number += 1
        chain = in_order(fixes)
        best = [_cheapest(page, one, chain) for one in waiting]
        clearest = max(0.0, *(one.margin for one in waiting))
        lead = 0 if round_number >= ROUNDS else min(CLEAR_LEAD, clearest)
        for one, place in zip(waiting, best, strict=True):
            if one.margin >= lead:
                settle(page, one, place, fixes)
        waiting = [one for one in waiting if one.place < 0]


def _place_cost(page: PageIndex, quote: PreparedQuote, at: int, letters: str) -> float:
    """What speaks against a verbatim place, apart from its position."""
    end = at + len(quote.words)
    before, after = adjacent_share(page, quote, at, end)
    return (
        CONTEXT_COST * (2 - prefix_share(page, quote, at) - suffix_share(page, quote, end))
        + ADJACENT_COST * (2 - before - after)
        + (0 if _is_verbatim(page, quote, at, letters) else LETTERS_COST)
    )


def _is_verbatim(page: PageIndex, quote: PreparedQuote, at: int, letters: str) -> bool:
    """Whether even the letters' case and the punctuation are as recorded."""
    start, end = raw_range(page, quote, at, at + len(quote.words))
    piece = page.text[start:end]
    return piece == quote.raw.exact or normalised_text(piece) == letters


def _cheapest(page: PageIndex, one: Located, chain: Sequence[Fix]) -> int:
    """The place of least cost; notes by how many bits it leads."""
    position = one.quote.position
    expected = expect(chain, position, None) if position >= 0 else None
    best, best_cost, second_cost = 0, inf, inf
    for k, at in enumerate(one.places):
        cost = one.costs[k] + (surprise(expected, page.start[at]) if expected else 0)
        if cost < best_cost:
            best, best_cost, second_cost = k, cost, best_cost
        elif cost < second_cost:
            second_cost = cost
    one.margin = second_cost - best_cost
    return best
