"""The calls that readers make all day, answered as soon as their bytes are there.

Index, deltas, buckets and matches are bytes that lie ready (`hot_answers`); nearly all the time of a request
is spent on what surrounds them: parsing, tasks, routing, three middlewares, request and response objects. So
the connection handler here looks at what arrives before aiohttp does, and answers at once when

- it is one whole request and nothing else, and nothing else is going on: no request begun or in hand, nothing
  waiting to be written;
- its lines of headers, byte for byte, were read before by aiohttp's own parser and found plain (`Head`). Most
  clients send the same ones each time;
- its request line is `GET`, one of those addresses, `HTTP/1.1`, and there is an answer.

Everything else, every error included, goes to aiohttp as it came, which alone decides what a request is.
A connection on which anything arrived that is not plain is left to aiohttp until it ends. The answers
carry the same headers as all others, and the access log gets the same line.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from email.utils import formatdate
from time import perf_counter
from typing import Any, Final

from aiohttp import web
from aiohttp.http import HttpProcessingError, HttpRequestParser, HttpVersion11
from aiohttp.streams import EMPTY_PAYLOAD
from aiohttp.web_protocol import RequestHandler

from .access_log import BatchedAccessLog
from .answers import REVALIDATE, takes_gzip
from .hot_answers import HotAnswers, target_of
from .middleware.headers import HEADERS
from .middleware.hosts import own_names

MOST_HEADS: Final = 256
"""Different blocks of header lines that are remembered; one kind of browser sends two or three. When there
are more, all are forgotten: reading one again takes some ten microseconds."""

LARGEST_HEAD: Final = 2_048
"""Bytes of a block that is remembered; with `MOST_HEADS` it bounds the memory."""

_BETWEEN: Final = b"\r\n\r\n"
_FIXED: Final = "".join(
    f"{name}: {value}\r\n"
    for name, value in {"Cache-Control": REVALIDATE, "Vary": "Accept-Encoding", **HEADERS}.items()
).encode()
_FOUND: Final = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Encoding: gzip\r\n" + _FIXED
)
_UNCHANGED: Final = b"HTTP/1.1 304 Not Modified\r\n" + _FIXED
_JOINED: Final = 16_384
"""Bytes up to which the body is copied behind the head instead of handing both to the transport; not
measured."""

_NEEDED: Final = (
    "_close",
    "_force_close",
    "_keepalive",
    "_keepalive_handle",
    "_keepalive_timeout",
    "_loop",
    "_manager",
    "_messages",
    "_next_keepalive_close_time",
    "_paused",
    "_process_keepalive",
    "_waiter",
)
"""What is used of aiohttp's connection handler, as of 3.14. One that is built otherwise works without."""

_KNOWN_INSIDE: Final = all(hasattr(RequestHandler, name) for name in _NEEDED)


@dataclass(frozen=True, slots=True)
class Head:
    """What a block of header lines says. `plain`: to one of the server's own names, from a client that takes
    gzip and keeps the connection. `tags`: its If-None-Match. A head with a body or an upgrade is none."""

    plain: bool
    tags: str | None


class HotPath:
    """Knows the answers of one application, and the heads that were read."""

    def __init__(self, app: web.Application, log: BatchedAccessLog | None) -> None:
        self._hosts = own_names(app)
        self._heads: dict[bytes, Head] = {}
        self._second = 0
        self._found = self._unchanged = b""
        self.answers = HotAnswers(app)
        self.log = log

    def head(self, block: bytes, loop: asyncio.AbstractEventLoop) -> Head | None:
        """What a block of header lines with the empty line says; None when more may follow, or when it is
        wrong."""
        known = self._heads.get(block)
        if known is None:
            known = self._read(block, loop)
            if known is not None and len(block) <= LARGEST_HEAD:
                if len(self._heads) >= MOST_HEADS:
                    self._heads.clear()
                self._heads[block] = known
        return known

    def _read(self, block: bytes, loop: asyncio.AbstractEventLoop) -> Head | None:
        if block.count(b"\n") != block.count(b"\r\n"):
            return None  # where such a head ends is a matter of opinion
        parser: Any = HttpRequestParser(_NoConnection(), loop, len(block))  # type: ignore[arg-type]
        try:
            messages, upgraded, _ = parser.feed_data(b"GET / HTTP/1.1\r\n" + block)
        except HttpProcessingError:
            return None
        if upgraded or len(messages) != 1 or messages[0][1] is not EMPTY_PAYLOAD:
            return None
        message = messages[0][0]
        headers = message.headers
        plain = (
            headers.get("Host") in self._hosts
            and message.version == HttpVersion11
            and not message.should_close
            and not message.upgrade
            and takes_gzip(headers.get("Accept-Encoding", ""))
        )
        return Head(plain, headers.get("If-None-Match"))

    def answer(self, line: bytes, tags: str | None) -> tuple[int, str, bytes, bytes] | None:
        """Status, route, and what is written in two parts; None for whatever the application is to answer."""
        found = self.answers.find(line, tags)
        if found is None:
            return None
        status, route, rest = found
        second = int(time.time())
        if second != self._second:
            self._second = second
            date = f"Date: {formatdate(second, usegmt=True)}\r\n".encode()
            self._found, self._unchanged = _FOUND + date, _UNCHANGED + date
        return status, route, self._found if status == 200 else self._unchanged, rest


class _NoConnection:
    """Stands for the connection of a parser that reads a head and never a body."""

    def pause_reading(self) -> None:
        """Nothing flows."""

    def resume_reading(self) -> None:
        """Nothing flows."""


class HotHandler(RequestHandler):
    """aiohttp's connection handler behind the hot path."""

    __slots__ = ("_at_rest", "_held", "_hot")

    def __init__(self, manager: web.Server, *, hot: HotPath | None, **options: Any) -> None:
        super().__init__(manager, **options)
        self._hot = hot
        # Whether all that aiohttp was given were whole requests, so that what comes next begins one.
        self._at_rest = hot is not None and _KNOWN_INSIDE
        self._held = b""

    def data_received(self, data: bytes) -> None:
        """Called by the event loop with whatever has arrived."""
        if self._held:  # more before the first was looked at again: whole requests do not come so
            data, self._held, self._at_rest = self._held + data, b"", False
        if not (self._at_rest and self._answered(data)):
            super().data_received(data)

    def _look_again(self) -> None:
        data, self._held = self._held, b""
        if data and self.transport is not None and not self._answered(data, again=True):
            super().data_received(data)

    def _answered(self, data: bytes, *, again: bool = False) -> bool:
        """Whether nothing is left to do about the data: they are answered, or looked at again at once."""
        started = perf_counter()
        hot, loop = self._hot, self._loop
        assert hot is not None
        if type(data) is not bytes or data.find(_BETWEEN) != len(data) - len(_BETWEEN):
            self._at_rest = False
            return False
        line, _, block = data.partition(b"\r\n")
        head = hot.head(block, loop)
        if head is None:
            self._at_rest = False
            return False
        waiter, transport, manager = self._waiter, self.transport, self._manager
        if waiter is None and head.plain and not again and not self._messages:
            # A new connection, or one whose client was quicker than aiohttp's task, which has answered but
            # not come back to waiting: it will have when the loop comes round.
            self._held = data
            loop.call_soon(self._look_again)
            return True
        if (
            not head.plain
            or waiter is None
            or waiter.done()
            or self._messages
            or self._paused
            or self._close
            or self._force_close
            or manager is None
            or transport is None
            or transport.is_closing()
            or (found := hot.answer(line, head.tags)) is None
        ):
            self._at_rest = target_of(line) is not None
            return False
        status, route, start, rest = found
        if len(rest) < _JOINED:
            transport.write(start + rest)
        else:
            transport.writelines((start, rest))
        manager.requests_count += 1
        # As after any other answer: the connection may rest for a while before it is closed.
        self._keepalive = True
        self._next_keepalive_close_time = loop.time() + self._keepalive_timeout
        if self._keepalive_handle is None:
            self._keepalive_handle = loop.call_at(self._next_keepalive_close_time, self._process_keepalive)
        if hot.log is not None:
            hot.log.add(loop, route, status, perf_counter() - started)
        return True
