"""Short questions are answered from the record alone."""

from __future__ import annotations

from clauselight.domain.questions import questions
from published_records import a_published


def answers(**changes: object) -> list[str]:
    return [one.answer for one in questions(a_published(**changes))]


def test_a_curated_clause_without_actions() -> None:
    said, by, usual, help_, still = answers()
    assert said.startswith("Yes. The quoted words were found again")
    assert by == "A person read the clause and set the label. The confidence is high."
    assert usual.startswith("3 of 10 organisations")
    assert "(30 %)" in usual
    assert help_.startswith("Nothing in particular")
    assert still == "Last verified on 2026-10-01. It has not changed since it was first seen on 2026-05-01."


def test_an_automatic_clause_says_how_sure_it_is() -> None:
    by = answers(
        method="automatic",
        method_version="clauses-0123456789ab",
        automatic={"probability": 0.876, "words": ["sell"], "highlight": True},
    )[1]
    assert "88 %" in by
    assert "clauses-0123456789ab" in by


def test_without_a_quote_or_a_snapshot_nothing_is_claimed() -> None:
    none = answers(quote=None, evidence_basis="inferred_from_context", provenance__quote_verified=False)[0]
    assert none.startswith("No sentence of it is quoted")
    assert answers(provenance__quote_verified=False)[0].startswith("The quoted words are explicit")


def test_a_clause_in_the_readers_favour_needs_no_help() -> None:
    change = {"date": "2026-05-01", "kind": "added", "summary": "S.", "severity_to": "protective"}
    said = answers(severity="protective", history__changes=[change])[3]
    assert said == "You need not: the clause is good for you."
