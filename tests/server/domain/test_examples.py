"""Examples show how others word the same type of clause, in their own words."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.vocabulary import Severity
from clauselight.domain.examples import MOST_EXAMPLES, examples_for
from clauselight.domain.severity import rank
from records import a_change, a_document, a_record

DOCUMENTS = {
    document.id: document
    for document in (a_document(900 + number, entity) for number, entity in enumerate("aabbcdef"))
}


def one(number: int, document: int, severity: str = "high", **changes: Any) -> ProvisionRecord:
    """A record of the document with that number."""
    return a_record(
        id=f"CL-P-{number:06}",
        document=f"CL-D-{document:06}",
        severity=severity,
        history__changes=[a_change("2026-05-01", "added", severity)],
        **changes,
    )


def ids(record: ProvisionRecord, others: list[ProvisionRecord]) -> list[str]:
    return [example.provision for example in examples_for(record, others, DOCUMENTS)]


def test_own_entity_other_types_and_missing_quotes_are_left_out() -> None:
    own = one(1, 900)
    others = [
        own,
        one(2, 901),  # the same entity, another document
        one(3, 902, clause_type="no-refund"),
        one(4, 904, quote=None, evidence_basis="inferred_from_context"),
        one(5, 905),
    ]
    assert ids(own, others) == ["CL-P-000005"]


def test_an_entity_is_shown_once() -> None:
    assert ids(one(1, 900), [one(2, 902), one(3, 903), one(4, 902)]) == ["CL-P-000002"]


def test_the_nearest_severity_stands_first_then_the_lowest_id() -> None:
    others = [one(9, 902, "low"), one(8, 904, "critical"), one(7, 905, "medium"), one(6, 906, "high")]
    assert ids(one(1, 900), others) == ["CL-P-000006", "CL-P-000007", "CL-P-000008"]
    assert ids(one(1, 900), others[::-1]) == ["CL-P-000006", "CL-P-000007", "CL-P-000008"]


def test_an_example_tells_who_says_it_where() -> None:
    other = one(
        2, 904, "low", quote__selector__exact="Their words.", provenance__source_url="https://c.example/"
    )
    (example,) = examples_for(one(1, 900), [other], DOCUMENTS)
    assert example.model_dump(mode="json") == {
        "provision": "CL-P-000002",
        "entity": "C",
        "document": "Privacy Policy 904",
        "severity": "low",
        "quote": "Their words.",
        "url": "https://c.example/",
    }


RECORDS = st.builds(
    lambda number, document, severity, kind: one(number, document, severity.value, clause_type=kind),
    st.integers(2, 999_999),
    st.integers(900, 907),
    st.sampled_from(Severity),
    st.sampled_from(["data-sale", "no-refund"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(RECORDS, max_size=12, unique_by=lambda record: record.id))
def test_never_its_own_never_twice_never_too_many(others: list[ProvisionRecord]) -> None:
    own = one(1, 900)
    by_id = {record.id: record for record in others}
    shown = examples_for(own, others, DOCUMENTS)
    entities = [example.entity for example in shown]
    possible = {
        DOCUMENTS[record.document].entity.name for record in others if record.clause_type == own.clause_type
    } - {"A"}
    assert len(entities) == len(set(entities)) == min(MOST_EXAMPLES, len(possible))
    assert set(entities) <= possible
    distances = [abs(rank(by_id[example.provision].severity) - rank(own.severity)) for example in shown]
    assert distances == sorted(distances)
