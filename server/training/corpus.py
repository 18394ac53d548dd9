"""What the classifier learns from: labelled rows of several sources, in one shape."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from training.sentences import sentence_id, sentences

LABELS = Path(__file__).parent / "labels"
SEVERITY_FLAGS = {"c": "critical", "h": "high", "m": "medium", "l": "low", "p": "protective"}


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence or quote.

    `document` is empty for a quote that somebody picked, else names the whole document it stands in, whose
    rows are in reading order. `worth` grades how much it belongs highlighted: 2 yes, 1 fair, 0 no, None
    unknown. `known` are the types that were looked for, None when all were.
    """

    id: str
    text: str
    source: str
    service: str
    types: tuple[str, ...]
    document: str = ""
    severity: str | None = None
    worth: int | None = None
    sure: bool = True
    heading: bool = False
    known: frozenset[str] | None = None
    language: str = "en"
    fine: str = ""
    """The source's own name of the label."""


def read(path: Path) -> list[dict[str, Any]]:
    """Rows of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def quotes(path: Path) -> list[Row]:
    """Labelled quotes: train.jsonl.gz, dev.jsonl.gz or other_languages.jsonl.gz."""
    return [
        Row(
            id=row["id"],
            text=row["text"],
            source=row["source"],
            service=row["service"],
            types=tuple(row["clause_types"]),
            severity=row["severity"],
            language=row["lang"],
            fine=str(row.get("source_label", "")),
        )
        for row in read(path)
    ]


UNFAIR = frozenset(
    {
        "binding-arbitration",
        "change-without-notice",
        "content-removal",
        "governing-law-venue",
        "liability-limitation",
        "account-termination",
        "consent-by-use",
    }
)
"""Types that UNFAIR-ToS looked for; of others its documents say nothing."""


def unfair_documents(path: Path, split: str) -> list[Row]:
    """Whole terms of UNFAIR-ToS. Sentences tagged fair carry no type and are left out, as the scorer does."""
    return [
        Row(
            id=row["id"],
            text=row["text"],
            source="unfair-tos",
            service=row["service"],
            types=tuple(row["clause_types"]),
            document=f"unfair/{row['doc']}",
            known=UNFAIR,
        )
        for row in read(path)
        if row["split"] == split and (row["clause_types"] or not row["tags"])
    ]


def _label_lines(path: Path) -> tuple[str, list[tuple[str, tuple[str, ...], str]]]:
    page, lines = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        name, types, flags = [*line.split("\t"), "", ""][:3]
        if name == "#page":
            page = types
        else:
            lines.append((name, tuple(filter(None, types.replace("-\t", "").split(","))), flags))
    return page, lines


def _labelled(row: Row, types: tuple[str, ...], flags: str, defaults: dict[str, str]) -> Row:
    types = tuple(name for name in types if name != "-")
    severity = next((SEVERITY_FLAGS[flag] for flag in flags if flag in SEVERITY_FLAGS), None)
    return replace(
        row,
        types=types,
        severity=severity or (defaults[types[0]] if types else None),
        worth=2 if "w" in flags else 1 if "v" in flags else 0,
        sure="?" not in flags,
    )


def our_labels(folder: str, data: Path, defaults: dict[str, str]) -> list[Row]:
    """Whole policies that we labelled: `background`, `policies` (the yardstick) or `second`."""
    texts = {row["id"]: row for row in read(data / "labels" / "background.jsonl.gz")}
    rows = []
    for path in sorted((LABELS / folder).glob("*.tsv")):
        for name, types, flags in _label_lines(path)[1]:
            given = texts[name]
            row = Row(name, given["text"], "ours", given["service"], (), document=f"{folder}/{path.stem}")
            rows.append(_labelled(row, types, flags, defaults))
    return rows


def our_extraction_labels(data: Path, defaults: dict[str, str]) -> list[Row]:
    """Policies of the extraction data that we labelled. A sentence that stands twice has the labels of its
    turn."""
    pages = {row["id"]: row for row in read(data / "extraction" / "pages_dev.jsonl.gz")}
    rows: list[Row] = []
    for path in sorted((LABELS / "extraction").glob("*.tsv")):
        name, lines = _label_lines(path)
        page = pages[name]
        waiting = iter(lines)
        document = f"extraction/{path.stem}"
        for text, heading in sentences(page["truth_md"]):
            row = Row(
                sentence_id(text), text, "ours", page["service"], (), document=document, heading=heading
            )
            if not heading:
                given, types, flags = next(waiting)
                if given != row.id:
                    raise ValueError(f"{path.name}: the labels do not fit the page's text at {text[:60]!r}")
                row = _labelled(row, types, flags, defaults)
            rows.append(row)
    return rows


def written(path: Path = LABELS / "written.tsv") -> list[Row]:
    """Sentences that we wrote ourselves, where the sources have few or where one little word turns the
    meaning."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        name, severity, text = line.split("\t")
        rows.append(
            Row(
                sentence_id(text),
                text,
                "written",
                f"written-{len(rows)}",
                () if name == "-" else (name,),
                severity=severity,
            )
        )
    return rows


def paraphrases(severities: dict[str, str], folder: Path = LABELS / "paraphrases") -> list[Row]:
    """Sentences that we wrote for the cases of ToS;DR, in the words of policies at large: each a line of the
    case's type, its severity or nothing for that of the type, the case and the sentence. Their "service" is
    the file."""
    rows = []
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            name, severity, case, text = line.split("\t")
            rows.append(
                Row(
                    sentence_id(text),
                    text,
                    "paraphrase",
                    f"paraphrases/{path.stem}",
                    (name,),
                    severity=severity or severities[name],
                    fine=case,
                )
            )
    return rows


def written_terms(path: Path = LABELS / "terms.tsv") -> list[Row]:
    """Sentences that we wrote in the manner of UNFAIR-ToS's documents: each a line of its types with commas
    between them, "-" for none of the seven, and the sentence."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        types, text = line.split("\t")
        rows.append(
            Row(
                sentence_id(text),
                text,
                "written-terms",
                f"terms-{len(rows)}",
                () if types == "-" else tuple(types.split(",")),
                known=UNFAIR,
            )
        )
    return rows


def without_headings(rows: Iterable[Row]) -> list[Row]:
    """Rows that can carry a label."""
    return [row for row in rows if not row.heading]
