"""Load from wrk, and the constant handler that a server is compared with.

wrk is a package of Debian, Ubuntu and Homebrew. It reads the requests to send from a file, one target a line.
"""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

CONNECTIONS = 32
"""Open at a time; other numbers were not tried."""

SCRIPT = """
local targets = {{}}
for line in io.lines("{targets}") do targets[#targets + 1] = line end
local headers = {{ ["Accept-Encoding"] = "gzip, deflate, br", ["Accept"] = "application/json"{more} }}
local place = 0
request = function()
  place = place % #targets + 1
  return wrk.format("GET", targets[place], headers)
end
done = function(summary, latency)
  local wrong = summary.errors
  io.write(string.format("RESULT %d %d %d %d\\n", summary.requests, summary.duration,
    wrong.status, wrong.connect + wrong.read + wrong.write + wrong.timeout))
end
"""

CONSTANT = """
import sys
from aiohttp import web
import uvloop

BODY = bytes(int(sys.argv[2]))
HEADERS = {"ETag": '"0123456789abcdef"'}

async def answer(request):
    if sys.argv[3] == "304":
        return web.Response(status=304, headers=HEADERS)
    return web.Response(body=BODY, content_type="application/json", headers=HEADERS)

async def serve():
    import asyncio
    app = web.Application()
    app.add_routes([web.get("/", answer)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(sys.argv[1])).start()
    await asyncio.Event().wait()

uvloop.run(serve())
"""
"""The simplest program that aiohttp's documentation shows, without an access log: the same bytes each
time."""


class LoadImpossible(Exception):
    """The load generator is missing or did not work."""


def find_wrk() -> str:
    """Path of wrk. Raises LoadImpossible, saying how to get it."""
    found = shutil.which("wrk")
    if found is None:
        raise LoadImpossible(
            "This benchmark needs wrk: 'apt install wrk' (Debian, Ubuntu) or 'brew install wrk' (macOS)."
        )
    return found


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.create_server(("127.0.0.1", 0))) as sock:
        return int(sock.getsockname()[1])


@contextmanager
def process(
    arguments: Sequence[str], port: int, *, path: str = "/", patience: float = 3_600
) -> Iterator[float]:
    """Runs a server until the end of the block; gives the seconds until it answered at `path`."""
    started = time.monotonic()
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=errors)
        try:
            while True:
                try:
                    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
                    asked.request("GET", path)
                    if asked.getresponse().status < 400:
                        break
                except (OSError, http.client.HTTPException):
                    if child.poll() is not None or time.monotonic() - started > patience:
                        errors.seek(0)
                        raise LoadImpossible(errors.read().decode()[-2_000:]) from None
                    time.sleep(0.005)
            process.pid = child.pid  # type: ignore[attr-defined]
            yield time.monotonic() - started
        finally:
            child.terminate()
            child.wait(30)


@contextmanager
def constant(size: int, *, unchanged: bool = False) -> Iterator[int]:
    """The constant handler with a body of `size` bytes, or 304; gives its port."""
    port = free_port()
    code = [sys.executable, "-c", CONSTANT, str(port), str(size), "304" if unchanged else "200"]
    with process(code, port):
        yield port


def requests_per_second(port: int, targets: Sequence[str], seconds: int, headers: str = "") -> float:
    """Sends the targets in turn for some seconds. Raises LoadImpossible when any answer is an error."""
    with tempfile.TemporaryDirectory() as folder:
        listed, script = Path(folder) / "targets", Path(folder) / "load.lua"
        listed.write_text("\n".join(targets) + "\n")
        script.write_text(SCRIPT.format(targets=listed, more=headers))
        done = subprocess.run(
            [
                *(find_wrk(), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(script)),
                f"http://127.0.0.1:{port}",
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+)", done.stdout)
    if found is None:
        raise LoadImpossible((done.stderr or done.stdout)[-1_000:])
    sent, microseconds, refused, broken = map(int, found.groups())
    if refused or broken:
        raise LoadImpossible(f"{refused} answers were errors, {broken} connections broke")
    return sent / microseconds * 1e6
