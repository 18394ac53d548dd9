"""The model's file holds what was fitted, as closely as its room allows, and reads back as it was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from clauselight.analysis.features import meaning_features, plain_features, stem_features, words
from clauselight.analysis.model.file import FILE, GROUP, load
from clauselight.analysis.scoring import scores
from training.pack import DIRECTIONS, pack, squeezed, write
from training.vectors import LENGTH_FIT, Meanings

SENTENCES = [
    f"We {may} {act} your {what} {when}"
    for may in ("may", "will not", "never", "can always")
    for act in ("sell", "share", "delete", "keep", "read", "close")
    for what in ("data", "account", "messages", "location")
    for when in ("at any time.", "for a year.", "without notice.")
]
HEADS = 2 * DIRECTIONS
DRAW = np.random.RandomState(0)


def block(features: Callable[[list[str]], set[str]]) -> tuple[dict[str, int], np.ndarray, np.ndarray]:
    """Vocabulary, weights and rows of unit length of one block of features, as training makes them."""
    found = [features(words(one)) for one in SENTENCES]
    vocabulary = {name: place for place, name in enumerate(sorted(set().union(*found)))}
    weights = DRAW.uniform(1, 3, len(vocabulary))
    rows = np.array([[weights[i] * (name in one) for name, i in vocabulary.items()] for one in found])
    return vocabulary, weights, rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_every_level_is_read_back_where_it_was() -> None:
    """From the file of the product, packed again by itself: the same bytes of the same levels."""
    with np.load(FILE, allow_pickle=False) as arrays:
        assert squeezed(load().directions) == arrays["directions"].tobytes()


def test_directions_come_in_whole_groups() -> None:
    assert DIRECTIONS % GROUP == 0


def test_scores_from_the_file_are_those_of_the_weights(tmp_path: Path) -> None:
    blocks = [block(kind) for kind in (plain_features, stem_features, meaning_features)]
    names, weights_of, rows = ([one[part] for one in blocks] for part in range(3))
    vectors = DRAW.normal(size=(len(names[2]), 5))
    features: Any = SimpleNamespace(
        plain=SimpleNamespace(vocabulary=names[0], weights=weights_of[0]),
        stems=SimpleNamespace(vocabulary=names[1], weights=weights_of[1]),
        meanings=Meanings(names[2], vectors, weights_of[2]),
    )
    matrix = np.hstack([rows[0], rows[1], rows[2] @ vectors / LENGTH_FIT])
    # Of few directions, as the weights of heads that look for like words are.
    weights = DRAW.normal(size=(HEADS, 5)) @ DRAW.normal(size=(5, matrix.shape[1]))
    biases = DRAW.normal(size=HEADS)
    use = np.sqrt((np.hstack(rows) ** 2).mean(axis=0))
    arrays = pack(features, use, weights, biases, np.ones(HEADS))
    found = scores(SENTENCES, load(written(tmp_path, arrays)))
    assert np.corrcoef(found.ravel(), (matrix @ weights.T + biases).ravel())[0, 1] > 0.999


def written(folder: Path, arrays: dict[str, np.ndarray]) -> Path:
    """A file of these arrays, and of the product's for all that they leave out."""
    with np.load(FILE, allow_pickle=False) as others:
        rest = {name: others[name] for name in others.files if name not in arrays}
    file = folder / "model.npz"
    meta = rest.pop("meta")
    write(file, arrays | rest, {"packed": int(meta[0])})
    return file


def test_levels_that_are_cut_off_are_refused(tmp_path: Path) -> None:
    with np.load(FILE, allow_pickle=False) as arrays:
        content = dict(arrays)
    broken = tmp_path / "broken.npz"
    np.savez(broken, **(content | {"directions": content["directions"][:1000]}))
    with pytest.raises(ValueError, match=re.escape("broken.npz is no model, or a broken one")):
        load(broken)
