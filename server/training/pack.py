"""The model's file: fewer directions and coarse steps instead of full weights."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from clauselight.analysis.model.file import GROUP
from training.vectors import LENGTH_FIT

if TYPE_CHECKING:
    from training.matrix import Features

DIRECTIONS = 200
"""Rank of the weights of some 400 heads. Many directions in few steps come closer to the weights as fitted
than few directions in many: 110 in 150 steps take the same room and lose 1.5 points of severity on quotes."""
STEPS = 140
"""Steps from zero to the largest effect of a feature, its importance counted; no level reaches 127 of them.
One step for all directions, so that room is spent where the heads are moved most. 150 fill the file."""
BY_USE = 0.5
"""Exponent on how much of the training sentences a feature makes up, when the weights are reduced: what
stands in many sentences must be right. Of 0, 0.25 and 0.5 in the same room, this one mostly came closest to
the scores before the reduction: of policies on training sentences, of quotes on texts whose labels were not
looked at."""
LEAST_USE = 1e-4
"""Use that a word without any has: one that only unlabelled texts hold."""


def pack(
    features: Features, use: np.ndarray, weights: np.ndarray, biases: np.ndarray, scale: np.ndarray
) -> dict[str, np.ndarray]:
    """Arrays of the file from weights (heads, features) as fitted; errors of a head with a larger `scale`
    count for more, and those of a feature that is of more `use` (as `Features.use` tells it)."""
    counted = len(features.plain.vocabulary) + len(features.stems.vocabulary)
    meaning = features.meanings.vectors @ weights[:, counted:].T / LENGTH_FIT
    table = np.vstack([weights[:, :counted].T, meaning]).astype(np.float64)
    blocks = [features.plain.vocabulary, features.stems.vocabulary, features.meanings.vocabulary]
    importance = np.concatenate([features.plain.weights, features.stems.weights, features.meanings.weights])
    matters = np.maximum(use, LEAST_USE)[:, None] ** BY_USE
    left, strength, right = np.linalg.svd(table * matters * scale, full_matrices=False)
    # A singular vector may point either way; the larger part decides, so that every machine writes the same.
    sign = np.sign(right[np.arange(len(right)), np.abs(right).argmax(axis=1)])
    directions = (left * strength * sign)[:, :DIRECTIONS] / matters
    heads = (right * sign[:, None])[:DIRECTIONS] / scale
    step = float(np.abs(directions * importance[:, None]).max()) / STEPS
    levels = np.clip(np.round(directions / step), -127, 127).astype(np.int8)
    names = "\n".join(name for block in blocks for name in block)
    return {
        "names": np.frombuffer(names.encode(), dtype=np.uint8),
        "sizes": np.array([len(block) for block in blocks], dtype=np.int32),
        "importance": importance.astype(np.float16),
        "directions": np.frombuffer(squeezed(levels), dtype=np.uint8),
        "heads": (heads * step).astype(np.float16),
        "biases": biases.astype(np.float32),
    }


def squeezed(levels: np.ndarray) -> bytes:
    """The levels (features, directions) as `model.file` reads them. Directions of like strength stand
    together, so that each group has a code of its own; and since zeros are all that repeats, a search for
    longer repetitions only spoils the code: together a tenth smaller than as numpy would write them."""
    groups = np.split(levels, range(GROUP, levels.shape[1], GROUP), axis=1)
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL + 1, zlib.Z_RLE)
    return packer.compress(b"".join(group.tobytes() for group in groups)) + packer.flush()


def write(path: Path, arrays: dict[str, np.ndarray], meta: dict[str, Any]) -> None:
    """One compressed file, the same bytes for the same contents (numpy writes no times)."""
    text = json.dumps(meta, sort_keys=True, separators=(",", ":")).encode()
    np.savez_compressed(path, meta=np.frombuffer(text, dtype=np.uint8), **arrays)
