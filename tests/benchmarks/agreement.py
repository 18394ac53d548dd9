"""How far two annotators agree who labelled the same sentences without seeing each other's labels.

    python tests/benchmarks/agreement.py [--json]

The second pass (server/training/labels/second: parts of eight whole policies) against the first (folders
background and policies). The labels of `policies`, the yardstick, were looked at again after the second pass:
the grade v was added and a few types were put right, so its passes are not quite independent. The figures of
`background`, which nobody touched again, stand beside them. No texts are needed. Reported are

- none or some: the share of sentences that both leave without a type or both give one, and its Cohen's kappa;
- first type: where both give types, the share whose first type the other gives too (mean of both ways);
- type pairs: F1 of all (sentence, type) pairs of the one against those of the other;
- worth highlighting (flag w alone): F1, Cohen's kappa, and the share that each annotator marked.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

LABELS = Path(__file__).parents[2] / "server" / "training" / "labels"
FIRST_PASSES = ("background", "policies")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one annotator said of one sentence."""

    types: tuple[str, ...]
    worth: bool
    ambiguous: bool


Pair = tuple[Verdict, Verdict]


def verdicts(path: Path) -> dict[str, Verdict]:
    """Verdicts of a label file by sentence id."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, types, flags = [*line.split("\t"), "", ""][:3]
        given = tuple(kind for kind in types.split(",") if kind not in ("", "-"))
        found[name] = Verdict(given, "w" in flags, "?" in flags)
    return found


def pairs(first_pass: str) -> list[Pair]:
    """First and second verdict of all sentences of a first pass that were labelled twice."""
    found = []
    for path in sorted((LABELS / "second").glob("*.tsv")):
        before = LABELS / first_pass / path.name
        if before.exists():
            first = verdicts(before)
            found += [(first[name], second) for name, second in verdicts(path).items()]
    return found


def kappa(answers: Sequence[tuple[bool, bool]]) -> float:
    """Agreement on yes and no beyond chance (Cohen 1960, doi 10.1177/001316446002000104)."""
    count = len(answers)
    same = sum(a == b for a, b in answers) / count
    yes_a, yes_b = sum(a for a, _ in answers) / count, sum(b for _, b in answers) / count
    chance = yes_a * yes_b + (1 - yes_a) * (1 - yes_b)
    return (same - chance) / (1 - chance) if chance < 1 else 1.0


def f1(both: int, one: int, other: int) -> float:
    """F1 of one annotator's marks against the other's; it is the same both ways."""
    return 2 * both / (one + other) if one + other else 1.0


def figures(found: Sequence[Pair]) -> dict[str, float]:
    """All measures of these sentences."""
    some = [(bool(a.types), bool(b.types)) for a, b in found]
    typed = [(a, b) for a, b in found if a.types and b.types]
    firsts = sum((a.types[0] in b.types) + (b.types[0] in a.types) for a, b in typed)
    worth = [(a.worth, b.worth) for a, b in found]
    shared = sum(len({*a.types} & {*b.types}) for a, b in found)
    marks_a, marks_b = (sum(answer[side] for answer in worth) for side in (0, 1))
    values = {
        "sentences": float(len(found)),
        "none_or_some": sum(a == b for a, b in some) / len(found),
        "none_or_some_kappa": kappa(some),
        "first_type": firsts / (2 * len(typed)),
        "type_pairs_f1": f1(shared, *(sum(len({*pair[side].types}) for pair in found) for side in (0, 1))),
        "worth_f1": f1(sum(a and b for a, b in worth), marks_a, marks_b),
        "worth_kappa": kappa(worth),
        "worth_first_pass": marks_a / len(found),
        "worth_second_pass": marks_b / len(found),
    }
    return {name: round(value, 3) for name, value in values.items()}


def measure() -> dict[str, dict[str, float]]:
    """Figures of each first pass, of both, and of both without what either annotator called ambiguous."""
    by_pass = {name: pairs(name) for name in FIRST_PASSES}
    every = [pair for found in by_pass.values() for pair in found]
    clear = [(a, b) for a, b in every if not a.ambiguous and not b.ambiguous]
    groups = {
        "all": every,
        "background (training)": by_pass["background"],
        "policies (yardstick)": by_pass["policies"],
        "all but ambiguous": clear,
    }
    return {name: figures(found) for name, found in groups.items()}


def main() -> int:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    measured = measure()
    if options.json:
        print(json.dumps(measured, indent=2))
        return 0
    table = Table(title="Agreement of two independent annotators")
    table.add_column("")
    for group in measured:
        table.add_column(group, justify="right")
    for name in measured["all"]:
        cells = [values[name] for values in measured.values()]
        table.add_row(
            name.replace("_", " "),
            *(f"{cell:.0f}" if name == "sentences" else f"{cell:.3f}" for cell in cells),
        )
    Console(width=120).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
