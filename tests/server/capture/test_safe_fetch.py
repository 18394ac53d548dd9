"""Fetching one page: what is sent, what comes, redirects, statuses and media types."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from clauselight.capture.fetched import Conditional, Fetched
from clauselight.capture.policy import FetchPolicy, policy_for_typed
from clauselight.capture.problems import CaptureProblem, FetchRefused
from clauselight.capture.safe_fetch import Fetcher, fetch_page
from sites import Names, Site, here, moved, site, text

PAGE = "<p>Grüße".encode("cp1252")


async def dated(request: web.Request) -> web.Response:
    """A page with validators, which says so when it has not changed."""
    validators = {"ETag": '"v1"', "Last-Modified": "Mon, 02 Nov 2026 10:00:00 GMT", "Set-Cookie": "id=7"}
    if request.headers.get("If-None-Match") == '"v1"':
        return web.Response(status=304, headers=validators)
    return web.Response(body=b"<p>dated", content_type="text/html", headers=validators)


async def busy(request: web.Request) -> web.Response:
    return web.Response(status=503, headers={"Retry-After": "3600"})


@pytest.fixture
async def shop() -> AsyncIterator[Site]:
    handlers = {
        "/page": text(PAGE, headers={"Content-Type": "text/html; charset=Windows-1252"}),
        "/odd": text(PAGE, headers={"Content-Type": "TEXT/HTML;charset='no such charset\u202e'"}),
        "/plain": text("Terms", content_type="text/plain"),
        "/unnamed": text("<!DOCTYPE html><p>x", headers={"Content-Type": ""}),
        "/unnamed-bytes": text(b"\0\1\2", headers={"Content-Type": ""}),
        "/dated": dated,
        "/busy": busy,
        "/moved": moved("/page?x=ü#part"),
        "/moved-dated": moved("/dated"),
        "/elsewhere": moved("http://other.example:PORT/page"),
        "/neighbour": moved("http://127.0.0.2:PORT/page"),
        "/around": moved("/around"),
        "/ping": moved("/pong"),
        "/pong": moved("/ping"),
        "/file": moved("file:///etc/passwd"),
        "/script": moved("javascript:alert(1)"),
        "/brackets": moved("http://[::1"),
        "/nowhere": moved(""),
        "/picture": text(b"\x89PNG", content_type="image/png"),
        "/pdf": text(b"%PDF-1.7", content_type="application/pdf"),
        "/pdf-as-html": text(b"\r\n%PDF-1.7 ..."),
        "/gone": text("gone", status=410),
        "/denied": text("no", status=403),
        "/error": text("no", status=500),
        "/teapot": text("no", status=418),
        "/partial": text("no", status=206),
        "/unasked-304": text("", status=304),
        **{f"/far/{n}": moved(f"/far/{n + 1}") for n in range(9)},
    }
    async with site(handlers) as running:
        yield running


async def get(url: str, policy: FetchPolicy | None = None, conditional: Conditional | None = None) -> Fetched:
    return await fetch_page(url, policy or here(), conditional, lookup=Names())


async def problem(url: str, policy: FetchPolicy | None = None) -> CaptureProblem:
    with pytest.raises(CaptureProblem) as met:
        await get(url, policy)
    assert met.value.sentence.endswith(".")
    assert met.value.sentence == str(met.value)
    assert met.value.url is not None
    return met.value


async def test_a_page_comes_as_bytes_with_what_was_said_of_them(shop: Site) -> None:
    before = dt.datetime.now(dt.UTC)
    found = await get(shop.url("/page"))
    assert found.body == PAGE
    assert found.sha256 == hashlib.sha256(PAGE).hexdigest()
    assert (found.status, found.media_type, found.charset) == (200, "text/html", "windows-1252")
    assert found.url == found.final_url == shop.url("/page")
    assert found.redirects == ()
    assert before <= found.started_at <= dt.datetime.now(dt.UTC)
    assert 0 <= found.milliseconds < 5_000
    assert found.header("content-type") == "text/html; charset=Windows-1252"
    assert found.header("Date")
    assert not found.not_modified


async def test_nothing_is_sent_but_the_address_and_who_asks(shop: Site) -> None:
    found = await get(shop.url("/page"))
    sent = {name.lower() for name in shop.seen[0].headers}
    assert sent == {"host", "user-agent", "accept", "accept-encoding"}
    assert shop.seen[0].headers["User-Agent"] == "Clauselight/test"
    assert dict(found.sent) == dict(shop.seen[0].headers)


async def test_no_password_of_the_person_is_sent(
    shop: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login me password secret\n", encoding="ascii")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    await get(shop.url("/page"))
    assert "Authorization" not in shop.seen[0].headers


async def test_cookies_are_neither_kept_nor_sent(shop: Site) -> None:
    async with Fetcher(here(), lookup=Names()) as fetcher:
        found = await fetcher.fetch_page(shop.url("/dated"))
        await fetcher.fetch_page(shop.url("/dated"))
    assert "Cookie" not in shop.seen[1].headers
    assert found.header("Set-Cookie") is None


async def test_an_unchanged_page_is_not_sent_again(shop: Site) -> None:
    first = await get(shop.url("/dated"))
    again = await get(shop.url("/dated"), None, Conditional(first.etag, first.last_modified))
    assert shop.seen[1].headers["If-None-Match"] == '"v1"'
    assert shop.seen[1].headers["If-Modified-Since"] == "Mon, 02 Nov 2026 10:00:00 GMT"
    assert (again.not_modified, again.status, again.body) == (True, 304, b"")
    assert again.etag == '"v1"'


async def test_validators_go_only_to_where_they_came_from(shop: Site) -> None:
    first = await get(shop.url("/moved-dated"))
    known = Conditional(first.etag, first.last_modified, first.final_url)
    again = await get(shop.url("/moved-dated"), None, known)
    assert again.not_modified
    assert ["If-None-Match" in request.headers for request in shop.seen] == [False, False, False, True]
    await get(shop.url("/page"), None, Conditional("a\r\nX-Evil: 1", "b" * 5_000))
    assert {"If-None-Match", "If-Modified-Since", "X-Evil"}.isdisjoint(shop.seen[-1].headers)


async def test_a_redirect_is_followed_to_where_the_page_is(shop: Site) -> None:
    found = await get(shop.url("/moved"))
    assert found.final_url == shop.url("/page?x=%C3%BC")
    assert found.redirects == (shop.url("/moved"),)
    found = await get(shop.url("/elsewhere"))
    assert found.final_url == shop.url("/page", host="other.example")
    assert shop.seen[-1].headers["Host"] == f"other.example:{shop.port}"
    assert "Referer" not in shop.seen[-1].headers


@pytest.mark.parametrize(
    ("path", "kind", "word"),
    [
        ("around", "redirect-loop", "back to itself"),
        ("ping", "redirect-loop", "back to itself"),
        ("far/0", "redirect-limit", "more than 5 redirects"),
        ("file", "address-scheme", "Only http and https"),
        ("script", "address-scheme", "Only http and https"),
        ("brackets", "address-malformed", "no address"),
        ("nowhere", "http-status", "302"),
        ("picture", "not-a-page", "image/png"),
        ("unnamed-bytes", "not-a-page", "no stated kind"),
        ("pdf", "pdf", "PDF"),
        ("pdf-as-html", "pdf", "PDF"),
        ("gone", "not-found", "410"),
        ("none", "not-found", "404"),
        ("denied", "denied", "403"),
        ("busy", "busy", "503"),
        ("error", "http-status", "500"),
        ("teapot", "http-status", "418"),
        ("partial", "http-status", "206"),
        ("unasked-304", "http-status", "304"),
    ],
)
async def test_what_cannot_be_had_has_a_kind_and_a_sentence(
    shop: Site, path: str, kind: str, word: str
) -> None:
    met = await problem(shop.url(f"/{path}"))
    assert met.kind == kind
    assert word in met.sentence


async def test_a_busy_site_says_when_to_come_again(shop: Site) -> None:
    async with Fetcher(here(), lookup=Names()) as fetcher:
        with pytest.raises(CaptureProblem) as met:
            await fetcher.fetch_page(shop.url("/busy"))
        assert (met.value.kind, met.value.status, met.value.retry_after) == ("busy", 503, 3600.0)
        with pytest.raises(FetchRefused) as held:
            await fetcher.fetch_page(shop.url("/page"))
        assert held.value.kind == "host-on-hold"
        assert 3500 < (held.value.retry_after or 0) <= 3600
        await fetcher.fetch_page(shop.url("/page", host="other.example"))
    assert shop.paths == ["/busy", "/page"]


async def test_what_servers_say_of_their_pages_is_taken_with_care(shop: Site) -> None:
    odd = await get(shop.url("/odd"))
    assert (odd.media_type, odd.charset) == ("text/html", "no")
    assert (await get(shop.url("/plain"))).media_type == "text/plain"
    assert (await get(shop.url("/unnamed"))).media_type == "text/html"


@pytest.mark.parametrize(
    ("url", "kinds"),
    [
        ("http://127.0.0.1:1/", {"unreachable"}),
        ("http://[bad", {"address-malformed"}),
        ("https://shop.example:PORT/page", {"certificate", "unreachable", "connection-broken"}),
    ],
)
async def test_a_site_that_is_not_there_is_a_sentence(shop: Site, url: str, kinds: set[str]) -> None:
    with pytest.raises(CaptureProblem) as met:
        await get(url.replace("PORT", str(shop.port)))
    assert met.value.kind in kinds


async def test_a_secure_page_never_leads_to_an_insecure_one(shop: Site) -> None:
    from clauselight.capture.safe_fetch import _Journey

    async with Fetcher(here(), lookup=Names()) as fetcher:
        journey = _Journey(fetcher, here().rules.read("https://a.example/"), robots=False)
        with pytest.raises(FetchRefused, match="insecure") as refused:
            journey._lead_on("http://a.example/")
        assert refused.value.kind == "redirect-insecure"
        journey._lead_on("//b.example/c")
        assert str(journey.target.url) == "https://b.example/c"


async def test_the_proxy_of_the_computer_is_used_for_a_typed_address_only(
    shop: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", shop.url("", host="127.0.0.1"))
    typed = policy_for_typed("http://elsewhere.example/page", agent="Clauselight/test", most_bytes=50_000)
    assert (await fetch_page("http://elsewhere.example/page", typed)).final_url.endswith("/page")
    assert shop.seen[0].headers["Host"] == "elsewhere.example"
    names = Names({"elsewhere.example": [[]]})
    with pytest.raises(CaptureProblem) as met:
        await fetch_page("http://elsewhere.example/page", here(), lookup=names)
    assert met.value.kind == "name-unknown"
    assert len(shop.seen) == 1


async def test_a_proxy_that_cannot_be_used_is_said(shop: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for proxy in ("socks5://127.0.0.1:9", "http://127.0.0.1:1"):
        monkeypatch.setenv("http_proxy", proxy)
        met = await problem("http://elsewhere.example/page", here(proxy="system"))
        assert met.kind == "proxy"


async def test_a_chosen_proxy_is_used_and_asked_for_no_name_of_the_inside(shop: Site) -> None:
    policy = here(proxy=shop.url("", host="127.0.0.1"))
    assert (await get("http://elsewhere.example/page", policy)).body == PAGE
    met = await problem("http://db.internal/page", policy)
    assert met.kind == "address-inside"
    assert len(shop.seen) == 1


async def test_a_typed_address_may_lie_on_this_computer_but_leads_nowhere_else_there(shop: Site) -> None:
    def typed(url: str) -> FetchPolicy:
        return policy_for_typed(url, agent="Clauselight/test", most_bytes=50_000)

    url = shop.url("/page", host="127.0.0.1")
    assert (await fetch_page(url, typed(url))).body == PAGE
    url = shop.url("/neighbour", host="127.0.0.1")
    with pytest.raises(FetchRefused) as refused:
        await fetch_page(url, typed(url), lookup=Names())
    assert refused.value.kind == "address-inside"
    assert shop.paths == ["/page", "/neighbour"]


async def test_what_a_problem_says_cannot_command_a_terminal() -> None:
    said = FetchRefused("not-a-page", "It is \x1b]0;owned\x07\u202e" + "a" * 1_000)
    assert said.sentence.isprintable()
    assert len(said.sentence) <= 400
