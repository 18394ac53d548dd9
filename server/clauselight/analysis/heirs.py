"""Which clauses that came are the ones that went: what anchoring leaves out, since it must not err on a page
that it knows nothing of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from clauselight.store.provision_rows import StoredRow

from .found import FoundClause
from .likeness import likeness, may_be_like

HEIR: Final = 0.45
"""Likeness from which a clause that came is the one of its kind that went. Chosen by hand on changes of real
policies."""


def heirs(gone: Sequence[StoredRow], fresh: Sequence[FoundClause]) -> list[tuple[StoredRow, FoundClause]]:
    """Pairs of one kind with many words in common, the most alike first; each clause is in one at most."""
    pairs = [
        (alike, row.record.id, row, one)
        for row in gone
        for one in fresh
        if one.clause_type == row.record.clause_type
        and row.record.quote is not None
        and may_be_like(words := row.record.quote.selector.exact, one.exact, HEIR)
        and (alike := likeness(words, one.exact)) >= HEIR
    ]
    found: list[tuple[StoredRow, FoundClause]] = []
    old: set[str] = set()
    new: set[tuple[str, int]] = set()
    for _, identity, row, one in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[3].start)):
        if identity not in old and (one.clause_type, one.start) not in new:
            old.add(identity)
            new.add((one.clause_type, one.start))
            found.append((row, one))
    return found
