"""Fetching one page: limits, redirects, and what is sent."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from clauselight.capture import safe_fetch
from clauselight.capture.safe_fetch import MOST_REDIRECTS, Fetched, FetchRefused, fetch

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
seen: list[web.Request] = []


async def page(request: web.Request) -> web.Response:
    seen.append(request)
    return web.Response(body="<p>Grüße".encode("cp1252"), content_type="text/html", charset="windows-1252")


async def moved(request: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": "/page?x=ü#part"})


async def around(request: web.Request) -> web.Response:
    return web.Response(status=301, headers={"Location": "/around"})


async def away(request: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": "file:///etc/passwd"})


async def picture(request: web.Request) -> web.Response:
    return web.Response(body=b"\x89PNG", content_type="image/png")


async def missing(request: web.Request) -> web.Response:
    return web.Response(status=410, text="gone")


async def long(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/html"})
    await response.prepare(request)
    for _ in range(100):
        await response.write(b"a" * 1_000)
    return response


async def bomb(request: web.Request) -> web.Response:
    body = gzip.compress(b"a" * 5_000_000)
    return web.Response(body=body, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})


async def slow(request: web.Request) -> web.Response:
    await asyncio.sleep(5)
    return web.Response(text="late")


@pytest.fixture
async def site() -> AsyncIterator[str]:
    seen.clear()
    app = web.Application()
    handlers: list[Handler] = [page, moved, around, away, picture, missing, long, bomb, slow]
    for handler in handlers:
        app.router.add_get(f"/{handler.__name__}", handler)
    server = TestServer(app)
    await server.start_server()
    yield str(server.make_url("/"))
    await server.close()


async def get(url: str) -> Fetched:
    return await fetch(url, most_bytes=50_000, agent="Clauselight/test")


async def test_a_page_comes_as_bytes_with_what_was_said_of_them(site: str) -> None:
    found = await get(site + "page")
    assert found == Fetched(site + "page", "text/html", "windows-1252", "<p>Grüße".encode("cp1252"))


async def test_nothing_is_sent_but_the_address_and_who_asks(site: str) -> None:
    await get(site + "page")
    sent = {name.lower() for name in seen[0].headers}
    assert sent == {"host", "user-agent", "accept", "accept-encoding"}
    assert seen[0].headers["User-Agent"] == "Clauselight/test"


async def test_no_password_of_the_person_is_sent(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login me password secret\n", encoding="ascii")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    await get(site + "page")
    assert "Authorization" not in seen[0].headers


async def test_the_proxy_that_the_settings_name_is_used(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", site)
    assert (await get("http://elsewhere.example/page")).url == "http://elsewhere.example/page"
    assert seen[0].headers["Host"] == "elsewhere.example"


async def test_a_redirect_is_followed_to_where_the_page_is(site: str) -> None:
    assert (await get(site + "moved")).url.startswith(site + "page?x=")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("around", f"more than {MOST_REDIRECTS} redirects"),
        ("away", "Only http and https"),
        ("picture", "image/png"),
        ("missing", "410"),
        ("long", "more than 50,000 bytes"),
        ("bomb", "more than 50,000 bytes"),
    ],
)
async def test_what_cannot_be_had_is_a_sentence(site: str, path: str, sentence: str) -> None:
    with pytest.raises(FetchRefused, match=sentence) as refused:
        await get(site + path)
    assert str(refused.value).endswith(".")


async def test_a_slow_site_is_not_waited_for(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_fetch, "WITHIN", 0.2)
    with pytest.raises(FetchRefused, match="within"):
        await get(site + "slow")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://[bad", "https://no-such-host.invalid/"])
async def test_a_site_that_is_not_there_is_a_sentence(url: str) -> None:
    with pytest.raises(FetchRefused):
        await get(url)


async def test_a_secure_page_never_leads_to_an_insecure_one(monkeypatch: pytest.MonkeyPatch) -> None:
    class Leads:
        status = 302
        headers = {"Location": "http://a.example/"}
        url = __import__("yarl").URL("https://a.example/")

        async def __aenter__(self) -> Leads:
            return self

        async def __aexit__(self, *_: object) -> None:
            """Nothing to close."""

    class Session:
        def get(self, url: object, *, proxy: str | None, allow_redirects: bool) -> Leads:
            assert not allow_redirects
            return Leads()

    with pytest.raises(FetchRefused, match="insecure"):
        await safe_fetch._follow(Session(), "https://a.example/", 1)  # type: ignore[arg-type]
