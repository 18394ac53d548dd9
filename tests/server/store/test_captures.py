"""Captures and the versions that some of them made, and when documents are due."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from clauselight.store.captures import (
    Capture,
    CaptureMethod,
    CaptureOutcome,
    captures_of,
    newest_capture,
    save_capture,
)
from clauselight.store.documents import save_documents
from clauselight.store.engine import ArchiveUnusable
from clauselight.store.history_tables import version
from clauselight.store.snapshots import Snapshot, save_snapshot
from clauselight.store.versions import (
    Version,
    VersionKind,
    count_versions,
    get_version,
    newest_version,
    save_version,
    text_hash,
    version_text,
    versions_of,
)
from clauselight.store.watches import Watch, due_watches, get_watch, lease_watch, save_watch, settle_watch
from records import a_document

NOON = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
DOCUMENT = "CL-D-000900"
ADDRESS = "https://a.example/privacy"
TEXT = "Privacy\nWe sell “data” 数据.\n"


async def keep(connection: AsyncConnection, number: int, text: str) -> None:
    sha256 = await save_snapshot(connection, Snapshot(DOCUMENT, ADDRESS, NOON, "text/plain", text.encode()))
    taken = Capture(
        DOCUMENT,
        ADDRESS,
        f"{ADDRESS}/final",
        NOON + dt.timedelta(days=number),
        CaptureMethod.FETCHED,
        CaptureOutcome.VERSION,
        version=number,
        status=200,
        snapshot_sha256=sha256,
        headers={"content-type": "text/plain"},
        etag='"1"',
    )
    identity = await save_capture(connection, taken)
    kind = VersionKind.FIRST if number == 1 else VersionKind.SUBSTANTIVE
    made = Version(
        DOCUMENT,
        number,
        identity,
        taken.started_at,
        sha256,
        text_hash(text),
        "en",
        len(text.split()),
        kind,
        "What changed.",
        {"added": number},
    )
    await save_version(connection, made, text)


async def test_captures_and_versions_come_back(empty_archive: AsyncEngine) -> None:
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document()])
        await keep(connection, 1, TEXT)
        await keep(connection, 2, TEXT + "More.")
        problem = Capture(
            DOCUMENT,
            ADDRESS,
            ADDRESS,
            NOON,
            CaptureMethod.RENDERED,
            CaptureOutcome.PROBLEM,
            problem="login",
            sentence="The page asks for a login.",
        )
        await save_capture(connection, problem)
    async with empty_archive.connect() as connection:
        newest = await newest_capture(connection, DOCUMENT)
        assert newest is not None and newest.id == 3 and newest.problem == "login"
        good = await newest_capture(connection, DOCUMENT, outcomes=(CaptureOutcome.VERSION,))
        assert good is not None and good.version == 2 and good.started_at == NOON + dt.timedelta(days=2)
        assert good.headers == {"content-type": "text/plain"}
        taken, total = await captures_of(connection, DOCUMENT, limit=2, offset=1)
        assert ([one.id for one in taken], total) == ([2, 1], 3)

        last = await newest_version(connection, DOCUMENT)
        assert last is not None and (last.number, last.url, last.method) == (2, f"{ADDRESS}/final", "fetched")
        assert last.counts == {"added": 2} and last.kind is VersionKind.SUBSTANTIVE
        assert await version_text(connection, DOCUMENT, 1) == TEXT
        assert await version_text(connection, DOCUMENT, 3) is None
        assert await get_version(connection, DOCUMENT, 3) is None
        assert [one.number for one in (await versions_of(connection, DOCUMENT))[0]] == [2, 1]
        assert await count_versions(connection) == {"first": 1, "substantive": 1}


async def test_a_damaged_text_is_said_and_not_shown(empty_archive: AsyncEngine) -> None:
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document()])
        await keep(connection, 1, TEXT)
        await connection.execute(sa.update(version).values(text=b"\x78\x9cnonsense"))
        with pytest.raises(ArchiveUnusable, match="version 1 of CL-D-000900"):
            await version_text(connection, DOCUMENT, 1)


async def test_one_worker_at_a_time_has_what_is_due(empty_archive: AsyncEngine) -> None:
    later, hour = NOON + dt.timedelta(days=1), dt.timedelta(hours=1)
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document(number) for number in (900, 901, 902, 903)])
        first = Watch(DOCUMENT, ADDRESS, NOON, 86_400)
        await save_watch(connection, first)
        await save_watch(connection, Watch("CL-D-000901", ADDRESS, NOON - hour, 86_400))
        await save_watch(connection, Watch("CL-D-000902", ADDRESS, later, 86_400))
        await save_watch(connection, Watch("CL-D-000903", ADDRESS, NOON, 86_400, enabled=False))
        due = await due_watches(connection, NOON, limit=10)
        assert [one.document_id for one in due] == ["CL-D-000901", DOCUMENT]
        assert await get_watch(connection, DOCUMENT) == first
        assert await lease_watch(connection, DOCUMENT, "one", moment=NOON)
        assert not await lease_watch(connection, DOCUMENT, "two", moment=NOON)
        assert [one.document_id for one in await due_watches(connection, NOON, limit=10)] == ["CL-D-000901"]
        # A worker that died lets go by itself.
        assert await lease_watch(connection, DOCUMENT, "two", moment=NOON + hour)


async def test_a_clock_that_was_set_back_keeps_nothing_from_being_due(empty_archive: AsyncEngine) -> None:
    ahead = NOON + dt.timedelta(days=400)
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document(900), a_document(901)])
        for document in (DOCUMENT, "CL-D-000901"):
            await save_watch(connection, Watch(document, ADDRESS, ahead, 86_400))
            assert await lease_watch(connection, document, "one", moment=ahead)
        tomorrow = ahead + dt.timedelta(days=1)
        assert await settle_watch(connection, DOCUMENT, "one", moment=ahead, due_at=tomorrow, failures=0)
        assert [one.document_id for one in await due_watches(connection, NOON, limit=10)] == [DOCUMENT]
        # The worker of the other one died, at a time to come.
        assert await lease_watch(connection, "CL-D-000901", "two", moment=NOON)


async def test_watching_anew_what_is_being_captured_takes_nobody_off_it(empty_archive: AsyncEngine) -> None:
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document(900)])
        await save_watch(connection, Watch(DOCUMENT, ADDRESS, NOON, 86_400))
        assert await lease_watch(connection, DOCUMENT, "one", moment=NOON)
        await save_watch(connection, Watch(DOCUMENT, ADDRESS, NOON, 3_600, render="always"))
        assert await due_watches(connection, NOON, limit=10) == []
        kept = await get_watch(connection, DOCUMENT)
    assert kept is not None and (kept.interval_seconds, kept.leased_by) == (3_600, "one")
