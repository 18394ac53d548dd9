"""Sites on this computer for the tests of capturing: names that lead where a test says, raw servers that
misbehave."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.test_utils import TestServer

from clauselight.capture.addresses import AddressRules
from clauselight.capture.policy import FetchPolicy

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Names:
    """A DNS of our own: each name has a list of answers; the last one stays. Unknown names lead here."""

    def __init__(self, answers: dict[str, list[list[str]]] | None = None) -> None:
        self.answers = answers or {}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        answers = self.answers.get(host)
        if answers is None:
            return ["127.0.0.1"]
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        if not found:
            raise OSError("no such name")
        return found


@dataclass
class Site:
    """A running site: its port, and the requests that it got."""

    port: int = 0
    seen: list[web.Request] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "shop.example") -> str:
        """An address of the site, under any name."""
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """Paths asked for, in order."""
        return [request.path_qs for request in self.seen]


@asynccontextmanager
async def site(handlers: dict[str, Handler]) -> AsyncIterator[Site]:
    """A site with handlers by path; others are 404."""
    running = Site()

    @web.middleware
    async def note(request: web.Request, handler: Handler) -> web.StreamResponse:
        running.seen.append(request)
        return await handler(request)

    app = web.Application(middlewares=[note])
    for path, handler in handlers.items():
        app.router.add_route("*", path, handler)
    server = TestServer(app)
    await server.start_server(access_log=None)
    running.port = server.port or 0
    try:
        yield running
    finally:
        await server.close()


@dataclass
class Raw:
    """A server of bare bytes; `connections` counts who came, `sent` the bytes that it got rid of."""

    port: int = 0
    connections: int = 0
    sent: int = 0
    heard: list[bytes] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "shop.example") -> str:
        """An address of it."""
        return f"http://{host}:{self.port}{path}"


@asynccontextmanager
async def raw(pieces: Callable[[], Iterable[bytes | float]]) -> AsyncIterator[Raw]:
    """A server that reads a request's head and then sends pieces; a number is a pause in seconds."""
    running = Raw()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        running.connections += 1
        try:
            running.heard.append(await reader.readuntil(b"\r\n\r\n"))
            for piece in pieces():
                if isinstance(piece, bytes):
                    writer.write(piece)
                    await writer.drain()
                    running.sent += len(piece)
                else:
                    await asyncio.sleep(piece)
        except (ConnectionError, asyncio.IncompleteReadError):
            """They went away, as they should from a server like this."""
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    running.port = server.sockets[0].getsockname()[1]
    try:
        yield running
    finally:
        server.close()


def here(**changes: object) -> FetchPolicy:
    """A policy that may ask this computer, hastily; `changes` replace fields."""
    policy = FetchPolicy(
        agent="Clauselight/test", rules=AddressRules.of(["127.0.0.1"]), delay=0.0, robots=False
    )
    return dataclasses.replace(policy, **changes)  # type: ignore[arg-type]


def text(body: str | bytes, **options: object) -> Handler:
    """A handler that answers HTML, or what the options say."""

    async def handler(request: web.Request) -> web.Response:
        given = {"body": body.encode() if isinstance(body, str) else body, "content_type": "text/html"}
        if "headers" in options:
            del given["content_type"]
        return web.Response(**{**given, **options})  # type: ignore[arg-type]

    return handler


def moved(location: str, status: int = 302) -> Handler:
    """A handler that leads on."""

    async def handler(request: web.Request) -> web.Response:
        port = request.url.port
        return web.Response(status=status, headers={"Location": location.replace("PORT", str(port))})

    return handler
