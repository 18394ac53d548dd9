"""A real server on a real socket, in a thread of its own, and a client that shows every byte of an answer."""

from __future__ import annotations

import asyncio
import gzip
import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web
from jsonschema import Draft202012Validator, FormatChecker

from clauselight.app import build_app
from clauselight.settings import DEFAULT_PORT, Settings
from clauselight.web.server import ProblemRunner

SCHEMAS = Path(__file__).parents[1] / "shared_schema"
OWN_HOST = f"127.0.0.1:{DEFAULT_PORT}"
"""Servers under test are told that they listen on the default port, so that one publication serves all."""

STARTING_TAKES = 60
"""Seconds after which a server that has not started is given up."""


@dataclass(frozen=True)
class Reply:
    """One answer as it came over the wire; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def plain(self) -> bytes:
        """The body without its content coding."""
        return gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body

    @property
    def text(self) -> str:
        """The plain body as text."""
        return self.plain.decode("utf-8")

    @property
    def json(self) -> Any:
        """The plain body parsed."""
        return json.loads(self.plain)


@cache
def validator(schema: str) -> Draft202012Validator:
    """A judge of the committed schema `schema`."""
    text = (SCHEMAS / f"{schema}.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text), format_checker=FormatChecker())


def assert_fits(answer: Any, schema: str) -> None:
    """The answer is what the committed schema promises."""
    wrong = [
        f"{'/'.join(map(str, e.path))}: {e.message[:200]}" for e in validator(schema).iter_errors(answer)
    ]
    assert not wrong, wrong[:5]


def assert_problem(reply: Reply, slug: str, status: int) -> dict[str, Any]:
    """The answer is a problem of the published type; returns it."""
    assert reply.status == status, reply.plain[:300]
    assert reply.headers["content-type"].partition(";")[0] == "application/problem+json"
    assert reply.headers["cache-control"] == "no-store"
    problem: dict[str, Any] = reply.json
    assert_fits(problem, "problem")
    assert problem["type"] == f"/problems/{slug}"
    assert problem["status"] == status
    return problem


class Client:
    """Sends requests to one server. `Host` is the server's own name unless another is given."""

    def __init__(self, port: int, host: str = OWN_HOST) -> None:
        self.port = port
        self.host = host

    def request(
        self, method: str, target: str, headers: dict[str, str] | None = None, body: bytes = b""
    ) -> Reply:
        """One request on a connection of its own; the target goes out as it stands."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
            given = {"Host": self.host, **(headers or {})}
            if body:
                given["Content-Length"] = str(len(body))
            for name, value in given.items():
                connection.putheader(name, value)
            connection.endheaders(body or None)
            answer = connection.getresponse()
            return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, target: str, **headers: str) -> Reply:
        """GET; header names with `_` for `-`."""
        return self.request("GET", target, {name.replace("_", "-"): value for name, value in headers.items()})

    def raw(self, data: bytes) -> Reply:
        """Sends bytes that http.client would never send, and reads the answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as sock:
            sock.sendall(data)
            answer = http.client.HTTPResponse(sock)
            answer.begin()
            return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())


@contextmanager
def running(settings: Settings, *, port: int = DEFAULT_PORT) -> Iterator[Client]:
    """Start the application as `clauselight serve` does, stop it afterwards.

    `port` is the one that the application believes in; a free one is really taken.
    """
    started = threading.Event()
    failed: list[BaseException] = []
    sock = socket.create_server(("127.0.0.1", 0))
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def serve() -> None:
        runner = ProblemRunner(build_app(settings, port=port), access_log=settings.access_log)
        try:
            await runner.setup()
            await web.SockSite(runner, sock).start()
            started.set()
            await stop.wait()
        finally:
            await runner.cleanup()

    def run() -> None:
        try:
            loop.run_until_complete(serve())
        except BaseException as error:
            failed.append(error)
        finally:
            started.set()
            loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert started.wait(STARTING_TAKES), "the server did not start"
    try:
        if failed:
            raise failed[0]
        yield Client(sock.getsockname()[1], f"127.0.0.1:{port}")
    finally:
        if thread.is_alive():
            loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        sock.close()
