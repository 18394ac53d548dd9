"""The URL index codec: what goes in comes out, small, and nothing else is believed."""

import itertools
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauselight.domain.url_index import (
    EncodedIndex,
    IndexRefused,
    apply_delta,
    bucket_prefix,
    decode,
    encode,
    encode_delta,
    truncate,
)

KEYS = st.lists(st.integers(0, 2**63 - 1), max_size=200)
BITS = st.integers(8, 52)


@given(KEYS, BITS)
def test_decodes_what_was_encoded(keys: list[int], bits: int) -> None:
    index = encode(keys, bits)
    assert decode(index) == sorted({truncate(key, bits) for key in keys})
    assert encode(reversed(keys), bits) == index


@given(KEYS, KEYS, BITS)
def test_a_delta_leads_from_one_state_to_the_other(old: list[int], new: list[int], bits: int) -> None:
    new += old[::2]
    delta = encode_delta(old, new, bits)
    assert apply_delta(decode(encode(old, bits)), delta) == decode(encode(new, bits))


@settings(max_examples=300)
@given(st.binary(max_size=80), st.integers(-2, 60), st.integers(-2, 70), st.integers(0, 70))
def test_any_bytes_are_an_index_or_refused(data: bytes, count: int, bits: int, k: int) -> None:
    try:
        values = decode(EncodedIndex(count, bits, k, data))
    except IndexRefused:
        return
    assert len(values) == count
    assert all(a < b for a, b in itertools.pairwise(values))
    assert all(0 <= value < 2**bits for value in values)


def test_a_cut_or_lengthened_index_is_refused() -> None:
    rng = random.Random(3)
    index = encode([rng.getrandbits(63) for _ in range(1000)])
    for data in (index.data[:-1], index.data[1:], index.data + b"\0", b""):
        with pytest.raises(IndexRefused):
            decode(replace(index, data=data))


def test_a_delta_for_another_state_is_refused() -> None:
    rng = random.Random(4)
    old = [rng.getrandbits(63) for _ in range(500)]
    delta = encode_delta(old, [*old[20:], 7])
    for state in (decode(encode(old[1:])), decode(encode([*old[1:], 9 << 40])), []):
        with pytest.raises(IndexRefused):
            apply_delta(state, delta)


def test_a_tampered_delta_is_refused() -> None:
    rng = random.Random(5)
    old = [rng.getrandbits(63) for _ in range(500)]
    delta = encode_delta(old, old[20:] + [rng.getrandbits(63) for _ in range(30)])
    state = decode(encode(old))
    flipped = bytearray(delta.added)
    flipped[-2] ^= 0x10
    for bad in (
        replace(delta, added=bytes(flipped)),
        replace(delta, removed=b""),
        replace(delta, new_count=delta.new_count + 1),
        replace(delta, new_checksum=delta.new_checksum ^ 1),
        replace(delta, added_count=10**9),
        replace(delta, hash_bits=99),
    ):
        with pytest.raises(IndexRefused):
            apply_delta(state, bad)


def test_bucket_prefix_is_padded_hex() -> None:
    assert bucket_prefix(2**63 - 1, 0) == "0"
    assert bucket_prefix(0, 13) == "0000"
    assert bucket_prefix(2**63 - 1, 13) == "1fff"
    assert bucket_prefix(1 << 62, 1) == "1"
    assert bucket_prefix(0x0123456789ABCDEF, 8) == "02"
    with pytest.raises(ValueError, match="bits"):
        bucket_prefix(0, 64)


def test_a_hundred_thousand_documents_and_their_churn_are_small() -> None:
    """At a million, `python tests/benchmarks/urls.py` measures; here 40 bits weigh 3.3 bits more."""
    rng = random.Random(6)
    keys = [rng.getrandbits(63) for _ in range(100_000)]
    index = encode(keys)
    assert len(index.data) <= 100_000 * 3.2
    delta = encode_delta(keys, keys[100:] + [rng.getrandbits(63) for _ in range(100)])
    assert len(delta.removed) + len(delta.added) < 0.01 * len(index.data)
