"""Pages that only exist after their scripts ran: shown by a real browser that opens no connection itself."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from clauselight.capture.addresses import AddressRules
from clauselight.capture.capturer import Capturer
from clauselight.capture.fetched import Fetched
from clauselight.capture.policy import FetchPolicy
from clauselight.capture.problems import CaptureProblem
from sites import Names, Site, here, moved, site, text

CLAUSE = "We may sell your personal data to partners who pay us for it."

SHELL = f"""<!doctype html><meta charset=windows-1252><title>App</title>
<link rel=stylesheet href=/style.css>
<div id=root></div><script src=/app.js></script><noscript>{CLAUSE[:7]}</noscript>"""
APP = """
addEventListener("load", async () => {
  const answer = await fetch("/api/policy", {method: "POST", headers: {"x-token": "7"}, body: "{}"});
  const policy = await answer.json();
  setTimeout(() => {
    document.getElementById("root").innerHTML = `<h1>Privacy \\u201cPolicy\\u201d</h1><p>${policy.text}</p>`;
  }, 300);
});
"""

LEAKS = """<!doctype html><title>Leaks</title><p id=p>start
<link rel=preconnect href="http://127.0.0.1:PORT/"><link rel=dns-prefetch href="//leak.example">
<link rel=prefetch href="http://127.0.0.1:PORT/prefetch">
<img src="http://127.0.0.1:PORT/img"><iframe src="http://127.0.0.1:PORT/frame"></iframe>
<video src="http://127.0.0.1:PORT/video"></video><object data="http://127.0.0.1:PORT/object"></object>
<script src="http://127.0.0.1:PORT/script.js"></script>
<script type=module>
const to = "127.0.0.1:PORT";
const tries = {
  fetch: () => fetch(`http://${to}/fetch`, {mode: "no-cors"}),
  name: () => fetch("http://evil.example:PORT/fetch", {mode: "no-cors"}),
  decimal: () => fetch("http://2130706433:PORT/fetch", {mode: "no-cors"}),
  six: () => fetch("http://[::1]:PORT/fetch", {mode: "no-cors"}),
  redirect: () => fetch("/to-inside", {mode: "no-cors"}),
  beacon: () => navigator.sendBeacon(`http://${to}/beacon`, "x"),
  socket: () => new Promise((done, fail) => {
    const s = new WebSocket(`ws://${to}/socket`); s.onopen = done; s.onerror = s.onclose = fail;
  }),
  events: () => new Promise((done, fail) => {
    const s = new EventSource(`http://${to}/events`); s.onopen = done; s.onerror = fail;
  }),
  rtc: async () => {
    const f = document.createElement("iframe"); document.body.append(f);
    const Peer = window.RTCPeerConnection || f.contentWindow.RTCPeerConnection;
    const peer = new Peer({iceServers: [{urls: `stun:${to}`}]});
    peer.createDataChannel("x"); await peer.setLocalDescription(await peer.createOffer());
  },
  transport: () => new WebTransport(`https://${to}/transport`).ready,
  worker: () => new Promise((done, fail) => {
    const code = `fetch("http://${to}/worker", {mode: "no-cors"})
      .then(() => postMessage(1), () => postMessage(0))`;
    const w = new Worker(URL.createObjectURL(new Blob([code])));
    w.onmessage = (e) => e.data ? done() : fail();
  }),
  service: () => navigator.serviceWorker.register("/app.js"),
  popup: () => { if (!window.open(`http://${to}/popup`)) throw 0; },
  download: () => { const a = document.createElement("a");
    a.href = "/file.zip"; a.download = "x"; a.click(); throw 0; },
  form: () => { const f = document.createElement("form"); f.target = "_blank"; f.action = `http://${to}/form`;
    document.body.append(f); f.submit(); throw 0; },
};
const got = [];
await Promise.all(Object.entries(tries).map(async ([name, go]) => { try {
  await Promise.race([go(), new Promise((_, fail) => setTimeout(fail, 2000))]); got.push(name);
} catch {} }));
const silent = ["rtc", "beacon"];  // these never say whether they came through; the watched port does
document.getElementById("p").textContent = "REACHED: " + got.filter((n) => !silent.includes(n)).join(" ");
</script>"""


class Watched:
    """A port inside, for TCP and UDP, that nobody may come to."""

    def __init__(self) -> None:
        self.port = 0
        self.came: list[str] = []

    async def __aenter__(self) -> Watched:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.came.append("tcp")
            writer.close()

        self._tcp = await asyncio.start_server(talk, "127.0.0.1", 0)
        self.port = self._tcp.sockets[0].getsockname()[1]
        watched = self

        class Udp(asyncio.DatagramProtocol):
            def datagram_received(self, data: bytes, addr: object) -> None:
                watched.came.append("udp")

        loop = asyncio.get_running_loop()
        self._udp, _ = await loop.create_datagram_endpoint(Udp, local_addr=("127.0.0.1", self.port))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._udp.close()
        self._tcp.close()


async def api(request: web.Request) -> web.Response:
    if request.headers.get("x-token") != "7" or await request.text() != "{}":
        return web.Response(status=400)
    return web.Response(text=json.dumps({"text": CLAUSE}), content_type="application/json")


HANDLERS = {
    "/app": text(SHELL),
    "/app.js": text(APP, content_type="text/javascript"),
    "/style.css": text("h1 { color: red }", content_type="text/css"),
    "/api/policy": api,
    "/to-app": moved("/app"),
    "/to-inside": moved("http://10.0.0.1/"),
    "/plain": text(f"<h1>Terms</h1><p>{CLAUSE}"),
    "/script-on": text("<p>moving<script>location.href = '/to-app'</script>"),
    "/script-away": text("<p>moving<script>location.href = 'http://10.0.0.1/'</script>"),
    "/script-circle": text("<p>moving<script>location.href = '/script-circle?' + Math.random()</script>"),
    "/busy": text("<p>a<script>for (;;);</script>"),
    "/growing": text(
        "<body><script>setInterval(() => document.body.append('word '.repeat(99)), 50)</script>"
    ),
    "/large": text("<body><script>document.body.textContent = 'word '.repeat(3e5)</script>"),
    "/none": text("", status=404),
    "/terms.txt": text("Terms", content_type="text/plain"),
}


@pytest.fixture
async def shop() -> AsyncIterator[Site]:
    async with site(HANDLERS) as running:
        yield running


def policy(**changes: object) -> FetchPolicy:
    chromium = os.environ.get("CLAUSELIGHT_CHROMIUM")
    found = {"rules": AddressRules.of(["shop.example"]), "chromium": Path(chromium) if chromium else None}
    return here(**{**found, **changes})


def capturer(**changes: object) -> Capturer:
    return Capturer(policy(**changes), lookup=Names())


async def holds(fetched: Fetched) -> bool:
    return CLAUSE.encode() in fetched.body


@pytest.mark.browser
async def test_a_page_that_needs_its_scripts_is_rendered(shop: Site) -> None:
    async with capturer() as running:
        found = await running.capture(shop.url("/to-app"), holds_policy=holds)
    assert found.method == "rendered"
    assert CLAUSE.encode() in found.body
    assert "Privacy “Policy”" in found.body.decode("utf-8-sig"), "in UTF-8, whatever the page's meta says"
    assert (found.media_type, found.charset, found.status) == ("text/html", "utf-8", 200)
    assert (found.url, found.final_url) == (shop.url("/to-app"), shop.url("/app"))
    assert found.redirects == (shop.url("/to-app"),)
    assert found.etag is None
    assert found.not_rendered is None
    assert shop.paths.count("/app") == 1, "the plain answer is not asked for twice"
    assert {request.headers["User-Agent"] for request in shop.seen} == {"Clauselight/test"}
    assert not any("Cookie" in request.headers or "Referer" in request.headers for request in shop.seen)


@pytest.mark.browser
async def test_only_what_needs_it_is_rendered(shop: Site) -> None:
    async with capturer() as running:
        plain = await running.capture(shop.url("/plain"), holds_policy=holds)
        assert plain.method == "fetched"
        assert (
            await running.capture(shop.url("/app"), render="never", holds_policy=holds)
        ).method == "fetched"
        assert (await running.capture(shop.url("/app"))).method == "fetched", "nobody said that it holds none"
        assert (await running.capture(shop.url("/terms.txt"), holds_policy=holds)).method == "fetched"
        always = await running.capture(shop.url("/plain"), render="always")
    assert always.method == "rendered"
    assert CLAUSE.encode() in always.body


@pytest.mark.browser
async def test_the_browser_opens_no_connection(shop: Site) -> None:
    async with Watched() as watched:
        shop_leaks = text(LEAKS.replace("PORT", str(watched.port)))
        async with site({**HANDLERS, "/leaks": shop_leaks, "/file.zip": text(b"PK")}) as server:
            async with capturer() as running:
                found = await running.capture(server.url("/leaks"), render="always")
            assert b"REACHED: <" in found.body, found.body[-300:]
            assert watched.came == []
            assert set(server.paths) == {"/leaks", "/to-inside"}


@pytest.mark.browser
async def test_where_scripts_lead_is_judged_like_any_address(shop: Site) -> None:
    async with capturer() as running:
        found = await running.capture(shop.url("/script-on"), render="always")
        assert CLAUSE.encode() in found.body
        assert found.final_url == shop.url("/app")
        assert found.redirects == (shop.url("/script-on"), shop.url("/to-app"))
        for path, kind in (("/script-away", "address-inside"), ("/script-circle", "redirect-loop")):
            with pytest.raises(CaptureProblem) as met:
                await running.capture(shop.url(path), render="always")
            assert met.value.kind == kind


@pytest.mark.browser
async def test_pages_that_do_not_end_are_ended(shop: Site) -> None:
    for seconds, path, kind in (
        (3.0, "/busy", "render-failed"),
        (3.0, "/growing", "render-failed"),
        (20.0, "/large", "too-large"),
    ):
        async with capturer(render_seconds=seconds, most_bytes=1_000_000) as running:
            began = asyncio.get_running_loop().time()
            with pytest.raises(CaptureProblem) as met:
                await running.capture(shop.url(path), render="always")
            assert met.value.kind == kind
            assert met.value.sentence.endswith(".")
            assert asyncio.get_running_loop().time() - began < 25


async def test_without_a_browser_the_plain_page_comes_with_the_reason(
    shop: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    async with capturer(chromium=None) as running:
        found = await running.capture(shop.url("/app"), holds_policy=holds)
        assert found.method == "fetched"
        assert found.not_rendered is not None
        assert found.not_rendered.kind == "browser-missing"
        assert "apt install chromium" in found.not_rendered.sentence
        with pytest.raises(CaptureProblem, match="Chromium"):
            await running.capture(shop.url("/app"), render="always")
    async with capturer(chromium=Path("/no/such/browser")) as running:
        with pytest.raises(CaptureProblem, match="/no/such/browser"):
            await running.capture(shop.url("/app"), render="always")


async def test_a_browser_that_does_not_start_is_a_sentence(shop: Site, tmp_path: Path) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    broken.chmod(0o755)
    async with capturer(chromium=broken) as running:
        with pytest.raises(CaptureProblem) as met:
            await running.capture(shop.url("/app"), render="always")
    assert met.value.kind == "render-failed"
    assert met.value.sentence.endswith(".")


async def test_what_cannot_be_fetched_is_not_rendered(shop: Site) -> None:
    async with capturer() as running:
        with pytest.raises(CaptureProblem) as met:
            await running.capture(shop.url("/none"), render="always")
    assert met.value.kind == "not-found"
