"""Fetches pages: politely, within limits, and only from where the address rules allow, at every redirect.

Only http and https; a secure page never leads to an insecure one. No cookies, no referrer, no languages are
sent: what comes is what everybody gets.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self
from urllib.parse import urljoin

from .addresses import LONGEST_ADDRESS, Target
from .exchange import Answer, Exchange, Head, Judge
from .fetched import Conditional, Fetched, kept_headers, media_type_of, retry_after_of
from .policy import PRODUCT, FetchPolicy
from .politeness import Politeness
from .problems import CaptureProblem, FetchFailed, FetchRefused, ProblemKind
from .resolver import Lookup
from .robots import MOST_BYTES
from .robots_cache import RobotsCache

READABLE: Final = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
"""Media types of pages and texts."""
PDF: Final = frozenset({"application/pdf", "application/x-pdf"})
ACCEPT: Final = "text/html, application/xhtml+xml, text/plain;q=0.8"
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

_BY_STATUS: Final[dict[int, ProblemKind]] = {
    **dict.fromkeys((404, 410), "not-found"),
    **dict.fromkeys((401, 403, 407, 451), "denied"),
    **dict.fromkeys((429, 503), "busy"),
}
_MARKUP: Final = (b"<!doctype html", b"<html", b"<?xml")


class Fetcher:
    """Fetches with one policy; hosts, robots.txt and connections are remembered between pages.

    To be used as `async with`. `lookup` stands for the DNS, in tests.
    """

    def __init__(self, policy: FetchPolicy, *, lookup: Lookup | None = None) -> None:
        self.policy = policy
        self._exchange = Exchange(policy, lookup)
        self._politeness = Politeness(policy.delay, policy.concurrent)
        self._robots = RobotsCache(self._fetch_robots, PRODUCT)

    async def __aenter__(self) -> Self:
        await self._exchange.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._exchange.__aexit__(kind, error, trace)

    async def fetch_page(self, url: str, conditional: Conditional | None = None) -> Fetched:
        """Fetch one page, with its redirects. Raises FetchRefused, FetchFailed."""
        first = self.policy.rules.read(url)
        validators = conditional.headers() if conditional else {}
        valid_at = (conditional and conditional.url) or str(first.url)

        def judge_at(target: Target) -> Judge:
            asked = bool(validators) and str(target.url) == valid_at

            def judge(head: Head) -> int:
                return self._judge(head, target, may_be_same=asked)

            return judge

        def headers_at(target: Target) -> dict[str, str]:
            return {"Accept": ACCEPT, **(validators if str(target.url) == valid_at else {})}

        journey = _Journey(self, first, robots=self.policy.robots)
        answer = await journey.follow(judge_at, headers_at)
        media_type, charset = media_type_of(answer.head.headers)
        same = answer.head.status == 304
        if not same:
            media_type = _page_type(media_type, answer.body, journey.target)
        return Fetched(
            url=str(first.url),
            final_url=str(journey.target.url),
            status=answer.head.status,
            started_at=journey.started_at,
            milliseconds=round(journey.spent * 1000),
            media_type=media_type,
            charset=charset,
            body=answer.body,
            headers=kept_headers(answer.head.headers),
            sent=answer.head.sent,
            redirects=tuple(journey.passed),
            not_modified=same,
        )

    async def fetch_part(
        self,
        url: str,
        *,
        method: str = "GET",
        headers: dict[str, str] | None = None,
        body: bytes | None = None,
        most_bytes: int,
        seconds: float,
    ) -> Answer:
        """Fetch what a page loads of its own while it is rendered: any media type and status, the same
        address rules. It takes no turn, as part of the page whose turn it is. Raises CaptureProblem."""
        journey = _Journey(self, self.policy.rules.read(url), robots=False, polite=False, seconds=seconds)

        def judge(head: Head) -> int:
            return 0 if _leads_on(head) or head.status in (204, 304) else most_bytes

        def ask_headers(target: Target) -> dict[str, str]:
            return dict(headers or {})

        return await journey.follow(lambda target: judge, ask_headers, method=method, body=body)

    async def _fetch_robots(self, origin: str) -> tuple[int, bytes]:
        """Status and body of a host's robots.txt. Raises CaptureProblem."""
        journey = _Journey(self, self.policy.rules.read(f"{origin}/robots.txt"), robots=False)

        def judge(head: Head) -> int:
            return MOST_BYTES if head.status == 200 else 0

        def headers(target: Target) -> dict[str, str]:
            return {"Accept": "text/plain, */*;q=0.1"}

        answer = await journey.follow(lambda target: judge, headers, cut=True)
        return answer.head.status, answer.body

    def _judge(self, head: Head, target: Target, *, may_be_same: bool) -> int:
        if _leads_on(head) or (head.status == 304 and may_be_same):
            return 0
        if head.status != 200:
            raise self._problem_of(head, target)
        media_type, _ = media_type_of(head.headers)
        if media_type and media_type not in READABLE:
            raise _not_readable(media_type)
        return self.policy.most_bytes

    def _problem_of(self, head: Head, target: Target) -> FetchFailed:
        kind = _BY_STATUS.get(head.status, "http-status")
        wait = retry_after_of(head.headers, dt.datetime.now(dt.UTC)) if kind == "busy" else None
        if wait is not None:
            self._politeness.hold(target.host, wait)
        said = f"{target.host} answered {head.status}"
        meaning = {
            "not-found": "there is no such page",
            "denied": "we may not read it",
            "busy": "it is too busy",
        }
        sentence = f"{said}: {meaning[kind]}." if kind in meaning else f"{said}."
        return FetchFailed(kind, sentence, status=head.status, retry_after=wait)


class _Journey:
    """One page from its first address over its redirects; keeps count of time and places."""

    def __init__(
        self,
        fetcher: Fetcher,
        first: Target,
        *,
        robots: bool,
        polite: bool = True,
        seconds: float | None = None,
    ) -> None:
        self._fetcher = fetcher
        self._robots = robots
        self._polite = polite
        self._seconds = fetcher.policy.seconds if seconds is None else seconds
        self.target = first
        self.passed: list[str] = []
        self.spent = 0.0
        self.started_at = dt.datetime.now(dt.UTC)

    async def follow(
        self,
        judge_at: Callable[[Target], Judge],
        headers_at: Callable[[Target], dict[str, str]],
        *,
        method: str = "GET",
        body: bytes | None = None,
        cut: bool = False,
    ) -> Answer:
        """Ask, and go where the answers lead. Raises CaptureProblem."""
        while True:
            try:
                answer = await self._ask(judge_at(self.target), headers_at(self.target), method, body, cut)
                if not _leads_on(answer.head):
                    return answer
                self._lead_on(answer.head.headers["Location"])
            except CaptureProblem as problem:
                problem.url = problem.url or str(self.target.url)
                raise
            if answer.head.status == 303 or (answer.head.status in (301, 302) and method == "POST"):
                method, body = "GET", None

    async def _ask(
        self, judge: Judge, headers: dict[str, str], method: str, body: bytes | None, cut: bool
    ) -> Answer:
        fetcher, target = self._fetcher, self.target
        if not self._polite:
            return await self._timed(judge, headers, method, body, cut)
        delay = 0.0
        if self._robots:
            robots = await fetcher._robots.of(target.origin)
            if not robots.allows(target.url.raw_path_qs):
                raise FetchRefused(
                    "robots-disallowed",
                    f"The robots.txt of {target.host} asks programs not to read this page.",
                )
            delay = robots.crawl_delay or 0.0
        async with fetcher._politeness.turn(target.host, delay=delay):
            return await self._timed(judge, headers, method, body, cut)

    async def _timed(
        self, judge: Judge, headers: dict[str, str], method: str, body: bytes | None, cut: bool
    ) -> Answer:
        left = self._seconds - self.spent
        if left <= 0:
            raise FetchFailed("timeout", f"{self.target.host} did not send the page in time.")
        self.started_at = dt.datetime.now(dt.UTC)
        began = time.monotonic()
        try:
            return await self._fetcher._exchange.ask(
                self.target, judge, seconds=left, headers=headers, method=method, body=body, cut=cut
            )
        finally:
            self.spent += time.monotonic() - began

    def _lead_on(self, location: str) -> None:
        here = str(self.target.url)
        try:
            there = urljoin(here, location.strip())
        except ValueError:
            raise FetchRefused(
                "address-malformed", "The page leads to something that is no address."
            ) from None
        try:
            target = self._fetcher.policy.rules.read(there)
        except FetchRefused as refused:
            refused.url = "".join(c if c.isprintable() else "\ufffd" for c in there[:LONGEST_ADDRESS])
            raise
        if self.target.secure and not target.secure:
            raise FetchRefused(
                "redirect-insecure",
                "The secure page leads to an insecure one, which was not followed.",
                url=here,
            )
        self.passed.append(here)
        if str(target.url) in self.passed:
            raise FetchRefused("redirect-loop", "The address leads back to itself.")
        most = self._fetcher.policy.most_redirects
        if len(self.passed) > most:
            raise FetchRefused("redirect-limit", f"The address leads on and on: more than {most} redirects.")
        self.target = target


def _leads_on(head: Head) -> bool:
    return head.status in REDIRECTS and bool(head.headers.get("Location", "").strip())


def _page_type(media_type: str, body: bytes, target: Target) -> str:
    """The media type of a page that came, told by its first bytes where the server told none."""
    start = body[:1024].lstrip(b"\xef\xbb\xbf\t\r\n \x0c")[:64].lower()
    if start.startswith(b"%pdf-"):
        raise _not_readable("application/pdf", url=str(target.url))
    if media_type:
        return media_type
    if start.startswith(_MARKUP):
        return "text/html"
    raise _not_readable("of no stated kind", url=str(target.url))


def _not_readable(media_type: str, url: str | None = None) -> FetchRefused:
    if media_type in PDF:
        return FetchRefused("pdf", "It is a PDF file; only web pages and plain text can be read.", url=url)
    return FetchRefused(
        "not-a-page", f"It is {media_type[:80]}; only web pages and plain text can be read.", url=url
    )


async def fetch_page(
    url: str, policy: FetchPolicy, conditional: Conditional | None = None, *, lookup: Lookup | None = None
) -> Fetched:
    """Fetch a single page. Raises FetchRefused, FetchFailed."""
    async with Fetcher(policy, lookup=lookup) as fetcher:
        return await fetcher.fetch_page(url, conditional)
