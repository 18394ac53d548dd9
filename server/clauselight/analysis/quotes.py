"""Quotes that somebody picked, from their scores to the shares of the types and to severities.

A type's share comes from its own score and from those of the finer cases that it joins. Training and run time
share these functions.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .model.file import Floats

UNLIKELY = 1e-4
"""Least share that the cases leave to a type: some types have none of their own."""


class QuoteScores(NamedTuple):
    """First-stage scores of quotes: (quotes, types), (quotes, cases), (quotes, severities)."""

    types: Floats
    cases: Floats
    severities: Floats


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _summed(cases: Floats, case_types: npt.NDArray[np.intp], types: int) -> Floats:
    belongs = np.arange(types) == case_types[:, None]
    return np.asarray(cases @ belongs)


def shares_of(
    scores: QuoteScores, case_types: npt.NDArray[np.intp], sharpness: tuple[float, float, float]
) -> Floats:
    """Shares of the types (quotes, types), each row of sum 1. `case_types` is the type of each case;
    `sharpness` that of the types' scores, of the cases' and of both together."""
    of_types, of_cases, together = sharpness
    cases = _summed(_softmax(scores.cases * of_cases), case_types, scores.types.shape[1])
    own = _softmax(scores.types * of_types)
    return _softmax((np.log(own + 1e-9) + np.log(cases + UNLIKELY)) * together)


def severity_inputs(
    scores: QuoteScores,
    shares: Floats,
    case_types: npt.NDArray[np.intp],
    case_severities: Floats,
    sharpness: float,
) -> Floats:
    """What the severity of each quote is told from: its severity scores, the severities of the cases that its
    likely types have, and the types' shares."""
    cases = _softmax(scores.cases * sharpness)
    of_types = _summed(cases, case_types, shares.shape[1])
    likely = shares[:, case_types] * cases / np.maximum(of_types[:, case_types], 1e-9)
    return np.column_stack([scores.severities, np.log(likely @ case_severities + 0.01), shares])
