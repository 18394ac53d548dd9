"""The server of a privacy tool does not write down who reads what."""

from __future__ import annotations

import logging
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from clauselight.settings import Settings
from clauselight.web.api import documents as documents_api
from serving import Client, running

SECRET = "S3CRETMARK"
REQUESTS = [
    f"/v1/match?url=https%3A%2F%2F{SECRET}.example%2Fprivacy&{SECRET}={SECRET}",
    f"/v1/match?url={SECRET}",
    f"/v1/buckets/{SECRET}",
    f"/v1/documents?search={SECRET}",
    f"/v1/documents?{SECRET}=1",
    f"/v1/provisions/{SECRET}",
    f"/provisions/CL-P-000001/{SECRET.lower()}",
    f"/{SECRET}",
    f"/static/{SECRET}",
    f"/demo/{SECRET}",
]
HEADERS = {
    "Cookie": f"session={SECRET}",
    "Referer": f"https://{SECRET}.example/",
    "User-Agent": SECRET,
    "Authorization": f"Bearer {SECRET}",
    "X-Forwarded-For": "203.0.113.77",
}


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """Everything that any logger wrote, with tracebacks."""
    assert caplog.records
    return caplog.text


def lines_of(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The access log's lines."""
    return [record.getMessage() for record in caplog.records if record.name == "clauselight.access"]


def test_the_log_names_route_and_status_only(server: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for target in REQUESTS:
            server.request("GET", target, HEADERS)
        server.request(
            "POST", f"/v1/match?{SECRET}", {**HEADERS, "Content-Type": f"text/{SECRET}"}, SECRET.encode()
        )
        server.request("GET", f"/v1/info?{SECRET}", {**HEADERS, "Host": f"{SECRET}.example"})
        # A line is written after its answer went out.
        until = time.monotonic() + 5
        while len(lines_of(caplog)) < len(REQUESTS) + 2 and time.monotonic() < until:
            time.sleep(0.01)
    text = logged(caplog)
    assert SECRET.lower() not in text.lower()
    assert "127.0.0.1" not in text
    assert "203.0.113.77" not in text
    lines = lines_of(caplog)
    assert len(lines) == len(REQUESTS) + 2
    assert lines[0].startswith("GET /v1/match 200 ")
    assert lines[2].startswith("GET /v1/buckets/{prefix} 404 ")


@pytest.mark.parametrize(
    "data",
    [
        f"GET /{SECRET} HTTP/9.9\r\nHost: x\r\n\r\n".encode(),
        f"{SECRET} {SECRET} {SECRET}\r\n\r\n".encode(),
        f"GET / HTTP/1.1\r\nHost: 127.0.0.1:8787\r\n{SECRET} without colon\r\n\r\n".encode(),
        b"GET /" + SECRET.encode() * 7_500 + b" HTTP/1.1\r\nHost: 127.0.0.1:8787\r\n\r\n",
    ],
    ids=["version", "garbage", "header", "long"],
)
def test_requests_that_cannot_be_read_leave_no_trace(
    server: Client, caplog: pytest.LogCaptureFixture, data: bytes
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert 400 <= server.raw(data).status < 500
    assert SECRET not in caplog.text
    assert "127.0.0.1" not in caplog.text


def test_an_error_in_the_archive_does_not_tell_what_was_searched(
    data_copy: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(data=data_copy)
    with running(settings) as client, caplog.at_level(logging.DEBUG):
        with closing(sqlite3.connect(settings.archive_file)) as connection:
            connection.execute("ALTER TABLE document RENAME TO document_gone")
            connection.commit()
        assert client.get(f"/v1/documents?search={SECRET}").status == 500
    assert "unexpected error in /v1/documents" in logged(caplog)
    assert SECRET not in caplog.text


def test_an_unexpected_error_is_logged_without_its_text_which_may_quote_a_page(
    server: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object, **__: Any) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(documents_api, "list_documents", fails)
    with caplog.at_level(logging.DEBUG):
        assert server.get("/v1/documents").status == 500
    assert "unexpected error in /v1/documents: ValueError" in caplog.text
    assert "list_documents" in caplog.text, "where it happened is told"
    assert SECRET not in caplog.text


def test_a_fault_of_ours_is_told_without_details(
    server: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object, **__: Any) -> None:
        raise RuntimeError("the inner workings")

    monkeypatch.setattr(documents_api, "list_documents", fails)
    reply = server.get(f"/v1/documents?search={SECRET}")
    assert reply.status == 500
    assert reply.json["type"] == "/problems/internal-error"
    assert "inner workings" not in reply.text
    assert SECRET not in caplog.text


def test_the_log_can_be_switched_off(data_copy: Path, caplog: pytest.LogCaptureFixture) -> None:
    with running(Settings(data=data_copy, access_log=False)) as client, caplog.at_level(logging.DEBUG):
        assert client.get("/v1/info").status == 200
    assert [record for record in caplog.records if record.name == "clauselight.access"] == []
