"""The public index of all known page keys, as few bytes: sorted hashes, Golomb-Rice coded.

A 63-bit key is cut to its top `hash_bits`. The distinct values are sorted and the gaps between
neighbours (less one) are coded with Rice codes (R. F. Rice, 1979; the case of Golomb's code, 1966,
whose divisor is a power of two, 2**rice_parameter). `data` holds two streams, most significant bit
first, each filled up to a whole byte with zeros:

  quotients   for each value, in order: gap >> rice_parameter zeros, then a one
  remainders  for each value, in order: the low rice_parameter bits of the gap

Two streams instead of one let both sides decode without looking at every bit.

How many bits: a page that is no document hits with probability count / 2**hash_bits; at a million
documents and 40 bits that is once in a million pages, and costs one bucket. 40 bits at a million
are about 2.7 bytes a value.

A delta lists which positions of the old list go and which values come, both coded in the same way,
with a checksum of either list, so that it is applied to nothing but the list it was made for.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from clauselight.domain.url_index_coded import DEFAULT_HASH_BITS as DEFAULT_HASH_BITS
from clauselight.domain.url_index_coded import EncodedDelta as EncodedDelta
from clauselight.domain.url_index_coded import EncodedIndex as EncodedIndex
from clauselight.domain.url_index_coded import IndexRefused as IndexRefused

KEY_BITS: Final = 63
MAX_HASH_BITS: Final = 52
"""JavaScript holds whole numbers up to 2**53 exactly."""
MAX_COUNT: Final = 20_000_000
"""Values accepted on decoding: 160 MB of memory, twenty times the largest index planned for."""
_CHUNK: Final = 1 << 13
"""Values coded at once: beside the list itself, coding a million takes two megabytes instead of a hundred."""

Values = npt.NDArray[np.int64]


def truncate(key: int, hash_bits: int = DEFAULT_HASH_BITS) -> int:
    """The value under which a 63-bit key stands in an index: its top bits."""
    return key >> (KEY_BITS - hash_bits)


def bucket_prefix(key: int, bits: int) -> str:
    """The top `bits` of a key as lower-case hex with ceil(bits / 4) digits; `"0"` for 0 bits."""
    if not 0 <= bits <= KEY_BITS:
        raise ValueError(f"a bucket prefix has 0 to {KEY_BITS} bits")
    return f"{key >> (KEY_BITS - bits):0{max(1, -(-bits // 4))}x}"


def encode(keys: Iterable[int], hash_bits: int = DEFAULT_HASH_BITS, bucket_bits: int = 0) -> EncodedIndex:
    """An index of 63-bit keys, in any order, with repetitions allowed."""
    if not 8 <= hash_bits <= MAX_HASH_BITS:
        raise ValueError(f"hash_bits must lie between 8 and {MAX_HASH_BITS}")
    return encode_values(_values(keys, hash_bits), hash_bits, bucket_bits)


def encode_values(values: Values, hash_bits: int, bucket_bits: int = 0) -> EncodedIndex:
    """An index of values that are cut, sorted and distinct already."""
    parameter, data = pack(values)
    return EncodedIndex(len(values), hash_bits, parameter, data, bucket_bits)


def decode(index: EncodedIndex) -> list[int]:
    """The sorted values (keys cut to `hash_bits`). Raises `IndexRefused`."""
    values: list[int] = decode_values(index).tolist()
    return values


def decode_values(index: EncodedIndex) -> Values:
    """As `decode`, as an array."""
    if not 8 <= index.hash_bits <= MAX_HASH_BITS:
        raise IndexRefused("The index has an impossible number of hash bits.")
    return _unpack(index.data, index.count, index.rice_parameter, 1 << index.hash_bits)


def encode_delta(
    old_keys: Iterable[int], new_keys: Iterable[int], hash_bits: int = DEFAULT_HASH_BITS
) -> EncodedDelta:
    """What turns the index of the old 63-bit keys into that of the new ones."""
    return delta_between(_values(old_keys, hash_bits), _values(new_keys, hash_bits), hash_bits)


def delta_between(old: Values, new: Values, hash_bits: int) -> EncodedDelta:
    """As `encode_delta`, between two decoded indexes."""
    removed = np.flatnonzero(~np.isin(old, new, assume_unique=True)).astype(np.int64)
    added = np.setdiff1d(new, old, assume_unique=True)
    removed_parameter, removed_data = pack(removed)
    added_parameter, added_data = pack(added)
    return EncodedDelta(
        hash_bits=hash_bits,
        old_count=len(old),
        old_checksum=checksum(old),
        new_count=len(new),
        new_checksum=checksum(new),
        removed_count=len(removed),
        removed_rice_parameter=removed_parameter,
        removed=removed_data,
        added_count=len(added),
        added_rice_parameter=added_parameter,
        added=added_data,
    )


def apply_delta(old: Sequence[int] | Values, delta: EncodedDelta) -> list[int]:
    """The new sorted values, from the old ones. Raises `IndexRefused`; the old ones stay as is."""
    values = np.asarray(old, dtype=np.int64)
    if len(values) != delta.old_count or checksum(values) != delta.old_checksum:
        raise IndexRefused("The delta was made for another state of the index.")
    if not 8 <= delta.hash_bits <= MAX_HASH_BITS:
        raise IndexRefused("The delta has an impossible number of hash bits.")
    removed = _unpack(delta.removed, delta.removed_count, delta.removed_rice_parameter, max(1, len(values)))
    added = _unpack(delta.added, delta.added_count, delta.added_rice_parameter, 1 << delta.hash_bits)
    if len(removed) > len(values):
        raise IndexRefused("The delta has an impossible size.")
    new = np.sort(np.concatenate([np.delete(values, removed), added]), kind="stable")
    if (
        len(new) != delta.new_count
        or checksum(new) != delta.new_checksum
        or bool(np.any(new[1:] == new[:-1]))
    ):
        raise IndexRefused("The delta does not lead to the state that it names.")
    result: list[int] = new.tolist()
    return result


def checksum(values: Values) -> int:
    """The sum of all values modulo 2**32: tells two states apart, is no protection against
    forgery (the signature is)."""
    total = 0
    for start in range(0, len(values), _CHUNK):
        total += int(np.sum(values[start : start + _CHUNK] & 0xFFFFFFFF, dtype=np.int64))
    return total & 0xFFFFFFFF


def _values(keys: Iterable[int], hash_bits: int) -> Values:
    array = np.fromiter(keys, dtype=np.int64)
    return np.unique(array >> (KEY_BITS - hash_bits))


def _gaps(values: Values) -> Iterator[Values]:
    """The gaps before each value, `_CHUNK` at a time."""
    before = np.int64(-1)
    for start in range(0, len(values), _CHUNK):
        some = values[start : start + _CHUNK]
        yield np.diff(some, prepend=before) - 1
        before = some[-1]


def _rice_parameter(values: Values) -> int:
    """The one that gives the fewest bits; the least of them when there are several."""
    count = len(values)
    if count == 0:
        return 0
    mean = (int(values[-1]) + 1 - count) // count
    guess = max(1, mean).bit_length() - 1
    bits = {k: count * (k + 1) for k in range(max(0, guess - 2), guess + 2)}
    for gaps in _gaps(values):
        for k in bits:
            bits[k] += int(np.sum(gaps >> k))
    return min(bits, key=lambda k: (bits[k], k))


def pack(values: Values) -> tuple[int, bytes]:
    """Rice parameter and the two streams of a sorted list of distinct values, 0 or greater."""
    k = _rice_parameter(values)
    quotients, remainders = bytearray(), bytearray()
    rest = np.empty(0, dtype=np.uint8)  # bits of the quotients that do not fill a byte yet
    for gaps in _gaps(values):
        ends = np.cumsum((gaps >> k) + 1) - 1 + len(rest)  # where the ones of the quotient stream stand
        bits = np.zeros(int(ends[-1]) + 1, dtype=np.uint8)
        bits[: len(rest)] = rest
        bits[ends] = 1
        whole = len(bits) // 8 * 8
        quotients += np.packbits(bits[:whole]).tobytes()
        rest = bits[whole:]
        if k:  # a chunk is a multiple of 8 values, which fills whole bytes
            lows = (gaps << (64 - k)).astype(">i8")  # left-aligned: the rest falls off
            bits = np.unpackbits(lows.view(np.uint8).reshape(-1, 8), axis=1, count=k)
            remainders += np.packbits(bits).tobytes()
    return k, bytes(quotients + np.packbits(rest).tobytes() + remainders)


def _unpack(data: bytes | bytearray, count: int, k: int, limit: int) -> Values:
    """Inverse of `pack`; all values lie below `limit`. Raises `IndexRefused`."""
    if not 0 <= count <= MAX_COUNT or not 0 <= k <= MAX_HASH_BITS:
        raise IndexRefused("The index has an impossible size.")
    remainder_bytes = (count * k + 7) // 8
    quotient_bytes = len(data) - remainder_bytes
    if quotient_bytes < (count + 7) // 8 or (count == 0 and data):
        raise IndexRefused("The index is cut short or too long.")
    if count == 0:
        return np.empty(0, dtype=np.int64)
    raw = np.frombuffer(data, dtype=np.uint8)
    remainders = raw[quotient_bytes:]
    if count * k % 8 and remainders[-1] & ((1 << (8 - count * k % 8)) - 1):
        raise IndexRefused("The index has something behind its last value.")
    values = np.empty(count, dtype=np.int64)
    done, last_value, last_one = 0, -1, -1
    for first in range(0, quotient_bytes, _CHUNK // 8):
        bits = np.unpackbits(raw[first : min(first + _CHUNK // 8, quotient_bytes)])
        ones = np.flatnonzero(bits).astype(np.int64) + first * 8
        size = len(ones)
        if size == 0:
            continue
        if done + size > count:
            raise IndexRefused("The index does not hold the number of values that it names.")
        quotients = np.diff(ones, prepend=np.int64(last_one)) - 1
        if int(np.max(quotients)) > (limit >> k):
            raise IndexRefused("The index holds a value that is too large.")
        gaps = (quotients << k) + _remainders(remainders, done, size, k)
        # Gaps below 2 * limit <= 2**53 each could wrap a sum of thousands; the float sum cannot hide it.
        if float(np.sum(gaps, dtype=np.float64)) > 2.0 * limit:
            raise IndexRefused("The index holds a value that is too large.")
        values[done : done + size] = last_value + np.cumsum(gaps + 1)
        last_value, last_one = int(values[done + size - 1]), int(ones[-1])
        if last_value >= limit:
            raise IndexRefused("The index holds a value that is too large.")
        done += size
    if done != count or last_one >> 3 != quotient_bytes - 1:
        raise IndexRefused("The index does not hold the number of values that it names.")
    return values


def _remainders(raw: npt.NDArray[np.uint8], start: int, size: int, k: int) -> Values:
    """The low bits of `size` gaps from the gap `start` on."""
    if k == 0:
        return np.zeros(size, dtype=np.int64)
    byte, skipped = divmod(start * k, 8)
    end = -(-(start + size) * k // 8)
    bits = np.unpackbits(raw[byte:end])[skipped : skipped + size * k]
    weights = 1 << np.arange(k - 1, -1, -1, dtype=np.int64)
    found: Values = bits.reshape(size, k) @ weights
    return found
