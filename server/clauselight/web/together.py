"""Rejecting many disputes at once: a flood, or those that a moderator picked from the queue.

Each is closed and audited for itself. No label is confirmed by it, as nobody read the clauses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from clauselight.contract.curation import DisputeDecision
from clauselight.contract.vocabulary import DisputeAct
from clauselight.curation.decide import Decided, Held, decide
from clauselight.store.dispute_queue import queued_dispute

from .curating import changing
from .who import Who, acting

MOST_TOGETHER: Final = 1_000
"""Disputes that are rejected with one press; more take another press."""

_IN_ONE: Final = 25
"""Disputes of one transaction: others that write wait for so many at the most, some tenth of a second."""

USUAL_TOGETHER: Final = (
    "Many reports said the same, without anything that shows this label to be wrong, and were rejected "
    "together. The label itself was not judged; who can say what is wrong with it may report it again."
)
"""The public reason where the moderator writes none of their own."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """How many were rejected, with those that repeat them about the same label, and how many were left:
    decided meanwhile, or somebody else is at work on them."""

    rejected: int
    left: int


async def reject_together(
    request: web.Request, numbers: Sequence[int], text: str, moderator: Who
) -> Rejected:
    """Reject disputes by number, at most `MOST_TOGETHER`. Raises ProblemRaised."""
    decision = DisputeDecision(act=DisputeAct.KEEP, text=text)
    actor = acting(moderator)
    rejected = left = 0
    answered: set[str] = set()
    for start in range(0, min(len(numbers), MOST_TOGETHER), _IN_ONE):
        async with changing(request) as connection:
            for number in numbers[start : min(start + _IN_ONE, MOST_TOGETHER)]:
                queued = await queued_dispute(connection, number)
                if queued is None or queued.dispute.kind in answered:
                    continue  # answered along with one before
                try:
                    rejected += await decide(connection, number, decision, actor, None, together=True)
                    answered.add(queued.dispute.kind)
                except (Decided, Held):
                    left += 1
    return Rejected(rejected, left)
