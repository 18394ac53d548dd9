"""Keeping an analysed page: the bytes, what was found, and what becomes of what was found before."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.analysis.found import Analysis
from clauselight.analysis.keeping import PageToKeep, keep_analysis
from clauselight.contract.document import Document
from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.vocabulary import ChangeKind, HashBasis, Method, Severity
from clauselight.store.documents import get_document, save_documents
from clauselight.store.provisions import automatic_provisions, live_provisions, save_provision
from clauselight.store.snapshots import get_snapshot
from findings import PAGE, SALE, a_clause, a_court_clause, an_analysis
from records import PAGE as CURATED_PAGE
from records import PAGE_FACTS, a_document, a_record

MOMENT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
URL = "https://www.shop.example/privacy"
BODY = PAGE.encode()


async def keep(
    engine: AsyncEngine, analysis: Analysis, *, url: str = URL, days: int = 0, body: bytes = BODY
) -> tuple[Document, list[ProvisionRecord]]:
    page = PageToKeep(url, "Privacy Policy", "text/html; charset=utf-8", body)
    async with engine.begin() as connection:
        kept = await keep_analysis(connection, analysis, page, moment=MOMENT + dt.timedelta(days=days))
        return kept, await live_provisions(connection, document_ids=[kept.id])


async def test_a_page_becomes_a_document_with_its_bytes(empty_archive: AsyncEngine) -> None:
    kept, (sale, court) = await keep(empty_archive, an_analysis(a_clause(), a_court_clause()))
    assert (kept.id, kept.urls, kept.language) == ("CL-D-500000", [URL], "en")
    assert (sale.id, court.id) == ("CL-P-500000", "CL-P-500001")
    assert sale.method is Method.AUTOMATIC
    assert sale.provenance.sha256 == hashlib.sha256(BODY).hexdigest()
    assert sale.provenance.sha256_basis is HashBasis.COMPUTED
    assert sale.provenance.source_url == URL
    assert sale.quote is not None
    assert sale.quote.position is not None
    assert [change.kind for change in sale.history.changes] == [ChangeKind.ADDED]
    async with empty_archive.connect() as connection:
        snapshot = await get_snapshot(connection, sale.provenance.sha256)
        stored = await get_document(connection, kept.id)
    assert snapshot is not None
    assert (snapshot.body, snapshot.document_id) == (BODY, kept.id)
    assert stored is not None
    assert stored.analysed_at == MOMENT


async def test_a_known_document_gets_the_provisions(empty_archive: AsyncEngine) -> None:
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document(7, "shop", urls=["https://shop.example/privacy"])])
    kept, (sale,) = await keep(empty_archive, an_analysis(a_clause()))
    assert kept.id == sale.document == "CL-D-000007"
    assert kept.title == "Privacy Policy 7"


async def test_analysed_again_a_clause_goes_on_and_what_is_gone_is_retired(
    empty_archive: AsyncEngine,
) -> None:
    document, (sale, court) = await keep(empty_archive, an_analysis(a_clause(), a_court_clause()))
    worse = a_clause(severity=Severity.CRITICAL)
    again, (now,) = await keep(empty_archive, an_analysis(worse, method_version="test-2"), days=3)
    assert again.id == document.id
    assert now.id == sale.id
    assert (now.history.first_seen, now.history.last_seen) == (dt.date(2026, 11, 23), dt.date(2026, 11, 26))
    assert [change.kind for change in now.history.changes] == [ChangeKind.ADDED, ChangeKind.MODIFIED]
    assert now.severity is Severity.CRITICAL
    async with empty_archive.connect() as connection:
        stored = {one.record.id: one for one in await automatic_provisions(connection, document.id)}
    assert not stored[court.id].live
    assert stored[court.id].record.history.changes[-1].kind is ChangeKind.REMOVED

    _, both = await keep(empty_archive, an_analysis(worse, a_court_clause()), days=4)
    back = next(one for one in both if one.id == court.id)
    assert [change.kind for change in back.history.changes] == [
        ChangeKind.ADDED,
        ChangeKind.REMOVED,
        ChangeKind.RESTORED,
    ]
    assert len(both) == 2


async def test_what_a_person_recorded_is_never_touched_and_not_repeated(empty_archive: AsyncEngine) -> None:
    document = a_document(900, "a", urls=["https://a.example/privacy"])
    curated = a_record()
    async with empty_archive.begin() as connection:
        await save_documents(connection, [document])
        await save_provision(connection, curated, today=MOMENT.date(), snapshot=PAGE_FACTS)
    same_words = a_clause(exact="We sell your data to anybody who asks.")
    part_of_them = a_clause(exact="We sell your data")
    found = an_analysis(same_words, part_of_them, a_court_clause())
    url = "https://a.example/privacy"
    _, live = await keep(empty_archive, found, url=url, body=CURATED_PAGE)
    assert {one.id for one in live} == {curated.id, "CL-P-500000"}
    assert next(one for one in live if one.id == curated.id) == curated
    _, live = await keep(empty_archive, an_analysis(), url=url, body=CURATED_PAGE)
    assert live == [curated]


async def test_a_quote_that_is_not_in_the_bytes_is_not_kept(empty_archive: AsyncEngine) -> None:
    _, live = await keep(empty_archive, an_analysis(a_clause(position=None), a_court_clause()))
    assert [one.clause_type for one in live] == ["binding-arbitration"]


async def test_two_pages_have_ids_of_their_own(empty_archive: AsyncEngine) -> None:
    first, (one,) = await keep(empty_archive, an_analysis(a_clause()))
    second, (two,) = await keep(empty_archive, an_analysis(a_clause()), url="https://b.example/p")
    assert (first.id, second.id) == ("CL-D-500000", "CL-D-500001")
    assert (one.id, two.id) == ("CL-P-500000", "CL-P-500001")


async def test_loading_the_catalogue_again_forgets_no_analysis(empty_archive: AsyncEngine) -> None:
    known = a_document(7, "shop", urls=[URL])
    async with empty_archive.begin() as connection:
        await save_documents(connection, [known])
    await keep(empty_archive, an_analysis(a_clause()))
    async with empty_archive.begin() as connection:
        await save_documents(connection, [known])
        stored = await get_document(connection, known.id)
    assert stored is not None
    assert (stored.analysed_at, stored.language) == (MOMENT, "en")


async def test_a_failure_keeps_nothing(empty_archive: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    from clauselight.analysis import keeping

    async def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(keeping, "mark_analysed", fails)
    with pytest.raises(RuntimeError):
        await keep(empty_archive, an_analysis(a_clause()))
    async with empty_archive.connect() as connection:
        assert await get_document(connection, "CL-D-500000") is None
        assert await live_provisions(connection) == []


def test_the_example_page_holds_its_quotes() -> None:
    assert SALE in PAGE
