"""Buckets hide every document among others: how many bits name one, and what lies in it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.app import site
from clauselight.contract.annotation import Bucket
from clauselight.domain.canonical_url import UrlRefused, page_key, site_key
from clauselight.domain.url_index import bucket_prefix
from clauselight.publication.compose import Composition, compose
from clauselight.publication.files import Rendered, Shelf
from clauselight.publication.places import MOST_BUCKET_BITS, MOST_SITE_SETS, bucket_bits
from clauselight.settings import DEFAULT_PORT, Settings
from publications import on_shelf, published

KEYS = st.integers(0, 2**63 - 1)
EVEN = [(place << 53) + 5 for place in range(1024)]
"""1,024 keys spread as evenly as can be."""


DOCUMENTS = st.integers(0, 40)
"""Few, so that many keys are of one document."""

CLUSTERED = st.one_of(KEYS, st.integers(0, 5).map(lambda key: (77 << 54) + key))
"""Some far apart, some that share their first 60 bits."""


def crowds(found: set[tuple[int, int]], bits: int) -> list[int]:
    """How many documents each bucket holds."""
    filled: dict[int, set[int]] = {bucket: set() for bucket in range(1 << bits)}
    for key, document in found:
        filled[key >> (63 - bits)].add(document)
    return [len(documents) for documents in filled.values()]


@settings(max_examples=200, deadline=None)
@given(st.sets(st.tuples(CLUSTERED, DOCUMENTS), max_size=300), st.integers(1, 30))
def test_every_bucket_holds_enough_documents(found: set[tuple[int, int]], smallest: int) -> None:
    bits = bucket_bits(found, smallest)
    assert 0 <= bits <= MOST_BUCKET_BITS
    if bits:
        assert min(crowds(found, bits)) >= smallest, "an empty bucket tells that nothing is there"


@settings(max_examples=100, deadline=None)
@given(st.sets(st.tuples(CLUSTERED, DOCUMENTS), max_size=300), st.integers(1, 30))
def test_one_more_bit_would_be_too_many(found: set[tuple[int, int]], smallest: int) -> None:
    bits = bucket_bits(found, smallest) + 1
    assert min(crowds(found, bits)) < smallest


def test_a_document_with_many_addresses_is_no_crowd() -> None:
    """Two buckets' worth of keys, all of one document."""
    assert bucket_bits([(key, 5) for key in EVEN], 1) == 10
    assert bucket_bits([(key, 5) for key in EVEN], 2) == 0


@pytest.mark.parametrize(("smallest", "bits"), [(1, 10), (2, 9), (64, 4), (1024, 0), (5000, 0)])
def test_even_keys_fill_buckets_exactly(smallest: int, bits: int) -> None:
    assert bucket_bits(list(zip(EVEN, range(1024), strict=True)), smallest) == bits


def test_nothing_known_is_one_bucket() -> None:
    assert bucket_bits([], 1) == 0


def test_bits_are_limited() -> None:
    """Not tried with two million keys: that many buckets alone would fill the disk."""
    assert MOST_BUCKET_BITS <= 24


@pytest.fixture
async def composition(archive: AsyncEngine) -> Composition:
    return await compose(archive, site(Settings(), DEFAULT_PORT))


async def rendered_buckets(archive: AsyncEngine, file: Path, smallest: int) -> dict[int, Rendered]:
    return on_shelf(await published(archive, file, smallest=smallest), Shelf.BUCKET)


@pytest.mark.parametrize("smallest", [1, 64, 500, 10_000])
async def test_buckets_of_the_catalogue_hold_each_document_under_all_its_addresses(
    archive: AsyncEngine, composition: Composition, tmp_path: Path, smallest: int
) -> None:
    buckets = await rendered_buckets(archive, tmp_path / "publication.sqlite", smallest)
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
    archive: AsyncEngine, composition: Composition, tmp_path: Path
) -> None:
    few = await rendered_buckets(archive, tmp_path / "few.sqlite", 1)
    many = await rendered_buckets(archive, tmp_path / "many.sqlite", 64)
    assert len(few) > len(many)

    def documents(buckets: dict[int, Rendered]) -> set[str]:
        return {
            one.document.id
            for answer in buckets.values()
            for one in Bucket.model_validate_json(answer.plain()).sets
        }

    held = documents(many)
    assert documents(few) == held == {one.document.id for one in composition.sets}


async def test_documents_of_a_site_lie_in_its_own_bucket_too(
    archive: AsyncEngine, composition: Composition, tmp_path: Path
) -> None:
    """Up to a number; of a larger site, those with most provisions."""
    buckets = await rendered_buckets(archive, tmp_path / "publication.sqlite", 1)
    bits = len(buckets).bit_length() - 1
    sites: dict[int, set[str]] = defaultdict(set)
    for one in composition.sets:
        for address in one.addresses:
            if (key := site_key(address)) is not None:
                sites[key].add(one.document.id)
    assert max(map(len, sites.values())) > MOST_SITE_SETS
    analysed = {one.document.id for one in composition.sets if one.provisions}
    for key, members in sites.items():
        bucket = Bucket.model_validate_json(buckets[key >> (63 - bits)].plain())
        there = {one.document.id for one in bucket.sets} & members
        assert len(there) >= min(len(members), MOST_SITE_SETS)
        assert members & analysed <= there
