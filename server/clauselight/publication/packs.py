"""The packs of a publication: buckets and matches once more, where one call to the system reads them.

SQLite stays the truth. Which packs belong to it stands in its fact `packs`; what changed since they were
written, in its table `newer`, which readers hold in memory: those answers come from SQLite, all others from
the packs. New ones are written when none are there, or too much is newer (`pack_writing.py`). A pack that is
missing or damaged is done without until the next one.

An answer in a pack is what is sent behind the head that all answers share: its last header lines, then its
body (`Rendered.sendable`).
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from .pack import READABLE, Pack, PackDamaged

log = logging.getLogger("clauselight.publication")

BUCKETS, MATCHES = "buckets", "matches"

MOST_NEWER: Final = 20_000
"""Matches that may be newer than their pack: some 2 MB in memory. Writing a pack of a million anew takes ten
seconds of processor time."""

FEWEST_NEWER: Final = 64
"""Buckets that may be newer, however few there are; beyond, one in `SHARE_NEWER`."""

SHARE_NEWER: Final = 8


class Packs:
    """What one reader has open. `buckets` and `matches` are None where there is no usable pack."""

    def __init__(self, publication: Path) -> None:
        self._publication = publication
        self._names: dict[str, str] = {}
        self._damaged: set[str] = set()
        self.buckets: Pack | None = None
        self.matches: Pack | None = None
        self.newer_buckets: set[int] = set()
        self.newer_matches: set[int] = set()

    def load(self, names: dict[str, str], newer_buckets: set[int], newer_matches: set[int]) -> None:
        """Open the packs that the publication names now. The newer keys are not to be read from them."""
        for kind in (BUCKETS, MATCHES):
            if names.get(kind) != self._names.get(kind):
                self._open(kind, names.get(kind))
        self._names = names
        self.newer_buckets, self.newer_matches = newer_buckets, newer_matches

    def _open(self, kind: str, name: str | None) -> None:
        earlier: Pack | None = getattr(self, kind)
        if earlier is not None:
            earlier.close()
        found = None
        if name is not None and READABLE and name not in self._damaged:
            try:
                found = Pack(self._publication.with_name(name))
            except PackDamaged as damage:
                self._note_damage(name, damage)
        setattr(self, kind, found)

    def give_up(self, kind: str, damage: PackDamaged) -> None:
        """A pack turned out to be damaged: from now on without it."""
        self._note_damage(self._names.get(kind, ""), damage)
        pack: Pack | None = getattr(self, kind)
        if pack is not None:
            pack.close()
        setattr(self, kind, None)

    def _note_damage(self, name: str, damage: PackDamaged) -> None:
        self._damaged.add(name)
        log.warning("a pack of the publication cannot be used and is made anew: %s", damage)

    @property
    def wanted(self) -> bool:
        """Whether new packs should be written."""
        if not READABLE:
            return False
        if self.buckets is None or self.matches is None:
            return True
        allowed = max(FEWEST_NEWER, self.buckets.regions // SHARE_NEWER)
        return len(self.newer_buckets) > allowed or len(self.newer_matches) > MOST_NEWER

    def close(self) -> None:
        """Close the files."""
        for pack in (self.buckets, self.matches):
            if pack is not None:
                pack.close()
        self.buckets = self.matches = None
        self._names = {}


def whole(found: bytes | None) -> bytes | None:
    """What was found, unless it is nothing. Raises PackDamaged when it does not begin as an answer does."""
    if not found:
        return None
    if not found.startswith(b"ETag: "):
        raise PackDamaged("what lies there is no answer")
    return found


def match_key(key: int, *, other_language: bool) -> int:
    """The key of 64 bits under which a pack holds a match."""
    return key << 1 | other_language


def remove_packs(publication: Path, *, but: Iterable[str] = ()) -> None:
    """Remove the pack files beside a publication, except some."""
    kept = set(but)
    found = list(publication.parent.glob(f"{publication.stem}.*.pack"))
    remove_files(file for file in found if file.name not in kept)


def remove_files(files: Iterable[Path]) -> None:
    """Remove what can be removed: a file that somebody has open cannot everywhere."""
    for file in files:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
