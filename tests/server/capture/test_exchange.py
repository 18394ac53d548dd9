"""Servers that answer without end, too slowly, too much, or nonsense: each is left within the limits."""

from __future__ import annotations

import datetime as dt
import gzip
import ssl
import time
import tracemalloc
import zlib
from collections.abc import Iterable, Iterator
from itertools import repeat
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from clauselight.capture.fetched import Fetched
from clauselight.capture.problems import CaptureProblem
from clauselight.capture.safe_fetch import fetch_page
from sites import Names, here, raw, site, text

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
LIMIT = 100_000


async def get(url: str, **changes: object) -> Fetched:
    return await fetch_page(url, here(most_bytes=LIMIT, **changes), lookup=Names())


async def problem_of(pieces: Iterable[bytes | float], **changes: object) -> tuple[CaptureProblem, int, float]:
    """What a server of such pieces is refused for, the bytes it got rid of, and the seconds it took."""
    async with raw(lambda: pieces) as server:
        began = time.monotonic()
        with pytest.raises(CaptureProblem) as met:
            await get(server.url(), **changes)
        return met.value, server.sent, time.monotonic() - began


async def test_ten_gigabytes_stop_at_the_limit() -> None:
    def endless() -> Iterator[bytes]:
        yield HEAD + b"\r\n"
        yield from repeat(bytes(65_536), 10 * 2**30 // 65_536)

    tracemalloc.start()
    met, sent, seconds = await problem_of(endless())
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert met.kind == "too-large"
    assert "100,000 bytes" in met.sentence
    assert sent < 20_000_000, "some wait in the buffers of the system"
    assert highest < 10_000_000
    assert seconds < 5


async def test_an_announced_size_is_enough_to_refuse() -> None:
    met, _, _ = await problem_of([HEAD + b"Content-Length: 10737418240\r\n\r\n", 5.0])
    assert met.kind == "too-large"


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
async def test_a_bomb_stops_at_the_limit(packing: str) -> None:
    packed = (
        gzip.compress(bytes(200_000_000), 9) if packing == "gzip" else zlib.compress(bytes(50_000_000), 9)
    )
    headers = {"Content-Type": "text/html", "Content-Encoding": packing}
    # The packed body alone is larger than the limit of the other tests.
    async with site({"/": text(packed, headers=headers)}) as server:
        tracemalloc.start()
        with pytest.raises(CaptureProblem) as met:
            await fetch_page(server.url(), here(most_bytes=1_000_000), lookup=Names())
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert met.value.kind == "too-large"
    assert highest < 8_000_000


@pytest.mark.parametrize(
    ("pieces", "word"),
    [
        ([HEAD + b"\r\n<p>", *([b"a", 0.05] * 200)], "slow body, byte by byte"),
        ([*([b"HTTP/1.1 200 OK\r\n"]), *([b"X: y\r\n", 0.05] * 200)], "slow headers"),
        ([0.05] * 200, "nothing at all"),
        ([b"HTTP/1.1 100 Continue\r\n\r\n", 0.05] * 200, "continue for ever"),
        ([HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *([b"1\r\na\r\n", 0.05] * 200)], "chunk by chunk"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_slow_server_is_not_waited_for(pieces: list[bytes | float], word: str) -> None:
    met, _, seconds = await problem_of(pieces, seconds=0.5)
    assert met.kind == "timeout"
    assert seconds < 2


async def test_silence_within_an_answer_ends_it_early() -> None:
    met, _, seconds = await problem_of([HEAD + b"Content-Length: 50\r\n\r\n<p>", 5.0], idle_seconds=0.3)
    assert met.kind == "timeout"
    assert seconds < 2


@pytest.mark.parametrize(
    ("pieces", "kind"),
    [
        ([b"HTTP/1.1 200 OK\r\n", *[b"X-%d: y\r\n" % n for n in range(100_000)]], "headers-too-large"),
        ([b"HTTP/1.1 200 OK\r\nX: ", *[b"a" * 10_000] * 10_000], "headers-too-large"),
        ([b"HTTP/1.1 200 " + b"O" * 1_000_000], "headers-too-large"),
        ([b"220 mail.example ESMTP\r\n"], "not-http"),
        ([b"SSH-2.0-OpenSSH_9.9\r\n"], "not-http"),
        ([b"\x16\x03\x01\x02\x00\x01\x00" * 50], "not-http"),
        ([HEAD + b"Content-Length: -5\r\n\r\n"], "not-http"),
        ([HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"], "not-http"),
        ([HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"], "not-http"),
        ([HEAD + b"Content-Length: 50\r\n\r\n<p>half"], "connection-broken"),
        ([b""], "connection-broken"),
        ([b"HTTP/1.1 200 OK\r\nContent-"], "connection-broken"),
        ([HEAD + b"Content-Encoding: br\r\n\r\n\x0b\x02"], "encoding-unknown"),
        ([HEAD + b"Content-Encoding: gzip, gzip\r\n\r\n"], "encoding-unknown"),
        ([HEAD + b"Content-Encoding: gzip\r\n\r\nthis is no gzip"], "encoding-broken"),
        ([HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"a" * 5_000)[:-9]], "encoding-broken"),
    ],
)
async def test_nonsense_has_a_kind(pieces: list[bytes | float], kind: str) -> None:
    met, sent, seconds = await problem_of(pieces)
    assert met.kind == kind
    assert met.sentence.endswith(".")
    assert sent < 20_000_000
    assert seconds < 5


async def test_a_wrong_charset_is_handed_on_and_the_bytes_as_they_came() -> None:
    body = "<p>Grüße".encode("cp1252")
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    async with raw(lambda: [head + body]) as server:
        found = await get(server.url())
    assert (found.charset, found.body) == ("utf-8", body)


async def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    server = TestServer(web.Application(), scheme="https")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path, "shop.example"))
    await server.start_server(ssl=context)
    try:
        with pytest.raises(CaptureProblem) as met:
            await get(f"https://shop.example:{server.port}/")
    finally:
        await server.close()
    assert met.value.kind == "certificate"
    assert "shop.example" in met.value.sentence


def self_signed(folder: Path, name: str) -> Path:
    """A certificate and its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "site.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


async def test_packed_pages_are_unpacked() -> None:
    page = "<p>Grüße</p>".encode() * 1_000
    bare = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = {
        "/gzip": (gzip.compress(page), "gzip"),
        "/members": (gzip.compress(page[:5_000]) + gzip.compress(page[5_000:]), "x-gzip"),
        "/zlib": (zlib.compress(page), "Deflate"),
        "/bare": (bare.compress(page) + bare.flush(), "deflate"),
        "/identity": (page, "identity"),
    }
    handlers = {
        path: text(body, headers={"Content-Type": "text/html", "Content-Encoding": name})
        for path, (body, name) in packed.items()
    }
    async with site(handlers) as server:
        for path in packed:
            assert (await get(server.url(path))).body == page, path
