"""What a capture notes beside the records: where words were seen last, and how the document stands."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.contract.vocabulary import CaptureMethod, HashBasis
from clauselight.store.captures import Capture, CaptureOutcome, save_capture
from clauselight.store.documents import get_document, save_documents
from clauselight.store.provision_rows import METHOD_NOTES, stored_hashes
from clauselight.store.provisions import get_provision, save_provision, stored_provisions
from clauselight.store.sightings import Sighting, note_sightings, note_state, note_verification
from clauselight.store.snapshots import Snapshot, save_snapshot
from clauselight.store.tables import change_record, provision
from clauselight.store.versions import Version, VersionKind, save_version, text_hash
from records import PAGE, PAGE_FACTS, a_document, a_record

SEEN = dt.datetime(2026, 11, 3, 6, 30, tzinfo=dt.UTC)
LATER = SEEN + dt.timedelta(days=4)
DOCUMENT, PROVISION = "CL-D-000900", "CL-P-000900"
TEXT = "We sell your data to anybody who asks."


@pytest.fixture
async def followed(empty_archive: AsyncEngine) -> AsyncEngine:
    """An archive with one record whose words were seen in one fetched version."""
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document()])
        await save_provision(connection, a_record(), today=SEEN.date(), snapshot=PAGE_FACTS)
        address = "https://a.example/final"
        sha256 = await save_snapshot(connection, Snapshot(DOCUMENT, address, SEEN, "text/html", PAGE + b" "))
        taken = Capture(
            DOCUMENT, address, address, SEEN, CaptureMethod.FETCHED, CaptureOutcome.VERSION, version=1
        )
        identity = await save_capture(connection, taken)
        await save_version(
            connection,
            Version(
                DOCUMENT,
                1,
                identity,
                SEEN,
                sha256,
                text_hash(TEXT),
                "en",
                8,
                VersionKind.FIRST,
                "First captured.",
                {},
            ),
            TEXT,
        )
        await note_sightings(connection, [Sighting(PROVISION, 0, len(TEXT))], version=1, moment=SEEN)
        await note_state(connection, DOCUMENT, verified=SEEN, changed=SEEN, version=1, moment=SEEN)
    return empty_archive


async def test_a_record_says_where_its_words_were_seen_last(followed: AsyncEngine) -> None:
    async with followed.connect() as connection:
        record = await get_provision(connection, PROVISION)
        document = await get_document(connection, DOCUMENT)
    assert record is not None and record.quote is not None and record.quote.position is not None
    assert (record.quote.position.start, record.quote.position.end) == (0, len(TEXT))
    assert (record.history.last_seen, record.history.last_verified) == (SEEN.date(), SEEN.date())
    proven = record.provenance
    assert (proven.source_url, proven.captured_at) == ("https://a.example/final", SEEN)
    assert proven.sha256 != PAGE_FACTS.sha256 and proven.sha256_basis is HashBasis.COMPUTED
    assert (proven.hash_verified_at, proven.quote_verified_at) == (SEEN, SEEN)
    assert proven.note == METHOD_NOTES["fetched"] and not proven.change_verified
    assert document is not None
    assert (document.version, document.last_changed, document.last_verified) == (1, SEEN, SEEN)


async def test_finding_the_page_unchanged_moves_the_dates_on(followed: AsyncEngine) -> None:
    async with followed.begin() as connection:
        await note_verification(connection, DOCUMENT, version=1, moment=LATER, automatic_only=False)
        await note_state(connection, DOCUMENT, verified=LATER, moment=LATER)
        record = await get_provision(connection, PROVISION)
        document = await get_document(connection, DOCUMENT)
    assert record is not None and record.history.last_verified == LATER.date()
    assert record.provenance.captured_at == SEEN
    assert document is not None
    assert (document.last_changed, document.last_verified) == (SEEN, LATER)


async def test_a_sent_page_verifies_nothing_that_a_person_recorded(followed: AsyncEngine) -> None:
    async with followed.begin() as connection:
        await note_verification(connection, DOCUMENT, version=1, moment=LATER, automatic_only=True)
        record = await get_provision(connection, PROVISION)
    assert record is not None and record.history.last_verified == SEEN.date()


async def test_loading_a_record_again_takes_no_sighting_away(followed: AsyncEngine) -> None:
    async with followed.begin() as connection:
        before = await get_provision(connection, PROVISION)
        await save_provision(connection, a_record(), today=SEEN.date(), snapshot=PAGE_FACTS)
        assert await get_provision(connection, PROVISION) == before
        (row,) = await stored_provisions(connection, DOCUMENT)
    assert (row.live, row.seen_version, row.start) == (True, 1, 0)


async def test_problems_last_since_the_first_in_a_row(followed: AsyncEngine) -> None:
    async with followed.begin() as connection:
        await note_state(connection, DOCUMENT, problem=("login", "A login."), moment=SEEN)
        await note_state(connection, DOCUMENT, problem=("login", "A login again."), moment=LATER)
        failing = await get_document(connection, DOCUMENT)
        await note_state(connection, DOCUMENT, problem=("error-page", "An error."), moment=LATER)
        other = await get_document(connection, DOCUMENT)
        await note_state(connection, DOCUMENT, verified=LATER, moment=LATER)
        well = await get_document(connection, DOCUMENT)
    assert failing is not None and failing.capture_problem is not None and well is not None
    problem = failing.capture_problem
    assert (problem.kind, problem.sentence, problem.since) == ("login", "A login again.", SEEN)
    assert failing.last_verified == SEEN
    assert other is not None and other.capture_problem is not None
    assert other.capture_problem.since == LATER
    assert well.capture_problem is None


@pytest.mark.parametrize(
    "statement",
    [
        sa.update(provision).values(record=sa.func.replace(provision.c.record, "anybody", "anyb0dy")),
        sa.update(change_record).values(summary="Another."),
        sa.update(change_record).values(severity_to="low"),
        sa.update(provision).values(sha256="0" * 64),
    ],
    ids=["record", "summary", "severity", "hash"],
)
async def test_a_changed_record_does_not_fit_its_hash(followed: AsyncEngine, statement: sa.Update) -> None:
    async with followed.begin() as connection:
        assert [stored == now async for _, stored, now in stored_hashes(connection)] == [True]
        await connection.execute(statement)
        assert [stored == now async for _, stored, now in stored_hashes(connection)] == [False]
