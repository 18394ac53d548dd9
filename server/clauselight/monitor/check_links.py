"""Visits the links of the action directory and notes when they last answered, so that stale ones are shown as
such. As polite as capturing: each host in turn, robots.txt heeded, a small piece of the page at the most.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.capture.policy import FetchPolicy
from clauselight.capture.problems import CaptureProblem, ProblemKind
from clauselight.capture.safe_fetch import Fetcher
from clauselight.contract.directory import CheckStatus
from clauselight.domain.public_suffix import registrable_domain
from clauselight.store.directory import Link, save_checks

Progress = Callable[[int, int], None]
"""Called with how many addresses are done, and how many there are."""

ENOUGH_BYTES: Final = 64 * 1024
"""Of a page that is only to be there; a larger one is there too."""

SECONDS: Final = 20.0
"""For one page: a person would not wait longer."""

SAVED_AT_ONCE: Final = 40
"""Addresses after which results are saved: a visit to all is interrupted more often than not."""

_THERE: Final[frozenset[ProblemKind]] = frozenset({"too-large", "pdf", "not-a-page", "encoding-unknown"})
"""It answered, with what only capturing cannot use."""

# A name that leads nowhere is not among them: a computer without a network knows no name at all.
_GONE: Final[frozenset[ProblemKind]] = frozenset(
    {
        *("not-found", "address-malformed", "address-scheme", "address-credentials"),
        *("address-disguised", "address-port", "address-inside"),
    }
)
_CLOSED: Final[frozenset[ProblemKind]] = frozenset(
    {"denied", "busy", "robots-disallowed", "robots-unreachable"}
)


def checking_policy(policy: FetchPolicy) -> FetchPolicy:
    """The policy of a server, with limits for pages that need not be read."""
    return replace(policy, most_bytes=ENOUGH_BYTES, seconds=min(policy.seconds, SECONDS))


async def check_links(
    engine: AsyncEngine,
    fetcher: Fetcher,
    links: Iterable[Link],
    *,
    now: Callable[[], dt.datetime],
    progress: Progress = lambda *_: None,
) -> dict[str, CheckStatus]:
    """Visit each address once and note what came of it with all facts that have it. What is done when the
    work is interrupted stays noted. Returns the outcome by address."""
    by_url: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        by_url[link.url].append(link)
    outcomes: dict[str, CheckStatus] = {}
    unsaved: list[tuple[Link, CheckStatus, dt.datetime]] = []
    saving = asyncio.Lock()
    places = asyncio.Semaphore(fetcher.policy.concurrent)

    async def save() -> None:
        async with saving:
            some, unsaved[:] = list(unsaved), []
            if some:
                async with engine.begin() as connection:
                    await save_checks(connection, some)

    async def visit(url: str) -> None:
        async with places:
            status = await check_link(fetcher, url)
        outcomes[url] = status
        unsaved.extend((link, status, now()) for link in by_url[url])
        progress(len(outcomes), len(by_url))
        if len(outcomes) % SAVED_AT_ONCE == 0:
            await save()

    progress(0, len(by_url))
    try:
        async with asyncio.TaskGroup() as group:
            for url in by_url:
                group.create_task(visit(url))
    finally:
        await save()
    return outcomes


async def check_link(fetcher: Fetcher, url: str) -> CheckStatus:
    """What comes of one visit."""
    try:
        page = await fetcher.fetch_page(url)
    except CaptureProblem as problem:
        return status_of(problem)
    return CheckStatus.MOVED if leads_elsewhere(url, page.final_url) else CheckStatus.ANSWERED


def status_of(problem: CaptureProblem) -> CheckStatus:
    """What a problem of capturing says about a link: a site that refuses programs may serve people."""
    if problem.kind in _THERE:
        return CheckStatus.ANSWERED
    if problem.kind in _GONE:
        return CheckStatus.DEAD
    if problem.kind in _CLOSED or (problem.kind == "http-status" and 400 <= (problem.status or 0) < 500):
        return CheckStatus.BLOCKED
    return CheckStatus.UNREACHABLE


def leads_elsewhere(asked: str, answered: str) -> bool:
    """Whether an address now leads to another site, or to the front page instead of a page of its own."""
    before, after = urlsplit(asked), urlsplit(answered)
    if _site(before.hostname) != _site(after.hostname):
        return True
    deep = before.path.strip("/") or before.query or before.fragment
    return bool(deep) and not after.path.strip("/") and not after.query and not before.fragment


def _site(host: str | None) -> str | None:
    return registrable_domain(host or "") or host


def counted(outcomes: dict[str, CheckStatus]) -> list[tuple[CheckStatus, int]]:
    """How many addresses came out how, in the order of the contract."""
    counts = Counter(outcomes.values())
    return [(status, counts[status]) for status in CheckStatus]
