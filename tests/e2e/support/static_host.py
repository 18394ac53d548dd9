"""nginx as a static host: no code of ours answers."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 10

CONFIGURATION = """
daemon off;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log {work}/access.log;
  log_format paths "$request_method $request_uri $status";
  access_log {work}/paths.log paths;
  client_body_temp_path {work}/body; proxy_temp_path {work}/proxy; fastcgi_temp_path {work}/fastcgi;
  uwsgi_temp_path {work}/uwsgi; scgi_temp_path {work}/scgi;
  server {{
    listen 127.0.0.1:{port};
{location}
  }}
}}
"""


@dataclass
class StaticHost:
    """A running nginx."""

    address: str
    folder: Path
    _paths: Path

    @property
    def paths(self) -> list[str]:
        """`METHOD path status` of every request so far, in order."""
        return self._paths.read_text().splitlines()


def nginx() -> str:
    """Path of nginx; fails with what to do, never skips."""
    found = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if found is None:
        raise RuntimeError(
            "No nginx for the test of static hosting: install it (Debian: apt install nginx-light)."
        )
    return found


@contextmanager
def serve_folder(folder: Path, work: Path, location: str) -> Iterator[StaticHost]:
    """Serve a published folder; `location` is the block that `clauselight publish --nginx` prints."""
    program = nginx()
    work.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    configuration = work / "nginx.conf"
    # Started by root, it would read the test's folders as somebody else.
    user = "user root;" if os.getuid() == 0 else ""
    block = location.replace("/srv/clauselight", str(folder)).replace("access_log off;", "")
    configuration.write_text(user + CONFIGURATION.format(work=work, port=port, location=block))
    process = subprocess.Popen([program, "-c", str(configuration), "-p", str(work)], stderr=subprocess.PIPE)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(process, address)
        yield StaticHost(address, folder, work / "paths.log")
    finally:
        process.terminate()
        process.wait(10)


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            assert process.stderr is not None
            raise RuntimeError(f"nginx did not start: {process.stderr.read().decode()}")
        try:
            urllib.request.urlopen(f"{address}/", timeout=1).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("nginx did not answer in time.")
