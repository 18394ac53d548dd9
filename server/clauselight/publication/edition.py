"""One edition of the publication: what changed is written, and then every answer that it touches.

Everything else stays as it stands. An edition is one transaction: readers see the one before or this one.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Final

from clauselight import __version__
from clauselight.contract import CONTRACT_VERSION
from clauselight.contract.annotation import AnnotationSet, ServerInfo
from clauselight.contract.clause_type import ClauseTypeAnswer
from clauselight.contract.vocabulary import Relation
from clauselight.domain.canonical_url import CANONICALISATION_VERSION

from .compression import compress
from .files import Rendered, Shelf, Writing, etag_of, render, to_json
from .places import (
    MOST_SITE_SETS,
    Location,
    Locations,
    Place,
    bucket_bits,
    key_range,
    locations,
    number,
    text_key,
)
from .render import Terms, bucket_etag, prefix_name, render_bucket, render_match, unpack
from .states import Index, Step, advance, changed, hash_bits_for

RECUT_EACH_TIME: Final = 20_000
"""Documents up to which buckets are cut anew at every edition: the result is
what rendering everything would give. In a larger archive the cut stays until a bucket would hide too few."""

Progress = Callable[[str, int, int], None]
"""Called with what is being rendered, how much is done, and how much there is."""


class Edition:
    """Writes into one transaction. `sequence` is greater than that of all editions before; `whole`:
    everything is rendered, so that it need not be remembered what was touched."""

    def __init__(
        self, writing: Writing, terms: Terms, *, sequence: int, moment: dt.datetime, whole: bool = False
    ) -> None:
        self._writing = writing
        self._terms = terms
        self._sequence = sequence
        self._moment = moment
        self._whole = whole
        writing.sequence = None if whole else sequence
        self._locations = Locations(writing.connection)
        self._touched: set[Location] = set()
        self._moved: set[Location] = set()  # came or went
        self._counts = dict(writing.fact("counts") or {"documents": 0, "provisions": 0})

    # --- what changed ---

    def put_sets(self, sets: Iterable[AnnotationSet]) -> None:
        """New or changed documents."""
        for one in sets:
            self._put_set(one)

    def _put_set(self, changed: AnnotationSet) -> None:
        writing, document = self._writing, number(changed.document.id)
        plain = to_json(changed)
        earlier = writing.get(Shelf.DOCUMENT, document)
        answer = Rendered(etag_of(plain), compress(plain))
        if earlier is not None and earlier.etag == answer.etag:
            return
        old_places, old_provisions = self._known(earlier)
        places = locations(changed.addresses)
        provisions = {number(one.id): one for one in changed.provisions}
        writing.put(Shelf.DOCUMENT, document, answer)
        for gone in old_provisions - set(provisions):
            writing.delete(Shelf.PROVISION, gone)
        for key, provision in provisions.items():
            writing.put(Shelf.PROVISION, key, render(provision))
        self._locations.remove(document, old_places - places)
        self._locations.add(document, places - old_places)
        if not self._whole:
            self._touched |= places | old_places
            self._moved |= places ^ old_places
        self._count(int(earlier is None), len(provisions) - len(old_provisions))

    def put_types(self, answers: Iterable[ClauseTypeAnswer]) -> None:
        """What is answered about clause types."""
        for answer in answers:
            self._writing.put(Shelf.CLAUSE_TYPE, text_key(answer.clause_type.id), render(answer))

    def _known(self, earlier: Rendered | None) -> tuple[set[Location], set[int]]:
        """Where the published form of a document is found, and its provisions."""
        if earlier is None:
            return set(), set()
        parsed = json.loads(earlier.plain())
        return locations(parsed["addresses"]), {number(one["id"]) for one in parsed["provisions"]}

    def _count(self, documents: int, provisions: int) -> None:
        self._counts["documents"] += documents
        self._counts["provisions"] += provisions

    # --- what that touches ---

    def finish(self) -> None:
        """Render again what the changes touch: matches, buckets, index, the counts."""
        for place, key in self._touched:
            if place in (Place.SAME, Place.LANGUAGE):
                self._match(Place(place), key)
        before = self._writing.fact("state")["bucket_bits"]
        keys = {key for place, key in self._touched if place in (Place.PAGE, Place.SITE)}
        moved = {key for place, key in self._moved if place in (Place.PAGE, Place.SITE)}
        bits = self._cut(moved, before) if moved else before
        if bits != before:
            self._writing.leave_packs()
        self._buckets({key >> (63 - bits) for key in keys} if bits == before else range(1 << bits), bits)
        self._writing.connection.execute("DELETE FROM answer_bucket WHERE key >= ?", (1 << bits,))
        if moved:
            self._reindex(moved, bits)
        self._info()

    def _reindex(self, moved: set[int], bits: int) -> None:
        """The index with keys that came or went, without reading all others."""
        hash_bits = self._writing.fact("state")["hash_bits"]
        cut = {key >> (63 - hash_bits) for key in moved}
        there = {value: self._locations.is_indexed(value, hash_bits) for value in cut}
        step, index = changed(self._writing, there, bits)
        self._index(index, before=step)

    def finish_whole(self, *, afresh: bool, progress: Progress = lambda *_: None) -> None:
        """Render every match and bucket and the index. Buckets and index whose contents are the same stay as
        they are, unless `afresh`: the terms changed."""
        import numpy as np

        from .state_arrays import index_of, step_to

        total = self._counts["documents"]
        for place in (Place.SAME, Place.LANGUAGE):
            rows = self._locations.of(place)
            for done, (key, group) in enumerate(groupby(rows, key=lambda row: row[0])):
                self._put_match(place, key, [document for _, document in group])
                if done % 10_000 == 0:
                    progress("matches", min(done, total), total)
        progress("matches", total, total)
        values = np.unique(np.fromiter(self._locations.indexed(), dtype=np.int64))
        hash_bits = hash_bits_for(len(values), total)
        bits = bucket_bits(self._locations.of(Place.PAGE), self._terms.smallest_bucket)
        if afresh:
            self._writing.clear(Shelf.BUCKET)
        self._writing.connection.execute("DELETE FROM answer_bucket WHERE key >= ?", (1 << bits,))
        self._buckets(range(1 << bits), bits, progress)
        values = np.unique(values >> (63 - hash_bits))
        before = step_to(self._writing, values, hash_bits)
        self._index(index_of(values, hash_bits, bits), before=before, afresh=afresh)
        self._info()

    def _match(self, place: Place, key: int) -> None:
        self._put_match(place, key, self._locations.documents(key, place))

    def _put_match(self, place: Place, key: int, documents: Sequence[int]) -> None:
        relation = Relation.SAME if place == Place.SAME else Relation.OTHER_LANGUAGE
        shelf = Shelf.MATCH if place == Place.SAME else Shelf.MATCH_OTHER_LANGUAGE
        if documents:
            self._writing.put(shelf, key, render_match(relation, self._sets(documents)))
        else:
            self._writing.delete(shelf, key)

    def _sets(self, documents: Iterable[int]) -> list[bytes]:
        found = (self._writing.get(Shelf.DOCUMENT, document) for document in documents)
        return [unpack(one) for one in found if one is not None]

    def _cut(self, keys: Iterable[int], bits: int) -> int:
        """How many bits name a bucket from now on."""
        smallest = self._terms.smallest_bucket
        if self._counts["documents"] > RECUT_EACH_TIME:
            width = 63 - bits
            if bits == 0 or all(
                len(self._documents_on_pages(bucket, bits)) >= smallest
                for bucket in {key >> width for key in keys}
            ):
                return bits
        return bucket_bits(self._locations.of(Place.PAGE), smallest)

    def _documents_on_pages(self, bucket: int, bits: int) -> set[int]:
        found = self._locations.between(Place.PAGE, *key_range(bucket, bits))
        return {document for _, document in found}

    def _buckets(self, buckets: Iterable[int], bits: int, progress: Progress = lambda *_: None) -> None:
        for done, bucket in enumerate(buckets):
            if done % 256 == 0:
                progress("buckets", done, 1 << bits)
            documents = self._documents_on_pages(bucket, bits)
            on_site = self._locations.between(Place.SITE, *key_range(bucket, bits))
            for _, group in groupby(on_site, key=lambda row: row[0]):
                documents.update(self._of_site([document for _, document in group]))
            prefix = prefix_name(bucket, bits)
            sets = self._sets(sorted(documents))
            etag = bucket_etag(prefix, sets, self._terms)
            earlier = self._writing.get(Shelf.BUCKET, bucket)
            if earlier is None or earlier.etag != etag:
                made = render_bucket(prefix, sets, self._sequence, self._terms, etag)
                self._writing.put(Shelf.BUCKET, bucket, made)
        progress("buckets", 1 << bits, 1 << bits)

    def _of_site(self, documents: list[int]) -> list[int]:
        """The documents of a site that its bucket holds: those with most provisions, when there are many."""
        if len(documents) <= MOST_SITE_SETS:
            return documents
        known = {one: len(self._known(self._writing.get(Shelf.DOCUMENT, one))[1]) for one in documents}
        return sorted(documents, key=lambda one: (-known[one], one))[:MOST_SITE_SETS]

    def _index(self, index: Index, *, before: Step | None, afresh: bool = False) -> None:
        advance(
            self._writing,
            index,
            sequence=self._sequence,
            moment=self._moment,
            terms=self._terms,
            before=before,
            afresh=afresh,
        )

    def _info(self) -> None:
        self._writing.note("counts", self._counts)
        info = ServerInfo(
            name="clauselight",
            version=__version__,
            contract_version=CONTRACT_VERSION,
            canonicalisation=CANONICALISATION_VERSION,
            documents=self._counts["documents"],
            provisions=self._counts["provisions"],
            status="ready",
        )
        self._writing.put(Shelf.STATE, 0, render(info))


def clear_for_whole_edition(writing: Writing) -> None:
    """Empty what a whole edition writes again. Buckets, index and its states stay, to be compared with."""
    writing.clear(
        Shelf.STATE,
        Shelf.MATCH,
        Shelf.MATCH_OTHER_LANGUAGE,
        Shelf.PROVISION,
        Shelf.CLAUSE_TYPE,
        Shelf.DOCUMENT,
    )
    writing.connection.execute("DELETE FROM location")
    writing.leave_packs()
    writing.note("counts", {"documents": 0, "provisions": 0})
