"""Answers are the same bytes for everybody: compressed or not, asked for again or only about."""

from __future__ import annotations

import gzip

import pytest

from clauselight.web.answers import takes_gzip
from serving import Client

TARGETS = [
    "/v1/info",
    "/v1/index",
    "/v1/buckets/00",
    "/v1/match?url=https%3A%2F%2Fpolicy.pinterest.com%2Fen%2Fprivacy-policy",
    "/v1/match?url=https%3A%2F%2Fwww.example.org%2F",
    "/v1/documents?limit=5",
    "/v1/documents/CL-D-000001",
    "/v1/provisions/CL-P-000001",
    "/v1/clause-types/data-sale",
    "/openapi.json",
]
every_target = pytest.mark.parametrize("target", TARGETS)


@every_target
def test_compressed_and_plain_are_the_same(server: Client, target: str) -> None:
    plain, packed = server.get(target), server.get(target, Accept_Encoding="br, gzip, deflate")
    assert plain.status == packed.status == 200
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    for reply in (plain, packed):
        assert reply.headers["vary"] == "Accept-Encoding"
        assert reply.headers["content-length"] == str(len(reply.body))
        assert reply.headers["etag"] == plain.headers["etag"]


@every_target
def test_asking_twice_gives_the_same_bytes(server: Client, target: str) -> None:
    first, second = (server.get(target, Accept_Encoding="gzip") for _ in range(2))
    assert first.body == second.body
    assert first.headers["etag"] == second.headers["etag"]


@every_target
def test_a_current_tag_is_answered_without_a_body(server: Client, target: str) -> None:
    tag = server.get(target).headers["etag"]
    for given in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        reply = server.get(target, If_None_Match=given)
        assert reply.status == 304, given
        assert reply.body == b""
        assert reply.headers["etag"] == tag
        assert reply.headers["vary"] == "Accept-Encoding"
        assert reply.headers["cache-control"] == "no-cache"
    assert server.get(target, If_None_Match='"other"').status == 200
    assert server.get(target, If_None_Match=tag.strip('"')).status == 200


@every_target
def test_head_is_get_without_the_body(server: Client, target: str) -> None:
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        head, get = server.request("HEAD", target, headers), server.request("GET", target, headers)
        assert head.status == 200
        assert head.body == b""
        for name in ("etag", "content-type", "content-length", "content-encoding", "vary", "cache-control"):
            assert head.headers.get(name) == get.headers.get(name), name


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        ("", False),
        ("gzip", True),
        ("GZIP", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("gzip;q=0.001", True),
        ("identity", False),
        ("br, gzip ;q=1.0", True),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=0, *", False),
        ("x-gzip", True),
        ("notgzip", False),
        (";;;,,,", False),
    ],
)
def test_accept_encoding_is_read_as_it_is_meant(accepted: str, taken: bool) -> None:
    assert takes_gzip(accepted) is taken


def test_answers_set_no_cookie_and_name_no_software(server: Client) -> None:
    for target in (*TARGETS, "/", "/demo/privacy", "/nowhere"):
        headers = server.get(target).headers
        assert "set-cookie" not in headers
        assert headers["server"] == "clauselight"
