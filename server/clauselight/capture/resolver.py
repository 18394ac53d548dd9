"""Looks names up once, checks every answer, and connects to what was checked.

The DNS is in the hands of whoever owns the name: it can answer a public address to the check and a private
one to the connection ("rebinding"). So there is one look-up a connection, its answers go to the connection
as they were checked, and the address at the other end is checked again once the connection stands.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final

from aiohttp import TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult

from .addresses import AddressRules
from .problems import FetchRefused

if TYPE_CHECKING:
    from aiohttp import ClientRequest, ClientTimeout
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace

Lookup = Callable[[str, int], Awaitable[list[str]]]
"""From a name and a port to its IP addresses as text. Raises OSError when there are none."""

LOOKUPS: Final = 16
"""Names looked up at the same time, in threads of their own: one dead name server holds a thread for 30
seconds, and must not hold up what else the process does in threads."""
MOST_ADDRESSES: Final = 64
"""Answers looked at; more than these are no host's."""
KEPT_OPEN: Final = 15.0
"""Seconds that a connection waits for the next request to its host."""


class SystemLookup:
    """The look-up of the operating system, with its own threads."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(LOOKUPS, thread_name_prefix="clauselight-names")

    async def __call__(self, host: str, port: int) -> list[str]:
        """All addresses of a name. Raises OSError."""
        found = await asyncio.get_running_loop().run_in_executor(
            self._threads,
            lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG),
        )
        return [str(sockaddr[0]) for *_, sockaddr in found]

    def close(self) -> None:
        """Let the threads end."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class CheckedResolver(AbstractResolver):
    """A resolver that answers only if every address of the name may be asked."""

    def __init__(self, rules: AddressRules, lookup: Lookup, proxies: frozenset[tuple[str, int]]) -> None:
        self._rules = rules
        self._lookup = lookup
        self._proxies = proxies

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The checked addresses of a name. Raises FetchRefused, or OSError when there are none."""
        texts = list(dict.fromkeys(await self._lookup(host, port)))[:MOST_ADDRESSES]
        if not texts:
            raise OSError(f"{host} has no address")
        for text in texts:
            # The proxy is the operator's own choice and usually stands inside.
            if (host, port) not in self._proxies:
                self._rules.check(ip_address(text), port, host)
        return [
            ResolveResult(
                hostname=host,
                host=text,
                port=port,
                family=socket.AF_INET6 if ":" in text else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for text in texts
        ]

    async def close(self) -> None:
        """Nothing is held."""


class CheckedConnector(TCPConnector):
    """A connector without a memory of names; it looks who is at the other end before anything is sent."""

    def __init__(self, rules: AddressRules, lookup: Lookup, proxies: frozenset[tuple[str, int]]) -> None:
        super().__init__(
            resolver=CheckedResolver(rules, lookup, proxies),
            use_dns_cache=False,
            keepalive_timeout=KEPT_OPEN,
            limit=0,  # how many at a time is for politeness to say
        )
        self._rules = rules

    async def connect(  # the library gives the name
        self,
        req: ClientRequest,
        traces: list[Trace],
        timeout: ClientTimeout,  # noqa: ASYNC109
    ) -> Connection:
        """As the library's own; raises FetchRefused when the other end may not be asked."""
        connection = await super().connect(req, traces, timeout)
        if req.proxy is None:
            try:
                self._check_peer(connection, req)
            except FetchRefused:
                connection.close()
                raise
        return connection

    def _check_peer(self, connection: Connection, req: ClientRequest) -> None:
        peer: Any = connection.transport and connection.transport.get_extra_info("peername")
        if not peer:
            raise FetchRefused("address-inside", "Whom the connection leads to cannot be told.")
        self._rules.check(ip_address(peer[0]), req.url.port or 0, req.url.raw_host or "")
