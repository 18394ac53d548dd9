"""Supervisors learn whether the process runs and whether it can answer."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from clauselight.settings import Settings
from serving import Client, assert_problem, running


def test_a_running_server_is_alive_and_ready(server: Client) -> None:
    for path, status in (("/healthz", "ok"), ("/readyz", "ready")):
        reply = server.get(path)
        assert reply.json == {"status": status}
        assert reply.headers["cache-control"] == "no-store"


def test_a_server_without_a_publication_is_alive_but_not_ready(data_copy: Path) -> None:
    settings = Settings(data=data_copy)
    with running(settings) as client:
        with closing(sqlite3.connect(settings.publication_file)) as connection:
            connection.execute("DELETE FROM answer_index")
            connection.execute("DELETE FROM answer_state")
            connection.commit()
        assert client.get("/healthz").status == 200
        for path in ("/readyz", "/v1/index", "/v1/info"):
            reply = client.get(path)
            assert_problem(reply, "not-ready", 503)
            assert reply.headers["retry-after"] == "1"
        assert client.get("/").status == 200
