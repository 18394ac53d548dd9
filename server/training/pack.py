"""The model's file: fewer directions and coarse steps instead of full weights."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from training.matrix import Features
from training.meaning import LENGTH_FIT

DIRECTIONS = 200
"""Rank of the weights of some 400 heads. Many directions in few steps come closer to the weights as fitted
than few directions in many: 110 in 150 steps take the same room and lose 1.5 points of severity on quotes."""
STEPS = 89
"""Steps from zero to the largest effect of a feature. One step for all directions, so that room is spent
where the heads are moved most."""


def pack(
    features: Features, weights: np.ndarray, biases: np.ndarray, scale: np.ndarray
) -> dict[str, np.ndarray]:
    """Arrays of the file from weights (heads, features) as fitted; errors of a head with a larger `scale`
    count for more."""
    counted = len(features.plain.vocabulary) + len(features.stems.vocabulary)
    meaning = features.meanings.vectors @ weights[:, counted:].T / LENGTH_FIT
    table = np.vstack([weights[:, :counted].T, meaning]).astype(np.float64)
    blocks = [features.plain.vocabulary, features.stems.vocabulary, features.meanings.vocabulary]
    importance = np.concatenate([features.plain.weights, features.stems.weights, features.meanings.weights])
    left, strength, right = np.linalg.svd(table * scale, full_matrices=False)
    # A singular vector may point either way; the larger part decides, so that every machine writes the same.
    sign = np.sign(right[np.arange(len(right)), np.abs(right).argmax(axis=1)])
    directions = (left * strength * sign)[:, :DIRECTIONS]
    heads = (right * sign[:, None])[:DIRECTIONS] / scale
    step = float(np.abs(directions * importance[:, None]).max()) / STEPS
    levels = np.clip(np.round(directions / step), -127, 127)
    names = "\n".join(name for block in blocks for name in block)
    return {
        "names": np.frombuffer(names.encode(), dtype=np.uint8),
        "sizes": np.array([len(block) for block in blocks], dtype=np.int32),
        "importance": importance.astype(np.float16),
        "directions": levels.astype(np.int8),
        "heads": (heads * step).astype(np.float16),
        "biases": biases.astype(np.float32),
    }


def write(path: Path, arrays: dict[str, np.ndarray], meta: dict[str, Any]) -> None:
    """One compressed file, the same bytes for the same contents (numpy writes no times)."""
    text = json.dumps(meta, sort_keys=True, separators=(",", ":")).encode()
    np.savez_compressed(path, meta=np.frombuffer(text, dtype=np.uint8), **arrays)
