"""What is analysed and not kept is composed as if it were kept."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.analysis.documents import document_for, not_kept
from clauselight.analysis.records import provisional_records
from clauselight.contract.annotation import AnnotationSet
from clauselight.publication.compose import MOST_SIBLINGS, Site, compose_provisional
from clauselight.publication.landscape import Landscape, current_landscape
from clauselight.store.provisions import PrevalenceCount
from findings import a_clause, a_court_clause, an_analysis

MOMENT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
SITE = Site("https://clauses.example", (), ())


async def composed(engine: AsyncEngine, url: str | None, count: int = 1) -> AnnotationSet:
    found = [a_clause(exact=f"We sell your data number {number}.") for number in range(count)]
    analysis = an_analysis(*found, a_court_clause())
    async with engine.connect() as connection:
        document = await document_for(connection, url=url, title="Privacy", language="en", moment=MOMENT)
        document = not_kept(document, url=url, language="en", moment=MOMENT)
        records = provisional_records(analysis, document, moment=MOMENT, source_url=url)
        landscape = await current_landscape(connection, None)
        return await compose_provisional(connection, SITE, document, records, landscape)


async def test_a_stranger_counts_as_one_more(archive: AsyncEngine) -> None:
    async with archive.connect() as connection:
        counted = (await current_landscape(connection, None)).counted
    page = await composed(archive, "https://stranger.example/privacy")
    for one in page.provisions:
        shown = one.context.prevalence
        assert shown.entities_tracked == counted.entities_tracked + 1
        assert shown.entities_with == counted.entities_with.get(one.clause_type.id, 0) + 1


async def test_an_entity_that_is_tracked_is_not_counted_twice(archive: AsyncEngine) -> None:
    async with archive.connect() as connection:
        counted = (await current_landscape(connection, None)).counted
    page = await composed(archive, "https://www.murmurloft.example/privacy")
    assert page.document.entity.name == "Murmurloft"
    assert page.provisions[0].context.prevalence.entities_tracked == counted.entities_tracked


async def test_a_permalink_leads_to_what_stays(archive: AsyncEngine) -> None:
    page = await composed(archive, None)
    assert {one.permalink for one in page.provisions} == {
        "https://clauses.example/v1/clause-types/data-sale",
        "https://clauses.example/v1/clause-types/binding-arbitration",
    }


async def test_of_many_other_provisions_the_gravest_are_listed(archive: AsyncEngine) -> None:
    page = await composed(archive, None, MOST_SIBLINGS + 30)
    assert len(page.provisions) == MOST_SIBLINGS + 31
    for one in page.provisions:
        assert len(one.context.siblings) == MOST_SIBLINGS
        assert one.id not in {other.id for other in one.context.siblings}
    assert page.provisions[5].context.siblings[0].title == "Forced arbitration"


async def test_without_an_archive_it_is_composed_too() -> None:
    document = await document_for(None, url=None, title="", language="en", moment=MOMENT)
    records = provisional_records(an_analysis(a_clause()), document, moment=MOMENT, source_url=None)
    none = Landscape(PrevalenceCount(0, {}))
    page = await compose_provisional(None, SITE, document, records, none)
    assert page.provisions[0].context.prevalence.entities_tracked == 1
    assert page.provisions[0].context.examples == []
