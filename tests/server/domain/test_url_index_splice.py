"""An index that is spliced is the one that coding all its values anew gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clauselight.domain import url_index, url_index_splice
from clauselight.domain.url_index import EncodedIndex, IndexRefused, encode_values, pack
from clauselight.domain.url_index_splice import CodedValues, pack_few

LONGEST_QUOTIENT = 1 << 20
"""Bits."""


def coded(values: list[int], hash_bits: int, parameter: int | None = None) -> EncodedIndex:
    """All values coded, with the best Rice parameter or a given one."""
    with pytest.MonkeyPatch.context() as patch:
        if parameter is not None:
            patch.setattr(url_index, "_rice_parameter", lambda _: parameter)
        return encode_values(np.array(values, dtype=np.int64), hash_bits, 13)


@st.composite
def changes(draw: st.DrawFn) -> tuple[int, list[int], list[int], list[int]]:
    """Bits, values, and which of them go and come."""
    bits = draw(st.sampled_from([9, 12, 20, 35]))
    pool = st.integers(0, (1 << bits) - 1)
    dense = st.integers(0, 400)
    values = draw(st.sets(pool | dense, min_size=2, max_size=200))
    gone = draw(st.sets(st.sampled_from(sorted(values)), max_size=12))
    came = draw(st.sets(pool | dense, max_size=12)) - values
    if values - gone or came:
        return bits, sorted(values), sorted(gone), sorted(came)
    return bits, sorted(values), sorted(gone)[1:], sorted(came)


@pytest.mark.parametrize("piece", [1, 2, 7, 1_024])
@settings(max_examples=80, deadline=None)
@given(changes())
def test_spliced_is_coded_anew(piece: int, change: tuple[int, list[int], list[int], list[int]]) -> None:
    bits, values, gone, came = change
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(url_index_splice, "PIECE", piece)
        patch.setattr(url_index_splice, "_COPIED", 13 * piece)
        before = coded(values, bits)
        # A parameter for few near values makes a far one gigabytes long; indexes that are spliced have 50,000
        # values and more, spread over all bits (`states.SPLICED_FROM`).
        assume(1 << bits >> before.rice_parameter <= LONGEST_QUOTIENT)
        index = CodedValues(before)
        after = sorted({*values, *came} - set(gone))
        assert index.spliced(gone, came) == coded(after, bits, before.rice_parameter)
        asked = sorted({*gone, *came, 0, (1 << bits) - 1, values[0] + 1})
        assert index.ranks(asked) == [sum(value < one for value in values) for one in asked]
        assert index.holds(asked) == [one in set(values) for one in asked]


@given(st.sets(st.integers(0, 2**40), max_size=60) | st.sets(st.integers(0, 90), max_size=60))
def test_few_values_are_packed_as_many_are(values: set[int]) -> None:
    assert pack_few(sorted(values)) == pack(np.array(sorted(values), dtype=np.int64))


def test_a_large_index_is_spliced_at_its_ends_and_between() -> None:
    values = sorted({place * 25_103 + place % 977 for place in range(200_000)})
    before = coded(values, 35)
    gone, came = [values[0], values[99_999], values[-1]], [5, values[-1] + 1, (1 << 35) - 1]
    spliced = CodedValues(before).spliced(gone, came)
    assert spliced == coded(sorted({*values, *came} - set(gone)), 35, before.rice_parameter)


def test_damage_is_refused() -> None:
    whole = coded(list(range(0, 90_000, 7)), 20)
    for data in (b"", whole.data[:100], whole.data[:-2000]):
        with pytest.raises(IndexRefused):
            CodedValues(EncodedIndex(whole.count, 20, whole.rice_parameter, data))
    with pytest.raises(IndexRefused):
        CodedValues(coded([], 20)).spliced([], [1])
