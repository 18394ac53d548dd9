"""`clauselight serve` as a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 60


@dataclass
class Server:
    """A running server."""

    port: int
    data: Path
    log: list[str]
    pid: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def start_server(
    data: Path, *arguments: str, port: int = 0, environment: dict[str, str] | None = None
) -> Iterator[Server]:
    """Start a server on a free port and stop it as Ctrl-C would. `environment` is added to this process's."""
    process = subprocess.Popen(
        [sys.executable, "-m", "clauselight", "serve", "--port", str(port), "--data", str(data), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
    )
    lines: list[str] = []
    ready = threading.Event()

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if "Stop with Ctrl-C" in line:
                ready.set()
        ready.set()

    threading.Thread(target=read, daemon=True).start()
    try:
        assert ready.wait(START_SECONDS), "the server did not start in time"
        text = "".join(lines)
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", text)
        assert found, f"the server did not start:\n{text}"
        yield Server(int(found.group(1)), data, lines, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
