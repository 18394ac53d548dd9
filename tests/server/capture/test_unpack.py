"""Bodies are unpacked piece by piece, however they are cut, and end at the limit."""

from __future__ import annotations

import gzip
import zlib
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauselight.capture.problems import CaptureProblem, FetchFailed, FetchRefused
from clauselight.capture.unpack import MOST_MEMBERS, Body


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return [data[a:b] for a, b in pairwise(places)]


def bare(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@settings(deadline=None)
@given(
    st.binary(max_size=3_000).map(lambda data: data * 200),
    st.sampled_from([("gzip", gzip.compress), ("deflate", zlib.compress), ("", bytes)]),
    st.lists(st.integers(0, 10_000), max_size=6),
)
def test_any_cut_gives_the_same_bytes(data: bytes, packing: tuple[str, object], cuts: list[int]) -> None:
    name, pack = packing
    body = Body(name, 10_000_000)
    for piece in pieces(pack(data), cuts):  # type: ignore[operator]
        body.add(piece)
    assert body.done() == data


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=2_000), st.integers(0, 500), st.sampled_from(["gzip", "deflate"]))
def test_any_bytes_are_unpacked_or_refused(data: bytes, cut: int, packing: str) -> None:
    body = Body(packing, 100_000)
    try:
        for piece in pieces(data, [cut]):
            body.add(piece)
        assert len(body.done()) <= 100_000
    except CaptureProblem as problem:
        assert problem.kind in ("encoding-broken", "too-large")


def test_the_limit_is_exact() -> None:
    for name, packed in (
        ("gzip", gzip.compress(b"a" * 1_000)),
        ("", b"a" * 1_000),
        ("deflate", bare(b"a" * 1_000)),
    ):
        body = Body(name, 1_000)
        body.add(packed)
        assert body.done() == b"a" * 1_000
        with pytest.raises(FetchRefused, match="more than 999 bytes"):
            Body(name, 999).add(packed)
        start = Body(name, 10, cut=True)
        start.add(packed)
        assert start.full
        assert start.done() == b"a" * 10


def test_what_follows_the_end_is_dropped() -> None:
    body = Body("gzip", 1_000)
    body.add(gzip.compress(b"page") + bytes(16))
    assert body.done() == b"page"


def test_a_swarm_of_empty_members_is_refused() -> None:
    with pytest.raises(FetchFailed):
        Body("gzip", 10_000_000).add(gzip.compress(b"") * (MOST_MEMBERS + 1))
