"""What an index and a delta look like on the wire (`url_index` says how they are coded)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

DEFAULT_HASH_BITS: Final = 40


class IndexRefused(ValueError):
    """Bytes that are no index, or a delta for another list. The message says what is wrong."""


@dataclass(frozen=True, slots=True)
class EncodedIndex:
    """The wire form. `count` values of `hash_bits` bits; `bucket_bits` only travels along."""

    count: int
    hash_bits: int
    rice_parameter: int
    data: bytes | bytearray
    bucket_bits: int = 0


@dataclass(frozen=True, slots=True)
class EncodedDelta:
    """From one list of values to another of the same `hash_bits`.

    `removed` codes positions in the old list, `added` values of the new one.
    """

    hash_bits: int
    old_count: int
    old_checksum: int
    new_count: int
    new_checksum: int
    removed_count: int
    removed_rice_parameter: int
    removed: bytes
    added_count: int
    added_rice_parameter: int
    added: bytes
