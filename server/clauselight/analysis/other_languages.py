"""The few kinds of clauses that are known in German, Italian and Polish, from a file of their own.

There are labelled sentences in these languages, but no labelled whole policies: nothing tells how often a
kind of clause occurs. So one linear score for each kind stands alone, without neighbours, a sentence needs
several telling words, and no label is ever of high confidence. Trained by `training.languages`.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from .features import plain_features, words
from .model.file import Floats

FILE: Final = Path(__file__).with_name("model") / "languages.npz"
LANGUAGES: Final = ("de", "it", "pl")
"""Languages of the file."""
STEM: Final = 6
"""Letters kept of a word: endings of German, Italian and Polish mostly stand behind."""
MOST_SURE: Final = 0.95
"""Probability that is said at most: nothing was measured on whole documents, and there is more than one way
of being wrong that labelled sentences alone do not show."""
LEAST_WORDS: Final = 3
"""Telling words a labelled sentence has at least; one or two stand in sentences of any kind."""

_LITTLE: Final = (
    "der die das den dem des und oder von zu zum zur in im für mit auf an am bei aus als wie ist sind"
    " wird werden ein eine einer einem einen eines sie ihr ihre ihren ihrem ihrer ihres wir uns unser"
    " unsere unseren unserem unserer ihnen du dich dir dein deine deiner deinem deinen es er sich dies"
    " diese dieser dieses diesem diesen dass wenn ob um über unter durch nach vor bis so auch nur noch"
    " dann da hat haben kann können nicht kein keine soweit sofern gegenüber rahmen wie was man mehr"
    " sein war il lo la i gli le l un uno una di del dello della dei degli delle d da dal dalla in nel"
    " nella nei nelle con su sul sulla per tra fra e ed o oppure che chi cui non si è sono ha hanno ai"
    " al alla allo agli alle a ad come se anche più questo questa questi queste tale tali suo sua suoi"
    " sue loro nostro nostra nostri nostre tuo tua tuoi tue vostro ogni qualsiasi può possono essere"
    " utente w we z ze i oraz lub albo na do od o u po za przez dla przy nie się jest są to ten ta te"
    " tego tej tych tym że jak co które który która którego której których jego jej ich nasz nasza nasze"
    " naszych naszej naszego może mogą być być a ani także również użytkownik użytkownika jeśli"
)
LITTLE: Final = frozenset(word[:STEM] for word in _LITTLE.split())
"""Stems that alone say nothing of a kind of clause; beside another word they do ("nicht haftbar")."""


def shortened(text: str) -> list[str]:
    """Words of a sentence without their endings, in order."""
    return [word[:STEM] for word in words(text)]


def features(short: list[str]) -> set[str]:
    """Telling stems, and pairs of neighbours of which one is telling."""
    return {name for name in plain_features(short) if not LITTLE.issuperset(name.split(" "))}


@dataclass(frozen=True, slots=True)
class Known:
    """What the file holds of one language. Its vocabulary leads to rows of `weights` (features, types)."""

    vocabulary: dict[str, int]
    types: tuple[str, ...]
    weights: Floats
    biases: Floats


@dataclass(frozen=True, slots=True)
class Scored:
    """A type that a sentence has, how probable that is, and the words that decided, in their order."""

    clause_type: str
    probability: float
    words: tuple[str, ...]


class OtherLanguages:
    """The file's contents; read when a page in one of the languages comes, for most servers never see one."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.digest = hashlib.sha256(data).hexdigest()

    @cached_property
    def _meta(self) -> dict[str, Any]:
        with np.load(io.BytesIO(self._data), allow_pickle=False) as arrays:
            meta: dict[str, Any] = json.loads(arrays["meta"].tobytes())
        return meta

    @cached_property
    def known(self) -> dict[str, Known]:
        """All languages by their codes."""
        found = {}
        with np.load(io.BytesIO(self._data), allow_pickle=False) as arrays:
            for code in LANGUAGES:
                names = arrays[f"{code}_names"].tobytes().decode().split("\n")
                found[code] = Known(
                    {name: row for row, name in enumerate(names)},
                    tuple(self._meta["types"][code]),
                    arrays[f"{code}_weights"].astype(np.float32) * np.float32(self._meta["steps"][code]),
                    arrays[f"{code}_biases"],
                )
        return found

    @property
    def least(self) -> float:
        """Probability from which a label is given."""
        return float(self._meta["least"])

    @property
    def highlight(self) -> float:
        """Probability from which a label is worth highlighting."""
        return float(self._meta["highlight"])

    def judge(self, text: str, language: str, most_words: int) -> list[Scored]:
        """Types of one sentence, the most probable first; mostly none."""
        known = self.known[language]
        short = shortened(text)
        all_of_it = features(short)
        rows = {name: known.vocabulary[name] for name in sorted(all_of_it) if name in known.vocabulary}
        if not rows:
            return []
        # Divided by all features, known or not: strange words are a reason for doubt.
        effects = known.weights[list(rows.values())] / np.sqrt(np.float32(len(all_of_it)))
        sharpness, shift = self._meta["calibration"][language]
        raw = effects.sum(axis=0) + known.biases
        probabilities = 1 / (1 + np.exp(-(sharpness * raw + shift)))
        found = []
        for column in np.argsort(-probabilities, kind="stable").tolist():
            probability = min(float(probabilities[column]), MOST_SURE)
            if probability < self.least:
                break
            telling = _telling(words(text), short, dict(zip(rows, effects[:, column].tolist(), strict=True)))
            if len(telling) >= LEAST_WORDS:
                found.append(Scored(known.types[column], probability, _strongest(telling, most_words)))
        return found


def _telling(found: Sequence[str], short: Sequence[str], effect: dict[str, float]) -> dict[str, float]:
    """Words that speak for the type, with their force; a pair is the doing of both of its words."""
    force: dict[str, float] = {}
    for name, value in effect.items():
        pieces = name.split(" ")
        for piece in pieces:
            force[piece] = force.get(piece, 0.0) + value / len(pieces)
    return {
        word: force[stem]
        for word, stem in zip(found, short, strict=True)
        if stem not in LITTLE and force.get(stem, 0.0) > 0
    }


def _strongest(telling: dict[str, float], most: int) -> tuple[str, ...]:
    chosen = set(sorted(telling, key=lambda word: -telling[word])[:most])
    return tuple(word for word in telling if word in chosen)


def load(path: Path = FILE) -> OtherLanguages:
    """Read the file; raises OSError when it is missing."""
    return OtherLanguages(path.read_bytes())
