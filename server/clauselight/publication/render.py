"""From annotation sets to answers, as text: a set is turned into JSON once and put into every answer that
holds it without being parsed again."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from clauselight.contract import CONTRACT_VERSION
from clauselight.contract.annotation import Bucket, MatchAnswer
from clauselight.contract.vocabulary import Relation
from clauselight.knowledge.clause_types import categories

from .compression import compress, compress_padded
from .files import Rendered, etag_of, to_json
from .signing import BUCKET, Signer


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides about the shape of everything that is published, beside the archive's contents.

    `smallest_bucket`: documents that a bucket hides one among; `padded`: whether buckets have one of few
    lengths; `signer`: signs index, deltas and buckets, if a key is configured.
    """

    smallest_bucket: int = 1
    padded: bool = False
    signer: Signer | None = None

    def signed(self, kind: str, name: str, body: bytes) -> bytes:
        """The body with its signature, or as it is."""
        return body if self.signer is None else self.signer.sign(kind, name, body)


def prefix_name(bucket: int, bits: int) -> str:
    """A bucket's number as readers ask for it: lower-case hexadecimal, `"0"` for the only one."""
    return f"{bucket:0{max(1, -(-bits // 4))}x}"


def bucket_etag(prefix: str, sets: Sequence[bytes], terms: Terms) -> str:
    """The tag of a bucket with these contents. Not made of its sequence: when nothing changed but the time,
    the bucket that is there stays as it is."""
    signed_by = terms.signer.public_key if terms.signer else ""
    return etag_of("\n".join([CONTRACT_VERSION, prefix, signed_by]).encode() + b"\n".join(sets))


def render_bucket(prefix: str, sets: Sequence[bytes], sequence: int, terms: Terms, etag: str) -> Rendered:
    """A bucket that holds these sets (JSON)."""
    empty = to_json(
        Bucket(
            contract_version=CONTRACT_VERSION,
            prefix=prefix,
            categories=list(categories()),
            sequence=sequence,
            sets=[],
        )
    )
    plain = terms.signed(BUCKET, prefix, _filled(empty, sets))
    return Rendered(etag, compress_padded(plain) if terms.padded else compress(plain))


def render_match(relation: Relation, sets: Iterable[bytes]) -> Rendered:
    """The answer for an address at which these sets (JSON) are found."""
    empty = to_json(MatchAnswer(contract_version=CONTRACT_VERSION, matches=[]))
    matches = []
    for one in sets:
        document, provisions = pieces(one)
        matches.append(
            b'{"relation":"%s","document":%s,"provisions":%s}'
            % (relation.value.encode(), document, provisions)
        )
    plain = _filled(empty, matches)
    return Rendered(etag_of(plain), compress(plain))


BEHIND_DOCUMENT: Final = b',"addresses":['
"""What follows a document in a set. Unescaped quotes cannot stand in a text, and no field of a document has
this name."""


def leading_document(annotation_set: bytes) -> bytes:
    """The document of a set as JSON; of the set, the beginning is enough."""
    return annotation_set[len(b'{"document":') : annotation_set.index(BEHIND_DOCUMENT)]


def pieces(annotation_set: bytes) -> tuple[bytes, bytes]:
    """Document and provisions of a set, each as JSON; behind the provisions stands what else the set has.

    A set is `{"document":D,"addresses":[...],"provisions":P}`, or `"provisions":P,"directory":E}`.
    The names that separate the parts stand in unescaped quotes, which no text inside can have, and neither is
    a field of a document or an address.
    """
    start = annotation_set.index(BEHIND_DOCUMENT)
    end = annotation_set.index(b'],"provisions":[', start)
    return annotation_set[len(b'{"document":') : start], annotation_set[end + len(b'],"provisions":') : -1]


def unpack(rendered: Rendered) -> bytes:
    """The JSON of an answer."""
    return gzip.decompress(rendered.body)


def _filled(empty: bytes, items: Sequence[bytes]) -> bytes:
    """JSON that ends with an empty list, with items in that list."""
    if not empty.endswith(b"[]}"):
        raise ValueError("the list is not the last member")
    return empty[:-2] + b",".join(items) + b"]}"
