"""Word vectors from unlabelled policies: what company a word keeps.

Positive pointwise mutual information of words within five places, reduced by a truncated singular value
decomposition (Levy, Goldberg and Dagan 2015, "Improving Distributional Similarity with Lessons Learned
from Word Embeddings", doi 10.1162/tacl_a_00134). A sentence's vector is the mean of its words' weighted by
a / (a + frequency), the smooth inverse frequency of Arora, Liang and Ma 2017.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import numpy as np
import scipy.sparse as sp
from sklearn.utils.extmath import randomized_svd

from clauselight.analysis.features import words
from training.vectors import Meanings

WINDOW = 5
RAREST = 4
"""Occurrences a word needs; with fewer its company is chance."""
DIMENSIONS = 200
"""More do not make the file larger, which holds each word's effect on the heads."""
SMOOTHING = 0.75
"""Exponent on the frequency of the neighbours (Levy et al.)."""
COMMON = 1e-3
"""The `a` of the smooth inverse frequency."""
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n")


def learn(texts: Iterable[str]) -> Meanings:
    """Vectors of all words of the texts; a sentence that stands in several of them counts once."""
    seen: set[str] = set()
    sentences = []
    for text in texts:
        for part in _SENTENCE.split(text):
            found = words(part)
            key = " ".join(found)
            if 3 <= len(found) <= 200 and key not in seen:
                seen.add(key)
                sentences.append(found)
    counts = Counter(word for sentence in sentences for word in sentence)
    names = sorted(
        (word for word, n in counts.items() if n >= RAREST), key=lambda word: (-counts[word], word)
    )
    vocabulary = {word: i for i, word in enumerate(names)}
    rows, columns, values = [], [], []
    for sentence in sentences:
        known = np.array([vocabulary[word] for word in sentence if word in vocabulary], dtype=np.int32)
        for gap in range(1, min(WINDOW, len(known) - 1) + 1):
            rows.append(known[:-gap])
            columns.append(known[gap:])
            values.append(np.full(len(known) - gap, 1 / gap, dtype=np.float64))
    size = (len(names), len(names))
    near = sp.coo_matrix(
        (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), size
    ).tocsr()
    near = (near + near.T).tocoo()
    totals = np.asarray(near.sum(axis=1)).ravel()
    context = totals**SMOOTHING / (totals**SMOOTHING).sum()
    information = np.log(near.data / (totals[near.row] * context[near.col]))
    positive = information > 0
    matrix = sp.csr_matrix((information[positive], (near.row[positive], near.col[positive])), size)
    left, strength, _ = randomized_svd(matrix, DIMENSIONS, random_state=0, n_iter=3)
    vectors = left * np.sqrt(strength)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    share = np.array([counts[name] for name in names]) / sum(counts[name] for name in names)
    return Meanings(vocabulary, vectors, COMMON / (COMMON + share))
