"""The due list worked off: one worker a document, one page at a time a host, later when it fails.

Leases stand in the database, so that several servers on one archive share the work, and a worker that died
leaves its document to the next one once its lease has run out.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
import os
import random
import socket
import uuid
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from clauselight.analysis.captured import Recorded
from clauselight.capture.capturer import Render
from clauselight.capture.problems import CaptureProblem, FetchRefused
from clauselight.store.captures import CaptureOutcome
from clauselight.store.documents import get_document
from clauselight.store.watches import Watch, due_watches, lease_watch, next_due, settle_watch

from .capturing import DocumentCapturer

log = logging.getLogger("clauselight.monitor")

LOOK_AT_MOST: Final = 200
"""Due documents looked at in one go: enough to find some on different hosts."""

SLEEP_AT_MOST: Final = 60.0
"""Seconds between two looks at the due list when nothing is due: another process may have added something."""

JITTER: Final = 0.1
"""Share of an interval by which the next capture comes earlier or later, so that what was added together does
not stay together."""

FIRST_RETRY: Final = dt.timedelta(hours=1)
LAST_RETRY: Final = dt.timedelta(days=7)
"""A failing document is tried again after an hour, then after twice the time each time, up to a week."""

Clock = Callable[[], dt.datetime]


def now() -> dt.datetime:
    """The time in UTC."""
    return dt.datetime.now(dt.UTC)


class Schedule:
    """Works off the due list. `concurrent`: documents captured at the same time, each on another host."""

    def __init__(
        self,
        engine: AsyncEngine,
        capturer: DocumentCapturer,
        *,
        concurrent: int = 8,
        clock: Clock = now,
        captured: Callable[[], None] = lambda: None,
    ) -> None:
        self._engine = engine
        self._capturer = capturer
        self._concurrent = concurrent
        self._clock = clock
        self._captured = captured
        self.worker = f"{socket.gethostname()[:30]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self._running: dict[asyncio.Task[None], str] = {}

    async def run(self) -> None:
        """Work until cancelled; what was begun is then given back."""
        try:
            while True:
                await self._start_due()
                wait = await self._until_next()
                if self._running:
                    await asyncio.wait(self._running, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
                else:
                    await asyncio.sleep(wait)
        finally:
            await self._stop()

    async def run_due(self) -> int:
        """Capture all that is due now, and return how many documents that were."""
        count = 0
        try:
            while started := await self._start_due():
                count += started
                while self._running:
                    await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
                    count += await self._start_due()
        finally:
            await self._stop()
        return count

    async def _start_due(self) -> int:
        """Lease and start what is due, on hosts that nothing is running on."""
        free = self._concurrent - len(self._running)
        if free <= 0:
            return 0
        moment = self._clock()
        started = 0
        async with self._engine.connect() as connection:
            due = await due_watches(connection, moment, limit=LOOK_AT_MOST)
        busy = set(self._running.values())
        for one in due:
            host = urlsplit(one.url).hostname or ""
            if started == free:
                break
            if host in busy or not await self._lease(one, moment):
                continue
            busy.add(host)
            task = asyncio.create_task(self._work(one))
            self._running[task] = host
            task.add_done_callback(self._running.pop)
            started += 1
        return started

    async def _lease(self, one: Watch, moment: dt.datetime) -> bool:
        async with self._engine.begin() as connection:
            return await lease_watch(connection, one.document_id, self.worker, moment=moment)

    async def _work(self, one: Watch) -> None:
        try:
            await self._capture(one)
        except asyncio.CancelledError:
            await asyncio.shield(self._give_back(one))
            raise
        except Exception:
            # Our own fault, or the archive's: the document is tried later, and the others go on.
            log.exception("the capture of %s failed", one.document_id)
            with contextlib.suppress(Exception):
                async with self._engine.begin() as connection:
                    await self._settle(connection, one, failed=True, retry_after=None)

    async def _capture(self, one: Watch) -> None:
        async with self._engine.connect() as connection:
            document = await get_document(connection, one.document_id)
        if document is None:
            return
        render: Render = "always" if one.render == "always" else "never" if one.render == "never" else "auto"

        async def settle(
            connection: AsyncConnection, recorded: Recorded, problem: CaptureProblem | None
        ) -> None:
            # A refusal of ours stays one until something is changed: trying more often helps nobody.
            refused = isinstance(problem, FetchRefused)
            failed = recorded.outcome is CaptureOutcome.PROBLEM and not refused
            asked = problem.retry_after if problem else None
            await self._settle(connection, one, failed=failed, retry_after=asked)

        recorded = await self._capturer.capture(document, one.url, render=render, settle=settle)
        what = recorded.problem[0] if recorded.problem else str(recorded.kind or "unchanged")
        log.info("captured %s: %s", one.document_id, what)
        self._captured()

    async def _settle(
        self, connection: AsyncConnection, one: Watch, *, failed: bool, retry_after: float | None
    ) -> bool:
        moment = self._clock()
        failures = one.failures + 1 if failed else 0
        wait = back_off(failures) if failed else dt.timedelta(seconds=one.interval_seconds)
        wait *= random.uniform(1 - JITTER, 1 + JITTER)
        if retry_after is not None:
            wait = max(wait, dt.timedelta(seconds=min(retry_after, LAST_RETRY.total_seconds())))
        return await settle_watch(
            connection,
            one.document_id,
            self.worker,
            moment=moment,
            due_at=moment + wait,
            failures=failures,
        )

    async def _give_back(self, one: Watch) -> None:
        async with self._engine.begin() as connection:
            await settle_watch(
                connection,
                one.document_id,
                self.worker,
                moment=one.last_tried_at or self._clock(),
                due_at=one.due_at,
                failures=one.failures,
            )

    async def _until_next(self) -> float:
        async with self._engine.connect() as connection:
            due = await next_due(connection)
        if due is None:
            return SLEEP_AT_MOST
        # What is due already waits for a host or for another worker's lease.
        return min(max((due - self._clock()).total_seconds(), 1.0), SLEEP_AT_MOST)

    async def _stop(self) -> None:
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)


def back_off(failures: int) -> dt.timedelta:
    """How long a document rests after so many failures in a row (at least one)."""
    return min(FIRST_RETRY * int(2 ** min(failures - 1, 20)), LAST_RETRY)
