"""Is the best place the clause, or is the clause gone? A small logistic regression."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log2

from clauselight.domain.anchoring.candidates import Candidate

#: What the decision looks at, in the order of ``WEIGHTS``. Few and robust, so that they hold for
#: unseen services.
FEATURES = (
    "bias", "dice", "weighted", "prefix", "suffix", "margin", "length", "surprise", "snapped",
    "closed", "second", "neighbour",
)  # fmt: skip

#: Found by tests/benchmarks/anchoring_train.py on the dev split of real policy drift;
#: ``anchoring_train.py --write`` fits and writes them here and in decide.ts. Errors were counted
#: leaving one service out at a time.
WEIGHTS = (
    -9.047, 3.043, 3.972, 0.973, 0.664, 6.671, 0.440, -0.217, 3.622, -3.409, -3.995, 1.184,
)  # fmt: skip

#: The bias is set for at most one wrong highlight in a hundred deleted clauses, so that one half
#: is the threshold.
ACCEPT = 0.5
#: A rival less alike is no rival; without the floor a page of few words would make all sure.
RIVAL_FLOOR = 0.5
#: One side of the context is kept when this share of it is: its neighbour still is the neighbour.
KEPT_CONTEXT = 0.75
#: Surprise of a place when the quote has no recorded position: about the median of right places.
UNKNOWN_SURPRISE = 5


def rival_of(candidates: Sequence[Candidate], k: int) -> float:
    """Similarity of the best place other than candidate k."""
    other = 1 if k == 0 else 0
    return candidates[other].dice if other < len(candidates) else 0.0


def features(m: int, candidates: Sequence[Candidate], k: int, off: float | None, closed: bool) -> list[float]:
    """Features of candidate k, the k-th most alike, of a quote of m words.

    ``off`` is the surprise of its position in bits, ``closed`` says that the gap closed where the
    quote was.
    """
    candidate = candidates[k]
    rival = rival_of(candidates, k)
    return [
        1,
        candidate.dice,
        candidate.weighted,
        candidate.prefix,
        candidate.suffix,
        candidate.dice - max(rival, RIVAL_FLOOR),
        log2(m),
        UNKNOWN_SURPRISE if off is None else off,
        candidate.snapped,
        1 if closed else 0,
        1 if k > 0 else 0,
        1 if max(candidate.prefix, candidate.suffix) >= KEPT_CONTEXT else 0,
    ]


def probability(row: Sequence[float]) -> float:
    """Probability that the place is the clause."""
    total = 0.0
    for value, weight in zip(row, WEIGHTS, strict=True):
        total += value * weight
    return 1 / (1 + exp(-total))
