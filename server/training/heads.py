"""First stage: linear heads over one feature matrix, with scores for every document from models that did
not see its service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from joblib import Parallel, delayed
from sklearn.svm import LinearSVC

FOLDS = 4
TOLERANCE = 0.01
"""Of the solver: a hundred times the default, four times as fast, and the same decisions."""


SURELY_NOT = -2.0
"""Score of a head that has nothing to learn from."""


@dataclass(frozen=True, slots=True)
class Head:
    """One output: weights over all features, and out-of-fold scores of the rows asked for."""

    weights: np.ndarray
    bias: float
    held_out: np.ndarray


@dataclass(frozen=True, slots=True)
class Task:
    """What one head learns: which rows, their targets and weights, and how strictly (C)."""

    rows: np.ndarray
    target: np.ndarray
    weight: np.ndarray
    strictness: float
    balance: float = 1.0
    """Factor on the weight of positive rows."""


def folds_of(services: Sequence[str]) -> np.ndarray:
    """A fold for every row, the same for all rows of a service."""
    names = sorted(set(services))
    np.random.RandomState(0).shuffle(names)
    fold = {name: i % FOLDS for i, name in enumerate(names)}
    return np.array([fold[name] for name in services])


def _svc(task: Task) -> LinearSVC:
    weights = None if task.balance == 1.0 else {True: task.balance, False: 1.0}
    return LinearSVC(C=task.strictness, class_weight=weights, random_state=0, tol=TOLERANCE)


def fit_head(matrix: sp.csr_matrix, folds: np.ndarray, wanted: np.ndarray, task: Task) -> Head:
    """Fit on all rows of the task, and FOLDS times without one fold to score the `wanted` rows of that
    fold."""
    use = task.rows
    if task.target[use].sum() < FOLDS:
        return Head(np.zeros(matrix.shape[1], np.float32), SURELY_NOT, np.full(len(wanted), SURELY_NOT))
    whole = _svc(task).fit(matrix[use], task.target[use], sample_weight=task.weight[use])
    held_out = np.zeros(len(wanted))
    for fold in range(FOLDS):
        seen = use[folds[use] != fold]
        here = folds[wanted] == fold
        if not task.target[seen].any():
            # All that is known of a rare case comes from services of this fold.
            held_out[here] = SURELY_NOT
            continue
        model = _svc(task).fit(matrix[seen], task.target[seen], sample_weight=task.weight[seen])
        held_out[here] = model.decision_function(matrix[wanted[here]])
    return Head(whole.coef_[0].astype(np.float32), float(whole.intercept_[0]), held_out)


def fit_heads(
    matrix: sp.csr_matrix,
    folds: np.ndarray,
    wanted: np.ndarray,
    tasks: Sequence[Task],
    progress: Callable[[], None],
) -> list[Head]:
    """All heads, two at a time; the result does not depend on their order."""
    heads = []
    found = Parallel(n_jobs=2, return_as="generator")(
        delayed(fit_head)(matrix, folds, wanted, task) for task in tasks
    )
    for head in found:
        heads.append(head)
        progress()
    return heads
