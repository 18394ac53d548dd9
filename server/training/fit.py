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

from clauselight.analysis.context import subject_features
from clauselight.analysis.model.file import parts
from training import corpus
from training.corpus import UNFAIR, Row
from training.heads import FOLDS, Task, fit_heads, folds_of
from training.matrix import Features
from training.meaning import learn
from training.pack import pack
from training.quotes import SEVERITIES, cases_of, fit_quotes
from training.second import (
    PairStage,
    SubjectStage,
    fit_pairs,
    fit_subjects,
    fit_worth,
    held_out_probabilities,
    truth_of,
    worth_inputs,
)
from training.second import documents as rows_of_documents

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
PARAPHRASE = 2.0
"""Weight of a paraphrase of a case when quotes are judged: it is surely of that case, which a curator's one
choice out of 221 is not. Chosen on ToS;DR's training services: with 1 fewer of the rare types are found, with
4 no more."""
WORTH_STRICTNESS = 0.02
"""Of the regressions on worth (C): their features are many and their targets uncertain."""
QUOTES_MATTER = 1.5
CASES_MATTER = 0.8
"""Scale of outputs when the weights are reduced: quotes are judged by the best of 69 scores, where a small
error counts; the cases are many and only summed up."""

CONFIDENCE = {"high": 0.95, "medium": 0.7, "low": 0.4}
"""Least probability of each level: found on sentences of services held out in training; on the yardstick
the best type is right in 97 of 100 labels of high confidence."""
HIGHLIGHT = 0.165
"""Least product of being worth it and of the root of being right for a highlight. Chosen on the yardstick:
seven in ten of the sentences that should be marked are, and nine in ten of the marks are wanted or fair; at
0.26 right type and wanted or fair are 89 in 100 instead of 84, and six in ten are found."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Rows by what they are for. `documents` are whole policies of ours, `terms` those of UNFAIR-ToS,
    `denials` sentences that we wrote which have no type, though they sound like one, `paraphrases` those that
    we wrote for the cases of ToS;DR: quotes are judged by them, sentences of policies are not."""

    documents: list[Row]
    quotes: list[Row]
    terms: list[Row]
    denials: list[Row]
    paraphrases: list[Row]
    unlabelled: list[str]


def load(data: Path, severities: dict[str, str]) -> Corpus:
    """Everything that training may see; nothing of the dev services' labels."""
    labels = data / "labels"
    documents = corpus.our_labels("background", data, severities)
    documents += corpus.our_extraction_labels(data, severities)
    written = corpus.written()
    quotes = [*corpus.quotes(labels / "train.jsonl.gz"), *(row for row in written if row.types)]
    denials = [row for row in written if not row.types]
    terms = corpus.unfair_documents(labels / "unfair_docs.jsonl.gz", "train")
    pages = corpus.read(data / "extraction" / "pages_dev.jsonl.gz")
    unlabelled = [row["text"] for row in corpus.read(data / "anchoring" / "texts.jsonl.gz")]
    unlabelled += [page["truth_text"] for page in pages if page["lang"] == "en"]
    unlabelled += [row["text"] for row in corpus.read(labels / "background.jsonl.gz")]
    unlabelled += [row.text for row in (*quotes, *terms)]
    documents = corpus.without_headings(documents)
    return Corpus(documents, quotes, terms, denials, corpus.paraphrases(severities), unlabelled)


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
    told = [*documents, *quotes, *terms, *material.denials]
    rows = [*told, *material.paraphrases]
    say(f"{len(documents)} sentences of policies, {len(quotes)} quotes, {len(terms)} sentences of terms")
    say(f"{len(material.paraphrases)} paraphrases")
    meanings = learn(material.unlabelled)
    say(f"{len(meanings.vocabulary)} words with a meaning")
    features = Features([row.text for row in told], meanings)
    matrix = features.rows([row.text for row in rows])
    say(f"{matrix.shape[1]} features")

    every = np.arange(len(rows))
    d, q = len(documents), len(documents) + len(quotes)
    e, p = q + len(terms), len(told)
    weight = np.array([1.0 if row.sure else UNSURE for row in documents] + [FOREIGN] * (len(rows) - d))
    weight[e:] = WRITTEN
    weight[d:q] = [WRITTEN if row.source == "written" else FOREIGN for row in quotes]
    from_tosdr = np.array([d <= i < q and rows[i].source != "unfair-tos" for i in every])
    of_unfair = sorted(UNFAIR)

    def has(name: str) -> np.ndarray:
        return np.array([name in row.types for row in rows])

    tasks = []
    for name in names:
        judged = (every >= q) & (every < e) & (name in UNFAIR)
        use = every[(every < d) | from_tosdr | judged | ((every >= e) & (every < p))]
        tasks.append(Task(use, has(name), weight, 0.25))
    grade = np.array([row.worth or 0 for row in rows])
    unfair_weight = np.where(every >= q, 1.0, 0.3)
    for name in of_unfair:
        use = every[((every >= q) & (every < e)) | from_tosdr]
        tasks.append(Task(use, has(name), unfair_weight, 0.3))
    for least in (2, 1):
        tasks.append(Task(every[:d], grade >= least, np.ones(len(rows)), 0.1, balance=2.0))
    common = Counter(row.types[0] for row in quotes)
    rare = np.array(
        [bool(row.types) and row.sure and common[row.types[0]] < RARE for row in documents]
        + [False] * (len(rows) - d)
    )
    picked = every[((every >= d) & (every < q)) | (every >= p)]
    of_quotes = np.concatenate([np.flatnonzero(rare), picked])
    trust = np.where(every < d, FEW, np.where(every >= p, PARAPHRASE, 1.0))
    main = np.array([row.types[0] if row.types else "" for row in rows])
    for name in names:
        positives = max(1, int((main[of_quotes] == name).sum()))
        balance = np.where(main == name, len(of_quotes) / (len(names) * positives), 1.0)
        balance = np.where(main == name, np.clip(balance, 0.2, 5.0), 1.0)
        tasks.append(Task(of_quotes, main == name, trust * balance, 0.3))
    for severity in SEVERITIES:
        target = np.array([row.severity == severity for row in rows])
        tasks.append(Task(picked, target, np.ones(len(rows)), 0.3))

    cases, case_of = cases_of([rows[i] for i in picked], [rows[i] for i in np.flatnonzero(rare)])
    which = np.full(len(rows), -1)
    which[of_quotes] = case_of
    for case in range(len(cases)):
        positives = max(1, int((which == case).sum()))
        balance = np.clip(len(of_quotes) / (len(cases) * positives), 0.5, 4.0)
        weight_of = trust * np.where(which == case, balance, 1.0)
        tasks.append(Task(of_quotes, which == case, weight_of, 0.3))

    folds = np.concatenate([folds_of([row.service for row in told]), np.arange(len(rows) - p) % FOLDS])
    done = iter(range(1, len(tasks) + 1))
    if kept is None or not kept.exists():
        heads = fit_heads(matrix, folds, every, tasks, lambda: tick(next(done), len(tasks)))
        weights = np.stack([head.weights for head in heads])
        biases = np.array([head.bias for head in heads])
        held_out = np.column_stack([head.held_out for head in heads])
        if kept is not None:
            np.savez(kept, weights=weights, biases=biases, held_out=held_out)
    else:
        with np.load(kept) as before:
            weights, biases, held_out = before["weights"], before["biases"], before["held_out"]
    part = parts(len(names), len(of_unfair), len(cases))
    of_documents = {key: held_out[:d, where] for key, where in part.items()}
    sure_rows = np.array([row.sure for row in documents])
    truth = truth_of(documents, names)
    pairs = fit_pairs(of_documents["types"], documents, truth)
    own, context = second_inputs(held_out[:d], part, documents, pairs)
    say("second stage")
    subjects = fit_subjects(own, context, truth, sure_rows)
    probabilities = held_out_probabilities(own, context, truth, sure_rows, folds[:d])
    inputs = worth_inputs(documents, of_documents, probabilities, facts)
    graded = np.array([row.document.startswith("extraction/") for row in documents])
    right = truth[np.arange(d), probabilities.argmax(axis=1)]
    worth = [
        fit_worth(inputs[use], target[use], WORTH_STRICTNESS)
        for use, target in (
            (np.ones(d, dtype=bool), grade[:d] == 2),
            (graded, grade[:d] >= 1),
            (np.ones(d, dtype=bool), (grade[:d] == 2) & right),
            (graded, (grade[:d] >= 1) & right),
        )
    ]

    quoted = fit_quotes(held_out[d:q], part, quotes, cases, names)
    criteria, criteria_stage = fit_criteria(held_out[q:e], part, names, terms)
    scale = np.ones(len(weights))
    scale[part["quotes"]] = QUOTES_MATTER
    scale[part["cases"]] = CASES_MATTER
    arrays: dict[str, Any] = pack(features, weights, biases, scale)
    arrays |= {
        "type_facts": facts,
        "pair_weights": pairs.weights.astype(np.float32),
        "pair_biases": pairs.biases.astype(np.float32),
        "subject_weights": subjects.weights.astype(np.float16),
        "subject_biases": subjects.biases.astype(np.float32),
        "worth_weights": np.stack([one.weights for one in worth]).astype(np.float32),
        "worth_biases": np.array([one.bias for one in worth], dtype=np.float32),
        "criteria_weights": criteria.astype(np.float32),
        "criteria_subject_weights": criteria_stage.weights.astype(np.float16),
        "criteria_subject_biases": criteria_stage.biases.astype(np.float32),
        **quoted.arrays,
    }
    meta = {
        "types": names,
        "severities": list(SEVERITIES),
        "type_severities": [severities[name] for name in names],
        "unfair": of_unfair,
        "cases": len(cases),
        **quoted.meta,
        "confidence": CONFIDENCE,
        "highlight": HIGHLIGHT,
        "rows": {
            "policies": len(documents),
            "quotes": len(quotes),
            "terms": len(terms),
            "paraphrases": len(material.paraphrases),
        },
    }
    return arrays, meta


def second_inputs(
    scores: np.ndarray, part: dict[str, slice], rows: list[Row], pairs: PairStage
) -> tuple[np.ndarray, np.ndarray]:
    """Logits of the types by themselves, and what tells of all types at once, of every row."""
    own = np.zeros((len(rows), len(pairs.biases)))
    context: np.ndarray | None = None
    for indices in rows_of_documents(rows):
        own[indices] = pairs.logits(scores[indices][:, part["types"]])
        found = subject_features(scores[indices][:, part["plain"]], scores[indices][:, part["subjects"]])
        if context is None:
            context = np.zeros((len(rows), found.shape[1]), dtype=np.float32)
        context[indices] = found
    assert context is not None
    return own, context


def fit_criteria(
    scores: np.ndarray, part: dict[str, slice], names: list[str], terms: list[Row]
) -> tuple[np.ndarray, SubjectStage]:
    """Weights (types, 3) that turn the score under UNFAIR-ToS's criteria and ours into a logit, and what the
    other outputs and the neighbours add."""
    found, logits = [], []
    truth = truth_of(terms, sorted(UNFAIR))
    for place, name in enumerate(sorted(UNFAIR)):
        inputs = np.column_stack(
            [scores[:, part["unfair"]][:, place], scores[:, part["types"]][:, names.index(name)]]
        )
        model = LogisticRegression(C=1.0).fit(inputs, truth[:, place])
        found.append([*model.coef_[0], model.intercept_[0]])
        logits.append(model.decision_function(inputs))
    context = np.concatenate(
        [
            subject_features(scores[i][:, part["plain"]], scores[i][:, part["subjects"]])
            for i in rows_of_documents(terms)
        ]
    )
    order = np.concatenate(rows_of_documents(terms))
    own = np.column_stack(logits)[order]
    stage = fit_subjects(own, context, truth[order], np.ones(len(terms), dtype=bool))
    return np.array(found), stage
