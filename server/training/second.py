"""Second stage: whole documents. Calibrated probabilities of the types, and what is worth highlighting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from clauselight.analysis.context import PAIR_FEATURES, pair_features, worth_features
from training.corpus import Row

NEGATIVES = 0.1
"""Share of the pairs without the type that are looked at; the others are alike."""


def documents(rows: Sequence[Row]) -> list[np.ndarray]:
    """Indices of the rows of each document, in reading order."""
    found: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        found.setdefault(row.document, []).append(i)
    return [np.array(indices) for indices in found.values()]


@dataclass(frozen=True, slots=True)
class TypeStage:
    """A logistic regression shared by all types, with a bias for each."""

    weights: np.ndarray
    biases: np.ndarray

    def probabilities(self, scores: np.ndarray) -> np.ndarray:
        """Of one document: (sentences, types)."""
        return 1 / (1 + np.exp(-(pair_features(scores) @ self.weights + self.biases)))


def fit_types(scores: np.ndarray, rows: Sequence[Row], names: Sequence[str]) -> TypeStage:
    """From out-of-fold scores (rows, types)."""
    truth = np.array([[name in row.types for name in names] for row in rows])
    features = np.zeros((*scores.shape, PAIR_FEATURES), dtype=np.float32)
    for indices in documents(rows):
        features[indices] = pair_features(scores[indices])
    kept = (np.random.RandomState(0).rand(*scores.shape) < NEGATIVES) | truth
    kept &= np.array([row.sure for row in rows])[:, None]
    inputs = np.column_stack([features[kept], np.eye(len(names), dtype=np.float32)[np.nonzero(kept)[1]]])
    model = LogisticRegression(C=1.0, max_iter=400).fit(
        inputs, truth[kept], sample_weight=np.where(truth[kept], 1, 1 / NEGATIVES)
    )
    weights = model.coef_[0]
    return TypeStage(weights[:PAIR_FEATURES], weights[PAIR_FEATURES:] + model.intercept_[0])


@dataclass(frozen=True, slots=True)
class WorthStage:
    """A logistic regression on the features of `worth_features`."""

    weights: np.ndarray
    bias: float


def worth_inputs(
    rows: Sequence[Row], scores: dict[str, np.ndarray], stage: TypeStage, type_facts: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Features for the worth of every row, and the type probabilities."""
    probabilities = np.zeros_like(scores["types"])
    inputs: np.ndarray | None = None
    for indices in documents(rows):
        probabilities[indices] = stage.probabilities(scores["types"][indices])
        lengths = np.array([len(rows[i].text.split()) for i in indices])
        features = worth_features(
            scores["worth"][indices], scores["unfair"][indices], lengths, probabilities[indices], type_facts
        )
        if inputs is None:
            inputs = np.zeros((len(rows), features.shape[1]), dtype=np.float32)
        inputs[indices] = features
    assert inputs is not None
    return inputs, probabilities


def fit_worth(inputs: np.ndarray, target: np.ndarray, strictness: float) -> WorthStage:
    """Standardises the inputs, fits, and folds the standardisation into the weights."""
    middle, spread = inputs.mean(axis=0), inputs.std(axis=0) + 1e-6
    model = LogisticRegression(C=strictness, max_iter=1000).fit((inputs - middle) / spread, target)
    weights = model.coef_[0] / spread
    return WorthStage(weights, float(model.intercept_[0] - (weights * middle).sum()))
