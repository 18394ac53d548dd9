"""Which findings become labels."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from clauselight.analysis.analyse import LONGEST_QUOTE, MOST_FOUND, analyse, chosen
from clauselight.analysis.classify import Finding
from clauselight.analysis.extract import Extracted, blocks_of_text
from clauselight.analysis.segment import Clause
from clauselight.contract.vocabulary import Confidence, Severity

CATEGORIES = {"data-sale": "sharing", "third-party-sharing": "sharing", "binding-arbitration": "disputes"}


def a_finding(
    clause_type: str = "data-sale",
    confidence: Confidence = Confidence.HIGH,
    *,
    highlight: bool = True,
    probability: float = 0.9,
) -> Finding:
    return Finding(
        clause_type=clause_type,
        probability=probability,
        confidence=confidence,
        severity=Severity.HIGH,
        highlight=highlight,
        words=("sell",),
    )


class Says:
    """A judge that answers as it is told."""

    version = "says-1"

    def __init__(self, *findings: Finding) -> None:
        self.findings = list(findings)

    def judge(self, clauses: Sequence[Clause], *, language: str) -> list[list[Finding]]:
        return [list(self.findings) for _ in clauses]

    def types_known(self, language: str) -> tuple[str, ...] | None:
        return ("data-sale",) if language == "de" else None


def read(text: str) -> Extracted:
    return blocks_of_text(text)


@pytest.mark.parametrize(
    ("confidence", "highlight", "kept"),
    [
        (Confidence.HIGH, True, True),
        (Confidence.HIGH, False, True),
        (Confidence.MEDIUM, False, True),
        (Confidence.LOW, True, True),
        (Confidence.LOW, False, False),
    ],
)
def test_a_label_is_worth_highlighting_or_not_unsure(
    confidence: Confidence, highlight: bool, kept: bool
) -> None:
    one = a_finding(confidence=confidence, highlight=highlight)
    assert chosen([one], CATEGORIES) == ([one] if kept else [])


def test_a_second_label_must_be_sure_and_about_something_else() -> None:
    best = a_finding()
    court = a_finding("binding-arbitration")
    assert chosen([best, court], CATEGORIES) == [best, court]
    assert chosen([best, a_finding("third-party-sharing")], CATEGORIES) == [best]
    assert chosen([best, a_finding("binding-arbitration", Confidence.MEDIUM)], CATEGORIES) == [best]
    assert chosen([best, a_finding("third-party-sharing"), court], CATEGORIES) == [best, court]
    assert chosen([], CATEGORIES) == []


def test_what_is_not_told_is_known_faintly() -> None:
    """A clause that is reworded later may still be of that kind."""
    analysis = analyse(
        read("We sell your data to all."),
        Says(a_finding(), a_finding("third-party-sharing", Confidence.LOW)),
        CATEGORIES,
        language="en",
    )
    assert [one.clause_type for one in analysis.found] == ["data-sale"]
    assert [(one.clause_type, one.start, one.end) for one in analysis.faint] == [
        ("third-party-sharing", 0, 25)
    ]


def test_the_same_words_get_a_label_once() -> None:
    page = read("We sell your data to all.\n\nAnother thing entirely.\n\nWE SELL your data  to all.")
    found = analyse(page, Says(a_finding()), CATEGORIES, language="en").found
    assert [one.exact for one in found] == ["We sell your data to all.", "Another thing entirely."]


def test_quotes_are_the_words_of_the_text_with_what_stands_around_them() -> None:
    page = read("How we earn money.\n\nWe sell your data to all.\n\nYou may object at any time.")
    analysis = analyse(page, Says(a_finding()), CATEGORIES, language="en")
    _, sale, _ = analysis.found
    assert page.text[sale.start : sale.end] == sale.exact == "We sell your data to all."
    assert (sale.prefix, sale.suffix) == ("How we earn money.", "You may object at any time.")
    assert (analysis.words, analysis.clauses) == (16, 3)
    assert analysis.method_version == "says-1"
    assert analysis.language == "en"


def test_where_few_types_are_known_it_says_which() -> None:
    page = read("Wir haften nicht.")
    assert analyse(page, Says(), CATEGORIES, language="de").types_known == ("data-sale",)
    assert analyse(page, Says(), CATEGORIES, language="en").types_known is None


def test_deciding_words_are_spelled_as_in_the_clause() -> None:
    said = Finding(
        "data-sale", 0.9, Confidence.HIGH, Severity.HIGH, True, ("sell", "cars", "absent", "c++ (x)")
    )
    (found,) = analyse(
        read("We SELL Cars, carsick and C++ (X)."), Says(said), CATEGORIES, language="en"
    ).found
    assert found.words == ("SELL", "Cars", "C++ (X)")


def test_what_is_as_long_as_a_page_is_no_clause() -> None:
    page = read("and " * LONGEST_QUOTE + "\n\nWe sell your data to all.")
    assert all(
        len(one.exact) <= LONGEST_QUOTE for one in analyse(page, Says(a_finding()), {}, language="en").found
    )


def test_of_very_many_labels_the_surest_stay_in_the_order_of_the_page() -> None:
    class SureOfTheLast(Says):
        def judge(self, clauses: Sequence[Clause], *, language: str) -> list[list[Finding]]:
            return [[a_finding(probability=number / 1_000)] for number in range(len(clauses))]

    page = read("\n\n".join(f"We sell your data number {number}." for number in range(MOST_FOUND + 50)))
    found = analyse(page, SureOfTheLast(), CATEGORIES, language="en").found
    assert len(found) == MOST_FOUND
    assert found[0].exact == "We sell your data number 50."
    assert [one.start for one in found] == sorted(one.start for one in found)
