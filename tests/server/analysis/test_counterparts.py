"""What a reworded sentence became, told by its passage and its neighbours."""

from __future__ import annotations

import pytest

from clauselight.analysis import counterparts
from clauselight.analysis.counterparts import Counterparts
from clauselight.analysis.quote_places import VersionText
from clauselight.domain.changes import compare

FILLER = "\n".join(f"Passage {number} says how we treat what you tell us, and why." for number in range(12))
BEFORE = (
    "You can object at any time. The right to object applies when we rely on our own interests. "
    "Write to us about it and we will answer within a month."
)


def became(sentence: str, before: str, after: str) -> str | None:
    """The words that stand where a sentence stood."""
    old, new = VersionText(before, 1), VersionText(after, 2)
    start = before.index(sentence)
    place = Counterparts(old, new, compare(before, after)).place(start, start + len(sentence))
    return None if place is None else after[place.start : place.end]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        # Between the same neighbours few common words are enough ...
        ("This right applies when we pursue the interests of others.", True),
        # ... but not when hardly any is left.
        ("Cookies are small files, which every browser keeps for a while.", False),
    ],
)
def test_a_sentence_between_the_same_neighbours_is_the_one_that_stood_there(now: str, expected: bool) -> None:
    sentence = "The right to object applies when we rely on our own interests."
    after = BEFORE.replace(sentence, now)
    found = became(sentence, f"Rights\n{BEFORE}\n{FILLER}", f"Rights\n{after}\n{FILLER}")
    assert found == (now if expected else None)


def test_a_passage_that_moved_and_was_reworded_is_found_again() -> None:
    rest = "For example, if you are near a shop we may show you what that shop sells, unless you turn it off."
    old = f"Find out where you are and choose the ads that we show you. {rest}"
    new = f"If you agree, find out where you are and choose what we show you. {rest}"
    lines = FILLER.split("\n")
    before = "\n".join([*lines[:2], old, *lines[2:]])
    after = "\n".join([*lines[:9], new, *lines[9:]])
    assert became(old.removesuffix(f" {rest}"), before, after) == new.removesuffix(f" {rest}")


@pytest.mark.parametrize("after", [f"Rights\n{FILLER}", f"{FILLER}\nNothing of that kind is said here."])
def test_a_passage_that_went_became_nothing(after: str) -> None:
    assert became("You can object at any time.", f"Rights\n{BEFORE}\n{FILLER}", after) is None


def test_what_was_said_before_is_no_new_wording() -> None:
    sentence = "You can object at any time."
    other = "You can object to it."
    before = f"{other} {FILLER}\n{BEFORE}"
    assert became(sentence, before, before.replace(sentence, other)) is None


def test_a_sentence_whose_end_was_struck_out_still_stands_there() -> None:
    """What is left of it stood there before, as a part of it."""
    sentence = "Work with law enforcement and researchers to keep our shop safe."
    before = f"Safety\n{sentence} We may get requests of the police.\n{FILLER}"
    now = "Work with law enforcement and researchers."
    assert became(sentence, before, before.replace(sentence, now)) == now


def test_a_passage_without_structure_is_left_alone() -> None:
    old = " ".join(f"Sentence {number} of it says nothing new." for number in range(40))
    new = " ".join(f"Sentence {number} of it says little." for number in range(40))
    assert became("Sentence 7 of it says nothing new.", f"{old}\n{FILLER}", f"{new}\n{FILLER}") is None


def test_a_page_made_to_take_long_is_not_looked_at_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = "You can object at any time."
    before = f"Rights\n{BEFORE}\n{FILLER}"
    after = before.replace(sentence, "You can object to all of it at any time.")
    assert became(sentence, before, after) is not None
    monkeypatch.setattr(counterparts, "MOST_PAIRS_AT_ALL", 3)
    assert became(sentence, before, after) is None
