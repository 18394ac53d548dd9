"""One line a request that says nothing about who asked for what.

No address, no query, no body, no identifier: method, the route's pattern (not the path), status, time.
"""

from __future__ import annotations

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger

ROUTE = "clauselight.route"
"""Where the middleware notes the route's pattern; a request that was refused while being read has none."""


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
