"""The model's file holds what was fitted, as closely as its room allows, and reads back as it was written."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from clauselight.analysis.model.file import FILE, GROUP, load
from clauselight.analysis.scoring import scores
from training.matrix import LEAST_SENTENCES, Features
from training.meaning import learn
from training.pack import DIRECTIONS, pack, squeezed, write

SENTENCES = [
    f"We {may} {act} your {what} {when}"
    for may in ("may", "will not", "never", "can always")
    for act in ("sell", "share", "delete", "keep", "read", "close")
    for what in ("data", "account", "messages", "location")
    for when in ("at any time.", "for a year.", "without notice.")
]
HEADS = 2 * DIRECTIONS


def test_every_level_is_read_back_where_it_was() -> None:
    """From the file of the product, packed again by itself: the same bytes of the same levels."""
    with np.load(FILE, allow_pickle=False) as arrays:
        assert squeezed(load().directions) == arrays["directions"].tobytes()


def test_directions_come_in_whole_groups() -> None:
    assert DIRECTIONS % GROUP == 0


def test_scores_from_the_file_are_those_of_the_weights(tmp_path: Path) -> None:
    features = Features(SENTENCES, learn(SENTENCES * LEAST_SENTENCES))
    matrix = features.rows(SENTENCES)
    draw = np.random.RandomState(0)
    # Of few directions, as the weights of heads that look for like words are.
    weights = draw.normal(size=(HEADS, 5)) @ draw.normal(size=(5, matrix.shape[1]))
    biases = draw.normal(size=HEADS)
    arrays = pack(features, features.use(SENTENCES), weights, biases, np.ones(HEADS))
    with np.load(FILE, allow_pickle=False) as others:
        rest = {name: others[name] for name in others.files if name not in arrays}
    meta = rest.pop("meta")
    file = tmp_path / "model.npz"
    write(file, arrays | rest, {"packed": int(meta[0])})
    wanted = matrix @ weights.T + biases
    found = scores(SENTENCES, load(file))
    assert np.corrcoef(found.ravel(), wanted.ravel())[0, 1] > 0.999


def test_use_tells_what_sentences_hold() -> None:
    features = Features(SENTENCES, learn(SENTENCES))
    use = features.use(SENTENCES)
    plain = features.plain.vocabulary
    assert len(use) == len(plain) + len(features.stems.vocabulary) + len(features.meanings.vocabulary)
    assert (use >= 0).all()
    assert features.use(["We sell data."])[plain["sell"]] > 0
    assert features.use(["We sell data."])[plain["account"]] == 0


def test_levels_that_are_cut_off_are_refused(tmp_path: Path) -> None:
    with np.load(FILE, allow_pickle=False) as arrays:
        content = dict(arrays)
    broken = tmp_path / "broken.npz"
    np.savez(broken, **(content | {"directions": content["directions"][:1000]}))
    with pytest.raises(ValueError, match=re.escape("broken.npz is no model, or a broken one")):
        load(broken)
