"""Second stage: whole documents. Calibrated probabilities of the types, and what is worth highlighting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed
from sklearn.linear_model import LogisticRegression

from clauselight.analysis.context import PAIR_FEATURES, pair_features, worth_features
from training.corpus import Row
from training.heads import FOLDS

NEGATIVES = 0.1
"""Share of the pairs without the type that are looked at; the others are alike."""
UNSURE = 0.3
"""Weight of a sentence that the annotator called ambiguous."""
OWN = 10.0
"""Factor on what is known of a type already, so that the same strictness hardly restrains it."""
STRICTNESS = 0.05
"""Of the weights on all other outputs (C); from 0.03 to 0.1 the figures are the same."""
LEAST_ROWS = 15
"""Sentences a type needs for weights on other outputs; what has fewer stands on its own score."""


def documents(rows: Sequence[Row]) -> list[np.ndarray]:
    """Indices of the rows of each document, in reading order."""
    found: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        found.setdefault(row.document, []).append(i)
    return [np.array(indices) for indices in found.values()]


def truth_of(rows: Sequence[Row], names: Sequence[str]) -> np.ndarray:
    """Whether each row has each type: (rows, types)."""
    return np.array([[name in row.types for name in names] for row in rows])


@dataclass(frozen=True, slots=True)
class PairStage:
    """A logistic regression shared by all types, with a bias for each: what is known of a type from its own
    scores."""

    weights: np.ndarray
    biases: np.ndarray

    def logits(self, scores: np.ndarray) -> np.ndarray:
        """Of one document: (sentences, types)."""
        return np.asarray(pair_features(scores) @ self.weights + self.biases)


def fit_pairs(scores: np.ndarray, rows: Sequence[Row], truth: np.ndarray) -> PairStage:
    """From out-of-fold scores (rows, types)."""
    features = np.zeros((*scores.shape, PAIR_FEATURES), dtype=np.float32)
    for indices in documents(rows):
        features[indices] = pair_features(scores[indices])
    kept = (np.random.RandomState(0).rand(*scores.shape) < NEGATIVES) | truth
    kept &= np.array([row.sure for row in rows])[:, None]
    inputs = np.column_stack([features[kept], np.eye(scores.shape[1], dtype=np.float32)[np.nonzero(kept)[1]]])
    model = LogisticRegression(C=1.0, max_iter=400).fit(
        inputs, truth[kept], sample_weight=np.where(truth[kept], 1, 1 / NEGATIVES)
    )
    weights = model.coef_[0]
    return PairStage(weights[:PAIR_FEATURES], weights[PAIR_FEATURES:] + model.intercept_[0])


@dataclass(frozen=True, slots=True)
class SubjectStage:
    """For each type a logistic regression on what is known of it and on all other outputs, of the sentence
    and of those around it: which types go together, and which exclude each other.

    `weights` (types, 1 + features): the first stands on the type's own logit.
    """

    weights: np.ndarray
    biases: np.ndarray

    def probabilities(self, own: np.ndarray, features: np.ndarray) -> np.ndarray:
        """(sentences, types) from logits (sentences, types) and features (sentences, features)."""
        return np.asarray(
            1 / (1 + np.exp(-(own * self.weights[:, 0] + features @ self.weights[:, 1:].T + self.biases)))
        )


def _fit_subject(
    own: np.ndarray, features: np.ndarray, truth: np.ndarray, weight: np.ndarray
) -> tuple[np.ndarray, float]:
    if truth.sum() < LEAST_ROWS:
        return np.array([1.0, *np.zeros(features.shape[1])]), 0.0
    inputs = np.column_stack([own * OWN, features]).astype(np.float64)
    model = LogisticRegression(C=STRICTNESS, max_iter=150).fit(inputs, truth, sample_weight=weight)
    weights = model.coef_[0].copy()
    weights[0] *= OWN
    return weights, float(model.intercept_[0])


def fit_subjects(own: np.ndarray, features: np.ndarray, truth: np.ndarray, sure: np.ndarray) -> SubjectStage:
    """From logits and features of sentences whose scores are out of fold."""
    weight = np.where(sure, 1.0, UNSURE)
    fitted = Parallel(n_jobs=2)(
        delayed(_fit_subject)(own[:, i], features, truth[:, i], weight) for i in range(truth.shape[1])
    )
    return SubjectStage(np.stack([weights for weights, _ in fitted]), np.array([bias for _, bias in fitted]))


def held_out_probabilities(
    own: np.ndarray, features: np.ndarray, truth: np.ndarray, sure: np.ndarray, folds: np.ndarray
) -> np.ndarray:
    """Probabilities of the types of every sentence from regressions that did not see its service."""
    found = np.zeros_like(own)
    for fold in range(FOLDS):
        seen, here = folds != fold, folds == fold
        stage = fit_subjects(own[seen], features[seen], truth[seen], sure[seen])
        found[here] = stage.probabilities(own[here], features[here])
    return found


@dataclass(frozen=True, slots=True)
class WorthStage:
    """A logistic regression on the features of `worth_features`."""

    weights: np.ndarray
    bias: float


def worth_inputs(
    rows: Sequence[Row], scores: dict[str, np.ndarray], probabilities: np.ndarray, type_facts: np.ndarray
) -> np.ndarray:
    """Features for the worth of every row."""
    inputs: np.ndarray | None = None
    for indices in documents(rows):
        features = worth_features(
            {name: of[indices] for name, of in scores.items()},
            [rows[i].text for i in indices],
            probabilities[indices],
            type_facts,
        )
        if inputs is None:
            inputs = np.zeros((len(rows), features.shape[1]), dtype=np.float32)
        inputs[indices] = features
    assert inputs is not None
    return inputs


def fit_worth(inputs: np.ndarray, target: np.ndarray, strictness: float) -> WorthStage:
    """Standardises the inputs, fits, and folds the standardisation into the weights."""
    middle, spread = inputs.mean(axis=0), inputs.std(axis=0) + 1e-6
    model = LogisticRegression(C=strictness, max_iter=1500).fit((inputs - middle) / spread, target)
    weights = model.coef_[0] / spread
    return WorthStage(weights, float(model.intercept_[0] - (weights * middle).sum()))
