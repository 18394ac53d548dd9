"""Sound documents and records to start from; tests change what they are about."""

from __future__ import annotations

import copy
import hashlib
from typing import Any

from clauselight.contract.document import Document
from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.record_rules import SnapshotFacts

PAGE = b"<!doctype html><title>Policy</title><p>We sell your data to anybody who asks.</p>"
"""A snapshot in which the quote of `a_record` stands."""

PAGE_FACTS = SnapshotFacts(hashlib.sha256(PAGE).hexdigest(), quote_found=True)

_RECORD: dict[str, Any] = {
    "id": "CL-P-000900",
    "slug": "a-clause",
    "title": "A clause",
    "severity": "high",
    "confidence": "high",
    "evidence_basis": "explicit_document_language",
    "method": "curated",
    "explanation": {"what_it_is": "A.", "how_it_affects_you": "B.", "why_it_matters": "C."},
    "quote": {
        "selector": {"type": "TextQuoteSelector", "exact": "We sell your data to anybody who asks."},
        "recorded": "2026-05-01",
    },
    "actions": [],
    "agencies": [],
    "regulations": [],
    "institutional": {
        "regulatory_landscape": "A.",
        "governance_exposure": "B.",
        "jurisdiction_flags": [],
        "vendor_implications": "C.",
        "compliance_considerations": "D.",
    },
    "provenance": {
        "source_url": "https://a.example/privacy",
        "sha256": PAGE_FACTS.sha256,
        "sha256_basis": "computed",
        "captured_at": "2026-05-01T00:00:00Z",
        "analysed_at": "2026-05-01T01:00:00Z",
        "snapshot_stored": True,
        "hash_verified": True,
        "quote_verified": True,
        "change_verified": False,
    },
    "document": "CL-D-000900",
    "clause_type": "data-sale",
    "history": {
        "first_seen": "2026-05-01",
        "last_seen": "2026-10-01",
        "last_verified": "2026-10-01",
        "changes": [{"date": "2026-05-01", "kind": "added", "summary": "First seen.", "severity_to": "high"}],
    },
}


def a_record(**changes: Any) -> ProvisionRecord:
    """A sound record with some fields replaced; `__` reaches inside (`history__last_seen`)."""
    base = copy.deepcopy(_RECORD)
    for name, value in changes.items():
        *path, last = name.split("__")
        place = base
        for step in path:
            place = place[step]
        place[last] = value
    return ProvisionRecord.model_validate(base)


def reported(**changes: Any) -> ProvisionRecord:
    """A sound record of which no snapshot is held here."""
    honest = {
        "provenance__snapshot_stored": False,
        "provenance__hash_verified": False,
        "provenance__quote_verified": False,
        "provenance__sha256_basis": "reported",
    }
    return a_record(**{**honest, **changes})


def a_document(number: int = 900, entity: str = "a", **changes: Any) -> Document:
    """A document of an entity; several of one entity share its name."""
    return Document.model_validate(
        {
            "id": f"CL-D-{number:06}",
            "slug": f"{entity}-privacy-policy-{number}",
            "title": f"Privacy Policy {number}",
            "kind": "privacy",
            "entity": {"id": entity, "name": entity.capitalize(), "homepage": f"https://{entity}.example/"},
            "urls": [f"https://{entity}.example/privacy/{number}"],
            **changes,
        }
    )


def a_change(date: str, kind: str, to: str, before: str | None = None) -> dict[str, Any]:
    """A change record's fields."""
    return {"date": date, "kind": kind, "summary": "Words.", "severity_from": before, "severity_to": to}
