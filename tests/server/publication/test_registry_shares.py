"""The share of organisations with a kind of clause, month by month: also of clauses that went."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.contract.curation import DisputeDecision
from clauselight.contract.dispute import DisputeRequest
from clauselight.curation.changes import Actor
from clauselight.curation.decide import decide
from clauselight.publication.registry_shares import MonthShare, share_over_time, steps
from clauselight.settings import Settings
from clauselight.store.disputes import NewDispute, file_disputes
from clauselight.store.documents import mark_analysed, save_documents
from clauselight.store.engine import open_archive
from clauselight.store.provisions import get_provision, retire_provisions, save_provision
from people import MOMENT, TODAY
from records import PAGE_FACTS, a_document, a_record
from serving import running

TYPE = "real-name-requirement"
"""No document of the starter catalogue has it."""


def test_a_clause_counts_from_when_it_was_seen_until_it_was_gone() -> None:
    spells = [(1, 20250110, 20250620), (1, 20251105, None), (2, 20250301, None)]
    assert steps(spells) == {202501: 1, 202503: 1, 202506: -1, 202511: 1}
    shares = share_over_time({202501: 1, 202502: 1}, steps(spells))
    assert [
        (one.month, one.entities_with) for one in shares if one.month in (202502, 202505, 202506, 202511)
    ] == [
        (202502, 1),
        (202505, 2),
        (202506, 1),
        (202511, 2),
    ]
    assert shares[-1] == MonthShare(202511, 2, 2)
    longer = share_over_time({202501: 1, 202502: 1}, steps(spells), 202602)
    assert longer[-1] == MonthShare(202602, 2, 2), "what holds still holds today"


def test_several_clauses_of_one_organisation_count_once() -> None:
    assert steps([(1, 20250110, 20250620), (1, 20250210, 20250310), (1, 20250601, None)]) == {202501: 1}
    assert steps([(1, 20250110, 20250320), (1, 20250301, 20250401)]) == {202501: 1, 202504: -1}
    assert steps([(1, 20250110, 20250120)]) == {}
    assert steps([]) == {}


MONTHS = st.integers(0, 30)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 3), MONTHS, MONTHS | st.none()), max_size=12))
def test_shares_are_what_counting_month_by_month_gives(drawn: list[tuple[int, int, int | None]]) -> None:
    def day(month: int) -> int:
        return (2024 + month // 12) * 10_000 + (month % 12 + 1) * 100 + 15

    spells = sorted(
        ((who, day(start), None if end is None else day(max(start, end))) for who, start, end in drawn),
        key=lambda one: one[:2],
    )
    found = {
        one.month: one.entities_with
        for one in share_over_time({day(0) // 100: 3, day(40) // 100: 0}, steps(spells))
    }
    for month in range(41):
        key = day(month) // 100
        there = {
            who for who, start, end in spells if start // 100 <= key and (end is None or end // 100 > key)
        }
        assert found[key] == len(there), key


async def folder_with_dropped_clauses(engine: AsyncEngine) -> None:
    """Two organisations with a clause since spring: one dropped it in August, of the other it was never
    right."""
    async with engine.begin() as connection:
        for number, entity in ((910, "ada"), (911, "bo")):
            document = a_document(number, entity=entity)
            await save_documents(connection, [document])
            await mark_analysed(connection, document.id, dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
            changes: list[dict[str, Any]] = [
                {"date": "2026-03-01", "kind": "added", "summary": "S.", "severity_to": "high"}
            ]
            record = a_record(
                id=f"CL-P-{number:06}",
                document=document.id,
                clause_type=TYPE,
                history__first_seen="2026-03-01",
                history__changes=changes,
            )
            await save_provision(connection, record, today=TODAY, snapshot=PAGE_FACTS)
        dropped = await get_provision(connection, "CL-P-000910")
        assert dropped is not None
        await retire_provisions(connection, [dropped], day=dt.date(2026, 8, 5), summary="The words are gone.")
        said = DisputeRequest.model_validate({"provision": "CL-P-000911", "reason": "not-in-text"})
        (filed,) = await file_disputes(connection, [NewDispute(said, "token", MOMENT)])
        assert filed is not None
        decision = DisputeDecision.model_validate({"act": "remove", "text": "It does not say so."})
        await decide(connection, filed.id, decision, Actor("Mo", MOMENT), None)


async def test_the_page_shows_that_a_kind_of_clause_was_dropped(data_copy: Path) -> None:
    engine = open_archive(Settings(data=data_copy).archive_file)
    await folder_with_dropped_clauses(engine)
    await engine.dispose()
    with running(Settings(data=data_copy)) as client:
        tree = html.fromstring(client.get(f"/clause-types/{TYPE}").plain)
    text = " ".join(tree.text_content().split())
    assert "No document that was read here has it any more." in text
    rows = {
        row.xpath("string(th)"): row.xpath("string(td[1])")
        for row in tree.xpath("//figure[@class='share']//tbody/tr")
    }
    assert rows["Mar 2026"] == "1", "of two labels, one was never right"
    assert rows["Jul 2026"] == "1"
    assert rows["Aug 2026"] == "0"
    today = dt.datetime.now(dt.UTC)
    assert rows[f"{today:%b %Y}"] == "0"
