"""Whatever is sent: never a fault of the server's, always problem details."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from serving import Client, Reply, assert_fits, assert_problem

OWN = b"Host: 127.0.0.1:8787\r\n"
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
_WORDS = "https:// http: // / .. @ : [ ] ::1 % %00 ? # xn-- \\ a é 。"
WORDS = st.sampled_from([*_WORDS.split(), "\t"])
URL_LIKE = st.lists(WORDS | ANY_TEXT.map(lambda text: text[:8]), max_size=15).map("".join)
ANY_BYTES = st.binary(max_size=200)
STARTS = ["/", "/v1/", "/v1/documents/", "/v1/clause-types/", "/provisions/", "/demo/", "/static/"]


def judge(reply: Reply) -> None:
    """Answered, or refused with a problem that says why; never a fault."""
    assert reply.status < 500, reply.plain[:300]
    if reply.status >= 400:
        assert_problem(reply, reply.json["type"].rpartition("/")[2], reply.status)


@settings(max_examples=250, deadline=None)
@given(ANY_TEXT | URL_LIKE | URL_LIKE.map("https://".__add__))
@example("https://a.example/\x00")
@example("https://[::1")
@example("https://xn--/")
@example("https://" + "a." * 200)
@example("https://a.example:" + "9" * 5_000)
@example("http://①.example/")
def test_any_text_as_url_is_matched_or_refused(server: Client, text: str) -> None:
    reply = server.get("/v1/match?url=" + quote(text, safe=""))
    judge(reply)
    if reply.status == 200:
        assert_fits(reply.json, "match")


@settings(max_examples=150, deadline=None)
@given(ANY_BYTES)
@example(b"\xed\xa0\x80")
@example(b"\x00")
def test_any_bytes_as_url_are_matched_or_refused(server: Client, data: bytes) -> None:
    judge(server.get("/v1/match?url=https%3A%2F%2F" + quote(data, safe="")))


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT | st.text("0123456789abcdef", min_size=1, max_size=20))
@example("f" * 16)
@example("7" * 16)
@example("0" * 17)
def test_any_prefix_is_a_bucket_or_refused(server: Client, text: str) -> None:
    reply = server.get("/v1/buckets/" + quote(text, safe=""))
    judge(reply)
    if reply.status == 200:
        assert reply.json["prefix"] == text


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(ANY_TEXT.map(lambda t: t[:20]), ANY_TEXT.map(lambda t: t[:40]), max_size=5))
@example({"search": "\x00%_"})
@example({"limit": "١"})
def test_any_query_of_the_list_is_answered_or_refused(server: Client, query: dict[str, str]) -> None:
    pairs = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in query.items())
    judge(server.get(f"/v1/documents?{pairs}"))


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(
        ["/", "/v1/", "/v1/documents/", "/v1/clause-types/", "/provisions/", "/demo/", "/static/"]
    ),
    ANY_BYTES,
)
def test_any_path_is_a_page_or_refused(server: Client, start: str, data: bytes) -> None:
    judge(server.get(start + quote(data, safe="/")))


@settings(max_examples=150, deadline=None)
@given(st.binary(min_size=1, max_size=300))
def test_garbage_on_the_wire_is_refused(server: Client, data: bytes) -> None:
    reply = server.raw(b"\x00" + data + b"\r\n\r\n")
    assert_problem(reply, "malformed-request", 400)


@pytest.mark.parametrize(
    "data",
    [
        b"GET /v1/info HTTP/1.1\r\n" + OWN + b"No colon here\r\n\r\n",
        b"GET /v1/info HTTP/1.1\r\n" + OWN + b"Content-Length: five\r\n\r\n",
        b"POST /v1/info HTTP/1.1\r\n"
        + OWN
        + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET /v1/info HTTP/3.7\r\n" + OWN + b"\r\n",
        b"G\xc3\x84T / HTTP/1.1\r\n" + OWN + b"\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\n" + OWN + b"\r\n",
        b"GET /v1/match?url=https://a.example/\xed\xa0\x80 HTTP/1.1\r\n" + OWN + b"\r\n",
        "GET /v1/documents?search=größe HTTP/1.1\r\n".encode() + OWN + b"\r\n",
    ],
    ids=["header", "length", "smuggling", "version", "method", "target", "surrogate", "unencoded"],
)
def test_malformed_requests_are_problems(server: Client, data: bytes) -> None:
    assert_problem(server.raw(data), "malformed-request", 400)


@pytest.mark.parametrize("size", [8_193, 20_000, 60_000, 70_000, 200_000])
def test_over_long_request_lines_are_told_so(server: Client, size: int) -> None:
    data = b"GET /v1/match?url=" + b"a" * size + b" HTTP/1.1\r\n" + OWN + b"Connection: close\r\n\r\n"
    assert_problem(server.raw(data), "url-too-long", 414)


def test_an_address_of_the_longest_length_is_still_read(server: Client) -> None:
    target = "/v1/match?url=https%3A%2F%2Fa.example%2F"
    assert server.get(target + "a" * (8_192 - len(target))).status == 200


@pytest.mark.parametrize(
    "target", [b"*", b"http://127.0.0.1:8787/v1/info", b"//evil.example/v1/info", b"?", b"a"]
)
def test_odd_targets_are_answered_or_refused(server: Client, target: bytes) -> None:
    for method in (b"GET", b"OPTIONS", b"CONNECT"):
        reply = server.raw(method + b" " + target + b" HTTP/1.1\r\n" + OWN + b"Connection: close\r\n\r\n")
        judge(reply)


def test_a_large_body_is_not_waited_for(server: Client) -> None:
    head = b"POST /v1/match HTTP/1.1\r\n" + OWN + b"Content-Type: application/json\r\n"
    reply = server.raw(head + b"Content-Length: 1000000000\r\nConnection: close\r\n\r\n{")
    judge(reply)


def test_the_server_lives_on(server: Client) -> None:
    assert server.get("/readyz").status == 200
