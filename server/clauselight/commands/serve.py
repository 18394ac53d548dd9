"""`clauselight serve`: the server, until it is stopped."""

from __future__ import annotations

import argparse
import asyncio
import errno
import gc
import logging
import signal
import socket
import sys
from pathlib import Path

from aiohttp import web

from clauselight import __version__
from clauselight.app import build_app
from clauselight.publication.memory import give_back_memory, return_large_pieces
from clauselight.settings import Settings
from clauselight.web.server import ProblemRunner

from .console import DONE, NOT_BOUND, Commands, err


def add(commands: Commands) -> None:
    """Its options."""
    serve = commands.add_parser("serve", help="run the server")
    serve.add_argument("--host", help="address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to listen on (8787); 0 takes a free one")
    serve.add_argument("--data", type=Path, help="folder of the archive")
    serve.set_defaults(command=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; returns the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        import uvloop
    except ImportError:
        return asyncio.run(_serve_until_stopped(settings))
    return uvloop.run(_serve_until_stopped(settings))


async def _serve_until_stopped(settings: Settings) -> int:
    return_large_pieces()
    # Bound before the archive is touched: a second server on the same port must leave the data alone.
    try:
        sock = _bind(settings.host, settings.port)
    except (OSError, UnicodeError) as error:
        if isinstance(error, UnicodeError):
            why = "this is no host name"
        elif error.errno == errno.EADDRINUSE:
            why = "it is in use. Is Clauselight running already? Choose another with --port"
        elif error.errno == errno.EACCES:
            why = "this needs more rights than you have. Choose one above 1023 with --port"
        else:
            why = error.strerror or str(error)
        err.print(f"Port {settings.port} on {settings.host} cannot be opened: {why}.", markup=False)
        return NOT_BOUND
    port = sock.getsockname()[1]
    runner = ProblemRunner(build_app(settings, port=port), access_log=settings.access_log)
    try:
        await runner.setup()
        await web.SockSite(runner, sock).start()
        # What is there now stays: the garbage collector need not look through it again and again.
        gc.collect()
        gc.freeze()
        give_back_memory()
        _greet(settings, port)
        await _stopped()
    finally:
        await runner.cleanup()
        sock.close()
    return DONE


def _bind(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    sock = socket.socket(family, kind, protocol)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(address)
        sock.listen(512)
    except BaseException:
        sock.close()
        raise
    return sock


def _greet(settings: Settings, port: int) -> None:
    address = settings.public_url or f"http://{settings.host_in_url}:{port}"
    start, end = ("\033[1m", "\033[0m") if sys.stdout.isatty() else ("", "")  # bold
    lines = [
        f"\n{start}Clauselight {__version__}{end} is up: {start}{address}/{end}",
        f"  The archive lies in {settings.data}",
        "  What to do next:",
        f"    1. Add the extension: {address}/#extension (or run 'make try')",
        f"    2. Open the demo policy: {address}/demo/privacy",
        "    3. Stop with Ctrl-C\n",
    ]
    if not settings.loopback and settings.public_url is None:
        lines.append(
            "  Listening beyond this computer: set CLAUSELIGHT_PUBLIC_URL or CLAUSELIGHT_ALLOWED_HOSTS to "
            "the names readers use; others are refused.\n"
        )
    print(*lines, sep="\n", flush=True)


async def _stopped() -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows: Ctrl-C raises KeyboardInterrupt instead
            break
    await stop.wait()
