"""What is answered before the router is what the application would have answered."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from serving import Client

GZIP = {"Accept-Encoding": "gzip"}


def both(server: Client, target: str, **headers: str) -> None:
    """The same by the hot path and, on a connection that is to be closed, by the application."""
    hot = server.request("GET", target, {**GZIP, **headers})
    cold = server.request("GET", target, {**GZIP, **headers, "Connection": "close"})
    assert (hot.status, hot.body) == (cold.status, cold.body)
    differing = {"date", "connection"}
    assert {k: v for k, v in hot.headers.items() if k not in differing} == {
        k: v for k, v in cold.headers.items() if k not in differing
    }


@pytest.mark.parametrize(
    "target",
    [
        "/v1/index",
        "/v1/index.json",
        "/v1/buckets/00",
        "/v1/buckets/00.json",
        "/v1/buckets/0",
        "/v1/buckets/FF",
        "/v1/buckets/00/",
        "/v1/buckets/00?x=1",
        "/v1/deltas/0000000000000000",
        "/v1/match?url=https%3A%2F%2Fpolicy.pinterest.com%2Fen%2Fprivacy-policy",
        "/v1/match?url=https://policy.pinterest.com/de/privacy-policy",
        "/v1/match?url=https://nowhere.example/",
        "/v1/match?url=",
        "/v1/match?url=javascript:1",
        "/v1/match?url=https://a.example/%zz&url=https://b.example/",
    ],
)
def test_answers_are_those_of_the_application(server: Client, target: str) -> None:
    both(server, target)


def test_an_unchanged_answer_is_not_sent_again(server: Client) -> None:
    tag = server.get("/v1/index.json", Accept_Encoding="gzip").headers["etag"]
    for given_tag in (tag, f"W/{tag}", f'"x", {tag}', "*", '"other"'):
        both(server, "/v1/index.json", **{"If-None-Match": given_tag})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(max_size=60).map(lambda text: quote(text, safe="")),
        st.text(alphabet="%+ab/:.?#&=;~é09AF", max_size=40).map(lambda text: quote(text, safe="%+/:.?&=;~")),
    )
)
def test_any_query_is_read_alike(server: Client, query: str) -> None:
    both(server, "/v1/match?url=" + query)
    both(server, "/v1/match?url=https://policy.pinterest.com/" + query)


@pytest.mark.parametrize("host", ["evil.example", "", "127.0.0.1:1"])
def test_other_names_are_refused_here_too(server: Client, host: str) -> None:
    assert server.request("GET", "/v1/index", {**GZIP, "Host": host}).status in (400, 421)


def test_requests_in_one_piece_are_answered_in_order(server: Client) -> None:
    """Three at once on one connection, hot and not, and the last one closes it."""
    host = f"Host: {server.host}\r\nAccept-Encoding: gzip\r\n"
    piece = "".join(
        f"GET {target} HTTP/1.1\r\n{host}{more}\r\n"
        for target, more in (
            ("/v1/buckets/00", ""),
            ("/healthz", ""),
            ("/v1/nothing", "Connection: close\r\n"),
        )
    )
    import socket

    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as sock:
        sock.sendall(piece.encode())
        received = b""
        while part := sock.recv(65_536):
            received += part
    answers = [
        received.find(b"HTTP/1.1 200"),
        received.rfind(b"HTTP/1.1 200"),
        received.find(b"HTTP/1.1 404"),
    ]
    assert answers == sorted(set(answers))
    assert answers[0] == 0
    assert received.count(b"HTTP/1.1 ") == 3
