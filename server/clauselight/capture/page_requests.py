"""Answers the requests of a page that is being rendered, from what our own fetcher gets under its rules."""

from __future__ import annotations

import asyncio
import html
from typing import TYPE_CHECKING, Final

from .fetched import Fetched
from .problems import CaptureProblem, FetchRefused

if TYPE_CHECKING:
    from playwright.async_api import Page, Request, Route

    from .safe_fetch import Fetcher

LOADED: Final = frozenset({"script", "stylesheet", "xhr", "fetch"})
"""Parts that make the text of a page; scripts wait for style sheets, so these are loaded too."""
METHODS: Final = frozenset({"GET", "HEAD", "POST"})
MOST_REQUESTS: Final = 200
"""Of one page, without pictures: sites that need more to show a text are made to count visitors."""
MOST_TOGETHER: Final = 6
"""At the same time, as browsers do for one host."""
MOST_PART: Final = 8 * 1024 * 1024
MOST_ALL: Final = 48 * 1024 * 1024
MOST_SENT: Final = 256 * 1024
MOST_PAGES: Final = 5
"""Pages that scripts may lead on to, one after the other."""
PART_SECONDS: Final = 15.0

_ASKED: Final = frozenset({"accept", "content-type", "origin", "authorization"})
_NOT_ANSWERED: Final = frozenset(
    {
        *(
            "set-cookie",
            "content-encoding",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
        ),
        *("link", "refresh", "location", "strict-transport-security", "service-worker-allowed", "alt-svc"),
        *("nel", "report-to", "reporting-endpoints", "clear-site-data", "content-disposition"),
    }
)


class PageRequests:
    """The requests of one page. `shown` is the document that it shows now, `passed` those that led there;
    `running` counts open requests; `problem` is why the document is not to be used."""

    def __init__(self, fetcher: Fetcher, page: Page, plain: Fetched) -> None:
        self._fetcher = fetcher
        self._page = page
        self._documents = {plain.final_url: plain}
        self._asked = 0
        self._pages = 0
        self._taken = 0
        self._together = asyncio.Semaphore(MOST_TOGETHER)
        self.shown = plain
        self.passed: list[str] = []
        self.running = 0
        self.problem: CaptureProblem | None = None

    async def answer(self, route: Route) -> None:
        """Answer one request, or end it."""
        from playwright.async_api import Error

        request = route.request
        self.running += 1
        try:
            if self._is_page(request):
                await self._answer_page(route)
            elif request.resource_type in LOADED and request.method in METHODS:
                await self._answer_part(route)
            else:
                await route.abort("blockedbyclient")
        except Error:
            """The page went on or was closed; nobody waits for the answer."""
        finally:
            self.running -= 1

    def _is_page(self, request: Request) -> bool:
        if not request.is_navigation_request():
            return False
        try:
            return request.frame == self._page.main_frame
        except Exception:  # a navigation of a page that is not there yet
            return False

    async def _answer_page(self, route: Route) -> None:
        url = route.request.url.partition("#")[0]
        if route.request.method != "GET":
            await route.abort("blockedbyclient")
            return
        if url not in self._documents:
            self._pages += 1
            try:
                if self._pages > MOST_PAGES:
                    raise FetchRefused("redirect-loop", "The scripts of the page lead on and on.", url=url)
                fetched = await self._fetcher.fetch_page(url)
            except CaptureProblem as problem:
                self.problem = problem
                await route.abort("blockedbyclient")
                return
            self._documents[fetched.final_url] = fetched
            self.passed += (self.shown.final_url, *fetched.redirects)
            self.shown = fetched
            if fetched.final_url != url:
                await route.fulfill(
                    status=200, content_type="text/html; charset=utf-8", body=_leads_to(fetched.final_url)
                )
                return
        document = self._documents[url]
        if document is not self.shown:
            self.passed.append(self.shown.final_url)
        self.shown = document
        charset = f"; charset={document.charset}" if document.charset else ""
        await route.fulfill(
            status=200, headers={"content-type": document.media_type + charset}, body=document.body
        )

    async def _answer_part(self, route: Route) -> None:
        request = route.request
        self._asked += 1
        sent = request.post_data_buffer
        if self._asked > MOST_REQUESTS or self._taken > MOST_ALL or len(sent or b"") > MOST_SENT:
            await route.abort("blockedbyclient")
            return
        headers = {
            name: value
            for name, value in request.headers.items()
            if name in _ASKED or (name.startswith("x-") and name != "x-forwarded-for")
        }
        try:
            async with self._together:
                answer = await self._fetcher.fetch_part(
                    request.url,
                    method=request.method,
                    headers=headers,
                    body=sent,
                    most_bytes=MOST_PART,
                    seconds=PART_SECONDS,
                )
        except CaptureProblem as problem:
            refused = isinstance(problem, FetchRefused)
            await route.abort("blockedbyclient" if refused else "failed")
            return
        self._taken += len(answer.body)
        kept = {name.lower(): value for name, value in answer.head.headers.items()}
        await route.fulfill(
            status=answer.head.status,
            headers={name: value for name, value in kept.items() if name not in _NOT_ANSWERED},
            body=answer.body,
        )


def _leads_to(url: str) -> str:
    """A page that leads on: a browser would follow a real redirect without asking us."""
    return f'<!doctype html><meta http-equiv="refresh" content="0;url={html.escape(url)}">'
