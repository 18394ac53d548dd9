"""Processes that capture and are killed: what they said was written must be there afterwards.

A child is forked from a process that has everything loaded, so that the kill falls into its writing and not
into its start. It captures one document after another, version after version, and names every capture on a
pipe once its transaction is committed.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import random
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import sqlalchemy as sa

from captures import ARBITRATION, CHANGES, KEEPING, SALE, SHARING, capture, page
from clauselight.analysis.classify import load_classifier
from clauselight.analysis.verification import Failure, verify
from clauselight.store.engine import open_archive
from clauselight.store.history_tables import capture as captures
from records import a_document

CLAUSES = (SALE, SHARING, ARBITRATION, CHANGES, KEEPING)
START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
DOCUMENTS = 5


@dataclass
class Outcome:
    """What came of many kills: captures that were acknowledged, those of them that are missing, and what
    `verify` finds in the end."""

    kills: int
    acknowledged: int
    missing: int
    captured: int
    failures: list[Failure]


def _child(file: Path, pipe: int, seed: int) -> NoReturn:
    async def work() -> None:
        chance = random.Random(seed)
        engine = open_archive(file)
        while True:
            number = chance.randrange(DOCUMENTS)
            clauses = chance.sample(CLAUSES, chance.randrange(2, len(CLAUSES)))
            document = a_document(900 + number, "abcde"[number])
            moment = START + dt.timedelta(seconds=time.time_ns() // 1_000_000 % 20_000_000)
            recorded = await capture(engine, page(*clauses), moment, document)
            os.write(pipe, f"{recorded.capture_id}\n".encode())

    asyncio.run(work())
    os._exit(0)


def kill_many(file: Path, kills: int, *, seed: int = 1, longest: float = 0.4) -> Outcome:
    """Start and kill `kills` processes, each after a random time up to `longest` seconds."""
    load_classifier()  # once for all children
    chance = random.Random(seed)
    acknowledged: set[int] = set()
    for number in range(kills):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _child(file, writing, seed * 100_000 + number)
        os.close(writing)
        time.sleep(chance.uniform(0.01, longest))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said = b""
        while some := os.read(reading, 65_536):
            said += some
        os.close(reading)
        acknowledged |= {int(line) for line in said.split(b"\n")[:-1]}
    return asyncio.run(_judge(file, kills, acknowledged))


async def _judge(file: Path, kills: int, acknowledged: set[int]) -> Outcome:
    engine = open_archive(file)
    try:
        async with engine.connect() as connection:
            there = set((await connection.execute(sa.select(captures.c.id))).scalars())
            checked = await verify(connection, today=dt.datetime.now(dt.UTC).date())
    finally:
        await engine.dispose()
    missing = acknowledged - there
    return Outcome(kills, len(acknowledged), len(missing), len(there), checked.failures)
