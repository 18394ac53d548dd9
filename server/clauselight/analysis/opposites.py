"""Types that contradict each other: a clause is shown under one of the two at most.

A sentence may say both ("we sell your data unless you opt out" beside "we do not sell it in California"), but
a reader who sees both labels on one sentence learns nothing, and mostly one of them is a denial
misunderstood. The likelier one stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .features import ACTS, acts, stem, stems

OPPOSITES: Final = (
    ("data-sale", "no-data-sale"),
    ("third-party-sharing", "limited-sharing"),
    ("ai-training-on-user-content", "ai-training-limits"),
    ("change-without-notice", "change-with-notice"),
    ("account-termination", "fair-suspension"),
    ("long-retention", "limited-retention"),
    ("no-refund", "refund-right"),
    ("ignores-do-not-track", "limited-tracking"),
    ("third-party-tracking", "limited-tracking"),
    ("real-name-requirement", "pseudonymous-use"),
    ("personal-data-collection", "data-minimisation"),
)
"""Pairs of clause types."""

_OF: Final = {
    name: frozenset(other for pair in OPPOSITES if name in pair for other in pair if other != name)
    for name in {name for pair in OPPOSITES for name in pair}
}

_WAYS_TO_END: Final = ("close", "terminate", "delete", "end", "shut", "cancel", "deactivate")
_ENDING: Final = frozenset(stem(word) for word in _WAYS_TO_END)
ENDED_BY: Final = {"account-closure-right": "you", "account-termination": "we"}
"""Who ends the account: one set of words, and a right or a risk."""


def by_another(name: str, words: list[str]) -> bool:
    """Whether the one who ends the account in this sentence is not the one that the type is about."""
    if name not in ENDED_BY:
        return False
    told = [act.split(f"{ACTS} ") for act in acts(words, stems(words))]
    ends = {who for who, act in told if act in _ENDING and who in ENDED_BY.values()}
    return bool(ends) and ENDED_BY[name] not in ends


def without_opposites(types: Sequence[str]) -> list[str]:
    """The types, likeliest first, without those that contradict a likelier one."""
    kept: list[str] = []
    for name in types:
        if not any(name in _OF.get(other, ()) for other in kept):
            kept.append(name)
    return kept
