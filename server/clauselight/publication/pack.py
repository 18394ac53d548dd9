"""A pack: one immutable file of many answers, of which any is read by one call to the system.

Why: SQLite reads a bucket of 33 kB from a leaf and four overflow pages, each by a call of its own, behind
locks that readers and writers need; that took half of the time in which such a request was answered. Beside
the publication's SQLite file, which stays the truth, lie packs of what readers ask for most (`packs.py`).

A pack is cut into regions, found by number through a table (8 bytes a region), of which each lookup reads
two entries: kept in memory, those of a million documents took 2 MB and saved a microsecond. A region is one
bucket, or all matches whose keys begin with the same bits (`keyed_region`). Layout, integers
with the least significant byte first:

    magic     8 bytes
    regions   u64, their number
    digest    16 bytes, BLAKE2b of the table
    table     u64 for each region and one more: where it begins; the last one is the file's length
    regions   one after another

A file that is cut short, or whose table is not what was written, is refused.
"""

from __future__ import annotations

import os
import struct
import sys
from array import array
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final

_MAGIC: Final = b"CLpack1\n"
_HEADER: Final = struct.Struct("<8sQ16s")
_BETWEEN: Final = struct.Struct("<QQ")
_COUNT: Final = struct.Struct("<H")
_END: Final = struct.Struct("<I")
_ENDS: Final = struct.Struct("<II")

_PIECE: Final = 1 << 16
"""Bytes of a table that are checked at once."""

MOST_REGIONS: Final = 1 << 24
"""A table of 128 MB: more than any publication has."""

READABLE: Final = hasattr(os, "pread")
"""Where the system cannot read at a place in one call, packs are neither written nor read."""


class PackDamaged(Exception):
    """The file is missing, cut short, or not what was written."""


class Pack:
    """An open pack. Stays readable when the file's name is taken away."""

    def __init__(self, file: Path) -> None:
        """Raises PackDamaged."""
        self._file = -1
        try:
            self._file = os.open(file, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
            self.regions = _check(self._file)
        except (OSError, struct.error) as error:
            self.close()
            raise PackDamaged(f"{file.name}: {error}") from error
        except PackDamaged:
            self.close()
            raise
        self._shift = 64 - max(0, self.regions - 1).bit_length()

    def region(self, number: int) -> bytes:
        """The bytes of a region; empty for one that is not there. Raises PackDamaged."""
        if number >= self.regions:
            return b""
        try:
            start, end = _BETWEEN.unpack(os.pread(self._file, 16, _HEADER.size + 8 * number))
            size = end - start
            if size < 0:
                raise PackDamaged("a region ends before it begins")
            found = os.pread(self._file, size, start)
        except (OSError, struct.error) as error:
            raise PackDamaged(str(error)) from error
        if len(found) != size:
            raise PackDamaged("a region is cut short")
        return found

    def find(self, key: int) -> bytes | None:
        """What lies under a key of 64 bits, in a pack of keyed regions; None when nothing does. Raises
        PackDamaged."""
        region = self.region(key >> self._shift)
        if not region:
            return None
        (count,) = _COUNT.unpack_from(region)
        ends = 2 + 8 * count
        wanted = key.to_bytes(8, "big")
        at = region.find(wanted, 2, ends)
        while at >= 0 and (at - 2) & 7:  # bytes of two neighbours that happen to look like it
            at = region.find(wanted, at + 1, ends)
        if at < 0:
            return None
        place, bodies = (at - 2) >> 3, ends + 4 * count
        try:
            if place:
                start, end = _ENDS.unpack_from(region, ends + 4 * place - 4)
            else:
                start, (end,) = 0, _END.unpack_from(region, ends)
        except struct.error as error:
            raise PackDamaged("a region has no room for its keys") from error
        if not start <= end <= len(region) - bodies:
            raise PackDamaged("a region's answers lie outside of it")
        return region[bodies + start : bodies + end]

    def close(self) -> None:
        """Close the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def _check(file: int) -> int:
    """The number of regions. Raises PackDamaged (also for another table than was written), OSError and
    struct.error."""
    magic, regions, digest = _HEADER.unpack(os.pread(file, _HEADER.size, 0))
    if magic != _MAGIC or not 1 <= regions <= MOST_REGIONS:
        raise PackDamaged("not a pack")
    table, at, behind = blake2b(digest_size=16), _HEADER.size, _HEADER.size + 8 * (regions + 1)
    last = b""
    while at < behind and (piece := os.pread(file, min(_PIECE, behind - at), at)):
        table.update(piece)
        at, last = at + len(piece), (last + piece)[-8:]
    if at != behind or table.digest() != digest:
        raise PackDamaged("the table is damaged")
    if os.fstat(file).st_size != int.from_bytes(last, "little"):
        raise PackDamaged("the file is cut short or too long")
    return int(regions)


def write_pack(file: Path, count: int, regions: Iterable[bytes]) -> None:
    """Write a new pack of `count` regions and wait until it is on disk. Raises OSError; FileExistsError when
    the name is taken; ValueError when there are more or fewer regions."""
    with file.open("xb", buffering=1 << 20) as opened:
        table = array("Q", [_HEADER.size + 8 * (count + 1)])
        opened.seek(table[0])
        for region in regions:
            opened.write(region)
            table.append(table[-1] + len(region))
        if len(table) != count + 1:
            raise ValueError(f"{len(table) - 1} regions instead of {count}")
        if sys.byteorder == "big":
            table.byteswap()
        raw = table.tobytes()
        opened.seek(0)
        opened.write(_HEADER.pack(_MAGIC, count, blake2b(raw, digest_size=16).digest()) + raw)
        opened.flush()
        os.fsync(opened.fileno())


def keyed_region(entries: Sequence[tuple[int, bytes]]) -> bytes:
    """A region that holds some keys of 64 bits, each with its bytes: number of keys (u16), the keys (with
    the most significant byte first), where each one's bytes end (u32), the bytes."""
    if not entries:
        return b""
    ends, end = [], 0
    for _, body in entries:
        end += len(body)
        ends.append(end)
    return b"".join(
        (
            _COUNT.pack(len(entries)),
            *(key.to_bytes(8, "big") for key, _ in entries),
            struct.pack(f"<{len(ends)}I", *ends),
            *(body for _, body in entries),
        )
    )
