"""Answers that were asked for lately, kept in memory within bounds in number and in bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Final, Generic, TypeVar

MOST_ANSWERS: Final = 2_000
"""Small records and documents; the bound in bytes is mostly met first."""

MOST_BYTES: Final = 1024 * 1024
"""Of all kept answers together. Buckets and matches are read from packs, so that only records, documents and
deltas are kept."""

LARGEST: Final = 256 * 1024
"""An answer beyond this is read from disk each time; the index of a million documents has 2.6 MB."""

OVERHEAD: Final = 300
"""Bytes counted for an entry beside its body (objects, key, links): an estimate, not a measurement."""

Key = TypeVar("Key", bound=Hashable)
Kept = TypeVar("Kept")


class AnswerCache(Generic[Key, Kept]):
    """Least recently used out first. `put` is told how many bytes an answer has."""

    def __init__(self, most: int = MOST_ANSWERS, most_bytes: int = MOST_BYTES) -> None:
        self._kept: OrderedDict[Key, tuple[Kept, int]] = OrderedDict()
        self._most = most
        self._most_bytes = most_bytes
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key) -> Kept | None:
        """What is kept under a key, or None."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: Key, value: Kept, size: int) -> None:
        """Keep a value of `size` bytes, making room for it."""
        if size > LARGEST:
            return
        size += OVERHEAD
        earlier = self._kept.pop(key, None)
        if earlier is not None:
            self.bytes -= earlier[1]
        self._kept[key] = (value, size)
        self.bytes += size
        while self.bytes > self._most_bytes or len(self._kept) > self._most:
            _, (_, gone) = self._kept.popitem(last=False)
            self.bytes -= gone

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self.bytes = 0


class RecentAnswers(Generic[Key, Kept]):
    """Answers of late, for where finding them takes less time than keeping an order of use would.

    Two generations: what is asked for moves to the young one; when that holds half of what is allowed it
    becomes the old one, and what was old is forgotten. Both bounds are kept; what was not asked for while
    half of everything went by is gone.
    """

    def __init__(self, most: int, most_bytes: int) -> None:
        self._young: dict[Key, tuple[Kept, int]] = {}
        self._old: dict[Key, tuple[Kept, int]] = {}
        self._most = most // 2
        self._most_bytes = most_bytes // 2
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._young.keys() | self._old.keys())

    def get(self, key: Key) -> Kept | None:
        """What is kept under a key, or None."""
        found = self._young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is None:
                return None
            self._add(key, found)
        return found[0]

    def put(self, key: Key, value: Kept, size: int) -> None:
        """Keep a value of `size` bytes."""
        self._add(key, (value, size + OVERHEAD))

    def _add(self, key: Key, entry: tuple[Kept, int]) -> None:
        self._bytes += entry[1]
        if self._bytes > self._most_bytes or len(self._young) >= self._most:
            self._old, self._young = self._young, {}
            self._bytes = entry[1]
        self._young[key] = entry

    def clear(self) -> None:
        """Forget everything."""
        self._young, self._old = {}, {}
        self._bytes = 0
