"""One request and its answer, within limits of time and size, over checked connections.

Nothing is sent but what the caller gives: no cookies, no referrer, nothing from ~/.netrc. Redirects are not
followed here.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self
from urllib.request import getproxies, proxy_bypass

import aiohttp
from multidict import CIMultiDictProxy
from yarl import URL

from .addresses import Target
from .fetched import Headers
from .policy import SYSTEM_PROXY, FetchPolicy
from .problems import CaptureProblem, FetchFailed, FetchRefused
from .resolver import CheckedConnector, Lookup, SystemLookup
from .unpack import ACCEPTED, Body

LONGEST_LINE: Final = 8190
"""Bytes of one header. Their number is bounded by the library, at 128."""
_TOO_LONG: Final = ("Got more than", "Too many headers")


@dataclass(frozen=True, slots=True)
class Head:
    """The start of an answer."""

    status: int
    headers: CIMultiDictProxy[str]
    sent: Headers


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; the body is unpacked, and empty when the judge wanted none."""

    head: Head
    body: bytes


Judge = Callable[[Head], int]
"""Looks at the start of an answer and says how many bytes of it to take, 0 for none; or raises."""


class Exchange:
    """Asks, with one policy. To be used as `async with`, within a running loop."""

    def __init__(self, policy: FetchPolicy, lookup: Lookup | None = None) -> None:
        self._policy = policy
        self._lookup: Lookup = SystemLookup() if lookup is None else lookup
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        policy = self._policy
        self._session = aiohttp.ClientSession(
            connector=CheckedConnector(policy.rules, self._lookup, _proxies(policy)),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            max_line_size=LONGEST_LINE,
            max_field_size=LONGEST_LINE,
            timeout=aiohttp.ClientTimeout(
                total=None,  # counted here, together with redirects
                connect=policy.connect_seconds,
                sock_connect=policy.connect_seconds,
                sock_read=policy.idle_seconds,
            ),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
        if isinstance(self._lookup, SystemLookup):
            self._lookup.close()

    async def ask(
        self,
        target: Target,
        judge: Judge,
        *,
        seconds: float,
        headers: dict[str, str],
        method: str = "GET",
        body: bytes | None = None,
        cut: bool = False,
    ) -> Answer:
        """Ask once. Raises CaptureProblem; `cut` takes the start of a body that is too large."""
        try:
            async with asyncio.timeout(seconds):
                return await self._ask(target, judge, headers, method, body, cut)
        except CaptureProblem as problem:
            problem.url = problem.url or str(target.url)
            raise
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            raise problem_of(error, target) from error

    async def _ask(
        self,
        target: Target,
        judge: Judge,
        headers: dict[str, str],
        method: str,
        body: bytes | None,
        cut: bool,
    ) -> Answer:
        assert self._session is not None, "an Exchange is used as `async with`"
        proxy = self._proxy(target.url)
        if proxy is not None:
            if not proxy.startswith(("http://", "https://")):
                raise FetchFailed(
                    "proxy", "Only http proxies can be used, and the settings name another kind."
                )
            if target.address is None:
                self._policy.rules.check_name(target.host, target.port)
        sent = {"User-Agent": self._policy.agent, "Accept-Encoding": ACCEPTED, **headers}
        async with self._session.request(
            method, target.url, headers=sent, data=body, proxy=proxy, allow_redirects=False
        ) as answer:
            head = Head(answer.status, answer.headers, tuple(answer.request_info.headers.items()))
            most = judge(head)
            if not most:
                answer.close()  # what else it sends is not waited for
                return Answer(head, b"")
            if (answer.content_length or 0) > most and not cut:
                raise FetchRefused("too-large", f"The page has more than {most:,} bytes.")
            collected = Body(answer.headers.get("Content-Encoding", ""), most, cut=cut)
            async for piece in answer.content.iter_any():
                collected.add(piece)
                if collected.full:
                    answer.close()
                    break
            return Answer(head, collected.done())

    def _proxy(self, url: URL) -> str | None:
        """The proxy for an address. aiohttp's own way (`trust_env`) would also send what ~/.netrc holds."""
        if self._policy.proxy != SYSTEM_PROXY:
            return self._policy.proxy
        if url.host is None or proxy_bypass(url.host):
            return None
        return getproxies().get(url.scheme)


def _proxies(policy: FetchPolicy) -> frozenset[tuple[str, int]]:
    """Hosts and ports of the proxies that the policy names, which usually stand inside."""
    if policy.proxy is None:
        return frozenset()
    found = getproxies().values() if policy.proxy == SYSTEM_PROXY else [policy.proxy]
    urls = []
    for text in found:
        try:
            urls.append(URL(text))
        except ValueError:
            continue
    return frozenset((url.raw_host, url.port) for url in urls if url.raw_host and url.port)


def problem_of(error: Exception, target: Target) -> CaptureProblem:
    """What went wrong, in words of people."""
    host, url = target.host, str(target.url)
    cause = error.__cause__
    if isinstance(error, TimeoutError):
        return FetchFailed("timeout", f"{host} did not send the page in time.", url=url)
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientConnectorSSLError) or (
        isinstance(cause, ssl.SSLError)
    ):
        return FetchFailed("certificate", f"{host} has no certificate that can be trusted.", url=url)
    if isinstance(error, aiohttp.ClientProxyConnectionError | aiohttp.ClientHttpProxyError):
        return FetchFailed("proxy", "The proxy that the settings name does not work.", url=url)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return FetchFailed("name-unknown", f"There is no site named {host}.", url=url)
    if isinstance(error, aiohttp.ClientConnectorError):
        return FetchFailed("unreachable", f"{host} cannot be reached.", url=url)
    if isinstance(error, aiohttp.ClientResponseError):
        if error.message.startswith(_TOO_LONG):  # all that the library tells; a test holds it to that
            refused = "The answer has more or longer headers than a page needs; it was not read."
            return FetchRefused("headers-too-large", refused, url=url)
        return FetchFailed("not-http", f"What {host} sent is no answer of a web server.", url=url)
    if isinstance(error, ValueError):
        return FetchRefused("address-malformed", "The address is not one of a web page.", url=url)
    return FetchFailed("connection-broken", f"The connection to {host} broke off.", url=url)
