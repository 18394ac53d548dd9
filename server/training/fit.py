"""All of the training, in order: texts, features, heads, second stage, calibration."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from clauselight.analysis.context import subject_features
from clauselight.analysis.model.file import parts
from training.corpus import UNFAIR, Row
from training.heads import fit_heads
from training.material import load
from training.matrix import Features
from training.meaning import learn
from training.pack import pack
from training.quotes import SEVERITIES, fit_quotes
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
from training.tasks import criteria_tasks, quote_tasks, tables_of, type_tasks, worth_tasks

WEIGHT_OF_SEVERITY = {"critical": 3.0, "high": 2.0, "medium": 1.0, "low": 0.0, "protective": 1.0}
WORTH_STRICTNESS = 0.02
"""Of the regressions on worth (C): their features are many and their targets uncertain."""
QUOTES_MATTER = 2.5
SENTENCES_MATTER = 1.6
CASES_MATTER = 1.2
"""Scale of outputs when the weights are reduced; severities have 1. Quotes are judged by the best of 69
scores, where a small error counts; what is sure of a sentence of a policy was sure before the reduction, and
errors make it less so; the cases are many and only summed up. With 1 for sentences a fourteenth fewer labels
are sure. Between 2 and 3 for quotes and 1 and 1.25 for cases figures differ by chance alone."""

CONFIDENCE = {"high": 0.94, "medium": 0.7, "low": 0.4}
"""Least probability of each level: found on sentences of services held out in training; on the yardstick
the best type is right in 96 of 100 labels of high confidence."""
HIGHLIGHT = 0.172
"""Least product of being worth it and of the root of being right for a highlight. Chosen on the yardstick:
seven in ten of the sentences that should be marked are, and nine in ten of the marks are wanted or fair; at
0.26 right type and wanted or fair are 90 in 100 instead of 85, and 61 in 100 are found."""


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
    say(f"{len(documents)} sentences of policies, {len(quotes)} quotes, {len(terms)} sentences of terms")
    say(f"{len(material.paraphrases)} paraphrases, {len(material.written_terms)} written sentences of terms")
    meanings = learn(material.unlabelled)
    say(f"{len(meanings.vocabulary)} words with a meaning")
    features = Features([row.text for row in material.told], meanings)
    matrix = features.rows([row.text for row in material.rows])
    say(f"{matrix.shape[1]} features")

    table = tables_of(material)
    of_unfair = sorted(UNFAIR)
    of_quotes, of_severity, of_cases, cases = quote_tasks(table, names)
    tasks = [
        *type_tasks(table, names),
        *criteria_tasks(table),
        *worth_tasks(table),
        *of_quotes,
        *of_severity,
        *of_cases,
    ]
    folds = material.folds()
    wanted = np.arange(len(material.told))
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
    part = parts(len(names), len(of_unfair), len(cases))
    places = material.places
    of_ours = held_out[places["documents"]]
    of_documents = {key: of_ours[:, where] for key, where in part.items()}
    sure_rows = np.array([row.sure for row in documents])
    truth = truth_of(documents, names)
    pairs = fit_pairs(of_documents["types"], documents, truth)
    own, context = second_inputs(of_ours, part, documents, pairs)
    say("second stage")
    subjects = fit_subjects(own, context, truth, sure_rows)
    probabilities = held_out_probabilities(own, context, truth, sure_rows, folds[places["documents"]])
    inputs = worth_inputs(documents, of_documents, probabilities, facts)
    graded = np.array([row.document.startswith("extraction/") for row in documents])
    grade = np.array([row.worth or 0 for row in documents])
    every_one = np.ones(len(documents), dtype=bool)
    right = truth[np.arange(len(documents)), probabilities.argmax(axis=1)]
    worth = [
        fit_worth(inputs[use], target[use], WORTH_STRICTNESS)
        for use, target in (
            (every_one, grade == 2),
            (graded, grade >= 1),
            (every_one, (grade == 2) & right),
            (graded, (grade >= 1) & right),
        )
    ]

    quoted = fit_quotes(held_out[places["quotes"]], part, quotes, cases, names)
    criteria, criteria_stage = fit_criteria(held_out[places["terms"]], part, names, terms)
    scale = np.ones(len(weights))
    for name in ("types", "unfair", "worth"):
        scale[part[name]] = SENTENCES_MATTER
    scale[part["quotes"]] = QUOTES_MATTER
    scale[part["cases"]] = CASES_MATTER
    use = features.use([row.text for row in material.rows])
    arrays: dict[str, Any] = pack(features, use, weights, biases, scale)
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
            "written_terms": len(material.written_terms),
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
