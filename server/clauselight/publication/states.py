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
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from clauselight.contract import CONTRACT_VERSION
from clauselight.contract.annotation import UrlIndex, UrlIndexDelta
from clauselight.domain.canonical_url import CANONICALISATION_VERSION
from clauselight.domain.url_index import (
    DEFAULT_HASH_BITS,
    EncodedIndex,
    checksum,
    decode_values,
    encode_values,
    pack,
)

from .compression import compress, compress_coded
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

Values = npt.NDArray[np.int64]
_NOTHING: Final = np.empty(0, dtype=np.int64)


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
    gone: Values
    came: Values


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


def present(writing: Writing) -> tuple[State, Values] | None:
    """The state that is published and its values; None before the first one."""
    fact = writing.fact("state")
    row = writing.connection.execute("SELECT removed FROM state WHERE name='present'").fetchone()
    if fact is None or row is None:
        return None
    state = State(**fact)
    encoded = EncodedIndex(state.count, state.hash_bits, state.rice_parameter, row[0], state.bucket_bits)
    return state, decode_values(encoded)


def advance(
    writing: Writing,
    values: Values,
    *,
    hash_bits: int,
    bucket_bits: int,
    sequence: int,
    moment: dt.datetime,
    terms: Terms,
    before: Step | None = None,
    afresh: bool = False,
) -> None:
    """Publish an index of these values (sorted, cut to `hash_bits`) with deltas from earlier states.

    `before` is the state that is published, and what changed since, when that is known already.
    Nothing is written when the state stays the same, unless `afresh`.
    """
    encoded = encode_values(values, hash_bits, bucket_bits)
    header = f"{CANONICALISATION_VERSION}/{hash_bits}/{encoded.rice_parameter}/{bucket_bits}/"
    name = hashlib.sha256(header.encode() + encoded.data).hexdigest()[:16]
    before = before or _step(writing, values, hash_bits)
    if before is not None and before.state.name == name and not afresh:
        return
    state = State(name, sequence, hash_bits, bucket_bits, encoded.count, encoded.rice_parameter)
    _lengthen(writing, before, state, values)
    writing.note("state", {key: getattr(state, key) for key in State.__slots__})
    writing.connection.execute(
        "INSERT OR REPLACE INTO state VALUES (-1,'present',?,?,?,NULL)",
        (encoded.count, checksum(values), encoded.data),
    )
    index = UrlIndex(
        contract_version=CONTRACT_VERSION,
        canonicalisation=CANONICALISATION_VERSION,
        state=name,
        sequence=sequence,
        generated_at=moment,
        count=encoded.count,
        hash_bits=hash_bits,
        rice_parameter=encoded.rice_parameter,
        bucket_bits=bucket_bits,
        data=base64.b64encode(encoded.data).decode(),
    )
    plain = terms.signed(INDEX, "", to_json(index))
    writing.put(Shelf.INDEX, 0, Rendered(etag_of(plain), compress_coded(plain)))
    _render_deltas(writing, state, values, moment, terms)


def _step(writing: Writing, values: Values, hash_bits: int) -> Step | None:
    """From the state that is published to these values; None when there is none that can be compared."""
    found = present(writing)
    if found is None or found[0].hash_bits != hash_bits:
        return None
    state, old = found
    gone = np.setdiff1d(old, values, assume_unique=True)
    return Step(state, checksum(old), gone, np.setdiff1d(values, old, assume_unique=True))


def _lengthen(writing: Writing, before: Step | None, state: State, values: Values) -> None:
    """Add the state that was present to the earlier ones, and this step's changes to all of them."""
    connection = writing.connection
    if before is None:
        connection.execute("DELETE FROM state")
        return
    old, removed, added = before.state, before.gone, before.came
    if old.name != state.name:
        connection.execute(
            "INSERT OR REPLACE INTO state VALUES (?,?,?,?,?,?)",
            (old.sequence, old.name, old.count, before.checksum, b"", b""),
        )
    connection.execute("DELETE FROM state WHERE name=?", (state.name,))  # back to where it was before
    allowed = max(1_000, int(len(values) * LARGEST_DELTA))
    rows = connection.execute("SELECT sequence, removed, added FROM state WHERE sequence >= 0").fetchall()
    for sequence, went, came in rows:
        earlier_went, earlier_came = _values(went), _values(came)
        # What came since and went now was never there for this reader, and the other way round.
        now_went = np.union1d(earlier_went, np.setdiff1d(removed, earlier_came))
        now_came = np.union1d(np.setdiff1d(earlier_came, removed), added)
        both = np.intersect1d(now_went, now_came)
        now_went, now_came = np.setdiff1d(now_went, both), np.setdiff1d(now_came, both)
        if len(now_went) + len(now_came) > allowed:
            connection.execute("DELETE FROM state WHERE sequence=?", (sequence,))
        else:
            connection.execute(
                "UPDATE state SET removed=?, added=? WHERE sequence=?",
                (now_went.tobytes(), now_came.tobytes(), sequence),
            )
    connection.execute(
        "DELETE FROM state WHERE sequence >= 0 AND sequence NOT IN "
        "(SELECT sequence FROM state ORDER BY sequence DESC LIMIT ?)",
        (KEPT_STATES,),
    )


def _render_deltas(writing: Writing, state: State, values: Values, moment: dt.datetime, terms: Terms) -> None:
    writing.clear(Shelf.DELTA)
    new_checksum = checksum(values)
    rows: list[tuple[Any, ...]] = writing.connection.execute(
        "SELECT name, count, checksum, removed, added FROM state WHERE sequence >= 0"
    ).fetchall()
    # For readers who hold the present state: nothing to do, said in few bytes.
    rows.append((state.name, state.count, new_checksum, b"", b""))
    for name, count, old_checksum, went, came in rows:
        removed, added = _values(went), _values(came)
        # Where a value stood in the old list: its place among the new ones, less those that came before it,
        # and those that went before it.
        positions = (
            np.searchsorted(values, removed) - np.searchsorted(added, removed) + np.arange(len(removed))
        )
        removed_parameter, removed_data = pack(positions.astype(np.int64))
        added_parameter, added_data = pack(added)
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
            new_checksum=new_checksum,
            removed_count=len(removed),
            removed_rice_parameter=removed_parameter,
            removed=base64.b64encode(removed_data).decode(),
            added_count=len(added),
            added_rice_parameter=added_parameter,
            added=base64.b64encode(added_data).decode(),
        )
        plain = terms.signed(DELTA, name, to_json(delta))
        writing.put(Shelf.DELTA, delta_key(name), Rendered(etag_of(plain), compress(plain)))


def _values(data: bytes) -> Values:
    return np.frombuffer(data, dtype=np.int64) if data else _NOTHING
