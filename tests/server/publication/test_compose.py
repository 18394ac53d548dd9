"""What is counted, compared and computed for readers, against counts made here from the archive's rows."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.contract.provision import Provision
from clauselight.publication.compose import Composition, Site, compose
from clauselight.settings import Settings
from clauselight.store.documents import mark_analysed, save_documents
from clauselight.store.provisions import save_provision
from records import PAGE_FACTS, a_change, a_document, a_record

TODAY = dt.date(2026, 11, 22)
NOWHERE = Site(None, (), ())


@pytest.fixture
async def composition(archive: AsyncEngine) -> Composition:
    return await compose(archive, NOWHERE)


def provisions(composition: Composition) -> dict[str, Provision]:
    return {one.id: one for annotation_set in composition.sets for one in annotation_set.provisions}


@pytest.fixture
def stored(data_copy: Path) -> dict[str, dict[str, Any]]:
    """The archive's live records, read with plain SQL: entity, analysed, type, severity, quote."""
    with closing(sqlite3.connect(Settings(data=data_copy).archive_file)) as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute(
            "SELECT p.id, p.clause_type, p.severity, p.record, d.entity_id AS entity, d.analysed_at AS read,"
            " d.id AS document FROM provision p JOIN document d ON d.id = p.document_id WHERE p.live"
        ).fetchall()
    return {row["id"]: {**dict(row), "record": json.loads(row["record"])} for row in rows}


def test_every_live_record_is_published_once(
    composition: Composition, stored: dict[str, dict[str, Any]]
) -> None:
    published = [one.id for annotation_set in composition.sets for one in annotation_set.provisions]
    assert sorted(published) == sorted(stored)


def test_prevalence_is_what_is_counted_here(
    composition: Composition, stored: dict[str, dict[str, Any]], data_copy: Path
) -> None:
    with closing(sqlite3.connect(Settings(data=data_copy).archive_file)) as connection:
        tracked = {
            entity
            for entity, read in connection.execute("SELECT entity_id, analysed_at FROM document")
            if read is not None
        }
    having = defaultdict(set)
    for row in stored.values():
        if row["read"] is not None:
            having[row["clause_type"]].add(row["entity"])
    for one in provisions(composition).values():
        shown = one.context.prevalence
        assert (shown.entities_with, shown.entities_tracked) == (
            len(having[one.clause_type.id]),
            len(tracked),
        )
        assert shown.entities_with >= 1, "its own entity has it"
    for answer in composition.clause_types:
        assert answer.prevalence is not None
        assert answer.prevalence.entities_with == len(having[answer.clause_type.id])
        assert answer.prevalence.entities_tracked == len(tracked)


def test_examples_are_of_the_same_type_with_their_own_quote_and_of_others(
    composition: Composition, stored: dict[str, dict[str, Any]]
) -> None:
    shown = 0
    for one in provisions(composition).values():
        entities = set()
        for example in one.context.examples:
            row = stored[example.provision]
            assert row["clause_type"] == one.clause_type.id
            assert row["record"]["quote"]["selector"]["exact"] == example.quote
            assert row["severity"] == example.severity
            assert row["entity"] != one.entity.id
            assert row["entity"] not in entities
            entities.add(row["entity"])
            shown += 1
        others = {
            row["entity"]
            for row in stored.values()
            if row["clause_type"] == one.clause_type.id
            and row["record"].get("quote")
            and row["entity"] != one.entity.id
        }
        assert len(entities) == min(3, len(others))
    assert shown > 0


def test_siblings_are_the_other_provisions_of_the_document(
    composition: Composition, stored: dict[str, dict[str, Any]]
) -> None:
    order = ["critical", "high", "medium", "low", "protective"]
    for one in provisions(composition).values():
        others = [
            (order.index(row["severity"]), identity)
            for identity, row in stored.items()
            if row["document"] == one.document.id and identity != one.id
        ]
        assert [sibling.id for sibling in one.context.siblings] == [
            identity for _, identity in sorted(others)
        ]


def test_the_worst_stands_first(composition: Composition) -> None:
    order = ["critical", "high", "medium", "low", "protective"]
    for annotation_set in composition.sets:
        ranks = [(order.index(one.severity), one.id) for one in annotation_set.provisions]
        assert ranks == sorted(ranks)


def test_the_severity_shown_is_where_the_history_ends(composition: Composition) -> None:
    for one in provisions(composition).values():
        assert one.history.changes[-1].severity_to is one.severity


def test_permalinks_are_paths_without_a_public_address(composition: Composition) -> None:
    for one in provisions(composition).values():
        assert one.permalink == one.citation.permalink == f"/provisions/{one.id}/{one.slug}"


async def test_permalinks_are_absolute_with_a_public_address(archive: AsyncEngine) -> None:
    origin = "https://clauses.example/base"
    made = await compose(archive, Site(origin, (origin,), (("CL-D-000002", "/demo/terms"),)))
    for one in provisions(made).values():
        assert one.permalink == f"{origin}/provisions/{one.id}/{one.slug}"
        assert one.permalink in one.citation.text
    by_id = {annotation_set.document.id: annotation_set for annotation_set in made.sets}
    assert f"{origin}/demo/terms" in by_id["CL-D-000002"].addresses
    assert by_id["CL-D-000001"].addresses == by_id["CL-D-000001"].document.urls


def test_unread_documents_have_no_provisions(composition: Composition) -> None:
    unread = [one for one in composition.sets if one.document.analysed_at is None]
    assert len(unread) > 1_800
    assert all(one.provisions == [] for one in unread)


async def test_an_empty_archive_has_a_publication_too(empty_archive: AsyncEngine) -> None:
    made = await compose(empty_archive, NOWHERE)
    assert made.sets == []
    assert made.clause_types
    assert all(answer.prevalence is None and answer.examples == [] for answer in made.clause_types)


async def test_history_is_computed_from_dates_and_changes(empty_archive: AsyncEngine) -> None:
    changes = [
        a_change("2026-01-31", "added", "low"),
        a_change("2026-03-01", "moved", "low"),
        a_change("2026-04-01", "modified", "medium", "low"),
        a_change("2026-06-01", "modified", "high", "medium"),
    ]
    record = a_record(
        history__first_seen="2026-01-31",
        history__last_verified="2026-10-30",
        history__last_seen="2026-10-30",
        history__changes=changes,
    )
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document()])
        await mark_analysed(connection, "CL-D-000900", dt.datetime(2026, 5, 1, tzinfo=dt.UTC))
        await save_provision(connection, record, today=TODAY, snapshot=PAGE_FACTS)
    (one,) = provisions(await compose(empty_archive, NOWHERE)).values()
    assert one.history.months_monitored == 8  # 31 January to 30 October: the ninth is not over
    assert one.history.change_count == 2
    assert one.history.stability == "volatile"
    assert one.disputes.open == one.disputes.upheld == one.disputes.rejected == 0
