"""Indexes of which all values are at hand, as numpy arrays: of a whole edition, of a small archive, or with
many changes. Apart from `states`, since numpy takes 11 MB that most editions of a large archive do without.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from clauselight.domain.url_index import checksum, decode_values, encode_values
from clauselight.domain.url_index_coded import EncodedIndex

from .files import Writing
from .states import Index, State, Step, present

Values = npt.NDArray[np.int64]


def index_of(values: Values, hash_bits: int, bucket_bits: int) -> Index:
    """The index of some values that are cut, sorted and distinct already."""

    def ranks(few: Sequence[int]) -> list[int]:
        found: list[int] = np.searchsorted(values, np.array(few, dtype=np.int64)).tolist()
        return found

    return Index(encode_values(values, hash_bits, bucket_bits), checksum(values), ranks)


def step_to(writing: Writing, values: Values, hash_bits: int) -> Step | None:
    """From the state that is published to these values; None when there is none that can be compared."""
    found = present(writing)
    if found is None or found[0].hash_bits != hash_bits:
        return None
    state, coded, check = found
    old = decode_values(coded)
    gone = np.setdiff1d(old, values, assume_unique=True)
    came = np.setdiff1d(values, old, assume_unique=True)
    return Step(state, check, gone.tolist(), came.tolist())


def changed_anew(
    state: State, coded: EncodedIndex, check: int, there: dict[int, bool], bucket_bits: int
) -> tuple[Step, Index]:
    """As `states.changed`, by decoding and coding all values."""
    values = decode_values(coded)
    cut = np.array(sorted(there), dtype=np.int64)
    wanted = np.array([there[value] for value in cut.tolist()], dtype=bool)
    places = np.searchsorted(values, cut)
    held = np.zeros(len(cut), dtype=bool)
    inside = places < len(values)
    held[inside] = values[places[inside]] == cut[inside]
    gone, came = cut[held & ~wanted], cut[~held & wanted]
    # A few places in a million: sorting anew would take half a second and 100 MB.
    values = np.delete(values, np.searchsorted(values, gone))
    values = np.insert(values, np.searchsorted(values, came), came)
    return Step(state, check, gone.tolist(), came.tolist()), index_of(values, state.hash_bits, bucket_bits)
