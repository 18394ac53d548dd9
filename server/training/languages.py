"""Fits `languages.npz`: the kinds of clauses that are known in German, Italian and Polish.

The labelled sentences of these languages all have a type. What has none is learned from sentences that we
wrote (`labels/neutral.tsv`) and, in German, from pages without terms: their sentences count as being of no
type unless a first fit takes them for one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from clauselight.analysis.other_languages import LANGUAGES, features, shortened
from training import corpus
from training.heads import Task, fit_head, folds_of
from training.sentences import sentences

LEAST_SENTENCES = 3
"""Sentences a feature must stand in."""
LEAST_ROWS = 20
"""Labelled sentences a type needs in a language to be learned; what has fewer is left out."""
STRICTNESS = 1.0
NEUTRAL = 3.0
"""Weight of a sentence that we wrote: there are few, and most sentences of a policy are like them."""
LEAST = 0.7
"""Probability from which a label is given: that of medium confidence in English."""
HIGHLIGHT = 0.9
"""Probability from which it is highlighted."""
LIKELY = 0.3
"""Score of the first fit (-1 surely not, 1 surely) above which a sentence of a page is left out, for it may
have the type: of the pages at hand a dozen are."""
AS_OFTEN = 5.0
"""Weight of a page's sentence in calibration. There are about as many as labelled ones; in a document of
terms one sentence in six or so has one of these types."""
STEPS = 127
"""Steps from zero to the largest weight, one byte each."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Text, its service, its types, and how much it counts."""

    text: str
    service: str
    types: tuple[str, ...]
    weight: float = 1.0


def labelled(data: Path, language: str, split: str) -> list[Sentence]:
    """Rows of one language and split."""
    return [
        Sentence(row["text"], row["service"], tuple(row["clause_types"]))
        for row in corpus.read(data / "labels" / "other_languages.jsonl.gz")
        if row["lang"] == language and row["split"] == split
    ]


def neutral(language: str) -> list[Sentence]:
    """Sentences without a type that we wrote."""
    lines = (corpus.LABELS / "neutral.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    return [
        Sentence(text, f"neutral-{i}", (), NEUTRAL) for i, (code, text) in enumerate(rows) if code == language
    ]


def pages(data: Path, language: str) -> list[Sentence]:
    """Different sentences of the pages of a language, each once, in order."""
    found: dict[str, Sentence] = {}
    for page in corpus.read(data / "extraction" / "pages_dev.jsonl.gz"):
        if page["lang"] == language:
            for text, heading in sentences(page["truth_md"]):
                if not heading:
                    found.setdefault(text, Sentence(text, f"page-{len(found) % 8}", ()))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights (features, types), biases, and out-of-fold scores with the truth and weight of each row."""

    names: list[str]
    types: list[str]
    weights: np.ndarray
    biases: np.ndarray
    held_out: np.ndarray
    truth: np.ndarray
    counts: np.ndarray


def _matrix(rows: Sequence[Sentence], vocabulary: dict[str, int]) -> sp.csr_matrix:
    columns, values, ends = [], [], [0]
    for row in rows:
        found = features(shortened(row.text))
        here = sorted(vocabulary[name] for name in found if name in vocabulary)
        columns += here
        values += [1 / np.sqrt(max(1, len(found)))] * len(here)
        ends.append(len(columns))
    return sp.csr_matrix((values, columns, ends), shape=(len(rows), len(vocabulary)))


def fit_language(rows: Sequence[Sentence]) -> Fitted:
    """One head for each type that has enough rows."""
    often = Counter(name for row in rows for name in row.types)
    types = sorted(name for name, count in often.items() if count >= LEAST_ROWS)
    frequency = Counter(name for row in rows for name in features(shortened(row.text)))
    names = sorted(name for name, count in frequency.items() if count >= LEAST_SENTENCES)
    matrix = _matrix(rows, {name: i for i, name in enumerate(names)})
    folds = folds_of([row.service for row in rows])
    every = np.arange(len(rows))
    weight = np.array([row.weight for row in rows])
    truth = np.array([[name in row.types for name in types] for row in rows])
    heads = [
        fit_head(matrix, folds, every, Task(every, truth[:, i], weight, STRICTNESS))
        for i in range(len(types))
    ]
    weights = np.stack([head.weights for head in heads], axis=1)
    biases = np.array([head.bias for head in heads], dtype=np.float32)
    held_out = np.column_stack([head.held_out for head in heads])
    return Fitted(names, types, weights, biases, held_out, truth, weight)


def _curve(scores: np.ndarray, truth: np.ndarray, counts: np.ndarray) -> list[float]:
    """Factor and addend that turn a score into the logarithm of the odds, one for all types: most have too
    few sentences for one of their own."""
    weight = np.repeat(counts, scores.shape[1])
    curve = LogisticRegression(C=100.0).fit(scores.reshape(-1, 1), truth.ravel(), sample_weight=weight)
    return [round(float(curve.coef_[0, 0]), 6), round(float(curve.intercept_[0]), 6)]


def fit(data: Path, say: Callable[[str], None]) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """Arrays and meta data of the file."""
    arrays: dict[str, np.ndarray] = {}
    types, steps, curves = {}, {}, {}
    unseen: list[float] = []
    for code in LANGUAGES:
        rows = [*labelled(data, code, "train"), *neutral(code)]
        one = fit_language(rows)
        if unknown := pages(data, code):
            vocabulary = {name: i for i, name in enumerate(one.names)}
            scores = _matrix(unknown, vocabulary) @ one.weights + one.biases
            kept = scores.max(axis=1) <= LIKELY
            # How far a fit without pages may be trusted on a page shows on these, which it has not seen.
            unseen = _curve(
                np.vstack([one.held_out, scores[kept]]),
                np.vstack([one.truth, np.zeros_like(scores[kept], dtype=bool)]),
                np.concatenate([one.counts, np.full(kept.sum(), AS_OFTEN)]),
            )
            rows += [row for row, use in zip(unknown, kept, strict=True) if use]
            one = fit_language(rows)
            curves[code] = _curve(one.held_out, one.truth, one.counts)
        else:
            curves[code] = unseen
        say(f"{code}: {len(rows)} sentences, {len(one.names)} features, {len(one.types)} types")
        types[code] = one.types
        steps[code] = step = float(np.abs(one.weights).max()) / STEPS
        arrays[f"{code}_names"] = np.frombuffer("\n".join(one.names).encode(), dtype=np.uint8)
        arrays[f"{code}_weights"] = np.round(one.weights / step).astype(np.int8)
        arrays[f"{code}_biases"] = one.biases
    meta = {"types": types, "steps": steps, "calibration": curves, "least": LEAST, "highlight": HIGHLIGHT}
    return arrays, meta
