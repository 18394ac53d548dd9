"""robots.txt is asked once a day; what cannot be asked is not allowed, and says so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from clauselight.capture import robots_cache
from clauselight.capture.problems import CaptureProblem, FetchFailed, FetchRefused
from clauselight.capture.robots import MOST_BYTES
from clauselight.capture.robots_cache import RobotsCache
from clauselight.capture.safe_fetch import Fetcher
from sites import Names, Site, here, moved, raw, site, text


async def by_host(request: web.Request) -> web.StreamResponse:
    """A robots.txt for each name that leads here."""
    host = request.host.partition(".")[0]
    if host == "long":
        return web.Response(body=b"User-agent: *\nDisallow: /page\n" + b"#" * 2 * MOST_BYTES)
    if host.isdigit():
        return web.Response(status=int(host))
    if host == "moved":
        return await moved("http://closed.example:PORT/robots.txt")(request)
    if host == "inside":
        return await moved("http://10.0.0.1/robots.txt")(request)
    rules = {"open": "Allow: /", "closed": "Disallow: /", "slow": "Crawl-delay: 0.3", "some": "Disallow: /*?"}
    return web.Response(text=f"User-agent: *\n{rules[host]}\n")


@pytest.fixture
async def shop() -> AsyncIterator[Site]:
    handlers = {
        "/robots.txt": by_host,
        "/page": text("<p>x"),
        "/away": moved("http://closed.example:PORT/page"),
    }
    async with site(handlers) as running:
        yield running


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(here(robots=True), lookup=Names()) as running:
        yield running


@pytest.mark.parametrize("host", ["open", "404", "403", "401", "some"])
async def test_what_is_allowed_is_fetched(shop: Site, fetcher: Fetcher, host: str) -> None:
    assert (await fetcher.fetch_page(shop.url("/page", host=f"{host}.example"))).body == b"<p>x"
    assert shop.paths == ["/robots.txt", "/page"]
    assert shop.seen[0].headers["User-Agent"] == "Clauselight/test"


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("closed", "robots-disallowed"),
        ("moved", "robots-disallowed"),
        ("long", "robots-disallowed"),
        ("500", "robots-unreachable"),
        ("503", "robots-unreachable"),
        ("429", "robots-unreachable"),
        ("inside", "robots-unreachable"),
    ],
)
async def test_what_is_not_allowed_is_not_fetched(shop: Site, fetcher: Fetcher, host: str, kind: str) -> None:
    for _ in range(2):
        with pytest.raises(FetchRefused) as refused:
            await fetcher.fetch_page(shop.url("/page", host=f"{host}.example"))
        assert refused.value.kind == kind
        assert refused.value.sentence.endswith(".")
    assert "/page" not in shop.paths
    assert shop.paths.count("/robots.txt") == (2 if host == "moved" else 1), "and it is asked once"


async def test_queries_and_redirects_are_asked_for_too(shop: Site, fetcher: Fetcher) -> None:
    with pytest.raises(FetchRefused, match=r"some\.example"):
        await fetcher.fetch_page(shop.url("/page?lang=en", host="some.example"))
    with pytest.raises(FetchRefused, match=r"closed\.example"):
        await fetcher.fetch_page(shop.url("/away", host="open.example"))
    assert "/page" not in shop.paths


async def test_crawl_delay_is_kept_between_pages(shop: Site, fetcher: Fetcher) -> None:
    began = asyncio.get_running_loop().time()
    for _ in range(3):
        await fetcher.fetch_page(shop.url("/page", host="slow.example"))
    assert asyncio.get_running_loop().time() - began >= 0.6


async def test_a_server_that_says_nothing_allows_nothing(fetcher: Fetcher) -> None:
    async with raw(lambda: [b""]) as server:
        with pytest.raises(FetchRefused) as refused:
            await fetcher.fetch_page(server.url("/page"))
    assert refused.value.kind == "robots-unreachable"
    assert "broke off" in refused.value.sentence


async def test_a_host_that_does_not_exist_is_said_as_such() -> None:
    async with Fetcher(here(robots=True), lookup=Names({"gone.example": [[]]})) as fetcher:
        with pytest.raises(FetchFailed) as failed:
            await fetcher.fetch_page("http://gone.example/")
    assert failed.value.kind == "name-unknown"


async def test_answers_are_kept_for_a_day_and_failures_for_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[tuple[int, bytes] | CaptureProblem] = [
        (500, b""),
        (200, b"User-agent: *\nDisallow: /x"),
        FetchFailed("timeout", "Too slow."),
        (404, b""),
    ]
    asked = 0
    now = 1_000.0

    async def fetch(origin: str) -> tuple[int, bytes]:
        nonlocal asked
        answer = answers[asked]
        asked += 1
        if isinstance(answer, CaptureProblem):
            raise answer
        return answer

    monkeypatch.setattr(robots_cache.time, "monotonic", lambda: now)
    cache = RobotsCache(fetch, "x")
    for wait, said in ((0, None), (299, None), (2, False), (86_399, False), (2, None), (301, True)):
        now += wait
        try:
            assert (await cache.of("https://a.example")).allows("/x") is said
        except FetchRefused:
            assert said is None
    assert asked == 4


async def test_many_who_ask_at_once_ask_once() -> None:
    asked = 0

    async def fetch(origin: str) -> tuple[int, bytes]:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0.01)
        return 200, b""

    cache = RobotsCache(fetch, "x")
    await asyncio.gather(*(cache.of("https://a.example") for _ in range(20)))
    assert asked == 1
