"""Published records for tests of what is made of them, composed by the server's own code."""

from __future__ import annotations

from typing import Any

from clauselight.contract.history import History
from clauselight.contract.provision import (
    ClauseTypeRef,
    DisputeCount,
    DocumentRef,
    PeerExample,
    Prevalence,
    Provision,
    ProvisionContext,
)
from clauselight.domain.citation import cite
from clauselight.domain.stability import change_count, months_between, stability
from clauselight.knowledge.clause_types import clause_types
from records import a_document, a_record

AWKWARD = "Łódź & Søn’s “100 %_#${}~^\\ €” {Straße}"
"""Letters and signs that citation formats, XML, TeX and fonts stumble over."""


def a_published(permalink: str = "/provisions/CL-P-000900/a-clause", **changes: Any) -> Provision:
    """A record as readers get it; changes as for `a_record`."""
    record, document = a_record(**changes), a_document()
    kind = clause_types()[record.clause_type]
    stored = {
        name: getattr(record, name)
        for name in type(record).model_fields
        if name not in ("document", "clause_type", "history")
    }
    dates = record.history
    return Provision(
        **stored,
        permalink=permalink,
        entity=document.entity,
        document=DocumentRef(id=document.id, title=document.title),
        clause_type=ClauseTypeRef(id=kind.id, title=kind.title),
        categories=[kind.category],
        context=ProvisionContext(
            examples=[
                PeerExample(
                    provision="CL-P-000901",
                    entity="Other",
                    document="Other Policy",
                    severity=record.severity,
                    quote="We trade what we know about you.",
                    url="https://other.example/privacy",
                )
            ],
            prevalence=Prevalence(entities_with=3, entities_tracked=10),
            siblings=[],
        ),
        history=History(
            first_seen=dates.first_seen,
            last_seen=dates.last_seen,
            last_verified=dates.last_verified,
            months_monitored=months_between(dates.first_seen, dates.last_verified),
            change_count=change_count(dates.changes),
            stability=stability(dates.changes, dates.first_seen, dates.last_verified),
            changes=dates.changes,
        ),
        citation=cite(record, document, permalink),
        disputes=DisputeCount(),
    )
