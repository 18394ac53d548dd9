"""Clauses to labels: which types, how sure, how severe, whether worth highlighting, and which words decided.

Two linear stages (see `features`, `scoring`, `context`), read from one file and run with numpy alone.
Trained by `make model`; what it learned from and how well it does stands in `model/MODEL_CARD.md`.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Final

import numpy as np

from clauselight.contract.vocabulary import Confidence, Severity

from . import other_languages
from .blocks import BlockKind
from .context import pair_features, subject_features, worth_features
from .model.file import Floats, Model, load
from .opposites import by_another, without_opposites
from .other_languages import OtherLanguages
from .quotes import QuoteScores, severity_inputs, shares_of
from .scoring import Read, deciding_words, read, scores, scores_of
from .segment import Clause

LANGUAGES: Final = ("en", *other_languages.LANGUAGES)
"""English, which there are whole labelled policies for, and those in which a few types are known."""
MOST_TYPES: Final = 4
"""Types a clause is given at most, as in our labels."""
MOST_WORDS: Final = 6
"""Deciding words that are named."""


class UnknownLanguage(Exception):
    """There are no labels for this language, so nothing honest can be said. `language` is its code."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.language = language


@dataclass(frozen=True, slots=True)
class Finding:
    """One label of one clause. `probability` is calibrated on whole policies of services not learned from.
    `words` are empty for what is neither the clause's best label nor sure, or unsure and not worth it."""

    clause_type: str
    probability: float
    confidence: Confidence
    severity: Severity
    highlight: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentScores:
    """All that is computed of a document: its sentences as the model sees them, first stage (sentences,
    outputs), and after the second stage the probabilities of the types and of being worth highlighting."""

    sentences: Read
    first: Floats
    types: Floats
    worth: Floats


@dataclass(frozen=True, slots=True)
class QuoteLabel:
    """What a quote alone, picked because it matters, is most likely about."""

    types: tuple[tuple[str, float], ...]
    severity: Severity


class Classifier:
    """A loaded model: the one for English, and what is known of other languages."""

    def __init__(self, model: Model, others: OtherLanguages) -> None:
        self.model = model
        self._others = others
        both = sha256(f"{model.digest} {others.digest}".encode()).hexdigest()
        self.version = f"clauses-{both[:12]}"
        self._severity_order = tuple(Severity(name) for name in model.meta["severities"])
        self._type_severity = tuple(Severity(name) for name in model.meta["type_severities"])
        self._may_highlight = model.type_facts[:, 2] > 0

    def judge(
        self, clauses: Sequence[Clause], *, language: str, told: Container[int] | None = None
    ) -> list[list[Finding]]:
        """Findings of each clause of one document, the best first. `told`: numbers of the clauses that are
        asked about; the others are read with them and answered with nothing. Raises UnknownLanguage."""
        if language not in LANGUAGES:
            raise UnknownLanguage(language)
        judged = [i for i, clause in enumerate(clauses) if clause.kind is not BlockKind.HEADING]
        found: list[list[Finding]] = [[] for _ in clauses]
        if language in other_languages.LANGUAGES:
            for i in judged:
                if told is None or i in told:
                    found[i] = self._other_findings(clauses[i].text, language)
            return found
        document = self.document([clauses[i].text for i in judged])
        for row, i in enumerate(judged):
            if told is None or i in told:
                found[i] = self._findings(row, document)
        return found

    def types_known(self, language: str) -> tuple[str, ...] | None:
        """Clause types that are known in a language, in alphabetical order; None when all are."""
        return self._others.known[language].types if language in other_languages.LANGUAGES else None

    def document(self, texts: Sequence[str]) -> DocumentScores:
        """Scores of the sentences of a whole document, in reading order."""
        model = self.model
        sentences = read(texts, model)
        first = scores_of(sentences, model)
        if not len(texts):
            return DocumentScores(sentences, first, np.zeros((0, len(model.types)), np.float32), first[:, 0])
        part = {name: first[:, where] for name, where in model.outputs.items()}
        own = pair_features(part["types"]) @ model.pair_weights + model.pair_biases
        around = subject_features(part["plain"], part["subjects"])
        types = _joined(own, around, model.subject_weights, model.subject_biases)
        inputs = worth_features(part, texts, types, model.type_facts)
        worth = _probability((inputs @ model.worth_weights.T + model.worth_biases).mean(axis=1))
        # Worth highlighting needs a right label as well: what is marked for the wrong reason helps nobody.
        # Two of the four regressions ask for that already, so it counts by its root.
        worth = worth * np.sqrt(types.max(axis=1))
        worth = np.where(self._may_highlight[types.argmax(axis=1)], worth, 0)
        return DocumentScores(sentences, first, types, worth.astype(np.float32))

    def quote(self, text: str) -> QuoteLabel:
        """The most likely types of a single quote with calibrated confidence, and its severity."""
        model = self.model
        first = scores([text], model)
        of = QuoteScores(*(first[:, model.outputs[name]] for name in ("quotes", "cases", "severity")))
        types, cases, together = model.meta["quote_sharpness"]
        all_shares = shares_of(of, model.case_types, (types, cases, together))
        shares = all_shares[0]
        order = np.argsort(-shares, kind="stable")
        a, b, c = model.meta["quote_confidence"]
        top = float(_probability(a * _logit(shares[order[0]]) + b * _logit(shares[order[1]]) + c))
        kept = [(model.types[order[0]], top)]
        kept += [(model.types[i], min(float(shares[i]), top)) for i in order[1:MOST_TYPES]]
        inputs = severity_inputs(of, all_shares, model.case_types, model.case_severities, cases)[0]
        severity = int((model.severity_weights @ inputs + model.severity_biases).argmax())
        return QuoteLabel(tuple(kept), self._severity_order[severity])

    def criteria(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Probabilities of the types that UNFAIR-ToS looked for, by its criteria, for a whole document."""
        model = self.model
        first = scores(texts, model)
        part = {name: first[:, where] for name, where in model.outputs.items()}
        names = model.meta["unfair"]
        strict, ours, bias = model.criteria_weights.T
        own = part["unfair"] * strict + part["types"][:, [model.types.index(n) for n in names]] * ours + bias
        around = subject_features(part["plain"], part["subjects"])
        found = _joined(own, around, model.criteria_subject_weights, model.criteria_subject_biases)
        return [dict(zip(names, row, strict=True)) for row in found.tolist()]

    def _findings(self, row: int, document: DocumentScores) -> list[Finding]:
        levels = self.model.meta["confidence"]
        probabilities = document.types[row]
        order = np.argsort(-probabilities, kind="stable")[: MOST_TYPES + 1]
        highlight = bool(document.worth[row] >= self.model.meta["highlight"])
        likely = {
            self.model.types[kind]: kind for kind in order.tolist() if probabilities[kind] >= levels["low"]
        }
        words = document.sentences.words[row]
        told = without_opposites([name for name in likely if not by_another(name, words)])
        kinds = [likely[name] for name in told][:MOST_TYPES]
        if not kinds:
            return []
        chances = [float(probabilities[kind]) for kind in kinds]
        levels_of = [_confidence(chance, levels) for chance in chances]
        # Half of the time of judging would go into words that nobody is ever shown.
        telling = [
            kind
            for place, kind in enumerate(kinds)
            if levels_of[place] is Confidence.HIGH
            or (place == 0 and (highlight or levels_of[place] is not Confidence.LOW))
        ]
        deciding = deciding_words(document.sentences, row, telling, self.model, MOST_WORDS)
        decided = dict(zip(telling, deciding, strict=True))
        return [
            Finding(
                self.model.types[kind],
                chances[place],
                levels_of[place],
                self._type_severity[kind],
                highlight and place == 0,
                tuple(decided.get(kind, ())),
            )
            for place, kind in enumerate(kinds)
        ]

    def _other_findings(self, text: str, language: str) -> list[Finding]:
        found: list[Finding] = []
        for one in self._others.judge(text, language, MOST_WORDS)[:MOST_TYPES]:
            kind = self.model.types.index(one.clause_type)
            marked = not found and one.probability >= self._others.highlight and self._may_highlight[kind]
            severity = self._type_severity[kind]
            found.append(
                Finding(
                    one.clause_type, one.probability, Confidence.MEDIUM, severity, bool(marked), one.words
                )
            )
        return found


def _confidence(probability: float, levels: dict[str, float]) -> Confidence:
    if probability >= levels["high"]:
        return Confidence.HIGH
    return Confidence.MEDIUM if probability >= levels["medium"] else Confidence.LOW


def _joined(own: Floats, around: Floats, weights: Floats, biases: Floats) -> Floats:
    """Probabilities of types from what is known of each by itself and what stands beside and around it."""
    return _probability(own * weights[:, 0] + around @ weights[:, 1:].T + biases)


def _probability(value: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-value)), dtype=np.float32)


def _logit(share: float) -> float:
    clipped = min(max(float(share), 1e-6), 1 - 1e-6)
    return float(np.log(clipped / (1 - clipped)))


@cache
def load_classifier() -> Classifier:
    """The classifier of this installation, read once."""
    return Classifier(load(), other_languages.load())
