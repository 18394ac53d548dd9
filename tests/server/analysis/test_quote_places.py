"""Where quotes stand in the next version: what markup ran together or apart is still there."""

from __future__ import annotations

import pytest

from clauselight.analysis.quote_places import Place, VersionText, Wanted, find_places
from clauselight.contract.vocabulary import AnchorOutcome
from clauselight.domain.changes import compare

NAME = "Shop username (account URL or screenshot accepted)"
FILLER = "\n".join(f"Passage {number} says how we treat what you tell us, and why." for number in range(12))


def place_of(exact: str, before: str, after: str) -> tuple[Place, str]:
    """The place of a quote, and the words there."""
    at = before.index(exact)
    wanted = Wanted("CL-P-000001", exact, start=at, end=at + len(exact))
    found = find_places([wanted], VersionText(before), VersionText(after), compare(before, after))
    place = found["CL-P-000001"]
    return place, after[place.start : place.end]


def test_a_clause_that_markup_ran_together_with_its_neighbours_is_still_there() -> None:
    before = f"What to send us:\nShop User ID\n{NAME}\nPhone number\n{FILLER}"
    after = f"What to send us:Shop User ID{NAME}Phone number\n{FILLER}"
    place, words = place_of(NAME, before, after)
    assert (place.outcome, words) == (AnchorOutcome.FOUND, NAME)


def test_words_within_other_words_are_not_the_clause() -> None:
    ours = "our data is sold to brokers whenever they ask for it"
    before = f"Terms\nAll of {ours}\n{FILLER}"
    after = f"Terms\nNothing of y{ours}\n{FILLER}"
    place, _ = place_of(ours, before, after)
    assert place.outcome is not AnchorOutcome.FOUND


def test_a_clause_that_a_neighbour_ran_into_is_still_there() -> None:
    """A heading that ended with a full stop ends with a colon now, so it is one sentence with the clause."""
    words = "We use what you do here to make guesses about you and your preferences."
    before = f"Privacy\nUsage data and guesses. {words} You can turn it off.\n{FILLER}"
    after = f"Privacy\nUsage data and guesses: {words} You can turn it off.\n{FILLER}"
    place, found = place_of(words, before, after)
    assert (place.outcome, found) == (AnchorOutcome.FOUND, words)


def test_of_two_dates_the_one_in_its_own_part_became_the_new_one() -> None:
    """A page that holds two policies has two dates; the other one stood there before."""
    ours, theirs = "Last updated: October 1, 2024", "Last updated: 30 November 2025"
    before = f"Privacy Policy\n{theirs}\n{FILLER}\nChildren\n{ours}\n{FILLER.replace('Passage', 'Part')}"
    after = before.replace(ours, "Last updated: January 22, 2026")
    place, words = place_of(ours, before, after)
    assert (place.outcome, words) == (AnchorOutcome.CHANGED, "Last updated: January 22, 2026")


def test_a_sentence_that_grew_around_the_clause_has_changed() -> None:
    words = "We may close your account when you break these rules"
    before = f"Terms\n{words}.\n{FILLER}"
    after = f"Terms\n{words}, or when somebody tells us that you did so anywhere else.\n{FILLER}"
    place, _ = place_of(f"{words}.", before, after)
    assert place.outcome is AnchorOutcome.CHANGED


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("We use information to be fair", True),
        ("information to be fair. Learn more", True),
        ("We use cookies", False),
        ("...", False),
        ("", False),
    ],
)
def test_a_text_holds_words_that_markup_ran_together(words: str, held: bool) -> None:
    text = VersionText("We useinformation to be\nfair.Learn more about it")
    assert text.holds(words) is held
