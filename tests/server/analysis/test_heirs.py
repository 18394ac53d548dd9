"""Which clauses that came are the ones that went."""

from __future__ import annotations

from clauselight.analysis.heirs import heirs
from clauselight.contract.quote import Quote, TextQuoteSelector
from clauselight.store.provision_rows import StoredRow
from findings import a_clause
from records import a_record

COMPLAINT = (
    "If you think that we have not complied with data protection laws, you have a right to lodge a complaint "
    "with the commission in Ireland or with your local supervisory authority."
)
NOW = (
    "Right to lodge a complaint: If you reside in the EEA, you have the right to lodge a complaint with the "
    "supervisory authority of your country."
)


def row(identity: str, words: str, clause_type: str = "data-sale") -> StoredRow:
    record = a_record(id=identity, clause_type=clause_type)
    quote = Quote(selector=TextQuoteSelector(exact=words))
    return StoredRow(record.model_copy(update={"quote": quote}), True, 1, 0, len(words))


def test_a_clause_that_came_with_a_heading_is_the_one_that_went() -> None:
    gone = row("CL-P-500001", COMPLAINT)
    came, other = a_clause(exact=NOW, start=10), a_clause(exact="We sell what you tell us.", start=400)
    assert heirs([gone], [other, came]) == [(gone, came)]


def test_each_is_one_at_most_and_the_most_alike_come_first() -> None:
    far, near = row("CL-P-500001", COMPLAINT), row("CL-P-500002", NOW.replace("reside", "live"))
    came = a_clause(exact=NOW, start=10)
    assert heirs([far, near], [came]) == [(near, came)]


def test_another_kind_is_no_heir() -> None:
    assert heirs([row("CL-P-500001", COMPLAINT, "binding-arbitration")], [a_clause(exact=NOW)]) == []
