"""Renders the whole publication from a composition: index, buckets, direct matches, single records."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence

from clauselight import __version__
from clauselight.contract import CONTRACT_VERSION
from clauselight.contract.annotation import AnnotationSet, Bucket, Match, MatchAnswer, ServerInfo, UrlIndex
from clauselight.contract.vocabulary import Relation
from clauselight.domain.canonical_url import (
    CANONICALISATION_VERSION,
    UrlRefused,
    index_keys,
    page_key,
    url_key,
)
from clauselight.domain.url_index import bucket_prefix, encode
from clauselight.knowledge.clause_types import categories

from .compose import Composition
from .files import Rendered, Shelf, render

MOST_BUCKET_BITS = 20
"""A million buckets; more would only make the anonymity sets smaller than anybody asked for."""

Answer = tuple[Shelf, int, Rendered]


def number(identity: str) -> int:
    """The integer in an id such as CL-P-003363."""
    return int(identity[5:])


def text_key(text: str) -> int:
    """An integer key for answers that are asked for by a word."""
    return url_key("name:" + text)


def render_publication(
    composition: Composition, *, smallest_bucket: int, generated_at: dt.datetime
) -> Iterator[Answer]:
    """Every answer of the publication, one after another."""
    by_key = _by_page_key(composition.sets)
    bits = bucket_bits(list(by_key), [len(sets) for sets in by_key.values()], smallest_bucket)
    yield Shelf.INDEX, 0, _index(list(by_key), bits, generated_at)
    yield from _buckets(by_key, bits)
    yield from _matches(composition.sets)
    provisions = 0
    for annotation_set in composition.sets:
        yield Shelf.DOCUMENT, number(annotation_set.document.id), render(annotation_set)
        for provision in annotation_set.provisions:
            provisions += 1
            yield Shelf.PROVISION, number(provision.id), render(provision)
    for answer in composition.clause_types:
        yield Shelf.CLAUSE_TYPE, text_key(answer.clause_type.id), render(answer)
    info = ServerInfo(
        name="clauselight",
        version=__version__,
        contract_version=CONTRACT_VERSION,
        canonicalisation=CANONICALISATION_VERSION,
        documents=len(composition.sets),
        provisions=provisions,
        status="ready",
    )
    yield Shelf.STATE, 0, render(info)


def bucket_bits(keys: Sequence[int], sizes: Sequence[int], smallest: int) -> int:
    """The most leading bits such that every bucket holds at least `smallest` documents.

    `keys` and `sizes` are the page keys and how many documents stand under each. 0 (one bucket for
    everything) when there are too few documents to hide one among `smallest`.
    """
    best = 0
    for bits in range(1, MOST_BUCKET_BITS + 1):
        counted = [0] * (1 << bits)
        for key, size in zip(keys, sizes, strict=True):
            counted[key >> (63 - bits)] += size
        if min(counted) < smallest:
            break
        best = bits
    return best


def _by_page_key(sets: Sequence[AnnotationSet]) -> dict[int, list[AnnotationSet]]:
    by_key: dict[int, list[AnnotationSet]] = defaultdict(list)
    for annotation_set in sets:
        for address in annotation_set.addresses:
            try:
                key = page_key(address)
            except UrlRefused:
                continue  # an address no browser could show; the document keeps its other ones
            if annotation_set not in by_key[key]:
                by_key[key].append(annotation_set)
    return by_key


def _index(keys: Sequence[int], bits: int, generated_at: dt.datetime) -> Rendered:
    encoded = encode(keys, bucket_bits=bits)
    header = f"{CANONICALISATION_VERSION}/{encoded.hash_bits}/{encoded.rice_parameter}/{bits}/"
    return render(
        UrlIndex(
            contract_version=CONTRACT_VERSION,
            canonicalisation=CANONICALISATION_VERSION,
            state=hashlib.sha256(header.encode() + encoded.data).hexdigest()[:16],
            generated_at=generated_at,
            count=encoded.count,
            hash_bits=encoded.hash_bits,
            rice_parameter=encoded.rice_parameter,
            bucket_bits=bits,
            data=base64.b64encode(encoded.data).decode(),
        )
    )


def _buckets(by_key: dict[int, list[AnnotationSet]], bits: int) -> Iterator[Answer]:
    contents: dict[int, dict[str, AnnotationSet]] = defaultdict(dict)
    for key, sets in by_key.items():
        for annotation_set in sets:
            contents[key >> (63 - bits)][annotation_set.document.id] = annotation_set
    for place in range(1 << bits):
        bucket = Bucket(
            contract_version=CONTRACT_VERSION,
            prefix=bucket_prefix(place << (63 - bits), bits),
            categories=list(categories()),
            sets=[contents[place][identity] for identity in sorted(contents[place])],
        )
        yield Shelf.BUCKET, place, render(bucket)


def _matches(sets: Sequence[AnnotationSet]) -> Iterator[Answer]:
    """Direct matches: by exact key for the document itself, by both keys for its other languages."""
    same: dict[int, dict[str, AnnotationSet]] = defaultdict(dict)
    other: dict[int, dict[str, AnnotationSet]] = defaultdict(dict)
    for annotation_set in sets:
        for address in annotation_set.addresses:
            try:
                keys = index_keys(address)
            except UrlRefused:
                continue
            same[keys[0]][annotation_set.document.id] = annotation_set
            for key in keys:
                other[key][annotation_set.document.id] = annotation_set
    for shelf, relation, found in (
        (Shelf.MATCH, Relation.SAME, same),
        (Shelf.MATCH_OTHER_LANGUAGE, Relation.OTHER_LANGUAGE, other),
    ):
        for key, matching in found.items():
            answer = MatchAnswer(
                contract_version=CONTRACT_VERSION,
                matches=[
                    Match(relation=relation, document=item.document, provisions=item.provisions)
                    for item in matching.values()
                ],
            )
            yield shelf, key, render(answer)
