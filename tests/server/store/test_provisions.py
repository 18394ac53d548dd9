"""Records are stored whole or not at all, and prevalence is counted by its one definition."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.record_rules import RecordRefused, SnapshotFacts
from clauselight.store.documents import mark_analysed, save_documents
from clauselight.store.provisions import (
    count_prevalence,
    get_provision,
    live_provisions,
    save_provision,
)
from clauselight.store.tables import metadata, provision
from records import PAGE_FACTS, a_change, a_document, a_record, reported

TODAY = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)


async def save(connection: AsyncConnection, record: ProvisionRecord, **arguments: Any) -> None:
    await save_provision(connection, record, **{"today": TODAY, "snapshot": PAGE_FACTS, **arguments})


async def rows(engine: AsyncEngine) -> dict[str, list[Any]]:
    """Everything in the archive."""
    async with engine.connect() as connection:
        return {
            name: [tuple(row) for row in await connection.execute(sa.select(table))]
            for name, table in metadata.tables.items()
        }


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"title": "„Größe“ · 大きさ · 🔥 \\ ' \" %s", "quote__selector__exact": "We “sell”… 数据"},
        {"quote": None, "evidence_basis": "inferred_from_context"},
        {
            "severity": "protective",
            "history__changes": [
                a_change("2026-05-01", "added", "low"),
                a_change("2026-06-01", "modified", "critical", "low"),
                a_change("2026-06-01", "moved", "critical"),
                a_change("2026-07-01", "modified", "protective", "critical"),
            ],
        },
    ],
    ids=["plain", "other scripts", "no quote", "long history"],
)
async def test_records_come_back_as_they_were_stored(
    empty_archive: AsyncEngine, changes: dict[str, Any]
) -> None:
    record = a_record(**changes)
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document()])
        await save(connection, record)
        # A second time, as when the catalogue is loaded again.
        await save(connection, record)
    async with empty_archive.connect() as connection:
        assert await get_provision(connection, record.id) == record
        assert await live_provisions(connection) == [record]
        assert await get_provision(connection, "CL-P-999999") is None


async def test_the_whole_catalogue_comes_back(archive: AsyncEngine) -> None:
    async with archive.connect() as connection:
        records = await live_provisions(connection)
        assert [record.id for record in records] == sorted(record.id for record in records)
        for record in records:
            assert await get_provision(connection, record.id) == record
        chosen = await live_provisions(connection, document_ids=["CL-D-000001", "CL-D-000003"])
    assert {record.document for record in chosen} == {"CL-D-000001", "CL-D-000003"}
    assert len(chosen) == sum(record.document in ("CL-D-000001", "CL-D-000003") for record in records)


async def test_a_later_save_replaces_the_history(empty_archive: AsyncEngine) -> None:
    longer = [a_change("2026-05-01", "added", "low"), a_change("2026-08-01", "modified", "high", "low")]
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document()])
        await save(connection, a_record(history__changes=longer))
        await save(connection, a_record())
        read = await get_provision(connection, "CL-P-000900")
    assert read == a_record()


async def test_a_record_that_breaks_rules_is_refused_with_all_of_them(empty_archive: AsyncEngine) -> None:
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document()])
        await save(connection, a_record())
    before = await rows(empty_archive)
    ftc = {"name": "FTC", "jurisdiction": "US", "why": "Watches.", "complaint_url": "https://www.ftc.gov/"}
    broken = a_record(
        severity="low",
        history__last_verified="2030-01-01",
        history__last_seen="2026-04-01",
        agencies=[{"id": "ftc", **ftc}, {"id": "us-ftc", **ftc}],
    )
    with pytest.raises(RecordRefused) as refused:
        async with empty_archive.begin() as connection:
            await save(connection, broken, snapshot=SnapshotFacts("b" * 64, quote_found=False))
    assert refused.value.record_id == broken.id
    assert {violation.rule for violation in refused.value.violations} == {
        "severity-is-latest-change",
        "no-future-date",
        "first-seen-before-last-seen",
        "listed-once",
        "hash-recomputed",
        "quote-in-snapshot",
    }
    for violation in refused.value.violations:
        assert violation.rule in str(refused.value)
    assert await rows(empty_archive) == before


async def test_a_refused_record_writes_nothing_even_when_the_transaction_goes_on(
    empty_archive: AsyncEngine,
) -> None:
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document()])
        with pytest.raises(RecordRefused):
            await save(connection, a_record(severity="low"))
    assert (await rows(empty_archive))["provision"] == []
    assert (await rows(empty_archive))["change_record"] == []


async def test_a_record_of_an_unknown_document_is_not_stored(empty_archive: AsyncEngine) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        async with empty_archive.begin() as connection:
            await save(connection, a_record())
    assert (await rows(empty_archive))["provision"] == []


async def test_a_hash_without_a_snapshot_is_never_called_verified(empty_archive: AsyncEngine) -> None:
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document()])
        with pytest.raises(RecordRefused, match="hash-recomputed"):
            await save(connection, a_record(), snapshot=None)
        await save(connection, reported(), snapshot=None)


async def test_prevalence_counts_entities_with_a_live_provision_of_those_analysed(
    empty_archive: AsyncEngine,
) -> None:
    """Two documents of one entity count once; unread documents and withdrawn provisions do not count."""
    async with empty_archive.begin() as connection:
        await save_documents(
            connection,
            [
                a_document(900, "a"),
                a_document(901, "a"),
                a_document(902, "b"),
                a_document(903, "c"),
                a_document(904, "unread"),
            ],
        )
        for number in (900, 901, 902, 903):
            await mark_analysed(connection, f"CL-D-{number:06}", NOON)
        for number, document, kind in (
            (900, 900, "data-sale"),
            (901, 901, "data-sale"),
            (902, 902, "data-sale"),
            (903, 902, "no-refund"),
            (904, 903, "location-data"),
        ):
            record = a_record(id=f"CL-P-{number:06}", document=f"CL-D-{document:06}", clause_type=kind)
            await save(connection, record)
        await connection.execute(
            sa.update(provision).where(provision.c.id == "CL-P-000904").values(live=False)
        )
        counted = await count_prevalence(connection)
    assert counted.entities_tracked == 3
    assert counted.entities_with == {"data-sale": 2, "no-refund": 1}
