"""A server on one's own computer answers to its own names only (DNS rebinding)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clauselight.settings import Settings
from serving import Client, assert_problem, running

TARGETS = ["/", "/v1/index", "/v1/match?url=x", "/static/site.css", "/demo/privacy", "/healthz", "/nowhere"]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8787",
        "127.0.0.1.evil.example:8787",
        "localhost.evil.example:8787",
        "evil.example:8787@127.0.0.1:8787",
        "user@127.0.0.1:8787",
        "127.0.0.1",
        "127.0.0.1:80",
        "127.0.0.1:8788",
        "127.1:8787",
        "2130706433:8787",
        "0.0.0.0:8787",
        "[::1]",
        "[::ffff:127.0.0.1]:8787",
        "",
    ],
)
def test_other_names_are_refused_everywhere(server: Client, host: str, target: str) -> None:
    problem = assert_problem(server.get(target, Host=host), "misdirected-host", 421)
    assert host == "" or host not in problem["detail"], "what the attacker sent is not repeated"


@pytest.mark.parametrize("host", ["127.0.0.1:8787", "localhost:8787", "LOCALHOST:8787", "[::1]:8787"])
def test_own_names_are_answered(server: Client, host: str) -> None:
    assert server.get("/v1/info", Host=host).status == 200


def test_an_old_request_without_a_host_is_refused(server: Client) -> None:
    assert_problem(server.raw(b"GET /v1/info HTTP/1.0\r\n\r\n"), "misdirected-host", 421)


def test_a_forwarded_host_is_no_host(server: Client) -> None:
    headers = {
        "Host": "evil.example",
        "X-Forwarded-Host": "127.0.0.1:8787",
        "Forwarded": "host=localhost:8787",
    }
    assert_problem(server.request("GET", "/v1/info", headers), "misdirected-host", 421)


def test_an_absolute_request_target_does_not_override_the_host(server: Client) -> None:
    asked = b"GET http://127.0.0.1:8787/v1/info HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    assert_problem(server.raw(asked), "misdirected-host", 421)


PUBLIC: dict[str, Any] = {
    "host": "0.0.0.0",
    "public_url": "https://Clauses.example",
    "allowed_hosts": ["Internal.lan", "proxy.lan:9000"],
    "bucket_size": 1,
}


@pytest.fixture(scope="module")
def public(loaded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A server that can be reached from outside, under a public name and two of its network's."""
    import shutil

    folder = Path(shutil.copytree(loaded_folder, tmp_path_factory.mktemp("public") / "data"))
    with running(Settings(data=folder, **PUBLIC)) as client:
        yield client


@pytest.mark.parametrize(
    ("host", "answered"),
    [
        ("clauses.example", True),
        ("CLAUSES.EXAMPLE", True),
        ("internal.lan", True),
        ("internal.lan:8787", True),
        ("proxy.lan:9000", True),
        ("proxy.lan", False),
        ("sub.clauses.example", False),
        ("clauses.example.evil.example", False),
        ("127.0.0.1:8787", False),
        ("localhost:8787", False),
        ("0.0.0.0:8787", False),
    ],
)
def test_a_public_server_answers_to_the_names_it_was_given(public: Client, host: str, answered: bool) -> None:
    reply = public.get("/v1/info", Host=host)
    if answered:
        assert reply.status == 200
    else:
        assert_problem(reply, "misdirected-host", 421)
