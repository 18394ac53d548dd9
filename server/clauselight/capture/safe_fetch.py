"""Fetches one page that the person at the terminal named: a few redirects, a few seconds, a few megabytes.

Nothing is sent but the address and what this program is: no cookies, no referrer, no languages. Only http and
https; a secure page never leads to an insecure one. Fetching addresses that strangers name, as a server
would, needs more than this (which hosts may be asked, what robots.txt says) and is not done here.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from yarl import URL

MOST_REDIRECTS: Final = 5
"""Browsers follow 20; policies are one or two redirects away from an old address."""

WITHIN: Final = 20.0
"""Seconds for everything together."""

READABLE: Final = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
"""Media types of pages and texts."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class FetchRefused(Exception):
    """The page cannot be had; the text is one sentence for the person at the terminal."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: `url` is where it really was, `charset` what the server said, if anything."""

    url: str
    media_type: str
    charset: str | None
    body: bytes


async def fetch(url: str, *, most_bytes: int, agent: str) -> Fetched:
    """Fetch one page. `agent` names this program to the site. Raises FetchRefused."""
    try:
        async with (
            asyncio.timeout(WITHIN),
            aiohttp.ClientSession(
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": agent, "Accept": "text/html, text/plain;q=0.8"},
            ) as session,
        ):
            return await _follow(session, url, most_bytes)
    except TimeoutError:
        raise FetchRefused(f"The site did not send the page within {WITHIN:.0f} seconds.") from None
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise FetchRefused(f"The page cannot be fetched ({type(error).__name__}).") from error


async def _follow(session: aiohttp.ClientSession, url: str, most_bytes: int) -> Fetched:
    secure = False
    for _ in range(MOST_REDIRECTS + 1):
        scheme = urlsplit(url).scheme.lower()
        if scheme not in ("http", "https"):
            raise FetchRefused("Only http and https addresses can be fetched.")
        if secure and scheme == "http":
            raise FetchRefused("The secure page leads to an insecure one, which was not followed.")
        secure = scheme == "https"
        where = URL(url)
        async with session.get(where, proxy=_proxy(where), allow_redirects=False) as answer:
            target = answer.headers.get("Location")
            if answer.status in _REDIRECTS and target:
                url = str(answer.url.join(URL(target)))
                continue
            return await _read(answer, most_bytes)
    raise FetchRefused(f"The address leads on and on: more than {MOST_REDIRECTS} redirects.")


def _proxy(url: URL) -> str | None:
    """The proxy that the computer's settings name for a site. aiohttp's own way (`trust_env`) would also send
    the site what ~/.netrc holds for it."""
    if url.host is None or proxy_bypass(url.host):
        return None
    return getproxies().get(url.scheme)


async def _read(answer: aiohttp.ClientResponse, most_bytes: int) -> Fetched:
    if answer.status != 200:
        raise FetchRefused(f"The site answered {answer.status} {answer.reason or ''}".rstrip() + ".")
    if answer.content_type not in READABLE:
        raise FetchRefused(f"It is {answer.content_type}; only web pages and plain text can be read.")
    too_large = FetchRefused(f"The page has more than {most_bytes:,} bytes.")
    if (answer.content_length or 0) > most_bytes:
        raise too_large
    body = bytearray()
    async for piece in answer.content.iter_any():
        body += piece
        if len(body) > most_bytes:
            raise too_large
    return Fetched(str(answer.url), answer.content_type, answer.charset, bytes(body))
