"""Sentences as sparse rows: the two counted blocks of features, and the vectors of meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import scipy.sparse as sp

from clauselight.analysis.features import meaning_features, plain_features, stem_features, words
from training.vectors import LENGTH_FIT, Meanings

LEAST_SENTENCES = 11
"""Sentences a feature must stand in; with 3 there are three times as many, which do not fit the file, and no
better figures."""


class Counted:
    """A block of features with their inverse document frequency, each row of unit length."""

    def __init__(self, features: Callable[[list[str]], set[str]], sentences: Sequence[list[str]]) -> None:
        self.features = features
        frequency = Counter(feature for sentence in sentences for feature in features(sentence))
        names = sorted(name for name, count in frequency.items() if count >= LEAST_SENTENCES)
        self.vocabulary = {name: i for i, name in enumerate(names)}
        counts = np.array([frequency[name] for name in names])
        self.weights = np.log((1 + len(sentences)) / (1 + counts)) + 1

    def rows(self, sentences: Sequence[list[str]]) -> sp.csr_matrix:
        """One row a sentence."""
        return weighted_rows(sentences, self.features, self.vocabulary, self.weights)


def weighted_rows(
    sentences: Sequence[list[str]],
    features: Callable[[list[str]], set[str]],
    vocabulary: dict[str, int],
    weights: np.ndarray,
) -> sp.csr_matrix:
    """Rows of feature weights divided by the root of their squared sum."""
    columns, ends = [], [0]
    for sentence in sentences:
        columns += sorted(vocabulary[name] for name in features(sentence) if name in vocabulary)
        ends.append(len(columns))
    values = weights[columns]
    matrix = sp.csr_matrix((values, columns, ends), shape=(len(sentences), len(vocabulary)))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sp.csr_matrix(sp.diags(1 / np.maximum(lengths, 1e-9)) @ matrix)


class Features:
    """All three blocks side by side: (sentences, counted features + dimensions of meaning)."""

    def __init__(self, texts: Sequence[str], meanings: Meanings) -> None:
        found = [words(text) for text in texts]
        self.meanings = meanings
        self.plain = Counted(plain_features, found)
        self.stems = Counted(stem_features, found)

    def rows(self, texts: Sequence[str]) -> sp.csr_matrix:
        """One row a text."""
        found = [words(text) for text in texts]
        meaning = (
            weighted_rows(found, meaning_features, self.meanings.vocabulary, self.meanings.weights)
            @ self.meanings.vectors
            / LENGTH_FIT
        )
        blocks = [self.plain.rows(found), self.stems.rows(found), sp.csr_matrix(meaning)]
        return sp.csr_matrix(sp.hstack(blocks), dtype=np.float32)

    def use(self, texts: Sequence[str]) -> np.ndarray:
        """How much of the texts every feature of the file makes up: the root of its mean square in their
        rows, the words of the last block one by one instead of the dimensions of their meaning."""
        found = [words(text) for text in texts]
        meant = weighted_rows(found, meaning_features, self.meanings.vocabulary, self.meanings.weights)
        blocks = (self.plain.rows(found), self.stems.rows(found), meant)
        return np.concatenate([_root_mean_square(block) for block in blocks])


def _root_mean_square(block: sp.csr_matrix) -> np.ndarray:
    return np.sqrt(np.asarray(block.multiply(block).mean(axis=0)).ravel())
