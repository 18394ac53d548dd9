"""What a record shows of the whole archive: counts, and clauses of others to compare with.

Counting and choosing go through all live provisions. Up to `COUNTED_EACH_TIME` of them that is done at every
publication, and records whose numbers changed are rendered again, so that no two places ever show two values
for one fact. In a larger archive one document more changes none of these numbers visibly but would touch
nearly every record; there they are counted when everything is rendered, and kept for the publications
between.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.domain.examples import MOST_EXAMPLES
from clauselight.store.provisions import (
    PrevalenceCount,
    count_live,
    count_prevalence,
    quoted_provisions,
)

COUNTED_EACH_TIME: Final = 20_000
"""Live provisions: chosen, not measured."""

_MOST_ENTITIES: Final = 2 * MOST_EXAMPLES
"""Entities kept for each clause type and severity. Examples are of other entities, one each, nearest severity
first: of one severity at most the own entity and those already chosen are passed over."""


@dataclass(slots=True)
class Landscape:
    """`counted`: prevalence. `candidates`: by clause type, ids of the records that examples come from, chosen
    so that examples are the same as if all records were candidates."""

    counted: PrevalenceCount
    candidates: dict[str, list[str]] = field(default_factory=dict)

    def to_fact(self) -> dict[str, Any]:
        """For keeping in the publication."""
        return {
            "tracked": self.counted.entities_tracked,
            "with": self.counted.entities_with,
            "candidates": self.candidates,
        }

    @classmethod
    def from_fact(cls, fact: dict[str, Any]) -> Landscape:
        """As it was kept."""
        return cls(PrevalenceCount(fact["tracked"], fact["with"]), fact["candidates"])

    def showing(self, provision_ids: Iterable[str]) -> list[str]:
        """Clause types whose examples may be one of these records."""
        given = set(provision_ids)
        return sorted(name for name, chosen in self.candidates.items() if given & set(chosen))

    def differs(self, earlier: Landscape) -> list[str]:
        """Clause types about which a record shows something else than before."""
        if self.counted.entities_tracked != earlier.counted.entities_tracked:
            return sorted({*self.counted.entities_with, *earlier.counted.entities_with})
        names = {
            *self.counted.entities_with,
            *earlier.counted.entities_with,
            *self.candidates,
            *earlier.candidates,
        }
        return sorted(
            name
            for name in names
            if self.counted.entities_with.get(name) != earlier.counted.entities_with.get(name)
            or self.candidates.get(name) != earlier.candidates.get(name)
        )


async def current_landscape(connection: AsyncConnection, kept: dict[str, Any] | None) -> Landscape:
    """What the next publication will show: counted now, or in a large archive as the publication keeps it
    (`kept`, its fact)."""
    if kept is not None and await count_live(connection) > COUNTED_EACH_TIME:
        return Landscape.from_fact(kept)
    return await survey(connection)


async def survey(connection: AsyncConnection) -> Landscape:
    """Count and choose, from the archive as it stands."""
    found = Landscape(await count_prevalence(connection))
    entities: dict[tuple[str, str], set[str]] = {}
    async for one in quoted_provisions(connection):
        seen = entities.setdefault((one.clause_type, one.severity), set())
        if one.entity not in seen and len(seen) < _MOST_ENTITIES:
            seen.add(one.entity)
            found.candidates.setdefault(one.clause_type, []).append(one.id)
    return found
