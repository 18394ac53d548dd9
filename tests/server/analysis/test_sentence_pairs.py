"""Which sentence of a reworded passage became which."""

from __future__ import annotations

from clauselight.analysis.sentence_pairs import MOST_PAIRS, pair_sentences

OLD = [
    "You can object at any time.",
    "The right to object applies when the processing is relying on legitimate interest as a legal basis.",
    "In submitting an objection, you should explain what you are objecting to and why it should be stopped.",
    "We will stop unless we have compelling grounds.",
]
NEW = [
    "Right to object.",
    "You can object at any time.",
    "This right applies when we pursue legitimate interests of ours or of others.",
    "In submitting an objection, please explain to us what you are objecting to and how it affects you.",
    "We will stop unless we have compelling grounds.",
]


def test_what_is_left_over_between_two_that_stayed_is_one() -> None:
    assert pair_sentences(OLD, NEW) == {0: 1, 1: 2, 2: 3, 3: 4}


def test_what_has_nothing_in_common_is_not_paired() -> None:
    other = "Cookies are small files, which every browser keeps for a while."
    assert 1 not in pair_sentences(OLD, [*OLD[:1], other, *OLD[2:]])


def test_of_several_that_went_the_nearest_one_became_the_one_that_came() -> None:
    old = [
        "Purchases.",
        "We collect card numbers where payment is required.",
        "We collect your history.",
        "End.",
    ]
    new = [
        "Purchases.",
        "When you buy something we collect what payment is required for, such as cards.",
        "End.",
    ]
    assert pair_sentences(old, new)[1] == 1


def test_a_passage_without_structure_is_paired_at_its_ends_only() -> None:
    many = [f"Sentence {number} says nothing new." for number in range(MOST_PAIRS)]
    few = ["Sentence of another kind says little.", "And so does this one."]
    assert pair_sentences(["Begin.", *many, "End."], ["Begin.", *few, "End."]) == {0: 0, len(many) + 1: 3}
