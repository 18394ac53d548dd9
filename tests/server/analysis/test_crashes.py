"""Killed at any moment, an archive has lost nothing that was acknowledged, and verifies clean."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from captures import CHANGES, SALE, SHARING, capture, page
from clauselight.analysis.verification import verify
from clauselight.store.engine import migrate
from clauselight.store.versions import versions_of
from crashes import START, kill_many


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    file = tmp_path / "archive.sqlite"
    migrate(file)
    outcome = kill_many(file, 12, longest=1.0)
    assert outcome.acknowledged > 5, "the processes had time to write"
    assert outcome.missing == 0
    assert outcome.failures == []


async def test_a_full_disk_loses_nothing_and_says_so(empty_archive: AsyncEngine) -> None:
    await capture(empty_archive, page(SALE, SHARING), START)
    async with empty_archive.connect() as connection:
        pages = int(await connection.scalar(sa.text("PRAGMA page_count")) or 0)

    @sa.event.listens_for(empty_archive.sync_engine, "begin")
    def _no_room(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + room}")

    room = 1
    with pytest.raises(sa.exc.OperationalError, match="full"):
        await capture(empty_archive, page(SALE, SHARING, CHANGES), START + dt.timedelta(days=1))
    room = 10_000
    async with empty_archive.connect() as connection:
        _, versions = await versions_of(connection, "CL-D-000900")
        assert versions == 1
        assert (await verify(connection, today=START.date())).failures == []
    recorded = await capture(empty_archive, page(SALE, SHARING, CHANGES), START + dt.timedelta(days=2))
    assert recorded.version == 2
