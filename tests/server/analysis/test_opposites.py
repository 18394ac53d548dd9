"""A clause is never shown under two labels that contradict each other."""

from __future__ import annotations

import pytest

from clauselight.analysis.blocks import BlockKind
from clauselight.analysis.classify import load_classifier
from clauselight.analysis.features import words
from clauselight.analysis.opposites import OPPOSITES, by_another, without_opposites
from clauselight.analysis.segment import Clause
from clauselight.knowledge.clause_types import clause_types


def test_the_likelier_of_two_opposites_stands() -> None:
    assert without_opposites(["no-data-sale", "data-sale", "data-rights"]) == ["no-data-sale", "data-rights"]
    assert without_opposites(["data-sale", "no-data-sale"]) == ["data-sale"]
    assert without_opposites([]) == []


def test_a_type_that_was_left_out_keeps_none_away() -> None:
    assert without_opposites(["ignores-do-not-track", "limited-tracking", "third-party-tracking"]) == [
        "ignores-do-not-track",
        "third-party-tracking",
    ]


@pytest.mark.parametrize(
    ("text", "wrong", "fitting"),
    [
        ("We may close your account.", "account-closure-right", "account-termination"),
        ("You may close your account.", "account-termination", "account-closure-right"),
    ],
)
def test_who_ends_the_account_decides(text: str, wrong: str, fitting: str) -> None:
    found = words(text)
    assert by_another(wrong, found)
    assert not by_another(fitting, found)
    assert not by_another("data-rights", found)
    assert not by_another(wrong, words("Either of us: you may close it, and we may close it."))


def test_the_table_names_clause_types() -> None:
    known = set(clause_types())
    assert {name for pair in OPPOSITES for name in pair} <= known


@pytest.mark.parametrize(
    "text",
    [
        "We do not sell your personal data, but we may share it with third parties in ways that are a sale.",
        "We may change these terms at any time without notice, and we will notify you of important changes.",
        "We do not share your data with third parties except with our advertising partners.",
        "We keep your data as long as necessary, and copies may remain after you delete it.",
    ],
)
def test_no_sentence_carries_both(text: str) -> None:
    clause = Clause(text, 0, len(text), (), "", BlockKind.PARAGRAPH)
    (findings,) = load_classifier().judge([clause], language="en")
    given = {one.clause_type for one in findings}
    assert not [pair for pair in OPPOSITES if given.issuperset(pair)]
