"""What the neighbours of a sentence say about it: the second stage of the classifier.

The first stage scores each sentence alone. A sentence in a policy is seldom alone: a list goes on, a
paragraph stays on its subject, and of ten sentences on arbitration one or two carry the substance. The
functions here turn first-stage scores of a whole document into features of logistic regressions; training
and run time share them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

NOWHERE = -1.2
"""Score of a type beyond the document's edges: that of a sentence which surely does not have it."""
LOWEST: Final = -1.5
"""Scores below say no more than this one: surely not."""
PAIR_FEATURES = 7
"""Features of one sentence and one type."""
AROUND: Final = 5
"""Sentences before and after that a subject is looked for in."""
RANKS = 8
"""Places among the sentences of one type that are told apart."""
RIVALS: Final = 6
"""Sentences before and after that may say the same better."""
FEW_WORDS: Final = 14
"""Fewer words may be a heading that was taken for a sentence."""

_OPEN_END = re.compile(r"[^.;,:!?]$")
_NUMBERED = re.compile(r"\W*(?:\d|\(|[a-z])")
SHAPES: Final = 4
"""Features of a sentence's outer form."""


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


def _around(scores: Floats, reach: int) -> Floats:
    """Mean score of the sentences within `reach`, itself left out."""
    count = len(scores)
    if count < 2:
        return np.full_like(scores, NOWHERE)
    sums = np.vstack([np.zeros((1, scores.shape[1])), np.cumsum(scores, axis=0, dtype=np.float64)])
    first = np.maximum(0, np.arange(count) - reach)
    last = np.minimum(count, np.arange(count) + reach + 1)
    mean = (sums[last] - sums[first] - scores) / (last - first - 1)[:, None]
    return np.asarray(mean, dtype=np.float32)


def pair_features(scores: Floats) -> Floats:
    """Features of every sentence and type of one document: (sentences, types, PAIR_FEATURES).

    Its own score; that of the sentence before, the one before that and the one after; the best other type's;
    whether it goes on with what was said before; and what is spoken of around it.
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
            _around(np.maximum(scores, NOWHERE), AROUND),
        ],
        axis=2,
    )


def subject_features(outputs: Floats, subjects: Floats) -> Floats:
    """What tells of all types at once: (sentences, outputs + 3 subjects).

    `outputs` are all first-stage scores of the sentences; `subjects` those of them that say what a sentence
    is about, which count of the sentences before, after and around it too.
    """
    near = np.maximum(subjects, LOWEST)
    return np.column_stack(
        [
            np.maximum(outputs, LOWEST),
            _shifted(near, -1, NOWHERE),
            _shifted(near, 1, NOWHERE),
            _around(near, AROUND),
        ]
    )


def shape_features(texts: Sequence[str]) -> Floats:
    """The outer form of each sentence, (sentences, SHAPES): whether few words with capitals and without an
    end are a heading, whether it leads to a list, whether it begins with a number or in small letters."""
    shapes = np.zeros((len(texts), SHAPES), np.float32)
    for row, text in zip(shapes, texts, strict=True):
        stripped = text.strip()
        row[2] = stripped.endswith(":")
        row[3] = _NUMBERED.match(stripped) is not None
        if text.count(" ") < FEW_WORDS - 1:
            later = [word for word in text.split()[1:] if word[0].isalpha()]
            row[0] = sum(word[0].isupper() for word in later) / max(1, len(later))
            row[1] = _OPEN_END.search(stripped) is not None
    return shapes


def _rank(worth: Floats) -> Floats:
    """0 for the highest, 1 for the next."""
    return np.asarray(np.argsort(np.argsort(-worth, kind="stable"), kind="stable"), dtype=np.float32)


def worth_features(
    outputs: dict[str, Floats], texts: Sequence[str], probabilities: Floats, type_facts: Floats
) -> Floats:
    """Features of every sentence of one document for whether it is worth highlighting.

    `outputs` are the first stage's scores by name: for `worth` (sentences, 2) those for "yes" and "at least
    fair", `unfair` those under UNFAIR-ToS's criteria, `severity` those of each severity; `probabilities`
    (sentences, types) are those of the types after this stage; `type_facts` (types, 3) what is known of each
    type (its severity, whether it protects, whether it may be marked).
    """
    count = len(texts)
    worth = outputs["worth"]
    main = worth[:, 0]
    top = probabilities.argmax(axis=1)
    best = probabilities.max(axis=1)
    among, said, in_all = (np.zeros(count, dtype=np.float32) for _ in range(3))
    for kind in np.unique(top):
        members = np.flatnonzero(top == kind)
        among[members] = _rank(main[members])
        spoken = np.cumsum(best[members])
        said[members] = spoken - best[members]
        in_all[members] = spoken[-1]
    rival = np.full(count, LOWEST, dtype=np.float32)
    for by in (*range(-RIVALS, 0), *range(1, RIVALS + 1)):
        same = _shifted(top, by, -1) == top
        rival = np.where(same, np.maximum(rival, _shifted(main, by, LOWEST)), rival)
    lengths = np.array([text.count(" ") + 1 for text in texts])
    ordered = np.sort(probabilities, axis=1)
    return np.column_stack(
        [
            worth,
            *(_shifted(main, by, -1.0) for by in (-2, -1, 1, 2)),
            _around(worth, AROUND),
            rival - main,
            _rank(main) / max(1, count),
            np.minimum(among, RANKS),
            np.log1p(said),
            np.log1p(in_all),
            np.arange(count) / max(1, count),
            np.log(lengths),
            shape_features(texts),
            ordered[:, -1],
            ordered[:, -2],
            probabilities @ type_facts[:, 2],
            type_facts[top],
            outputs["unfair"],
            outputs["severity"],
            probabilities,
        ]
    ).astype(np.float32)
