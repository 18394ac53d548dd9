"""Quotes that somebody picked: from their scores to types with a confidence, and a severity.

ToS;DR gives a quote one of 221 cases, each with one severity; our types join several. A score for each case
tells apart what the type's own score cannot, and carries the severity.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from clauselight.analysis.quotes import QuoteScores, severity_inputs, shares_of
from training.corpus import Row
from training.second import truth_of

SEVERITIES = ("critical", "high", "medium", "low", "protective")
LEAST_ROWS = 4
"""Quotes a case needs; what has fewer counts as its type."""
WITH_CASES = ("tosdr", "paraphrase")
"""Sources whose rows name a case."""
FOREIGN = 0.3
"""Weight of the quotes of other sources when confidence and severity are fitted: other types and levels."""
SHARPNESS = (3.0, 5.0)
"""Of the scores of types and of cases before they are joined."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case of the source, or a type for rows whose source has no cases. `severities`: share of each."""

    name: str
    clause_type: str
    severities: tuple[float, ...]


def cases_of(quotes: Sequence[Row], others: Sequence[Row]) -> tuple[list[Case], np.ndarray]:
    """The cases, and which one each row has: those of `others` (sentences of policies) first, as they stand
    in the training data."""
    often = Counter(row.fine for row in quotes if row.fine and row.source in WITH_CASES)
    rows = [*others, *quotes]
    keys = [
        (row.types[0], row.fine if row.source in WITH_CASES and often[row.fine] >= LEAST_ROWS else "")
        for row in rows
    ]
    found = sorted(set(keys))
    cases = []
    for kind, fine in found:
        seen = [row.severity for row, key in zip(rows, keys, strict=True) if key == (kind, fine)]
        shares = tuple(seen.count(severity) / len(seen) for severity in SEVERITIES)
        cases.append(Case(fine, kind, shares))
    return cases, np.array([found.index(key) for key in keys])


@dataclass(frozen=True, slots=True)
class Quoted:
    """What the model's file holds for quotes."""

    arrays: dict[str, np.ndarray]
    meta: dict[str, Any]


def fit_quotes(
    held_out: np.ndarray,
    part: dict[str, slice],
    quotes: Sequence[Row],
    cases: Sequence[Case],
    names: Sequence[str],
) -> Quoted:
    """From out-of-fold scores of the quotes."""
    case_types = np.array([list(names).index(case.clause_type) for case in cases])
    case_severities = np.array([case.severities for case in cases], dtype=np.float32)
    scores = QuoteScores(*(held_out[:, part[name]] for name in ("quotes", "cases", "severity")))
    truth = truth_of(quotes, names)
    weight = np.where([row.source == "tosdr" for row in quotes], 1.0, FOREIGN)

    def shares(evenness: float) -> np.ndarray:
        return shares_of(scores, case_types, (*SHARPNESS, evenness))

    evenness = min(
        np.arange(0.2, 1.6, 0.05),
        key=lambda e: -(weight * np.log(np.maximum((shares(e) * truth).sum(axis=1), 1e-9))).sum(),
    )
    sure = shares(evenness)
    ordered = np.sort(sure, axis=1)
    right = truth[np.arange(len(quotes)), sure.argmax(axis=1)]
    confidence = LogisticRegression(C=10.0).fit(
        np.column_stack([_logit(ordered[:, -1]), _logit(ordered[:, -2])]), right, sample_weight=weight
    )
    inputs = severity_inputs(scores, sure, case_types, case_severities, SHARPNESS[1])
    target = np.array([SEVERITIES.index(row.severity or "medium") for row in quotes])
    severity = LogisticRegression(C=0.5, max_iter=1500).fit(inputs, target, sample_weight=weight)
    return Quoted(
        {
            "case_severities": case_severities,
            "severity_weights": severity.coef_.astype(np.float32),
            "severity_biases": severity.intercept_.astype(np.float32),
        },
        {
            "case_types": case_types.tolist(),
            "quote_sharpness": [*SHARPNESS, round(float(evenness), 2)],
            "quote_confidence": [
                round(float(x), 6) for x in (*confidence.coef_[0], confidence.intercept_[0])
            ],
        },
    )


def _logit(p: np.ndarray) -> np.ndarray:
    clipped = np.clip(p, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(clipped / (1 - clipped)))
