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


def deciding_words(text: str, columns: Sequence[int], model: Model, most: int) -> list[list[str]]:
    """For each of some outputs, the words of the sentence that speak most for it, in the order they stand
    there. A pair is the doing of both of its words."""
    if not columns:
        return []
    found = words(text)
    rows, weights, _ = _rows_and_weights([found], model)
    if not rows:
        return [[] for _ in columns]
    moved = model.directions[rows].astype(np.float32) * weights[:, None]
    effects = (moved @ model.heads[:, list(columns)]).T.tolist()
    pieces = [
        [(block, piece) for piece in name.split(" ")]
        for block, (features, vocabulary) in enumerate(zip(BLOCKS, model.vocabularies, strict=True))
        for name in features(found)
        if name in vocabulary
    ]
    spoken = list(dict.fromkeys(zip(found, stems(found), strict=True)))
    chosen = []
    for effect in effects:
        share: dict[tuple[int, str], float] = {}
        for parts, force_of in zip(pieces, effect, strict=True):
            for part in parts:
                share[part] = share.get(part, 0.0) + force_of / len(parts)
        force: dict[str, float] = {}
        for word, marked in spoken:
            total = share.get((0, word), 0.0) + share.get((1, marked), 0.0) + share.get((2, word), 0.0)
            force[word] = max(force.get(word, total), total)
        speaking = sorted((word for word in force if force[word] > 0), key=lambda word: -force[word])
        best = set(speaking[:most])
        chosen.append([word for word in force if word in best])
    return chosen
