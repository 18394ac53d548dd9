"""Writes disputes in batches: one transaction for all that arrive while the one before is being written.

A dispute is acknowledged when it is on disk (`synchronous=FULL`), so that none that a reporter was promised
is ever lost; a flood fills larger transactions instead of waiting in line for the disk. What a flood must
not do is publish: the counts on the records follow in small portions (`ANNOUNCED_EVERY`).
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import Final

from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.store.disputes import Filed, NewDispute, announce_disputes, file_disputes
from clauselight.store.engine import write_alone

MOST_WAITING: Final = 5_000
"""Disputes in memory that wait for their transaction. More are refused, not lost: whoever sent one is told
to come again. Thousands are written in a second."""

MOST_IN_ONE: Final = 200
"""Disputes in one transaction: a tenth of a second, in which nobody else can write."""

ANNOUNCED_EVERY: Final = 10.0
"""Seconds between publications of counts. The first dispute after a quiet time is told at once."""

ANNOUNCED_AT_ONCE: Final = 5
"""Documents whose counts are published at a time. tests/benchmarks/disputes.py shows what that costs."""


CLOSING_TAKES: Final = 10.0
"""Seconds in which what waits is written at the end; ordinary disks take a hundredth of it."""


class TooMany(Exception):
    """More disputes wait than are kept in memory."""


class DisputeWriter:
    """Takes disputes, answers each with its id when it is on disk."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._waiting: deque[tuple[NewDispute, asyncio.Future[Filed | None]]] = deque()
        self._arrived = asyncio.Event()
        self._written = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._closing = False

    def start(self) -> None:
        """Begin to write."""
        self._tasks = [asyncio.create_task(self._write()), asyncio.create_task(self._announce())]

    async def close(self) -> None:
        """Write what waits, then end."""
        if self._tasks:
            self._closing = True
            self._arrived.set()
            await asyncio.wait(self._tasks[:1], timeout=CLOSING_TAKES)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def file(self, new: NewDispute) -> Filed | None:
        """Store one dispute; returns when it is on disk, None when its label is not published. Raises
        TooMany, or what made the transaction fail."""
        if len(self._waiting) >= MOST_WAITING:
            raise TooMany
        written: asyncio.Future[Filed | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((new, written))
        self._arrived.set()
        # A client that hangs up does not take its dispute back.
        return await asyncio.shield(written)

    async def _write(self) -> None:
        while not self._closing:
            await self._arrived.wait()
            self._arrived.clear()
            while self._waiting:
                some = [self._waiting.popleft() for _ in range(min(MOST_IN_ONE, len(self._waiting)))]
                await self._write_some(some)

    async def _write_some(self, some: list[tuple[NewDispute, asyncio.Future[Filed | None]]]) -> None:
        try:
            async with self._engine.begin() as connection:
                await write_alone(connection)
                filed = await file_disputes(connection, [new for new, _ in some])
        except Exception as error:
            if len(some) > 1:  # one that cannot be stored takes no other with it
                for alone in some:
                    await self._write_some([alone])
                return
            for _, written in some:
                if not written.done():
                    written.set_exception(error)
                    written.exception()  # looked at, also when the client has gone
            return
        self._written.set()
        for (_, written), one in zip(some, filed, strict=True):
            if not written.done():
                written.set_result(one)

    async def _announce(self) -> None:
        told = ANNOUNCED_AT_ONCE  # what an earlier run of the server left
        while True:
            if told < ANNOUNCED_AT_ONCE:
                await self._written.wait()
            self._written.clear()
            with suppress(Exception):
                async with self._engine.begin() as connection:
                    told = await announce_disputes(connection, ANNOUNCED_AT_ONCE)
            if told:
                await asyncio.sleep(ANNOUNCED_EVERY)
