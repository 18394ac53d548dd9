"""Which clauses of other entities are shown as examples beside a provision.

Only the same clause type, only with a quote of their own, one an entity (DESIGN.md section 2): an archive
we know showed peers that had nothing to do with the clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clauselight.contract.document import Document
from clauselight.contract.provision import PeerExample, ProvisionRecord

from .severity import rank

MOST_EXAMPLES = 3
"""Enough to compare with, few enough to be read in a card."""


def examples_for(
    record: ProvisionRecord, same_type: Iterable[ProvisionRecord], documents: Mapping[str, Document]
) -> list[PeerExample]:
    """Examples of other entities, those of the nearest severity first, then by id."""
    own = documents[record.document].entity.id
    chosen: dict[str, PeerExample] = {}
    ordered = sorted(same_type, key=lambda r: (abs(rank(r.severity) - rank(record.severity)), r.id))
    for other in ordered:
        document = documents[other.document]
        if other.quote is None or other.clause_type != record.clause_type or document.entity.id == own:
            continue
        if document.entity.id not in chosen:
            chosen[document.entity.id] = PeerExample(
                provision=other.id,
                entity=document.entity.name,
                document=document.title,
                severity=other.severity,
                quote=other.quote.selector.exact,
                url=other.source,
            )
        if len(chosen) == MOST_EXAMPLES:
            break
    return list(chosen.values())
