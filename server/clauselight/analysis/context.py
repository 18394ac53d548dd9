"""What the neighbours of a sentence say about it: the second stage of the classifier.

The first stage scores each sentence alone. A sentence in a policy is seldom alone: a list goes on, a
paragraph stays on its subject, and of ten sentences on arbitration one or two carry the substance. Both
functions here turn first-stage scores of a whole document into features of a logistic regression; training
and run time share them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

NOWHERE = -1.2
"""Score of a type beyond the document's edges: that of a sentence which surely does not have it."""
PAIR_FEATURES = 6
"""Features of one sentence and one type."""
RANKS = 8
"""Places among the sentences of one type that are told apart."""


def _shifted(scores: Floats, by: int, edge: float) -> Floats:
    """The scores of the sentence `by` places later, `edge` beyond the document."""
    moved = np.full_like(scores, edge)
    count = len(scores) - abs(by)
    if count <= 0:
        return moved
    if by > 0:
        moved[:count] = scores[by:]
    else:
        moved[-count:] = scores[:count]
    return moved


def pair_features(scores: Floats) -> Floats:
    """Features of every sentence and type of one document: (sentences, types, PAIR_FEATURES).

    Its own score; that of the sentence before, the one before that and the one after; the best other type's;
    and whether it goes on with what was said before.
    """
    before = _shifted(scores, -1, NOWHERE)
    ordered = np.sort(scores, axis=1)
    other = np.where(scores == ordered[:, -1:], ordered[:, -2:-1], ordered[:, -1:])
    return np.stack(
        [
            scores,
            before,
            _shifted(scores, -2, NOWHERE),
            _shifted(scores, 1, NOWHERE),
            other,
            np.maximum(scores, -1) * np.maximum(before, -1),
        ],
        axis=2,
    )


def worth_features(
    worth: Floats, unfair: Floats, lengths: Floats, probabilities: Floats, type_facts: Floats
) -> Floats:
    """Features of every sentence of one document for whether it is worth highlighting.

    `worth` (sentences, 2) are the first stage's scores for "yes" and "at least fair"; `unfair` (sentences,
    u) its scores under UNFAIR-ToS's criteria; `lengths` words a sentence; `probabilities` (sentences,
    types) those of the types after this stage; `type_facts` (types, f) what is known of each type (its
    severity, whether it protects).
    """
    count = len(worth)
    main = worth[:, 0]
    top = probabilities.argmax(axis=1)
    place = np.argsort(np.argsort(-main, kind="stable"), kind="stable")
    among = np.zeros(count, dtype=np.float32)
    for kind in np.unique(top):
        members = np.flatnonzero(top == kind)
        among[members] = np.argsort(np.argsort(-main[members], kind="stable"), kind="stable")
    ordered = np.sort(probabilities, axis=1)
    return np.column_stack(
        [
            worth,
            *(_shifted(main, by, -1.0) for by in (-2, -1, 1, 2)),
            place / max(1, count),
            np.minimum(among, RANKS),
            np.arange(count) / max(1, count),
            np.log(np.maximum(1, lengths)),
            ordered[:, -1],
            ordered[:, -2],
            type_facts[top],
            unfair,
            probabilities,
        ]
    ).astype(np.float32)
