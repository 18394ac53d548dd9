"""What a connection sees when its requests are answered before aiohttp reads them."""

from __future__ import annotations

import http.client
import logging
import socket
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from clauselight.settings import Settings
from clauselight.web.hot_path import LARGEST_HEAD, MOST_HEADS
from serving import Client, Reply, running

PINTEREST = "/v1/match?url=" + quote("https://policy.pinterest.com/en/privacy-policy", safe="")


class Connection:
    """One connection that is kept, on which bytes are sent as they stand."""

    def __init__(self, server: Client) -> None:
        self._server = server
        self._sock = socket.create_connection(("127.0.0.1", server.port), timeout=10)
        self._file = self._sock.makefile("rb")

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._sock.close()

    def head(self, target: str, *more: str, method: str = "GET", version: str = "1.1") -> bytes:
        """A request's bytes."""
        lines = [f"{method} {target} HTTP/{version}", f"Host: {self._server.host}", "Accept-Encoding: gzip"]
        return ("\r\n".join([*lines, *more]) + "\r\n\r\n").encode()

    def send(self, data: bytes) -> None:
        """Send bytes."""
        self._sock.sendall(data)

    def receive(self, method: str = "GET") -> Reply:
        """Read one answer, and no byte of the next."""
        status = int(self._file.readline().split()[1])
        headers = http.client.parse_headers(self._file)
        length = 0 if method == "HEAD" else int(headers["Content-Length"])
        return Reply(status, {k.lower(): v for k, v in headers.items()}, self._file.read(length))

    def ended(self) -> bool:
        """Whether the server has closed it, with nothing more to say."""
        return self._file.read(1) == b""

    def ask(self, target: str, *more: str, method: str = "GET") -> Reply:
        """Send one request and read its answer."""
        self.send(self.head(target, *more, method=method))
        return self.receive(method)


def test_a_connection_is_kept_and_answers_alike(server: Client) -> None:
    """The first by aiohttp or not, the later ones before it: nobody can tell."""
    with Connection(server) as one:
        answers = [one.ask(PINTEREST) for _ in range(5)]
        assert one.ask("/healthz").status == 200
        assert one.ask("/v1/nothing").status == 404
        answers.append(one.ask(PINTEREST))
    assert {(answer.status, answer.body, answer.headers["etag"]) for answer in answers} == {
        (200, answers[0].body, answers[0].headers["etag"])
    }
    assert answers[0].json["matches"]


def test_a_half_sent_request_is_waited_for(server: Client) -> None:
    with Connection(server) as one:
        expected = one.ask(PINTEREST)
        data = one.head(PINTEREST)
        for cut in (3, 20, len(data) - 3, len(data) - 1):
            one.send(data[:cut])
            time.sleep(0.02)
            one.send(data[cut:])
            assert one.receive().body == expected.body
        assert one.ask(PINTEREST).body == expected.body


def test_requests_in_one_piece_after_others_are_answered_in_order(server: Client) -> None:
    with Connection(server) as one:
        match, bucket = one.ask(PINTEREST), one.ask("/v1/buckets/00")
        one.send(one.head(PINTEREST) + one.head("/v1/buckets/00") + one.head("/healthz"))
        assert one.receive().body == match.body
        assert one.receive().body == bucket.body
        assert one.receive().status == 200
        one.send(one.head("/healthz"))
        one.send(one.head(PINTEREST))
        assert b"contract_version" not in one.receive().plain
        assert one.receive().body == match.body


def test_bodies_other_methods_and_old_versions_are_left_to_aiohttp(server: Client) -> None:
    with Connection(server) as one:
        expected = one.ask(PINTEREST)
        assert one.ask(PINTEREST, method="HEAD").body == b""
        assert one.ask(PINTEREST, method="DELETE").status == 405
        one.send(one.head(PINTEREST, "Content-Length: 2") + b"{}")
        assert one.receive().body == expected.body
        one.send(one.head(PINTEREST, "Transfer-Encoding: chunked") + b"0\r\n\r\n")
        assert one.receive().body == expected.body
        assert one.ask(PINTEREST).body == expected.body
    with Connection(server) as one:
        one.send(one.head(PINTEREST, version="1.0"))
        old = one.receive()
        assert (old.status, old.body) == (200, expected.body)
        assert one.ended()
    with Connection(server) as one:
        one.send(one.head(PINTEREST))
        one.send(one.head(PINTEREST, "Connection: close"))
        assert one.receive().body == one.receive().body == expected.body
        assert one.ended()


@pytest.mark.parametrize(
    "line",
    [
        b"GET  /v1/index HTTP/1.1",
        b"GET /v1/index  HTTP/1.1",
        b"GET /v1/match?url=https://a.example/\x01 HTTP/1.1",
        b"GET /v1/match?url=https://a.example/\xe9 HTTP/1.1",
        b"GET /v1/match?url=https://a.example/ x HTTP/1.1",
        b"GET /v1/index HTTP/1.1\nX: y",
        b"GET /v1/index HTTP/1.12",
        b"get /v1/index HTTP/1.1",
        b"GET v1/index HTTP/1.1",
        b"\x00GET /v1/index HTTP/1.1",
    ],
)
def test_an_odd_line_before_known_headers_is_judged_as_on_a_new_connection(
    server: Client, line: bytes
) -> None:
    with Connection(server) as one, Connection(server) as fresh:
        assert one.ask(PINTEREST).status == one.ask(PINTEREST).status == 200
        _, _, headers = one.head(PINTEREST).partition(b"\r\n")
        for connection in (one, fresh):
            connection.send(line + b"\r\n" + headers)
        warm, cold = one.receive(), fresh.receive()
        assert warm.status == cold.status
        assert warm.status == 200 or warm.headers["content-type"].startswith("application/problem+json")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text('%2F3Aaf:/?&=#+~ \x7f\\"', max_size=30))
@example("%253A%2F")
@example("%%3A2F")
def test_a_warm_connection_reads_an_address_as_a_cold_one_does(server: Client, text: str) -> None:
    target = "/v1/match?url=https%3A%2F%2Fpolicy.pinterest.com%2F" + text
    with Connection(server) as one:
        one.ask(PINTEREST)
        one.ask(PINTEREST)
        warm = one.ask(target)
    with Connection(server) as other:
        cold = other.ask(target, "Connection: close")
    assert warm.status == cold.status
    if warm.status == 200:
        assert warm.body == cold.body


def test_a_host_of_somebody_else_is_refused_on_a_warm_connection(server: Client) -> None:
    with Connection(server) as one:
        assert one.ask(PINTEREST).status == one.ask(PINTEREST).status == 200
        one.send(one.head(PINTEREST).replace(server.host.encode(), b"evil.example"))
        assert one.receive().status == 421


def test_many_kinds_of_clients_are_answered_in_bounded_memory(server: Client) -> None:
    with Connection(server) as one:
        expected = one.ask(PINTEREST).body
        for number in range(MOST_HEADS + 20):
            assert one.ask(PINTEREST, f"User-Agent: client-{number}").body == expected
        assert one.ask(PINTEREST, "User-Agent: " + "x" * LARGEST_HEAD).body == expected
        assert one.ask(PINTEREST).body == expected


def test_a_changed_document_shows_on_a_warm_connection(data_copy: Path) -> None:
    """Kept answers end with their edition, also for an address that was not known before."""
    configured = Settings(data=data_copy)
    unknown = "/v1/match?url=" + quote("https://moved.example/privacy", safe="")
    with running(configured) as server, Connection(server) as one:
        document = one.ask(PINTEREST).json["matches"][0]["document"]["id"]
        assert one.ask(unknown).json["matches"] == []
        with closing(sqlite3.connect(configured.archive_file, timeout=10)) as connection, connection:
            connection.execute("INSERT OR REPLACE INTO note VALUES ('document-revision', '99')")
            connection.execute("UPDATE document SET title='A new name', revision=99 WHERE id=?", (document,))
            connection.execute(
                "INSERT INTO document_url SELECT ?, max(position) + 1, ? FROM document_url",
                (document, "https://moved.example/privacy"),
            )
        until = time.monotonic() + 10
        while b"A new name" not in one.ask(PINTEREST).plain and time.monotonic() < until:
            time.sleep(0.02)
        assert one.ask(PINTEREST).json["matches"][0]["document"]["title"] == "A new name"
        assert one.ask(unknown).json["matches"][0]["document"]["id"] == document


def test_the_log_has_a_line_for_each(server: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO), Connection(server) as one:
        for _ in range(4):
            one.ask(PINTEREST)
        one.ask("/healthz")
        until = time.monotonic() + 5
        while caplog.text.count("/v1/match 200") < 4 and time.monotonic() < until:
            time.sleep(0.02)
    assert caplog.text.count("GET /v1/match 200 ") == 4
    assert "pinterest" not in caplog.text.lower()
