"""What a document comes to: sentences that hold for its clauses."""

from __future__ import annotations

from clauselight.contract.vocabulary import Severity
from clauselight.domain.summary import SummaryClause, comes_to


def clause(
    title: str, severity: str, category: str = "Sharing", *, automatic: bool = False, unsure: bool = False
) -> SummaryClause:
    return SummaryClause(title, Severity(severity), category, automatic, unsure)


def test_nothing_is_said_of_nothing() -> None:
    assert comes_to([]) == []


def test_a_mixed_document() -> None:
    said = comes_to(
        [
            clause("Personal data may be sold", "critical"),
            clause("Forced arbitration", "high", "Disputes", automatic=True),
            clause("Forced arbitration", "high", "Disputes", automatic=True, unsure=True),
            clause("Device data", "low", "Collection"),
            clause("AI training opt-out", "protective", "AI"),
        ]
    )
    assert said == [
        "5 clauses of it carry a label: 1 of critical severity, 2 of high severity, 1 of low severity and "
        "1 in your favour.",
        "What weighs most: personal data may be sold; forced arbitration.",
        "Most are about disputes (2) and sharing (1).",
        "In your favour: AI training opt-out.",
        "3 labels were set by a person and 2 by the classifier; one label is of low confidence.",
    ]


def test_one_clause() -> None:
    assert comes_to([clause("Device data", "low")]) == [
        "One clause of it carries a label: 1 of low severity.",
        "None of them is of critical or high severity.",
        "No clause in your favour was found.",
        "All labels were set by a person.",
    ]


def test_many_grave_clauses_are_counted_and_the_first_named() -> None:
    said = comes_to([clause(f"Title {number}", "high", automatic=True) for number in range(5)])
    assert said[1] == "What weighs most: title 0; title 1; title 2; and 2 more."
    assert said[-1] == "All labels were set by the classifier."
