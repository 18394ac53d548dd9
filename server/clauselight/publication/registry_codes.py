"""Words of the contract as the small numbers under which the registry keeps them, and days as numbers."""

from __future__ import annotations

import datetime as dt
from typing import Final

from clauselight.contract.vocabulary import ChangeKind, Confidence, Method
from clauselight.domain.severity import WORST_FIRST

SEVERITIES: Final = WORST_FIRST
METHODS: Final = (Method.CURATED, Method.AUTOMATIC)
CONFIDENCES: Final = (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)
CHANGE_KINDS: Final = tuple(ChangeKind)

SEVERITY_CODE: Final = {one.value: code for code, one in enumerate(SEVERITIES)}
METHOD_CODE: Final = {one.value: code for code, one in enumerate(METHODS)}
CONFIDENCE_CODE: Final = {one.value: code for code, one in enumerate(CONFIDENCES)}
CHANGE_KIND_CODE: Final = {one.value: code for code, one in enumerate(CHANGE_KINDS)}

PLACE_SHIFT: Final = 32
"""A provision's place in the full-text index is its severity above 32 bits of its number."""


def place_of(severity: int, provision: int) -> int:
    """Where a provision stands in the full-text index."""
    return severity << PLACE_SHIFT | provision


def provision_at(place: int) -> int:
    """The provision's number of a place."""
    return place & ((1 << PLACE_SHIFT) - 1)


def day_code(day: dt.date | str) -> int:
    """A day, or the day of a moment in RFC 3339, as a number such as 20261123."""
    text = day if isinstance(day, str) else day.isoformat()
    return int(text[:4] + text[5:7] + text[8:10])


def day_of(code: int) -> dt.date:
    """The day of such a number."""
    return dt.date(code // 10_000, code // 100 % 100, code % 100)
