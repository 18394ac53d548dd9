"""Labels every row of a file and writes predictions for the ``score.py`` of ../shared/data/labels.

    python tests/benchmarks/labels.py --rows ROWS.jsonl.gz --out FILE [--json]

Rows with a ``doc`` are sentences of whole documents, in order: each is judged with its neighbours, with the
probability of every type. Rows without one are quotes that somebody picked because they matter: each is
judged alone, with the probability that its best label is right. With a file of that name beside the rows,
the scorer's table is printed.

Rows in German, Italian or Polish (other_languages.jsonl.gz) are judged as the product does, which mostly says
nothing; a table for their dev services is printed, since the scorer counts silence as an error.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from clauselight.analysis.blocks import BlockKind
from clauselight.analysis.classify import Classifier, load_classifier
from clauselight.analysis.other_languages import LANGUAGES
from clauselight.analysis.segment import Clause

SMALLEST = 0.001
"""Probabilities below are not written; the scorer takes them for zero."""


def read(path: Path) -> list[dict[str, Any]]:
    """Rows of a JSON-lines file, gzipped or not."""
    with (
        gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8")
    ) as lines:
        return [json.loads(line) for line in lines if line.strip()]


def of_quotes(rows: list[dict[str, Any]], classifier: Classifier) -> list[dict[str, Any]]:
    """Predictions for quotes, one by one."""
    found = []
    for row in rows:
        label = classifier.quote(row["text"])
        labels = [{"type": name, "confidence": round(p, 4)} for name, p in label.types]
        found.append({"id": row["id"], "labels": labels, "severity": label.severity.value})
    return found


def of_documents(rows: list[dict[str, Any]], classifier: Classifier) -> list[dict[str, Any]]:
    """Predictions for the sentences of whole documents."""
    documents: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        documents.setdefault(row["doc"], []).append(row)
    found = []
    for sentences in documents.values():
        probabilities = classifier.criteria([row["text"] for row in sentences])
        for row, types in zip(sentences, probabilities, strict=True):
            labels = [{"type": n, "confidence": round(p, 5)} for n, p in types.items() if p >= SMALLEST]
            found.append({"id": row["id"], "labels": labels})
    return found


def of_languages(rows: list[dict[str, Any]], classifier: Classifier) -> list[dict[str, Any]]:
    """Predictions for sentences in other languages, each as a clause of its own."""
    found = []
    for row in rows:
        clause = Clause(row["text"], 0, len(row["text"]), (), "", BlockKind.PARAGRAPH)
        (findings,) = classifier.judge([clause], language=row["lang"])
        labels = [{"type": one.clause_type, "confidence": round(one.probability, 4)} for one in findings]
        found.append({"id": row["id"], "labels": labels})
    return found


def language_figures(
    rows: list[dict[str, Any]], found: list[dict[str, Any]]
) -> dict[str, dict[str, int | float]]:
    """For each language the labelled sentences, the share of those whose best type is right, and the share of
    all sentences that are found and right."""
    labels = {one["id"]: one["labels"] for one in found}
    figures: dict[str, dict[str, int | float]] = {}
    for language in LANGUAGES:
        here = [row for row in rows if row["lang"] == language and row["split"] == "dev"]
        given = [row for row in here if labels[row["id"]]]
        right = sum(labels[row["id"]][0]["type"] in row["clause_types"] for row in given)
        figures[language] = {
            "sentences": len(here),
            "labelled": len(given),
            "best_type_right": round(right / max(1, len(given)), 3),
            "found_and_right": round(right / max(1, len(here)), 3),
        }
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = read(options.rows)
    classifier = load_classifier()
    began = time.process_time()
    whole = [row for row in rows if row.get("doc")]
    foreign = [row for row in rows if row.get("lang") in LANGUAGES]
    quotes = [row for row in rows if not row.get("doc") and row.get("lang") not in LANGUAGES]
    found = of_documents(whole, classifier) + of_quotes(quotes, classifier)
    found += of_languages(foreign, classifier)
    spent = time.process_time() - began
    with options.out.open("w", encoding="utf8") as file:
        file.writelines(json.dumps(row) + "\n" for row in found)
    print(f"{len(found)} rows, {1000 * spent / max(1, len(found)):.2f} ms of CPU a row", file=sys.stderr)
    if foreign:
        figures = language_figures(foreign, found)
        lines = [f"{code}  " + "  ".join(f"{k} {v}" for k, v in one.items()) for code, one in figures.items()]
        print(json.dumps(figures) if options.json else "\n".join(lines))
        return 0
    scorer = options.rows.with_name("score.py")
    if not scorer.exists():
        return 0
    calls = [("docs", ["--split", "dev"])] if whole else [("clauses", ["--source", "tosdr"]), ("clauses", [])]
    for mode, more in calls:
        command = [sys.executable, str(scorer), mode, str(options.rows), str(options.out), *more]
        print(f"score.py {mode} {' '.join(more)}", file=sys.stderr, flush=True)
        subprocess.run([*command, *(["--json"] if options.json else [])], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
