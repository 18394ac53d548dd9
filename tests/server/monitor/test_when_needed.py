"""What goes on beside a server begins when there is something to do, and says when it cannot."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.analysis.analyser import Analyser
from clauselight.monitor import service, when_needed
from clauselight.settings import Settings
from clauselight.store.documents import save_documents
from clauselight.store.watches import Watch, save_watch
from records import a_document


async def running(engine: AsyncEngine, settings: Settings) -> asyncio.Task[None]:
    analyser = Analyser(seconds=1, categories={})
    work = when_needed.beside(engine, settings, analyser, lock=asyncio.Lock(), origin="https://c.example")
    return asyncio.create_task(work)


async def watched(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await save_documents(connection, [a_document()])
        due = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
        await save_watch(connection, Watch("CL-D-000900", "https://a.example/privacy", due, 86_400))


async def test_an_exception_to_the_address_rules_that_is_none_is_said(
    empty_archive: AsyncEngine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await watched(empty_archive)
    task = await running(empty_archive, Settings(data=tmp_path, capture_allow=["wiki.lan:99999"]))
    await asyncio.wait_for(task, 10)
    assert "nothing is captured and nobody is told" in caplog.text
    assert "wiki.lan:99999" in caplog.text


async def test_what_stumbles_begins_again(
    empty_archive: AsyncEngine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await watched(empty_archive)
    tries = asyncio.Semaphore(0)

    async def stumble(*_: Any, **__: Any) -> None:
        tries.release()
        raise OSError("no thread can be started")

    monkeypatch.setattr(service, "watch_and_tell", stumble)
    monkeypatch.setattr(when_needed, "REST", 0.01)
    task = await running(empty_archive, Settings(data=tmp_path))
    for _ in range(3):
        await asyncio.wait_for(tries.acquire(), 10)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert "begin again" in caplog.text
