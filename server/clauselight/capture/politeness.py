"""One request at a time to a host, with a pause after each, and not too many hosts at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from .problems import FetchRefused

LONGEST_WAIT: Final = 60.0
"""Seconds that a request waits for a host that asked to be left alone; for more, one must come again."""
LONGEST_HOLD: Final = 24 * 3600.0
"""A Retry-After of more than a day is taken for a day: the site may have come back long before."""
MOST_HOSTS: Final = 10_000
"""Hosts remembered; those that may be asked again are forgotten first."""


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    not_before: float = 0.0
    users: int = 0


class Politeness:
    """Turns for hosts. `delay` and the rest in seconds; the clock is monotonic."""

    def __init__(self, delay: float, concurrent: int) -> None:
        self._delay = delay
        self._together = asyncio.Semaphore(concurrent)
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, *, delay: float = 0.0) -> AsyncIterator[None]:
        """Wait for one's turn at a host; the pause after it is the longer one of `delay` and ours.

        Raises FetchRefused (`host-on-hold`, with `retry_after`) when the host asked for a longer silence.
        """
        state = self._state(host)
        state.users += 1
        try:
            async with state.lock:
                wait = state.not_before - time.monotonic()
                if wait > LONGEST_WAIT:
                    raise FetchRefused(
                        "host-on-hold",
                        f"{host} asked to be left alone for another {wait:,.0f} seconds.",
                        retry_after=wait,
                    )
                if wait > 0:
                    await asyncio.sleep(wait)
                async with self._together:
                    try:
                        yield
                    finally:
                        pause = max(self._delay, delay)
                        state.not_before = max(state.not_before, time.monotonic() + pause)
        finally:
            state.users -= 1

    def hold(self, host: str, seconds: float) -> None:
        """Ask nothing of a host for some time, as it said itself (Retry-After)."""
        state = self._state(host)
        state.not_before = max(state.not_before, time.monotonic() + min(max(seconds, 0.0), LONGEST_HOLD))

    def _state(self, host: str) -> _Host:
        if host not in self._hosts:
            if len(self._hosts) >= MOST_HOSTS:
                self._forget()
            self._hosts[host] = _Host()
        return self._hosts[host]

    def _forget(self) -> None:
        now = time.monotonic()
        for host, state in list(self._hosts.items()):
            if not state.users and state.not_before <= now:
                del self._hosts[host]
