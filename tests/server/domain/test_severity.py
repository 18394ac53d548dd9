"""Severities have one order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clauselight.contract.vocabulary import Severity
from clauselight.domain.severity import WORST_FIRST, rank, worst


def test_every_severity_has_its_rank() -> None:
    assert set(WORST_FIRST) == set(Severity)
    assert [rank(severity) for severity in WORST_FIRST] == [0, 1, 2, 3, 4]
    assert WORST_FIRST[0] is Severity.CRITICAL
    assert WORST_FIRST[-1] is Severity.PROTECTIVE


@given(st.lists(st.sampled_from(Severity), min_size=1))
def test_none_is_worse_than_the_worst(severities: list[Severity]) -> None:
    found = worst(severities)
    assert found in severities
    assert all(rank(found) <= rank(severity) for severity in severities)


def test_of_nothing_nothing_is_worst() -> None:
    assert worst([]) is None
    assert worst(iter([Severity.PROTECTIVE])) is Severity.PROTECTIVE
