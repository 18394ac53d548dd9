"""First stage at run time: sentences to scores, all of a document at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from clauselight.analysis.features import BLOCKS, stems, words
from clauselight.analysis.model.file import Floats, Model


def _rows_and_weights(found: Sequence[list[str]], model: Model) -> tuple[list[int], Floats, list[int]]:
    """Feature rows of all sentences, their weights, and where each sentence begins."""
    rows: list[int] = []
    starts, spans = [], []
    for sentence in found:
        starts.append(len(rows))
        for features, vocabulary in zip(BLOCKS, model.vocabularies, strict=True):
            begin = len(rows)
            rows += [vocabulary[name] for name in features(sentence) if name in vocabulary]
            spans.append((begin, len(rows)))
    weights = model.importance[rows] if rows else np.zeros(0, np.float32)
    squares = np.concatenate([[0.0], np.cumsum(weights.astype(np.float64) ** 2)])
    begins, ends = np.array(spans, dtype=np.intp).reshape(-1, 2).T
    lengths = np.sqrt(np.maximum(squares[ends] - squares[begins], 1e-12))
    return rows, (weights / np.repeat(lengths, ends - begins)).astype(np.float32), starts


def scores(texts: Sequence[str], model: Model) -> Floats:
    """First-stage scores (sentences, outputs)."""
    if not texts:
        return np.zeros((0, model.heads.shape[1]), np.float32)
    rows, weights, starts = _rows_and_weights([words(text) for text in texts], model)
    summed = np.zeros((len(texts), model.heads.shape[0]), np.float32)
    if rows:
        weighted = model.directions[rows].astype(np.float32) * weights[:, None]
        filled = np.diff([*starts, len(rows)]) > 0
        summed[filled] = np.add.reduceat(weighted, np.array(starts)[filled], axis=0)
    result: Floats = summed @ model.heads + model.biases
    return result


def deciding_words(text: str, column: int, model: Model, most: int) -> list[str]:
    """Words of the sentence that speak most for one output, in the order they stand there. A pair is the
    doing of both of its words."""
    found = words(text)
    rows, weights, _ = _rows_and_weights([found], model)
    if not rows:
        return []
    effect = ((model.directions[rows].astype(np.float32) @ model.heads[:, column]) * weights).tolist()
    shares: tuple[dict[str, float], dict[str, float], dict[str, float]] = ({}, {}, {})
    plain, stemmed, meaning = shares
    at = 0
    for share, features, vocabulary in zip(shares, BLOCKS, model.vocabularies, strict=True):
        for name in features(found):
            if name not in vocabulary:
                continue
            pieces = name.split(" ")
            for piece in pieces:
                share[piece] = share.get(piece, 0.0) + effect[at] / len(pieces)
            at += 1
    force: dict[str, float] = {}
    for word, marked in zip(found, stems(found), strict=True):
        total = plain.get(word, 0.0) + stemmed.get(marked, 0.0) + meaning.get(word, 0.0)
        force[word] = max(force.get(word, total), total)
    speaking = sorted((word for word in force if force[word] > 0), key=lambda word: -force[word])
    chosen = set(speaking[:most])
    return [word for word in force if word in chosen]
