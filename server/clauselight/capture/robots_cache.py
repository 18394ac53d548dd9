"""What hosts say in robots.txt, asked once a day.

An answer of 200 is read; 4xx means that all is allowed; anything else, and no answer, means that nothing is
until it can be read (RFC 9309, 2.3.1). 429 is "too busy" and no permission: there we are stricter than the
standard.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from .problems import CaptureProblem, FetchRefused
from .robots import Robots, parse_robots

FRESH: Final = 24 * 3600.0
"""Seconds; the standard's longest."""
TRIED: Final = 5 * 60.0
"""Seconds until a robots.txt that could not be read is asked for again."""
MOST_HOSTS: Final = 10_000

_HOST_ITSELF: Final = frozenset({"name-unknown", "certificate", "proxy", "host-on-hold"})
"""Problems of a host whose pages cannot be had either: they are told as they are, and not remembered."""

Fetch = Callable[[str], Awaitable[tuple[int, bytes]]]
"""From an origin to the status and body of its robots.txt. Raises CaptureProblem."""


@dataclass(slots=True)
class _Known:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    until: float = 0.0
    robots: Robots | None = None
    sentence: str = ""


class RobotsCache:
    """The rules of hosts for the crawler named `product`."""

    def __init__(self, fetch: Fetch, product: str) -> None:
        self._fetch = fetch
        self._product = product
        self._known: dict[str, _Known] = {}

    async def of(self, origin: str) -> Robots:
        """The rules of an origin (`https://shop.example`). Raises FetchRefused (`robots-unreachable`,
        `address-...`), FetchFailed."""
        known = self._known.get(origin)
        if known is None:
            while len(self._known) >= MOST_HOSTS:
                del self._known[next(iter(self._known))]
            known = self._known[origin] = _Known()
        async with known.lock:
            if known.until <= time.monotonic():
                await self._ask(origin, known)
        if known.robots is None:
            raise FetchRefused("robots-unreachable", known.sentence)
        return known.robots

    async def _ask(self, origin: str, known: _Known) -> None:
        known.robots = None
        try:
            status, body = await self._fetch(origin)
        except CaptureProblem as problem:
            own = problem.url is None or problem.url.startswith(f"{origin}/")
            if own and (problem.kind in _HOST_ITSELF or problem.kind.startswith("address-")):
                raise
            known.sentence = f"Whether programs may read the page cannot be asked: {problem.sentence}"
        else:
            if status == 200:
                known.robots = parse_robots(body, self._product)
            elif 400 <= status < 500 and status != 429:
                known.robots = Robots()
            known.sentence = (
                f"Whether programs may read the page cannot be asked: its robots.txt answered {status}."
            )
        known.until = time.monotonic() + (FRESH if known.robots is not None else TRIED)
