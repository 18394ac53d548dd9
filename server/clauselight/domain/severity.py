"""Order and comparison of severities."""

from __future__ import annotations

from collections.abc import Iterable

from clauselight.contract.vocabulary import Severity

WORST_FIRST: tuple[Severity, ...] = (
    Severity.CRITICAL,
    Severity.HIGH,
    Severity.MEDIUM,
    Severity.LOW,
    Severity.PROTECTIVE,
)


def rank(severity: Severity) -> int:
    """0 for critical up to 4 for protective; sorts the worst first."""
    return WORST_FIRST.index(severity)


def worst(severities: Iterable[Severity]) -> Severity | None:
    """The worst of some severities, None of none."""
    return min(severities, key=rank, default=None)
