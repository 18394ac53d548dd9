"""The due list worked off against real sites on this computer."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy.ext.asyncio import AsyncEngine

from captures import CHANGES, SALE, SHARING, page
from clauselight.analysis.analyser import Analyser
from clauselight.capture.addresses import AddressRules
from clauselight.capture.capturer import Capturer
from clauselight.capture.fetched import Fetched
from clauselight.capture.policy import FetchPolicy
from clauselight.contract.document import Document
from clauselight.knowledge.clause_types import clause_types
from clauselight.monitor.capturing import DocumentCapturer
from clauselight.monitor.schedule import FIRST_RETRY, JITTER, LAST_RETRY, Schedule, back_off
from clauselight.store.captures import captures_of
from clauselight.store.documents import get_document, save_documents
from clauselight.store.provisions import live_provisions
from clauselight.store.versions import versions_of
from clauselight.store.watches import LEASE, Watch, get_watch, lease_watch, save_watch
from records import a_document

DAY = 86_400
ENTITIES = "abcdef"


@dataclass
class Site:
    """A site that shows what it is told to show."""

    port: int = 0
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    together: int = 0
    most_together: int = 0

    async def answer(self, request: web.Request) -> web.Response:
        if request.path == "/robots.txt":
            return web.Response(text="User-agent: *\nDisallow: /private\n")
        self.asked.append((request.host, dict(request.headers)))
        self.together += 1
        self.most_together = max(self.most_together, self.together)
        await asyncio.sleep(0.05)
        self.together -= 1
        if self.status == 200 and request.headers.get("If-None-Match") == self.headers.get("ETag", "-"):
            return web.Response(status=304, headers=self.headers)
        return web.Response(
            status=self.status,
            body=self.body,
            content_type="text/html",
            charset="utf-8",
            headers=self.headers,
        )

    def url(self, host: str, path: str = "/privacy") -> str:
        """Address of a page, as documents have them."""
        return f"https://{host}.example{path}"


class Secure(Capturer):
    """Captures what is asked for at https addresses from the site on this computer, which has no
    certificate. Everything else, from robots.txt to the turn of each host, is as it always is."""

    port = 0

    async def capture(self, url: str, **options: Any) -> Fetched:
        if given := options.get("conditional"):
            options["conditional"] = dataclasses.replace(given, url=self.here(given.url))
        fetched = await super().capture(self.here(url), **options)
        final = fetched.final_url.replace(f".localhost:{self.port}", ".example").replace("http:", "https:")
        return dataclasses.replace(fetched, url=url, final_url=final)

    def here(self, url: str) -> str:
        return url.replace("https:", "http:").replace(".example", f".localhost:{self.port}")


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    made = Site(body=page(SALE, SHARING))
    app = web.Application()
    app.router.add_get("/{path:.*}", made.answer)
    async with TestServer(app, host="127.0.0.1") as server:
        assert server.port is not None
        made.port = server.port
        yield made


@pytest.fixture
async def analyser() -> AsyncIterator[Analyser]:
    made = Analyser(seconds=30, categories={one.id: one.category.value for one in clause_types().values()})
    yield made
    await made.close()


@pytest.fixture
async def capturer(
    empty_archive: AsyncEngine, analyser: Analyser, site: Site
) -> AsyncIterator[DocumentCapturer]:
    policy = FetchPolicy(rules=AddressRules.of(["127.0.0.0/8", "::1"]), delay=0.0, robots=True)

    async def look_up(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    async with Secure(policy, lookup=look_up) as fetching:
        fetching.port = site.port
        yield DocumentCapturer(empty_archive, fetching, analyser)


async def watch(
    engine: AsyncEngine, url: str, number: int = 900, *, due: float = -1, **other: object
) -> Document:
    """A document whose watch is due so many seconds from now."""
    document = a_document(number, ENTITIES[number % len(ENTITIES)])
    async with engine.begin() as connection:
        await save_documents(connection, [document])
        when = now() + dt.timedelta(seconds=due)
        await save_watch(connection, Watch(document.id, url, when, DAY, **other))  # type: ignore[arg-type]
    return document


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


async def again(engine: AsyncEngine, document: Document) -> None:
    """The watch is due once more."""
    async with engine.begin() as connection:
        kept = await get_watch(connection, document.id)
        assert kept is not None
        await save_watch(connection, Watch(document.id, kept.url, now(), DAY, failures=kept.failures))


async def test_a_change_becomes_a_version_with_its_clauses(
    empty_archive: AsyncEngine, capturer: DocumentCapturer, site: Site
) -> None:
    document = await watch(empty_archive, site.url("a"))
    schedule = Schedule(empty_archive, capturer)
    assert await schedule.run_due() == 1
    assert await schedule.run_due() == 0, "not due again before its time"
    site.body = page(SALE, SHARING, CHANGES)
    await again(empty_archive, document)
    assert await schedule.run_due() == 1
    async with empty_archive.connect() as connection:
        versions, total = await versions_of(connection, document.id)
        assert total == 2
        assert versions[0].kind == "substantive"
        types = {one.clause_type for one in await live_provisions(connection, document_ids=[document.id])}
        assert {"data-sale", "change-without-notice"} <= types
        kept = await get_watch(connection, document.id)
    assert kept is not None
    wait = (kept.due_at - now()).total_seconds()
    assert DAY * (1 - JITTER) - 60 <= wait <= DAY * (1 + JITTER)
    assert kept.lease_until is None


async def test_an_unchanged_page_is_verified_and_asked_for_conditionally(
    empty_archive: AsyncEngine, capturer: DocumentCapturer, site: Site
) -> None:
    site.headers = {"ETag": '"one"'}
    document = await watch(empty_archive, site.url("a"))
    schedule = Schedule(empty_archive, capturer)
    await schedule.run_due()
    for _ in range(2):
        await again(empty_archive, document)
        await schedule.run_due()
    assert [headers.get("If-None-Match") for _, headers in site.asked] == [None, '"one"', '"one"']
    async with empty_archive.connect() as connection:
        _, versions = await versions_of(connection, document.id)
        taken, total = await captures_of(connection, document.id)
        known = await get_document(connection, document.id)
    assert (versions, total) == (1, 3)
    assert [one.outcome for one in taken] == ["verified", "verified", "version"]
    assert known is not None and known.last_verified is not None
    assert (now() - known.last_verified).total_seconds() < 60


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (404, b"gone", "not-found"),
        (503, b"later", "busy"),
        (200, b"<html><body><h1>Just a moment...</h1><p>Checking your browser</p></body></html>", "bot-wall"),
        (200, b"", "empty"),
    ],
)
async def test_what_is_no_policy_becomes_a_visible_problem_and_never_a_version(
    empty_archive: AsyncEngine,
    capturer: DocumentCapturer,
    site: Site,
    status: int,
    body: bytes,
    kind: str,
) -> None:
    document = await watch(empty_archive, site.url("a"), render="never")
    schedule = Schedule(empty_archive, capturer)
    await schedule.run_due()
    site.status, site.body = status, body
    await again(empty_archive, document)
    await schedule.run_due()
    async with empty_archive.connect() as connection:
        _, versions = await versions_of(connection, document.id)
        known = await get_document(connection, document.id)
        kept = await get_watch(connection, document.id)
    assert versions == 1
    assert known is not None and known.capture_problem is not None
    assert known.capture_problem.kind == kind
    assert known.capture_problem.sentence.endswith(".")
    assert kept is not None and kept.failures == 1
    assert (kept.due_at - now()).total_seconds() < FIRST_RETRY.total_seconds() * (1 + JITTER)

    site.status, site.body = 200, page(SALE, SHARING)
    await again(empty_archive, document)
    await schedule.run_due()
    async with empty_archive.connect() as connection:
        known = await get_document(connection, document.id)
        kept = await get_watch(connection, document.id)
    assert known is not None and known.capture_problem is None
    assert kept is not None and kept.failures == 0


async def test_a_site_that_asks_for_patience_gets_it(
    empty_archive: AsyncEngine, capturer: DocumentCapturer, site: Site
) -> None:
    site.status, site.headers = 429, {"Retry-After": "200000"}
    document = await watch(empty_archive, site.url("a"))
    await Schedule(empty_archive, capturer).run_due()
    async with empty_archive.connect() as connection:
        kept = await get_watch(connection, document.id)
    assert kept is not None
    assert (kept.due_at - now()).total_seconds() > 199_000


async def test_what_robots_txt_forbids_is_not_asked_for(
    empty_archive: AsyncEngine, capturer: DocumentCapturer, site: Site
) -> None:
    document = await watch(empty_archive, site.url("a", "/private/policy"))
    await Schedule(empty_archive, capturer).run_due()
    assert site.asked == []
    async with empty_archive.connect() as connection:
        known = await get_document(connection, document.id)
        kept = await get_watch(connection, document.id)
    assert known is not None and known.capture_problem is not None
    assert known.capture_problem.kind == "robots-disallowed"
    assert kept is not None and kept.failures == 0
    assert (kept.due_at - now()).total_seconds() > DAY * 0.8, "asking more often changes nothing"


async def test_one_page_at_a_time_a_host_and_several_hosts_together(
    empty_archive: AsyncEngine, capturer: DocumentCapturer, site: Site
) -> None:
    for number in range(4):
        await watch(empty_archive, site.url("same"), 900 + number)
    assert await Schedule(empty_archive, capturer).run_due() == 4
    assert site.most_together == 1
    for number in range(4):
        await watch(empty_archive, site.url(f"host{number}"), 910 + number)
    assert await Schedule(empty_archive, capturer).run_due() == 4
    assert site.most_together > 1


async def test_no_two_workers_on_one_document(
    empty_archive: AsyncEngine, capturer: DocumentCapturer, site: Site
) -> None:
    for number in range(6):
        await watch(empty_archive, site.url(f"host{number}"), 900 + number)
    counts = await asyncio.gather(*(Schedule(empty_archive, capturer).run_due() for _ in range(3)))
    assert sum(counts) == 6
    assert len(site.asked) == 6


async def test_a_dead_workers_lease_runs_out(
    empty_archive: AsyncEngine, capturer: DocumentCapturer, site: Site
) -> None:
    document = await watch(empty_archive, site.url("a"))
    async with empty_archive.begin() as connection:
        assert await lease_watch(connection, document.id, "dead", moment=now())
    assert await Schedule(empty_archive, capturer).run_due() == 0
    later = Schedule(empty_archive, capturer, clock=lambda: now() + LEASE + dt.timedelta(seconds=1))
    assert await later.run_due() == 1


async def test_stopped_in_the_middle_it_gives_back_what_it_began(
    empty_archive: AsyncEngine, capturer: DocumentCapturer, site: Site
) -> None:
    document = await watch(empty_archive, site.url("a"))
    running = asyncio.create_task(Schedule(empty_archive, capturer).run())
    while not site.asked:
        await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    async with empty_archive.connect() as connection:
        kept = await get_watch(connection, document.id)
    assert kept is not None and kept.leased_by is None


def test_back_off_grows_and_ends() -> None:
    waits = [back_off(number) for number in range(1, 40)]
    assert waits[0] == FIRST_RETRY
    assert waits == sorted(waits)
    assert waits[-1] == LAST_RETRY
