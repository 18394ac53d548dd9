"""How the labels do on twelve whole policies that we read ourselves and that the classifier never saw.

    python tests/benchmarks/policies.py --data ../shared/data [--json]

The verdicts lie in server/training/labels/policies: for every sentence all types that we take for right,
whether it should be highlighted (w), or a highlight would at least be fair (v), or neither. They were
written before any prediction was seen. Reported are

- the labels of high confidence: how many, and the share whose best type is right;
- the highlights: how many a policy, the share of right type, of fair or wanted, and of both;
- recall: the share of the sentences that should be highlighted which are;
- and recall where the share of fair highlights is still 0.85.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[2] / "server"))

from clauselight.analysis.classify import load_classifier
from training.corpus import Row, our_labels

PRECISION = 0.85


def documents(rows: list[Row]) -> dict[str, list[Row]]:
    """Rows of each policy in order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.document.split("/")[1], []).append(row)
    return found


def measure(data: Path) -> dict[str, object]:
    """All figures, and a line for each policy."""
    taxonomy = json.loads((data / "labels" / "taxonomy.json").read_text(encoding="utf8"))["types"]
    rows = our_labels("policies", data, {entry["id"]: entry["severity"] for entry in taxonomy})
    classifier = load_classifier()
    meta = classifier.model.meta
    lines, right, fair, wanted, sure, marked, worth = [], [], [], [], [], [], []
    for name, policy in documents(rows).items():
        scored = classifier.document([row.text for row in policy])
        best = scored.types.argmax(axis=1)
        right_here = np.array(
            [classifier.model.types[kind] in row.types for kind, row in zip(best, policy, strict=True)]
        )
        fair_here = np.array([(row.worth or 0) >= 1 for row in policy])
        wanted_here = np.array([row.worth == 2 for row in policy])
        sure_here = scored.types.max(axis=1) >= meta["confidence"]["high"]
        marked_here = scored.worth >= meta["highlight"]
        both = marked_here & sure_here
        lines.append(
            {
                "policy": name,
                "sentences": len(policy),
                "sure": int(sure_here.sum()),
                "sure_right": _share(right_here, sure_here),
                "highlights": int(marked_here.sum()),
                "sure_highlights": int(both.sum()),
                "highlights_right": _share(right_here, marked_here),
                "right_and_fair": _share(right_here & fair_here, marked_here),
                "recall": _share(marked_here, wanted_here),
            }
        )
        for total, here in zip(
            (right, fair, wanted, sure, marked, worth),
            (right_here, fair_here, wanted_here, sure_here, marked_here, scored.worth),
            strict=True,
        ):
            total.append(here)
    r, f, w, s, m, h = (np.concatenate(part) for part in (right, fair, wanted, sure, marked, worth))
    order = np.argsort(-h, kind="stable")
    precision = np.cumsum(f[order]) / np.arange(1, len(order) + 1)
    both_precision = np.cumsum((f & r)[order]) / np.arange(1, len(order) + 1)
    recall = np.cumsum(w[order]) / w.sum()
    return {
        "labels_at_high_confidence": int(s.sum()),
        "type_precision_at_high_confidence": _share(r, s),
        "fewest_highlights_at_high_confidence": min(line["sure_highlights"] for line in lines),
        "type_precision_of_highlights_at_high_confidence": _share(r, m & s),
        "right_and_fair_of_highlights_at_high_confidence": _share(r & f, m & s),
        "highlights": int(m.sum()),
        "right_of_highlights": _share(r, m),
        "fair_of_highlights": _share(f, m),
        "right_and_fair_of_highlights": _share(r & f, m),
        "wanted_of_highlights": _share(w, m),
        "recall_of_wanted": _share(m, w),
        f"recall_where_fair_is_{PRECISION}": _best(recall, precision),
        f"recall_where_right_and_fair_is_{PRECISION}": _best(recall, both_precision),
        "policies": lines,
    }


def _share(of: np.ndarray, among: np.ndarray) -> float:
    return round(float(of[among].mean()), 3) if among.any() else 0.0


def _best(recall: np.ndarray, precision: np.ndarray) -> float:
    enough = precision >= PRECISION
    return round(float(recall[enough].max()), 3) if enough.any() else 0.0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.data)
    if options.json:
        print(json.dumps(figures, indent=2))
        return 0
    console = Console(width=170)
    lines = figures.pop("policies")
    assert isinstance(lines, list)
    table = Table(title="Twelve policies of services not learned from")
    for name in lines[0]:
        table.add_column(name.replace("_", " "), justify="left" if name == "policy" else "right")
    for line in lines:
        table.add_row(*(str(value) for value in line.values()))
    console.print(table)
    for name, value in figures.items():
        console.print(f"{name.replace('_', ' '):55s} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
