"""The model's file read back: `clauses.npz`, at most 2 MB, numpy alone."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.intp]
FILE = Path(__file__).with_name("clauses.npz")
GROUP = 25
"""Directions that stand together in the file, feature by feature."""


@dataclass(frozen=True)
class Model:
    """Weights of both stages.

    A sentence's first-stage scores are the sum over its features of importance times direction, divided in
    each block by the root of the squared importances, times `heads`, plus `biases`.
    """

    vocabularies: tuple[dict[str, int], ...]
    """Feature to row, for each block of `features.BLOCKS`."""
    names: tuple[str, ...]
    """Features by their rows."""
    blocks: Ints
    """Rows at which the second and each later block begins."""
    importance: Floats
    directions: npt.NDArray[np.int8]
    heads: Floats
    biases: Floats
    type_facts: Floats
    pair_weights: Floats
    pair_biases: Floats
    worth_weights: Floats
    worth_biases: Floats
    subject_weights: Floats
    subject_biases: Floats
    criteria_weights: Floats
    criteria_subject_weights: Floats
    criteria_subject_biases: Floats
    case_severities: Floats
    severity_weights: Floats
    severity_biases: Floats
    meta: dict[str, Any]
    digest: str

    @cached_property
    def types(self) -> tuple[str, ...]:
        """Ids of the clause types, in the order of the outputs."""
        return tuple(self.meta["types"])

    @cached_property
    def outputs(self) -> dict[str, slice]:
        """Which columns of the heads are what."""
        return parts(len(self.types), len(self.meta["unfair"]), self.meta["cases"])

    @cached_property
    def case_types(self) -> npt.NDArray[np.intp]:
        """The type of each case of quotes, as its place among the types."""
        return np.array(self.meta["case_types"], dtype=np.intp)


def parts(types: int, unfair: int, cases: int, severities: int = 5) -> dict[str, slice]:
    """Columns of the first stage's outputs by what they are. `subjects` are those that say what a sentence is
    about in a document, `plain` all but the cases of quotes."""
    found, start = {}, 0
    sizes = {"types": types, "unfair": unfair, "worth": 2, "quotes": types, "severity": severities}
    for name, size in sizes.items():
        found[name] = slice(start, start + size)
        start += size
    found["subjects"] = slice(0, types + unfair)
    found["plain"] = slice(0, start)
    found["cases"] = slice(start, start + cases)
    return found


def load(path: Path = FILE) -> Model:
    """Read the file; raises OSError or ValueError when it is missing or broken."""
    data = path.read_bytes()
    try:
        return _read(data)
    except (BadZipFile, EOFError, KeyError, zlib.error) as error:
        raise ValueError(f"{path.name} is no model, or a broken one: {error}") from error


def _read(data: bytes) -> Model:
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        names = arrays["names"].tobytes().decode().split("\n")
        vocabularies, start = [], 0
        for size in arrays["sizes"].tolist():
            vocabularies.append({name: start + i for i, name in enumerate(names[start : start + size])})
            start += size
        return Model(
            vocabularies=tuple(vocabularies),
            names=tuple(names),
            blocks=np.cumsum(arrays["sizes"])[:-1].astype(np.intp),
            importance=arrays["importance"].astype(np.float32),
            directions=_directions(arrays["directions"].tobytes(), len(names)),
            meta=json.loads(arrays["meta"].tobytes()),
            digest=sha256(data).hexdigest(),
            **{
                name: arrays[name].astype(np.float32)
                for name in (
                    "heads",
                    "biases",
                    "type_facts",
                    "pair_weights",
                    "pair_biases",
                    "worth_weights",
                    "worth_biases",
                    "subject_weights",
                    "subject_biases",
                    "criteria_weights",
                    "criteria_subject_weights",
                    "criteria_subject_biases",
                    "case_severities",
                    "severity_weights",
                    "severity_biases",
                )
            },
        )


def _directions(squeezed: bytes, features: int) -> npt.NDArray[np.int8]:
    """(features, directions) from the groups that `training.pack` writes one after another."""
    levels = np.frombuffer(zlib.decompress(squeezed), dtype=np.int8)
    return np.concatenate(list(levels.reshape(-1, features, GROUP)), axis=1)
