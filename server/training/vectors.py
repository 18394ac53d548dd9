"""What the vectors of words are, without the libraries that make them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LENGTH_FIT = 1.3
"""Mean length of a sentence's weighted sum over the root of its squared weights, measured on the labelled
sentences: brings this block to the size of the others."""


@dataclass(frozen=True, slots=True)
class Meanings:
    """Vectors of unit length (words, dimensions) and the weight of each word."""

    vocabulary: dict[str, int]
    vectors: np.ndarray
    weights: np.ndarray
