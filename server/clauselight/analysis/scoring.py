"""First stage at run time: sentences to scores, all of a document at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np

from clauselight.analysis.features import BLOCKS, stems, words
from clauselight.analysis.model.file import Floats, Ints, Model

AT_ONCE: Final = 2_000
"""Rows that are summed at a time: they stay in a processor's cache, which halves the time."""


@dataclass(frozen=True, slots=True)
class Read:
    """Sentences as the model sees them: their words, and the rows of their features with weights.

    The rows of sentence `i` stand from `starts[i]` to `starts[i + 1]`.
    """

    words: list[list[str]]
    rows: Ints
    weights: Floats
    starts: list[int]


def read(texts: Sequence[str], model: Model) -> Read:
    """The sentences of a document."""
    found = [words(text) for text in texts]
    pieces: list[list[int]] = []
    lengths: list[int] = []
    get = [vocabulary.get for vocabulary in model.vocabularies]
    for sentence in found:
        for features, row_of in zip(BLOCKS, get, strict=True):
            here = [row for row in map(row_of, features(sentence)) if row is not None]
            pieces.append(here)
            lengths.append(len(here))
    rows = np.fromiter(chain.from_iterable(pieces), np.intp, sum(lengths))
    # Each piece in the order of the model's file: a set of words comes in another order in every process, and
    # sums of rounded numbers in another order differ in their last digits.
    before = np.repeat(np.arange(len(lengths)), lengths) * len(model.names)
    rows = np.sort(rows + before) - before
    weights = model.importance[rows]
    ends = np.cumsum([0, *lengths])
    squares = np.concatenate([[0.0], np.cumsum(weights.astype(np.float64) ** 2)])
    norms = np.sqrt(np.maximum(squares[ends[1:]] - squares[ends[:-1]], 1e-12))
    weights = (weights / np.repeat(norms, lengths)).astype(np.float32)
    return Read(found, rows, weights, ends[:: len(BLOCKS)].tolist())


def scores(texts: Sequence[str], model: Model) -> Floats:
    """First-stage scores (sentences, outputs)."""
    return scores_of(read(texts, model), model)


def scores_of(sentences: Read, model: Model) -> Floats:
    """The same of sentences that were read."""
    starts, count = sentences.starts, len(sentences.words)
    summed = np.zeros((count, model.heads.shape[0]), np.float32)
    first = 0
    while first < count:
        last = first + 1
        while last < count and starts[last + 1] - starts[first] <= AT_ONCE:
            last += 1
        here = slice(starts[first], starts[last])
        weighted = model.directions[sentences.rows[here]].astype(np.float32)
        weighted *= sentences.weights[here, None]
        edges = np.array(starts[first : last + 1]) - starts[first]
        filled = edges[1:] > edges[:-1]
        if filled.any():
            summed[first:last][filled] = np.add.reduceat(weighted, edges[:-1][filled], axis=0)
        first = last
    result: Floats = summed @ model.heads + model.biases
    return result


def deciding_words(
    sentences: Read, number: int, columns: Sequence[int], model: Model, most: int
) -> list[list[str]]:
    """For each of some outputs, the words of one of the sentences that speak most for it, in the order they
    stand there. A pair is the doing of both of its words."""
    here = slice(sentences.starts[number], sentences.starts[number + 1])
    rows = sentences.rows[here]
    if not columns or not len(rows):
        return [[] for _ in columns]
    moved = model.directions[rows].astype(np.float32) * sentences.weights[here, None]
    effects = (moved @ model.heads[:, list(columns)]).T.tolist()
    found = sentences.words[number]
    spoken = dict.fromkeys(zip(found, stems(found), strict=True))
    names = [model.names[row] for row in rows.tolist()]
    blocks = np.searchsorted(model.blocks, rows, side="right").tolist()
    chosen = []
    for effect in effects:
        shares: list[dict[str, float]] = [{} for _ in BLOCKS]
        for name, block, force_of in zip(names, blocks, effect, strict=True):
            share = shares[block]
            one, _, other = name.partition(" ")
            if other:
                force_of /= 2
                share[other] = share.get(other, 0.0) + force_of
            share[one] = share.get(one, 0.0) + force_of
        plain, stemmed, meant = shares
        force: dict[str, float] = {}
        for word, stem in spoken:
            total = plain.get(word, 0.0) + stemmed.get(stem, 0.0) + meant.get(word, 0.0)
            force[word] = max(force.get(word, total), total)
        speaking = sorted((word for word in force if force[word] > 0), key=lambda word: -force[word])
        best = set(speaking[:most])
        chosen.append([word for word in force if word in best])
    return chosen
