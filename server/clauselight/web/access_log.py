"""One line a request that says nothing about who asked for what.

No address, no query, no body, no identifier: method, the route's pattern (not the path), status, time.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Final

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger

ROUTE = web.RequestKey("route", str)
"""Where the middleware notes the route's pattern; a request that was refused while being read has none."""


WRITTEN_EVERY: Final = 0.2
"""Seconds after which the lines of the hot path are written, all at once."""

WRITTEN_SINGLY: Final = 16
"""Lines up to which each is a record of its own. Under load a record costs as much as answering a request."""


class BatchedAccessLog:
    """The same lines for answers of the hot path, gathered for a moment and written together."""

    def __init__(self, logger: logging.Logger) -> None:
        self._logger = logger
        self._lines: list[tuple[str, int, float]] = []

    def add(self, loop: asyncio.AbstractEventLoop, route: str, status: int, seconds: float) -> None:
        """Note one answer."""
        if not self._lines:
            loop.call_later(WRITTEN_EVERY, self.write)
        self._lines.append((route, status, seconds))

    def write(self) -> None:
        """Write what was gathered."""
        lines, self._lines = self._lines, []
        if not self._logger.isEnabledFor(logging.INFO):
            return
        written = [f"GET {route} {status} {seconds * 1000:.1f} ms" for route, status, seconds in lines]
        if len(written) <= WRITTEN_SINGLY:
            for line in written:
                self._logger.info("%s", line)
        else:
            clock = time.strftime("%H:%M:%S ")
            self._logger.info("%s", f"\n{clock}".join(written))


class AccessLogger(AbstractAccessLogger):
    """Writes `GET /v1/buckets/{prefix} 200 1.2 ms`."""

    @property
    def enabled(self) -> bool:
        """Whether anybody listens."""
        return self.logger.isEnabledFor(20)

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        """Called by aiohttp after each answer; `time` in seconds."""
        route = request.get(ROUTE, "-") if isinstance(request, web.Request) else "-"
        self.logger.info("%s %s %s %.1f ms", request.method, route, response.status, time * 1000)
