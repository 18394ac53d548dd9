"""All of the training, in order: texts, features, heads, second stage, calibration."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from training import corpus
from training.corpus import UNFAIR, Row
from training.heads import Task, fit_heads, folds_of
from training.matrix import Features
from training.meaning import learn
from training.pack import pack
from training.second import fit_types, fit_worth, worth_inputs

SEVERITIES = ("critical", "high", "medium", "low", "protective")
WEIGHT_OF_SEVERITY = {"critical": 3.0, "high": 2.0, "medium": 1.0, "low": 0.0, "protective": 1.0}
UNSURE = 0.3
"""Weight of a sentence that the annotator called ambiguous."""
FOREIGN = 0.5
"""Weight of rows of other sources where ours are many."""
RARE = 60
"""ToS;DR quotes below which a type also learns from sentences of policies when quotes are judged."""
WRITTEN = 3.0
"""Weight of the sentences that we wrote: each stands for many that the sources hardly have, such as a
plain sale."""
FEW = 0.3
"""Weight of those."""

CONFIDENCE = {"high": 0.96, "medium": 0.7, "low": 0.4}
"""Least probability of each level: found on sentences of services held out in training; on the yardstick
the best type is right in 96 of 100 labels of high confidence."""
HIGHLIGHT = 0.15
"""Least product of being right and being worth it for a highlight. Chosen on the yardstick: nearly seven in
ten of the sentences that should be marked are, and nearly nine in ten of the marks are wanted or fair; 0.2 is
surer (92 in 100 of the right type) and finds six in ten."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Rows by what they are for. `documents` are whole policies of ours, `terms` those of UNFAIR-ToS."""

    documents: list[Row]
    quotes: list[Row]
    terms: list[Row]
    unlabelled: list[str]


def load(data: Path, severities: dict[str, str]) -> Corpus:
    """Everything that training may see; nothing of the dev services' labels."""
    labels = data / "labels"
    documents = corpus.our_labels("background", data, severities)
    documents += corpus.our_extraction_labels(data, severities)
    quotes = [*corpus.quotes(labels / "train.jsonl.gz"), *corpus.written()]
    terms = corpus.unfair_documents(labels / "unfair_docs.jsonl.gz", "train")
    pages = corpus.read(data / "extraction" / "pages_dev.jsonl.gz")
    unlabelled = [row["text"] for row in corpus.read(data / "anchoring" / "texts.jsonl.gz")]
    unlabelled += [page["truth_text"] for page in pages if page["lang"] == "en"]
    unlabelled += [row["text"] for row in corpus.read(labels / "background.jsonl.gz")]
    unlabelled += [row.text for row in (*quotes, *terms)]
    return Corpus(corpus.without_headings(documents), quotes, terms, unlabelled)


def _quote_probabilities(scores: np.ndarray, sharpness: float) -> np.ndarray:
    powers = np.exp((scores - scores.max(axis=1, keepdims=True)) * sharpness)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def fit(
    data: Path, say: Callable[[str], None], tick: Callable[[int, int], None], kept: Path | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Arrays and meta data of the model's file. `kept` is a file of fitted heads, written when it is
    missing and read when it is there, to try the second stage without the first."""
    taxonomy = json.loads((data / "labels" / "taxonomy.json").read_text(encoding="utf-8"))["types"]
    names = [entry["id"] for entry in taxonomy]
    severities = {entry["id"]: entry["severity"] for entry in taxonomy}
    facts = np.array(
        [
            [WEIGHT_OF_SEVERITY[e["severity"]], e["severity"] == "protective", e["highlight"]]
            for e in taxonomy
        ],
        dtype=np.float32,
    )
    material = load(data, severities)
    documents, quotes, terms = material.documents, material.quotes, material.terms
    rows = [*documents, *quotes, *terms]
    say(f"{len(documents)} sentences of policies, {len(quotes)} quotes, {len(terms)} sentences of terms")
    meanings = learn(material.unlabelled)
    say(f"{len(meanings.vocabulary)} words with a meaning")
    features = Features([row.text for row in rows], meanings)
    matrix = features.rows([row.text for row in rows])
    say(f"{matrix.shape[1]} features")

    every = np.arange(len(rows))
    d, q = len(documents), len(documents) + len(quotes)
    weight = np.array([1.0 if row.sure else UNSURE for row in documents] + [FOREIGN] * (len(rows) - d))
    weight[d:q] = [WRITTEN if row.source == "written" else FOREIGN for row in quotes]
    from_tosdr = np.array([d <= i < q and rows[i].source != "unfair-tos" for i in every])
    of_unfair = sorted(UNFAIR)

    def has(name: str) -> np.ndarray:
        return np.array([name in row.types for row in rows])

    tasks = []
    for name in names:
        use = every[(every < d) | from_tosdr | ((every >= q) & (name in UNFAIR))]
        tasks.append(Task(use, has(name), weight, 0.25))
    grade = np.array([row.worth or 0 for row in rows])
    for least in (2, 1):
        tasks.append(Task(every[:d], grade >= least, np.ones(len(rows)), 0.1, balance=2.0))
    unfair_weight = np.where(every >= q, 1.0, 0.3)
    for name in of_unfair:
        tasks.append(Task(every[(every >= q) | from_tosdr], has(name), unfair_weight, 0.3))
    common = Counter(row.types[0] for row in quotes)
    rare = np.array(
        [bool(row.types) and row.sure and common[row.types[0]] < RARE for row in documents]
        + [False] * (len(rows) - d)
    )
    of_quotes = every[((every >= d) & (every < q)) | rare]
    main = np.array([row.types[0] if row.types else "" for row in rows])
    for name in names:
        positives = max(1, int((main[of_quotes] == name).sum()))
        balance = np.where(main == name, len(of_quotes) / (len(names) * positives), 1.0)
        balance = np.where(main == name, np.clip(balance, 0.2, 5.0), 1.0)
        tasks.append(Task(of_quotes, main == name, np.where(every < d, FEW, 1.0) * balance, 0.3))
    for severity in SEVERITIES:
        target = np.array([row.severity == severity for row in rows])
        tasks.append(Task(every[d:q], target, np.ones(len(rows)), 0.3))

    folds = folds_of([row.service for row in rows])
    wanted = every
    done = iter(range(1, len(tasks) + 1))
    if kept is None or not kept.exists():
        heads = fit_heads(matrix, folds, wanted, tasks, lambda: tick(next(done), len(tasks)))
        weights = np.stack([head.weights for head in heads])
        biases = np.array([head.bias for head in heads])
        held_out = np.column_stack([head.held_out for head in heads])
        if kept is not None:
            np.savez(kept, weights=weights, biases=biases, held_out=held_out)
    else:
        with np.load(kept) as before:
            weights, biases, held_out = before["weights"], before["biases"], before["held_out"]
    t, u = len(names), len(of_unfair)
    part = {
        "types": slice(0, t),
        "worth": slice(t, t + 2),
        "unfair": slice(t + 2, t + 2 + u),
        "quotes": slice(t + 2 + u, 2 * t + 2 + u),
        "severity": slice(2 * t + 2 + u, 2 * t + 2 + u + len(SEVERITIES)),
    }
    of_documents = {key: held_out[:d, where] for key, where in part.items()}
    stage = fit_types(of_documents["types"], documents, names)
    inputs, probabilities = worth_inputs(documents, of_documents, stage, facts)
    graded = np.array([row.document.startswith("extraction/") for row in documents])
    worth = fit_worth(inputs, grade[:d] == 2, 0.1)
    fair = fit_worth(inputs[graded], grade[:d][graded] >= 1, 0.1)

    of_quotes_only = held_out[d:q, part["quotes"]]
    truth = np.array([[name in row.types for name in names] for row in quotes])
    best_sharpness = min(
        np.arange(1.0, 8.0, 0.25),
        key=lambda s: (
            -np.log(np.maximum((_quote_probabilities(of_quotes_only, s) * truth).sum(axis=1), 1e-9)).mean()
        ),
    )
    sure = _quote_probabilities(of_quotes_only, best_sharpness)
    ordered = np.sort(sure, axis=1)
    right = truth[np.arange(len(quotes)), sure.argmax(axis=1)]
    confidence = LogisticRegression(C=10.0).fit(
        np.column_stack([_logit(ordered[:, -1]), _logit(ordered[:, -2])]), right
    )
    severity = _fit_severity(held_out[d:q, part["severity"]], sure, names, severities, quotes)

    criteria = _fit_criteria(held_out[q:], part, names, terms)
    arrays: dict[str, Any] = pack(features, weights, biases)
    arrays |= {
        "type_facts": facts,
        "pair_weights": stage.weights.astype(np.float32),
        "pair_biases": stage.biases.astype(np.float32),
        "worth_weights": np.stack([worth.weights, fair.weights]).astype(np.float32),
        "worth_biases": np.array([worth.bias, fair.bias], dtype=np.float32),
        "criteria_weights": criteria.astype(np.float32),
        "severity_weights": severity[0].astype(np.float32),
        "severity_biases": severity[1].astype(np.float32),
    }
    meta = {
        "types": names,
        "severities": list(SEVERITIES),
        "type_severities": [severities[name] for name in names],
        "unfair": of_unfair,
        "quote_sharpness": float(best_sharpness),
        "quote_confidence": [round(float(x), 6) for x in (*confidence.coef_[0], confidence.intercept_[0])],
        "confidence": CONFIDENCE,
        "highlight": HIGHLIGHT,
        "rows": {"policies": len(documents), "quotes": len(quotes), "terms": len(terms)},
    }
    report = {"held_out_types": probabilities, "documents": documents, "inputs": inputs}
    return arrays, {"meta": meta, "report": report}


def _fit_criteria(
    scores: np.ndarray, part: dict[str, slice], names: list[str], terms: list[Row]
) -> np.ndarray:
    """Weights (types, 3) that turn the score under UNFAIR-ToS's criteria and ours into a probability."""
    found = []
    for place, name in enumerate(sorted(UNFAIR)):
        inputs = np.column_stack(
            [scores[:, part["unfair"]][:, place], scores[:, part["types"]][:, names.index(name)]]
        )
        model = LogisticRegression(C=1.0).fit(inputs, [name in row.types for row in terms])
        found.append([*model.coef_[0], model.intercept_[0]])
    return np.array(found)


def _logit(p: np.ndarray) -> np.ndarray:
    clipped = np.clip(p, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(clipped / (1 - clipped)))


def _fit_severity(
    scores: np.ndarray, sure: np.ndarray, names: list[str], severities: dict[str, str], quotes: list[Row]
) -> tuple[np.ndarray, np.ndarray]:
    """Severity of a quote from its severity scores and its type's probabilities."""
    inputs = np.column_stack([scores, sure])
    target = np.array([SEVERITIES.index(row.severity or "medium") for row in quotes])
    model = LogisticRegression(C=1.0, max_iter=1000).fit(inputs, target)
    return model.coef_, model.intercept_
