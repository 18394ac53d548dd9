"""One request at a time to a host, with a pause after each; hosts that ask for silence get it."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise

import pytest

from clauselight.capture import politeness
from clauselight.capture.politeness import LONGEST_HOLD, Politeness
from clauselight.capture.problems import FetchRefused


async def test_a_host_has_one_request_at_a_time_with_a_pause_after_it() -> None:
    manners = Politeness(0.1, 8)
    spans: list[tuple[float, float]] = []

    async def ask() -> None:
        async with manners.turn("a.example"):
            began = time.monotonic()
            await asyncio.sleep(0.02)
            spans.append((began, time.monotonic()))

    await asyncio.gather(*(ask() for _ in range(4)))
    for (_, ended), (began, _) in pairwise(spans):
        assert began - ended >= 0.099


async def test_hosts_do_not_wait_for_each_other_until_the_limit() -> None:
    manners = Politeness(0.5, 3)
    now = most = 0

    async def ask(host: str) -> None:
        nonlocal now, most
        async with manners.turn(host):
            now += 1
            most = max(most, now)
            await asyncio.sleep(0.02)
            now -= 1

    began = time.monotonic()
    await asyncio.gather(*(ask(f"{n}.example") for n in range(9)))
    assert most == 3
    assert time.monotonic() - began < 0.4


async def test_a_host_that_waits_takes_no_place_of_others() -> None:
    manners = Politeness(0.3, 1)
    async with manners.turn("a.example"):
        pass
    waiting = asyncio.create_task(manners.turn("a.example").__aenter__())
    await asyncio.sleep(0.01)
    began = time.monotonic()
    async with manners.turn("b.example"):
        assert time.monotonic() - began < 0.2
    await waiting


async def test_the_longer_pause_counts() -> None:
    manners = Politeness(0.01, 8)
    async with manners.turn("a.example", delay=0.2):
        began = time.monotonic()
    async with manners.turn("a.example"):
        assert time.monotonic() - began >= 0.19


async def test_a_short_hold_is_waited_for_and_a_long_one_refused() -> None:
    manners = Politeness(0.0, 8)
    manners.hold("a.example", 0.1)
    began = time.monotonic()
    async with manners.turn("a.example"):
        assert time.monotonic() - began >= 0.099
    manners.hold("a.example", 10**9)
    with pytest.raises(FetchRefused) as refused:
        async with manners.turn("a.example"):
            raise AssertionError("not reached")
    assert refused.value.kind == "host-on-hold"
    assert LONGEST_HOLD - 10 < (refused.value.retry_after or 0) <= LONGEST_HOLD


async def test_a_turn_that_failed_or_was_given_up_frees_the_host() -> None:
    manners = Politeness(0.0, 1)
    with pytest.raises(ZeroDivisionError):
        async with manners.turn("a.example"):
            1 / 0  # noqa: B018
    holder = asyncio.create_task(asyncio.sleep(0))
    await holder

    async def long() -> None:
        async with manners.turn("a.example"):
            await asyncio.sleep(60)

    task = asyncio.create_task(long())
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(1), manners.turn("a.example"):
        pass


async def test_hosts_are_forgotten_when_they_may_be_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(politeness, "MOST_HOSTS", 3)
    manners = Politeness(0.0, 8)
    manners.hold("held.example", 100)
    for n in range(20):
        async with manners.turn(f"{n}.example"):
            pass
    assert len(manners._hosts) <= 4
    assert "held.example" in manners._hosts
