"""Runs an application so that even what aiohttp itself refuses is answered as problem details.

aiohttp answers requests that it cannot parse before any middleware, as plain text; the subclass here gives
those answers the one shape of all errors. Readers' calls go through `hot_path` first.
"""

from __future__ import annotations

import logging

from aiohttp import web

from .access_log import AccessLogger, BatchedAccessLog
from .hot_path import HotHandler, HotPath
from .middleware.headers import HEADERS
from .problems import MEDIA_TYPE, PROBLEM_TYPES, problem_body

log = logging.getLogger("clauselight.web")

LARGEST_LINE = 65_536
"""Longest request line or header that is read, in bytes: the middleware refuses from 8,192 characters on,
with a better sentence; beyond this, reading itself stops."""


class ProblemHandler(HotHandler):
    """aiohttp's connection handler with our shape of errors."""

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer a request that could not be read, and close the connection."""
        # Not by aiohttp's own handler, which would log the client's address.
        log.debug("request refused while being read: %s", type(exc).__name__)
        if request.writer.output_size > 0:
            raise ConnectionError("an answer was begun already")
        if status == 500:
            slug, detail = "internal-error", "The server could not answer this request."
        elif "too long" in (message or "") or "LineTooLong" in type(exc).__name__:
            slug, detail = "url-too-long", f"A line of the request has more than {LARGEST_LINE:,} bytes."
        else:
            slug, detail = "malformed-request", "The request does not follow HTTP, so it could not be read."
        kind = PROBLEM_TYPES[slug]
        response = web.Response(
            status=kind.status,
            body=problem_body(kind, detail),
            content_type=MEDIA_TYPE,
            headers={**HEADERS, "Cache-Control": "no-store"},
        )
        response.force_close()
        return response


class _ProblemServer(web.Server):
    hot_path: HotPath

    def __call__(self) -> ProblemHandler:
        return ProblemHandler(self, hot=self.hot_path, loop=self._loop, **self._kwargs)


class ProblemRunner(web.AppRunner):
    """An AppRunner whose connections are `ProblemHandler`s, with our access log."""

    def __init__(self, app: web.Application, *, access_log: bool) -> None:
        logger = logging.getLogger("clauselight.access") if access_log else None
        self._hot_path = HotPath(app, BatchedAccessLog(logger) if logger else None)
        super().__init__(
            app,
            access_log=logger,
            access_log_class=AccessLogger,
            max_line_size=LARGEST_LINE,
            max_field_size=LARGEST_LINE,
            handle_signals=False,
        )

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        # The application's server, under our class; nothing of its state differs.
        made.__class__ = _ProblemServer
        made.hot_path = self._hot_path  # type: ignore[attr-defined]
        return made
