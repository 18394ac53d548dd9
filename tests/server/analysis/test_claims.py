"""Places in a text: no two provisions of one kind have the same."""

from __future__ import annotations

from clauselight.analysis.claims import Claims, is_at
from clauselight.analysis.quote_places import Place
from clauselight.contract.vocabulary import AnchorOutcome
from findings import SALE, a_clause

TEXT = f"One. {SALE} Two. {SALE} Three."
FIRST = TEXT.index(SALE)
SECOND = TEXT.rindex(SALE)


def test_a_place_is_taken_for_its_own_kind_only() -> None:
    claims = Claims(TEXT)
    claims.add("data-sale", FIRST, FIRST + len(SALE))
    assert claims.taken("data-sale", FIRST + 3, FIRST + 20)
    assert not claims.taken("data-sharing", FIRST, FIRST + len(SALE))
    assert not claims.taken("data-sale", SECOND, SECOND + len(SALE))


def test_the_same_words_elsewhere_are_a_second_place_until_it_is_taken_too() -> None:
    claims = Claims(TEXT)
    here = Place(AnchorOutcome.FOUND, FIRST, FIRST + len(SALE))
    claims.add("data-sale", here.start, here.end)
    there = claims.twin("data-sale", here)
    assert there == Place(AnchorOutcome.FOUND, SECOND, SECOND + len(SALE))
    claims.add("data-sale", there.start, there.end)
    assert claims.twin("data-sale", here) == here


def test_a_found_clause_is_at_a_place_that_shares_half_of_it() -> None:
    found = a_clause(start=FIRST, end=FIRST + len(SALE))
    middle = FIRST + len(SALE) // 2
    assert is_at(found, "data-sale", Place(AnchorOutcome.CHANGED, FIRST, middle + 2))
    assert not is_at(found, "data-sale", Place(AnchorOutcome.CHANGED, SECOND, SECOND + 9))
    assert not is_at(found, "data-sharing", Place(AnchorOutcome.CHANGED, FIRST, middle + 2))
