"""Load from wrk, and the constant handler that a server is compared with.

wrk is a package of Debian, Ubuntu and Homebrew. It reads the requests to send from a file, one target a line.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
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


class Watched:
    """What the system says about a running process."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> dict[str, float]:
        """Resident memory now, and at its highest since `forget_highest`, in MB (10**6 bytes)."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        fields = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.startswith("Vm")}
        return {"now": fields["VmRSS"] * 1024 / 1e6, "highest": fields["VmHWM"] * 1024 / 1e6}

    def forget_highest(self) -> None:
        """Begin to note the highest memory anew (proc(5), clear_refs)."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")


@dataclass(frozen=True)
class Running:
    """A server under measurement: its port, its process, the seconds until it answered."""

    port: int
    watched: Watched
    took: float


@contextmanager
def process(
    arguments: Sequence[str], port: int, *, path: str = "/", patience: float = 120
) -> Iterator[Running]:
    """Runs a server until the end of the block."""
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
            yield Running(port, Watched(child.pid), time.monotonic() - started)
        finally:
            child.terminate()
            child.wait(30)


@contextmanager
def constant(size: int, *, unchanged: bool = False) -> Iterator[Running]:
    """The constant handler with a body of `size` bytes, or 304."""
    port = free_port()
    code = [sys.executable, "-c", CONSTANT, str(port), str(size), "304" if unchanged else "200"]
    with process(code, port) as running:
        yield running


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
