"""Found clauses and analyses to start from, as the analysing process hands them over."""

from __future__ import annotations

from typing import Any

from clauselight.analysis.found import Analysis, FoundClause
from clauselight.contract.vocabulary import Confidence, Severity

SALE = "We sell your personal information to data brokers."
COURT = "Any dispute arising from these Terms shall be resolved by final and binding arbitration."
ENDING = (
    "We may terminate or suspend your account at any time, without prior notice or liability, "
    "for any reason whatsoever."
)
"""The latter two are worded as in hundreds of documents, so that any classifier worth its name is sure."""

PAGE = (
    "<!doctype html><html lang='en'><title>Privacy Policy</title><h1>Privacy</h1>"
    f"<p>{SALE}</p><p>{COURT}</p><p>{ENDING}</p>"
)
"""A page in which they stand."""


def a_clause(**changes: Any) -> FoundClause:
    """A sure label on `SALE`."""
    fields: dict[str, Any] = {
        "clause_type": "data-sale",
        "severity": Severity.HIGH,
        "confidence": Confidence.HIGH,
        "probability": 0.97,
        "highlight": True,
        "words": ("sell", "data brokers"),
        "exact": SALE,
        "prefix": "Privacy",
        "suffix": "Any dispute arising from these T",
        "start": 8,
        "end": 8 + len(SALE),
        "position": (8, 8 + len(SALE)),
    }
    return FoundClause(**{**fields, **changes})


def a_court_clause(**changes: Any) -> FoundClause:
    """A label on `COURT`."""
    fields: dict[str, Any] = {
        "clause_type": "binding-arbitration",
        "severity": Severity.CRITICAL,
        "confidence": Confidence.MEDIUM,
        "probability": 0.7,
        "words": ("binding arbitration",),
        "exact": COURT,
        "prefix": "",
        "suffix": "",
        "start": 60,
        "end": 60 + len(COURT),
        "position": (60, 60 + len(COURT)),
    }
    return a_clause(**{**fields, **changes})


def an_analysis(*found: FoundClause, **changes: Any) -> Analysis:
    """An analysis with these labels."""
    fields: dict[str, Any] = {
        "title": "Privacy Policy",
        "language": "en",
        "words": 16,
        "clauses": 3,
        "method_version": "test-1",
        "found": found,
        "seconds": 0.01,
    }
    return Analysis(**{**fields, **changes})
