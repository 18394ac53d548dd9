"""Which passage became which: by its heading, by being alone, by its words."""

from __future__ import annotations

import pytest

from clauselight.analysis import passage_pairs
from clauselight.analysis.passage_pairs import PassagePairs
from clauselight.analysis.quote_places import VersionText
from clauselight.domain.changes import compare

FILLER = [f"Passage {number} says how we treat what you tell us, and why." for number in range(12)]
CARDS = "Purchase Information. We collect your payment card where payment is required, and your history."
NOW = "Purchase Information. When you buy with us we learn of the transaction, the delivery and the items."
OTHER = "Your Contacts. If you allow it we read the address book of your device to find your friends."


def pairs(before: list[str], after: list[str]) -> PassagePairs:
    old, new = "\n".join(before), "\n".join(after)
    return PassagePairs(VersionText(old, 1), VersionText(new, 2), compare(old, new))


def test_a_passage_with_the_same_heading_in_its_place_is_the_same() -> None:
    found = pairs([FILLER[0], CARDS, *FILLER[1:]], [FILLER[0], OTHER, NOW, *FILLER[1:]])
    assert (found.became(1), found.was(2), found.was(1)) == (2, 1, None)


def test_it_is_not_where_it_stands_elsewhere() -> None:
    found = pairs([FILLER[0], CARDS, *FILLER[1:]], [*FILLER, NOW])
    assert (found.became(1), found.was(12)) == (None, None)


@pytest.mark.parametrize(
    ("now", "became"),
    [
        ("Subject to law we may send what children tell us outside of the country.", 1),
        ("Cookies keep every browser busy.", None),
    ],
)
def test_the_only_one_that_went_and_came_between_two_that_stayed_may_be_reworded(
    now: str, became: int | None
) -> None:
    was = "We may transmit to our centers outside of the country for storage what children tell us."
    assert pairs([FILLER[0], was, *FILLER[1:]], [FILLER[0], now, *FILLER[1:]]).became(1) == became


def test_one_that_moved_is_known_by_its_words() -> None:
    was = "We sell your personal information to data brokers, unless you object to it in your settings."
    now = "We sell your personal information to data brokers and banks, unless you object to it."
    found = pairs([FILLER[0], was, *FILLER[1:]], [*FILLER, now])
    assert (found.became(1), found.was(12)) == (12, 1)


def test_a_text_made_to_take_long_is_not_compared_backwards(monkeypatch: pytest.MonkeyPatch) -> None:
    was = "We sell your personal information to data brokers, unless you object to it in your settings."
    now = "We sell your personal information to data brokers and banks, unless you object to it."
    monkeypatch.setattr(passage_pairs, "MOST_COMPARED", 0)
    assert pairs([FILLER[0], was, *FILLER[1:]], [*FILLER, now]).was(12) is None
