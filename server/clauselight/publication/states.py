"""The index and its history: every state has a name, and from the latest ones a delta leads to the present.

Kept are, for each earlier state, the values that went and came since (both lists are short, or the delta is
not worth keeping). A new edition lengthens them by its own changes, so that nothing but the present list of
values is ever decoded, whatever the number of states.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import math
from array import array
from binascii import b2a_base64
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from sqlite3 import Blob
from typing import Any, Final

from clauselight.contract import CONTRACT_VERSION
from clauselight.contract.annotation import UrlIndex, UrlIndexDelta
from clauselight.domain.canonical_url import CANONICALISATION_VERSION
from clauselight.domain.url_index_coded import DEFAULT_HASH_BITS, EncodedIndex
from clauselight.domain.url_index_splice import CodedValues, pack_few

from .compression import coded_compressor, compress
from .files import Rendered, Shelf, Writing, etag_of, to_json
from .places import delta_key
from .render import Terms
from .signing import DELTA, INDEX

KEPT_STATES: Final = 64
"""Earlier states from which a delta leads to the present one: two months of one new state a day (readers ask
once a day), or a day in which addresses are added every 22 minutes. Any older reader fetches the index
whole."""

LARGEST_DELTA: Final = 0.02
"""Values that went and came, as a share of all, up to which a delta is kept: beyond, it saves little. Chosen
by reckoning; 64 deltas of that size at a million documents were not timed."""

SMALL_INDEX: Final = 256 * 1024
"""Bytes up to which an index takes the most bits a value."""

BYTES_A_DOCUMENT: Final = 2.9
"""Size that a large index keeps to (the promise is 3), as long as it can with `FEWEST_HASH_BITS`."""

FEWEST_HASH_BITS: Final = 35
"""At 901,917 made-up documents and their sites (1,260,982 values) a page that is none hits once in 27,248."""

SPLICED_FROM: Final = 50_000
"""Values from which an index is spliced and keeps its Rice parameter; a smaller one is coded anew, so that it
is what rendering everything would give."""

MOST_SPLICED: Final = 2_000
"""Values that come and go up to which an index is spliced. Each takes some 3 ms, coding a million anew half a
second and 40 MB."""

PRESENT: Final = -1
"""Where the present state lies among the earlier ones, whose sequence begins with 0."""

MOST_KEPT_RANKS: Final = 4_096
"""Values of deltas up to which it is noted where they stand, so that an edition looks for its own only: each
takes 4 ms. More are looked for each time, which goes through the whole index once."""

_PIECE: Final = 49_152
"""Bytes of an index that are put into base64 and compressed at once."""


@dataclass(frozen=True, slots=True)
class State:
    """The present state of the index."""

    name: str
    sequence: int
    hash_bits: int
    bucket_bits: int
    count: int
    rice_parameter: int


@dataclass(frozen=True, slots=True)
class Step:
    """From one state to the next: which values went and came, both sorted. `checksum`: of the values of the
    earlier one."""

    state: State
    checksum: int
    gone: list[int]
    came: list[int]


@dataclass(frozen=True, slots=True)
class Index:
    """An index as it is published. `checksum`: of its values; `ranks`: of some sorted values, how many of the
    index lie below each."""

    coded: EncodedIndex
    checksum: int
    ranks: Callable[[Sequence[int]], list[int]]


def hash_bits_for(values: int, documents: int) -> int:
    """How many bits of a key an index keeps: as many as fit its size, since more mean fewer false hits."""
    if values == 0:
        return DEFAULT_HASH_BITS
    allowed = max(SMALL_INDEX, BYTES_A_DOCUMENT * documents)
    for bits in range(DEFAULT_HASH_BITS, FEWEST_HASH_BITS, -1):
        # A Rice code of gaps that are distributed geometrically takes about 1.5 bits more than their
        # logarithm.
        if values * (bits - math.log2(values) + 1.5) / 8 <= allowed:
            return bits
    return FEWEST_HASH_BITS


def present(writing: Writing) -> tuple[State, EncodedIndex, int] | None:
    """The state that is published, its index and the checksum of its values; None before the first one."""
    found = _present_state(writing)
    if found is None:
        return None
    state, check = found
    with _stored(writing) as blob:
        return state, _coded(state, blob.read()), check


def _present_state(writing: Writing) -> tuple[State, int] | None:
    fact = writing.fact("state")
    row = writing.connection.execute("SELECT checksum FROM state WHERE name='present'").fetchone()
    return None if fact is None or row is None else (State(**fact), row[0])


def _stored(writing: Writing) -> Blob:
    """The data of the present index, where it lies: to select it would make two copies."""
    return writing.connection.blobopen("state", "removed", PRESENT, readonly=True)


class _Parts:
    """Parts of a blob, each read when it is asked for."""

    def __init__(self, blob: Blob) -> None:
        self._blob = blob

    def __len__(self) -> int:
        return len(self._blob)

    def __getitem__(self, part: slice) -> bytes:
        self._blob.seek(part.start)
        return self._blob.read(part.stop - part.start)


def _coded(state: State, data: bytes) -> EncodedIndex:
    return EncodedIndex(state.count, state.hash_bits, state.rice_parameter, data, state.bucket_bits)


def changed(writing: Writing, there: dict[int, bool], bucket_bits: int) -> tuple[Step, Index]:
    """The present index with some values (cut already) that are to be there, or not to."""
    found = _present_state(writing)
    assert found is not None, "the first edition is a whole one"
    state, check = found
    with _stored(writing) as blob:
        if state.count < SPLICED_FROM or len(there) > MOST_SPLICED:
            from .state_arrays import changed_anew

            return changed_anew(state, _coded(state, blob.read()), check, there, bucket_bits)
        values = CodedValues(_coded(state, b""), _Parts(blob))
        cut = sorted(there)
        held = dict(zip(cut, values.holds(cut), strict=True))
        gone = [value for value in cut if held[value] and not there[value]]
        came = [value for value in cut if there[value] and not held[value]]
        made = values.spliced(gone, came)
    made = EncodedIndex(made.count, made.hash_bits, made.rice_parameter, made.data, bucket_bits)
    new_check = (check + sum(came) - sum(gone)) & 0xFFFFFFFF
    return Step(state, check, gone, came), Index(made, new_check, lambda few: CodedValues(made).ranks(few))


def advance(
    writing: Writing,
    index: Index,
    *,
    sequence: int,
    moment: dt.datetime,
    terms: Terms,
    before: Step | None,
    afresh: bool = False,
) -> None:
    """Publish an index with deltas from earlier states.

    `before` is the state that is published, and what changed since; None when it cannot be compared.
    Nothing is written when the state stays the same, unless `afresh`.
    """
    coded = index.coded
    header = f"{CANONICALISATION_VERSION}/{coded.hash_bits}/{coded.rice_parameter}/{coded.bucket_bits}/"
    named = hashlib.sha256(header.encode())
    named.update(coded.data)
    name = named.hexdigest()[:16]
    if before is not None and before.state.name == name and not afresh:
        return
    state = State(name, sequence, coded.hash_bits, coded.bucket_bits, coded.count, coded.rice_parameter)
    _lengthen(writing, before, state)
    writing.note("state", {key: getattr(state, key) for key in State.__slots__})
    # Not as a value, of which SQLite would make two copies.
    writing.connection.execute(
        "INSERT OR REPLACE INTO state VALUES (?,'present',?,?,zeroblob(?),NULL)",
        (PRESENT, coded.count, index.checksum, len(coded.data)),
    )
    if coded.data:
        with writing.connection.blobopen("state", "removed", PRESENT) as blob:
            blob.write(coded.data)
    _render_index(writing, state, coded.data, moment, terms)
    _render_deltas(writing, state, index, before, moment, terms)


def _render_index(
    writing: Writing, state: State, data: bytes | bytearray, moment: dt.datetime, terms: Terms
) -> None:
    """In pieces, since every copy of a large index takes megabytes."""
    empty = to_json(
        UrlIndex(
            contract_version=CONTRACT_VERSION,
            canonicalisation=CANONICALISATION_VERSION,
            state=state.name,
            sequence=state.sequence,
            generated_at=moment,
            count=state.count,
            hash_bits=state.hash_bits,
            rice_parameter=state.rice_parameter,
            bucket_bits=state.bucket_bits,
            data="",
        )
    )
    start, mark, end = empty.partition(b'"data":"')
    if terms.signer is not None:  # a signature is of everything at once
        plain = terms.signed(INDEX, "", b"".join((start, mark, base64.b64encode(data), end)))
        parts: list[bytes | memoryview] = [plain]
    else:
        pieces = (memoryview(data)[at : at + _PIECE] for at in range(0, len(data), _PIECE))
        parts = [start + mark, *pieces, end]
    tag = hashlib.sha256()

    def compressed() -> Iterator[bytes]:
        packer = coded_compressor()
        for place, part in enumerate(parts):
            plain = b2a_base64(part, newline=False) if 0 < place < len(parts) - 1 else part
            tag.update(plain)
            yield packer.compress(plain)
        yield packer.flush()

    # Twice, which takes less than the memory to hold it: its length must be known before it is written.
    size = sum(map(len, compressed()))
    etag = f'"{tag.hexdigest()[:16]}"'
    writing.put_in_pieces(Shelf.INDEX, 0, etag, size, compressed())


def _lengthen(writing: Writing, before: Step | None, state: State) -> None:
    """Add the state that was present to the earlier ones, and this step's changes to all of them."""
    connection = writing.connection
    if before is None:
        connection.execute("DELETE FROM state")
        return
    old, removed, added = before.state, set(before.gone), set(before.came)
    if old.name != state.name:
        connection.execute(
            "INSERT OR REPLACE INTO state VALUES (?,?,?,?,?,?)",
            (old.sequence, old.name, old.count, before.checksum, b"", b""),
        )
    connection.execute("DELETE FROM state WHERE name=?", (state.name,))  # back to where it was before
    allowed = max(1_000, int(state.count * LARGEST_DELTA))
    rows = connection.execute("SELECT sequence, removed, added FROM state WHERE sequence >= 0").fetchall()
    for sequence, went, came in rows:
        earlier_went, earlier_came = set(_values(went)), set(_values(came))
        # What came since and went now was never there for this reader, and the other way round.
        now_went = earlier_went | (removed - earlier_came)
        now_came = (earlier_came - removed) | added
        both = now_went & now_came
        if len(now_went) + len(now_came) - 2 * len(both) > allowed:
            connection.execute("DELETE FROM state WHERE sequence=?", (sequence,))
        else:
            connection.execute(
                "UPDATE state SET removed=?, added=? WHERE sequence=?",
                (_bytes(now_went - both), _bytes(now_came - both), sequence),
            )
    connection.execute(
        "DELETE FROM state WHERE sequence >= 0 AND sequence NOT IN "
        "(SELECT sequence FROM state ORDER BY sequence DESC LIMIT ?)",
        (KEPT_STATES,),
    )


def _render_deltas(
    writing: Writing, state: State, index: Index, before: Step | None, moment: dt.datetime, terms: Terms
) -> None:
    writing.clear(Shelf.DELTA)
    rows: list[tuple[Any, ...]] = writing.connection.execute(
        "SELECT name, count, checksum, removed, added FROM state WHERE sequence >= 0"
    ).fetchall()
    # For readers who hold the present state: nothing to do, said in few bytes.
    rows.append((state.name, state.count, index.checksum, b"", b""))
    # All at once, since for that the index is gone through once.
    wanted = sorted({value for row in rows for value in _values(row[3])})
    rank = _ranks(writing, state, index, before, wanted)
    for name, count, old_checksum, went, came in rows:
        removed, added = _values(went), _values(came)
        # Where a value stood in the old list: its place among the new ones, less those that came before it,
        # and those that went before it.
        positions = [rank[value] - bisect_left(added, value) + place for place, value in enumerate(removed)]
        removed_parameter, removed_data = pack_few(positions)
        added_parameter, added_data = pack_few(added)
        delta = UrlIndexDelta(
            contract_version=CONTRACT_VERSION,
            canonicalisation=CANONICALISATION_VERSION,
            from_state=name,
            to_state=state.name,
            sequence=state.sequence,
            generated_at=moment,
            hash_bits=state.hash_bits,
            bucket_bits=state.bucket_bits,
            old_count=count,
            old_checksum=old_checksum,
            new_count=state.count,
            new_checksum=index.checksum,
            removed_count=len(removed),
            removed_rice_parameter=removed_parameter,
            removed=base64.b64encode(removed_data).decode(),
            added_count=len(added),
            added_rice_parameter=added_parameter,
            added=base64.b64encode(added_data).decode(),
        )
        plain = terms.signed(DELTA, name, to_json(delta))
        writing.put(Shelf.DELTA, delta_key(name), Rendered(etag_of(plain), compress(plain)))


def _ranks(
    writing: Writing, state: State, index: Index, before: Step | None, wanted: list[int]
) -> dict[int, int]:
    """How many values of the index lie below each of some sorted ones."""
    noted = writing.fact("ranks")
    rank: dict[int, int] = {}
    if before is not None and noted is not None and noted["state"] == before.state.name:
        known = dict(zip(noted["values"], noted["ranks"], strict=True))
        for value in wanted:
            if value in known:
                rank[value] = known[value] - bisect_left(before.gone, value) + bisect_left(before.came, value)
    unknown = [value for value in wanted if value not in rank]
    if unknown:
        rank |= zip(unknown, index.ranks(unknown), strict=True)
    few = wanted if len(wanted) <= MOST_KEPT_RANKS else []
    writing.note("ranks", {"state": state.name, "values": few, "ranks": [rank[value] for value in few]})
    return rank


def _values(data: bytes) -> list[int]:
    return array("q", data).tolist()


def _bytes(values: set[int]) -> bytes:
    return array("q", sorted(values)).tobytes()
