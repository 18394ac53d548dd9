"""Changes a coded index where it changes, without decoding the rest of it.

When one document of a million moves, four values of 1.4 million come or go. Decoding and coding all of them
takes 30 MB, and numpy with its 11; here only the neighbourhoods of what changes are decoded, and the bits
between them are copied. What comes out is what `url_index.encode_values` gives with the same parameter.

The format (`url_index`) has two streams. In the quotients a one ends each value, so that counting ones and
zeros, which Python's integers do quickly, tells which values end in a piece of the stream and what their
quotients add up to; their remainders, fields of `k` bits each, are added up for a whole piece at once. Both
together are the value with which the next piece begins.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, Protocol

from clauselight.domain.url_index_coded import EncodedIndex, IndexRefused

PIECE: Final = 1_024
"""Bytes of the quotient stream that are looked at together: some 3,700 values of a large index."""

_COPIED: Final = 1 << 18
"""Bits that are copied at once."""


class _Start(NamedTuple):
    """Where a piece begins: how many values ended before it, the bit of the quotients behind the last of
    them, and that value (-1 for none)."""

    ended: int
    bit: int
    before: int


class Stored(Protocol):
    """Bytes that are read where they lie."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> bytes | bytearray: ...


class CodedValues:
    """A coded index whose values can be looked up, and spliced."""

    def __init__(self, coded: EncodedIndex, stored: Stored | None = None) -> None:
        """The data may also lie elsewhere, `stored`, to be read piece by piece; then that of `coded` is not
        looked at. Raises IndexRefused when the sizes do not fit."""
        self.coded = coded
        self._data: Stored = coded.data if stored is None else stored
        self._k = coded.rice_parameter
        self._split = len(self._data) - (coded.count * self._k + 7) // 8
        if self._split < (coded.count + 7) // 8:
            raise IndexRefused("The index is cut short.")
        self._starts = list(self._find_starts())
        if coded.count and self._starts[-1].ended != coded.count:
            raise IndexRefused("The index does not hold the number of values that it names.")
        self._befores = [start.before for start in self._starts]

    def _find_starts(self) -> Iterator[_Start]:
        """One a piece, and the end."""
        ones = bit = quotients = remainders = 0
        for first in range(0, self._split, PIECE):
            size = min(PIECE, self._split - first)
            yield _Start(ones, bit, (quotients << self._k) + remainders + ones - 1)
            piece = int.from_bytes(self._data[first : first + size], "big")
            found = min(piece.bit_count(), self.coded.count - ones)
            if found:
                end = first * 8 + size * 8 - ((piece & -piece).bit_length() - 1)
                quotients += end - bit - found
                remainders += self._sum_of_remainders(ones, ones + found)
                ones, bit = ones + found, end
        yield _Start(ones, bit, (quotients << self._k) + remainders + ones - 1)

    def _sum_of_remainders(self, first: int, last: int) -> int:
        """Of the values from `first` to before `last`."""
        k, count = self._k, last - first
        if k == 0:
            return 0
        fields = self._bits(self._split * 8 + first * k, self._split * 8 + last * k)
        if count >> k:  # sums might run over into the next field
            mask = (1 << k) - 1
            return sum(fields >> (k * place) & mask for place in range(count))
        # Every second field into lanes of twice the width, then the upper half of the lanes onto the lower.
        width, lanes = 2 * k, (count + 1) // 2
        mask = ((1 << k) - 1) * (((1 << (width * lanes)) - 1) // ((1 << width) - 1))
        fields = (fields & mask) + (fields >> k & mask)
        while lanes > 1:
            lanes = (lanes + 1) // 2
            fields = (fields & ((1 << (width * lanes)) - 1)) + (fields >> (width * lanes))
        return fields

    def _bits(self, first: int, last: int) -> int:
        """The bits from `first` to before `last` of the data, as a number."""
        end = (last + 7) // 8
        found = int.from_bytes(self._data[first // 8 : end], "big") >> (end * 8 - last)
        return found & ((1 << (last - first)) - 1)

    def _values(self, piece: int) -> list[int]:
        """The values that end in a piece."""
        start, behind = self._starts[piece], self._starts[piece + 1]
        count, k = behind.ended - start.ended, self._k
        quotients = bin(self._bits(start.bit, behind.bit) | 1 << (behind.bit - start.bit))[3:].split("1")
        lows = self._bits(self._split * 8 + start.ended * k, self._split * 8 + behind.ended * k)
        mask, value, found = (1 << k) - 1, start.before, []
        for place in range(count):
            value += (len(quotients[place]) << k) + (lows >> (k * (count - 1 - place)) & mask) + 1
            found.append(value)
        return found

    def _piece_of(self, value: int) -> int:
        """The piece in which a value ends, or would."""
        return min(max(0, bisect_left(self._befores, value) - 1), len(self._starts) - 2)

    def ranks(self, values: Sequence[int]) -> list[int]:
        """For each of some sorted values, how many lie below it."""
        found, known, held = [], -1, list[int]()
        for value in values:
            if self.coded.count == 0:
                found.append(0)
                continue
            piece = self._piece_of(value)
            if piece != known:
                known, held = piece, self._values(piece)
            found.append(self._starts[piece].ended + bisect_left(held, value))
        return found

    def holds(self, values: Sequence[int]) -> list[bool]:
        """For each of some sorted values, whether it is there."""
        found, known, held = [], -1, list[int]()
        for value in values:
            if self.coded.count == 0:
                found.append(False)
                continue
            piece = self._piece_of(value)
            if piece != known:
                known, held = piece, self._values(piece)
            place = bisect_left(held, value)
            found.append(place < len(held) and held[place] == value)
        return found

    def spliced(self, gone: Sequence[int], came: Sequence[int]) -> EncodedIndex:
        """The index without some values that are there and with some that are not, all sorted.

        The Rice parameter stays. Raises IndexRefused when nothing is there to splice.
        """
        if self.coded.count == 0:
            raise IndexRefused("An empty index has no neighbourhoods.")
        made = _Bits()
        replaced = list(self._replaced(set(gone), came))
        behind = 0
        for start, end, gaps in replaced:
            made.copy(self._data, behind, start.bit)
            for gap in gaps:
                made.add(1, (gap >> self._k) + 1)
            behind = end.bit
        made.copy(self._data, behind, self._starts[-1].bit)
        made.fill()
        mask, remainders, behind = (1 << self._k) - 1, self._split * 8, 0
        for start, end, gaps in replaced:
            made.copy(self._data, remainders + behind * self._k, remainders + start.ended * self._k)
            for gap in gaps:
                made.add(gap & mask, self._k)
            behind = end.ended
        made.copy(self._data, remainders + behind * self._k, remainders + self.coded.count * self._k)
        count = self.coded.count - len(gone) + len(came)
        return EncodedIndex(count, self.coded.hash_bits, self._k, made.fill(), self.coded.bucket_bits)

    def _replaced(self, leaving: set[int], came: Sequence[int]) -> Iterator[tuple[_Start, _Start, list[int]]]:
        """Each neighbourhood from where to where, and its new gaps."""
        for first, last in self._neighbourhoods([*leaving, *came]):
            start, end = self._starts[first], self._starts[last + 1]
            old = [value for piece in range(first, last + 1) for value in self._values(piece)]
            limit = old[-1] if old and end.ended < self.coded.count else None
            inside = came[bisect_right(came, start.before) :] if start.ended else came
            if limit is not None:
                inside = inside[: bisect_left(inside, limit)]
            new = sorted({*(value for value in old if value not in leaving), *inside})
            if limit is not None and (not new or new[-1] != limit):
                raise IndexRefused("A neighbourhood has no end.")
            gaps = [after - before - 1 for before, after in zip([start.before, *new], new, strict=False)]
            yield start, end, gaps

    def _neighbourhoods(self, values: Iterable[int]) -> list[tuple[int, int]]:
        """First and last piece of each, so that the last value of each stays as it is and the next gap with
        it, unless it is the last of all."""
        wanted = set(values)
        found: list[tuple[int, int]] = []
        for first in sorted({self._piece_of(value) for value in wanted}):
            last = first
            while self._starts[last + 1].ended < self.coded.count:
                held = self._values(last)
                # The gap behind a piece changes when its last value goes, or another comes behind that.
                if (
                    held
                    and held[-1] not in wanted
                    and not any(held[-1] < value <= self._starts[last + 1].before for value in wanted)
                ):
                    break
                last += 1
            if found and first <= found[-1][1]:
                found[-1] = found[-1][0], max(last, found[-1][1])
            else:
                found.append((first, last))
        return found


class _Bits:
    """Bits one after another, the most significant first."""

    def __init__(self) -> None:
        self._whole = bytearray()
        self._rest = 0
        self._size = 0

    def add(self, bits: int, size: int) -> None:
        """Add the lowest `size` bits of a number that has no others."""
        self._rest = self._rest << size | bits
        self._size += size
        if self._size >= 512:
            self._settle()

    def _settle(self) -> None:
        over = self._size % 8
        self._whole += (self._rest >> over).to_bytes(self._size // 8, "big")
        self._rest &= (1 << over) - 1
        self._size = over

    def copy(self, data: Stored, first: int, last: int) -> None:
        """Add the bits from `first` to before `last` of some bytes."""
        while first < last:
            until = min(last, first + _COPIED)
            end = (until + 7) // 8
            bits = int.from_bytes(data[first // 8 : end], "big") >> (end * 8 - until)
            self.add(bits & ((1 << (until - first)) - 1), until - first)
            first = until

    def fill(self) -> bytearray:
        """All of them, after filling up to a whole byte with zeros. More may be added."""
        self._settle()
        if self._size:
            self._whole.append(self._rest << (8 - self._size))
            self._rest = self._size = 0
        return self._whole


def pack_few(values: Sequence[int]) -> tuple[int, bytes]:
    """As `url_index.pack`, for lists that are not worth an array."""
    count = len(values)
    if count == 0:
        return 0, b""
    gaps = [after - before - 1 for before, after in zip([-1, *values], values, strict=False)]
    guess = max(1, (values[-1] + 1 - count) // count).bit_length() - 1
    bits = {k: count * (k + 1) + sum(gap >> k for gap in gaps) for k in range(max(0, guess - 2), guess + 2)}
    k = min(bits, key=lambda one: (bits[one], one))
    made = _Bits()
    for gap in gaps:
        made.add(1, (gap >> k) + 1)
    made.fill()
    for gap in gaps:
        made.add(gap & ((1 << k) - 1), k)
    return k, bytes(made.fill())
