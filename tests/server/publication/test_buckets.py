"""Buckets hide every document among others: how many bits name one, and what lies in it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.contract.annotation import Bucket
from clauselight.domain.canonical_url import UrlRefused, page_key
from clauselight.domain.url_index import bucket_prefix
from clauselight.publication.compose import Composition, Site, compose, now
from clauselight.publication.files import Rendered, Shelf
from clauselight.publication.render import MOST_BUCKET_BITS, bucket_bits, render_publication

KEYS = st.integers(0, 2**63 - 1)
EVEN = [(place << 53) + 5 for place in range(1024)]
"""1,024 keys spread as evenly as can be."""


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(KEYS, st.integers(1, 4), max_size=300), st.integers(1, 70))
def test_every_bucket_holds_enough_documents(found: dict[int, int], smallest: int) -> None:
    bits = bucket_bits(list(found), list(found.values()), smallest)
    assert 0 <= bits <= MOST_BUCKET_BITS
    filled = Counter[int]()
    for key, size in found.items():
        filled[key >> (63 - bits)] += size
    if bits:
        assert set(filled) == set(range(1 << bits)), "an empty bucket tells that nothing is there"
        assert min(filled.values()) >= smallest


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(KEYS, st.integers(1, 4), min_size=1, max_size=300), st.integers(1, 70))
def test_one_more_bit_would_be_too_many(found: dict[int, int], smallest: int) -> None:
    bits = bucket_bits(list(found), list(found.values()), smallest) + 1
    filled = Counter[int](dict.fromkeys(range(1 << bits), 0))
    for key, size in found.items():
        filled[key >> (63 - bits)] += size
    assert min(filled.values()) < smallest


@pytest.mark.parametrize(("smallest", "bits"), [(1, 10), (2, 9), (64, 4), (1024, 0), (5000, 0)])
def test_even_keys_fill_buckets_exactly(smallest: int, bits: int) -> None:
    assert bucket_bits(EVEN, [1] * len(EVEN), smallest) == bits


def test_nothing_known_is_one_bucket() -> None:
    assert bucket_bits([], [], 1) == 0


def test_bits_are_limited() -> None:
    """Not tried with two million keys: that many buckets alone would fill the disk."""
    assert MOST_BUCKET_BITS <= 24


@pytest.fixture
async def composition(archive: AsyncEngine) -> Composition:
    return await compose(archive, Site(None, ("http://127.0.0.1:8787",), (("CL-D-000001", "/demo/privacy"),)))


def rendered_buckets(composition: Composition, smallest: int) -> dict[int, Rendered]:
    answers = render_publication(composition, smallest_bucket=smallest, generated_at=now())
    return {key: answer for shelf, key, answer in answers if shelf is Shelf.BUCKET}


@pytest.mark.parametrize("smallest", [1, 64, 500, 10_000])
async def test_buckets_of_the_catalogue_hold_each_document_under_all_its_addresses(
    composition: Composition, smallest: int
) -> None:
    buckets = rendered_buckets(composition, smallest)
    assert len(buckets).bit_count() == 1, "a power of two"
    bits = len(buckets).bit_length() - 1
    assert set(buckets) == set(range(len(buckets)))
    held = {}
    for place, answer in buckets.items():
        bucket = Bucket.model_validate_json(answer.plain())
        assert bucket.prefix == bucket_prefix(place << (63 - bits), bits)
        identities = [one.document.id for one in bucket.sets]
        assert identities == sorted(set(identities))
        assert len(identities) >= smallest or len(buckets) == 1
        assert bucket.categories
        held[place] = {one.document.id: one for one in bucket.sets}
    for annotation_set in composition.sets:
        for address in annotation_set.addresses:
            try:
                place = page_key(address) >> (63 - bits)
            except UrlRefused:
                pytest.fail(f"{address} can never be recognised")
            assert held[place][annotation_set.document.id] == annotation_set


async def test_a_loopback_server_and_a_public_one_differ_in_the_crowd_only(
    composition: Composition, tmp_path: Path
) -> None:
    few, many = rendered_buckets(composition, 1), rendered_buckets(composition, 64)
    assert len(few) > len(many)

    def documents(buckets: dict[int, Rendered]) -> set[str]:
        return {
            one.document.id
            for answer in buckets.values()
            for one in Bucket.model_validate_json(answer.plain()).sets
        }

    assert documents(few) == documents(many) == {one.document.id for one in composition.sets}
