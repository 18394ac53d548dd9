"""From found clauses to records in the contract."""

from __future__ import annotations

import datetime as dt

from clauselight.analysis.documents import document_for
from clauselight.analysis.records import LONGEST_IN_LETTER, provisional_records
from clauselight.contract.document import Document
from clauselight.contract.provision import MOST_WORDS, ProvisionRecord
from clauselight.contract.vocabulary import Method
from clauselight.knowledge.clause_types import clause_types
from findings import a_clause, a_court_clause, an_analysis

MOMENT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


async def records(*found: object, url: str | None = None) -> tuple[Document, list[ProvisionRecord]]:
    document = await document_for(None, url=url, title="Privacy Policy", language="en", moment=MOMENT)
    analysis = an_analysis(*found)  # type: ignore[arg-type]
    return document, provisional_records(analysis, document, moment=MOMENT, source_url=url)


async def test_a_label_says_that_it_is_automatic_and_why() -> None:
    _, (record, court) = await records(a_clause(), a_court_clause())
    assert (record.id, court.id) == ("CL-A-000001", "CL-A-000002")
    assert record.method is Method.AUTOMATIC
    assert record.method_version == "test-1"
    assert record.automatic is not None
    assert record.automatic.words == ["sell", "data brokers"]
    assert record.automatic.probability == 0.97
    assert record.provenance.source_url is None
    assert not record.provenance.snapshot_stored
    assert [change.severity_to for change in record.history.changes] == [record.severity]


async def test_what_it_means_is_what_our_texts_say_of_the_type() -> None:
    _, (record,) = await records(a_clause())
    told = clause_types()["data-sale"]
    assert record.title == told.title
    assert record.explanation.what_it_is == told.what_it_is
    assert record.explanation.interpretive_note == told.not_a_problem_when
    assert [action.title for action in record.actions] == [action.title for action in told.actions]
    assert record.agencies == told.agencies
    assert record.regulations == told.regulations
    assert record.institutional == told.institutional


async def test_letters_name_the_case_and_leave_the_sender_open() -> None:
    document, made = await records(a_clause(), url="https://www.shop.example/privacy")
    letters = [action.letter.body for action in made[0].actions if action.letter]
    assert letters
    for letter in letters:
        assert "{entity}" not in letter
        assert "{clause}" not in letter
    assert any(document.entity.name in letter for letter in letters)
    assert document.entity.name == "shop.example"


async def test_a_page_without_address_has_a_letter_that_reads_well() -> None:
    _, made = await records(a_clause())
    assert not any("This page" in action.letter.body for action in made[0].actions if action.letter)


async def test_words_of_a_page_mean_nothing_in_a_letter() -> None:
    _, made = await records(a_clause(exact="We sell {entity} and {document} to {clause}."))
    bodies = "".join(action.letter.body for action in made[0].actions if action.letter)
    if "We sell" in bodies:
        assert "We sell {entity} and {document} to {clause}." in bodies


async def test_a_long_clause_is_quoted_in_part() -> None:
    long = "We sell your data " * 200
    _, made = await records(a_clause(exact=long.strip()))
    assert made[0].quote is not None
    assert made[0].quote.selector.exact == long.strip()
    for action in made[0].actions:
        if action.letter and "We sell" in action.letter.body:
            assert action.letter.body.count("We sell your data") <= LONGEST_IN_LETTER / 17


async def test_more_words_than_the_contract_names_are_left_out() -> None:
    _, (record,) = await records(a_clause(words=(" ", *(f"word{n}" for n in range(20)))))
    assert record.automatic is not None
    assert record.automatic.words == [f"word{n}" for n in range(MOST_WORDS)]


async def test_a_type_that_our_texts_do_not_know_is_left_out() -> None:
    _, made = await records(a_clause(clause_type="brand-new"), a_court_clause())
    assert [(one.id, one.clause_type) for one in made] == [("CL-A-000001", "binding-arbitration")]
