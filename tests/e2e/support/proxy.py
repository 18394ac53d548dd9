"""A proxy before the server that records what the extension asks, and misbehaves on demand."""

from __future__ import annotations

import http.client
import ssl
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self


@dataclass
class Request:
    """One recorded request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


@dataclass
class Misbehaviour:
    """What is answered instead of the server's answer, to paths that start with `path`."""

    path: str
    status: int = 200
    content_type: str = "application/json"
    body: bytes = b""
    drop: bool = False


@dataclass
class RecordingProxy:
    """Forwards to the server on `upstream`; `requests` grows, `misbehave` is obeyed.

    With a `certificate` (PEM, with its key) it is reached by https. Headers in `withheld` (lower case) are
    not passed on.
    """

    upstream: int
    requests: list[Request] = field(default_factory=list)
    misbehave: Misbehaviour | None = None
    certificate: Path | None = None
    withheld: frozenset[str] = frozenset()

    def __enter__(self) -> Self:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                outer.requests.append(Request(self.command, self.path, dict(self.headers.items()), sent))
                wrong = outer.misbehave
                if wrong is not None and self.path.startswith(wrong.path):
                    if wrong.drop:
                        self.close_connection = True
                        self.connection.close()
                        return
                    self._answer(wrong.status, {"Content-Type": wrong.content_type}, wrong.body)
                    return
                connection = http.client.HTTPConnection("127.0.0.1", outer.upstream, timeout=20)
                headers = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection")}
                connection.request(self.command, self.path, body=sent or None, headers=headers)
                answer = connection.getresponse()
                body = answer.read()
                kept = {
                    k: v
                    for k, v in answer.getheaders()
                    if k.lower()
                    not in ("content-length", "transfer-encoding", "connection", "date", "server")
                    and k.lower() not in outer.withheld
                }
                connection.close()
                self._answer(answer.status, kept, body)

            do_POST = do_HEAD = do_OPTIONS = do_PUT = do_DELETE = do_GET  # noqa: N815

            def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if status != 304:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD" and status != 304:
                    self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        if self.certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        """Paths asked for so far, in order."""
        return [request.path for request in self.requests]
