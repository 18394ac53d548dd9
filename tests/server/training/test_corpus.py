"""Our labels are data that people rely on: well-formed, of known types, and the yardstick kept apart."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

import clauselight
from clauselight.analysis.features import words
from training.corpus import (
    LABELS,
    UNFAIR,
    our_extraction_labels,
    our_labels,
    paraphrases,
    read,
    unfair_documents,
    without_headings,
    written,
    written_terms,
)

ROOT = Path(__file__).parents[3]
TYPES = {
    path.stem for path in (Path(clauselight.__file__).parent / "knowledge/data/clause_types").glob("*.toml")
}
SEVERITIES = {"critical", "high", "medium", "low", "protective"}
FOLDERS = ("background", "extraction", "policies", "second")
FILES = sorted(path for folder in FOLDERS for path in (LABELS / folder).glob("*.tsv"))
DATA = ROOT.parent / "shared" / "data"

MOST_TYPES = 4
"""GUIDELINES.md: at most four."""
LEAST_SENTENCES = 1_500
"""Sentences that had to be labelled at least, and below those a second time."""
LEAST_TWICE = 400

Line = tuple[str, tuple[str, ...], str]


def name_of(path: Path) -> str:
    """Folder and file, for test ids."""
    return f"{path.parent.name}/{path.stem}"


def lines_of(path: Path) -> list[Line]:
    """Id, types and flags of every sentence; the note of an ambiguous one without a type is no type."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#page\t"):
            name, types, flags = [*line.split("\t"), "", ""][:3]
            found.append((name, tuple(kind for kind in types.split(",") if kind), flags))
    return found


def service_of(path: Path) -> str:
    """Files are named service-document."""
    return path.stem.partition("-")[0]


def test_there_are_as_many_labels_as_we_say() -> None:
    count = {
        folder: sum(len(lines_of(path)) for path in (LABELS / folder).glob("*.tsv")) for folder in FOLDERS
    }
    assert count["background"] + count["extraction"] >= LEAST_SENTENCES
    assert count["second"] >= LEAST_TWICE
    assert len(list((LABELS / "policies").glob("*.tsv"))) == 12


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_line_is_well_formed(path: Path) -> None:
    page = re.compile(r"#page\t[\w-]+")
    pattern = re.compile(r"[0-9a-f]{16}" if path.parent.name == "extraction" else r"ota-[0-9a-f]{12}")
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert bool(page.fullmatch(first)) == (path.parent.name == "extraction")
    for name, types, flags in lines_of(path):
        assert pattern.fullmatch(name), name
        assert len(types) <= MOST_TYPES, name
        assert len(set(types)) == len(types), name
        assert types == ("-",) or set(types) <= TYPES, name
        assert re.fullmatch(r"[wv]?[chmlp]?\??", "".join(sorted(flags, key="wvchmlp?".index))), name


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_only_what_carries_a_type_is_worth_highlighting(path: Path) -> None:
    for name, types, flags in lines_of(path):
        if "w" in flags or "v" in flags:
            assert types not in ((), ("-",)), name
        if types == ("-",):
            assert "?" in flags, f"{name}: no type, but not called ambiguous"


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name != "extraction"], ids=name_of)
def test_no_sentence_stands_twice(path: Path) -> None:
    names = [name for name, _, _ in lines_of(path)]
    assert len(names) == len(set(names))


def test_label_files_hold_no_texts() -> None:
    for path in FILES:
        lines = path.read_text(encoding="utf-8").splitlines()[path.parent.name == "extraction" :]
        assert not re.search(r"[A-Z .]", "".join(lines)), name_of(path)


def test_the_yardstick_is_of_services_that_nothing_was_learned_from() -> None:
    learned = {service_of(path) for path in FILES if path.parent.name in ("background", "extraction")}
    yardstick = {service_of(path) for path in FILES if path.parent.name == "policies"}
    assert yardstick
    assert not yardstick & learned


def test_the_second_pass_is_of_sentences_of_the_first() -> None:
    for path in (LABELS / "second").glob("*.tsv"):
        (before,) = (
            LABELS / folder / path.name
            for folder in ("background", "policies")
            if (LABELS / folder / path.name).exists()
        )
        assert {name for name, _, _ in lines_of(path)} <= {name for name, _, _ in lines_of(before)}


LONGEST_HEADING = 8
"""Words."""


def test_sentences_that_we_wrote_are_of_known_types() -> None:
    rows = written()
    assert len({row.id for row in rows}) == len(rows)
    for row in rows:
        assert set(row.types) <= TYPES, row.text
        assert row.severity in SEVERITIES or not row.types, row.text
        # Some are headings, as pages have them among their sentences.
        assert row.text[-1] in ".!" or len(row.text.split()) <= LONGEST_HEADING, row.text


def test_paraphrases_are_sentences_of_known_types_each_written_once() -> None:
    rows = paraphrases(dict.fromkeys(TYPES, "medium"))
    assert len({row.id for row in rows}) == len(rows)
    for row in rows:
        assert set(row.types) <= TYPES, row.text
        assert row.severity in SEVERITIES, row.text
        assert len(words(row.text)) > 3, row.text


def test_sentences_in_the_manner_of_terms_have_the_types_that_those_are_judged_by() -> None:
    rows = written_terms()
    assert len({row.id for row in rows}) == len(rows)
    assert all(set(row.types) <= UNFAIR for row in rows)
    assert {name for row in rows for name in row.types} == UNFAIR
    # What sounds like a type and has none is as much of the matter.
    assert sum(not row.types for row in rows) > len(rows) / 3


TOO_NEAR = 0.5
"""Share of common word triples from which a paraphrase would be another's quote."""


def triples(text: str) -> set[tuple[str, ...]]:
    """Every three words in a row."""
    found = words(text)
    return set(zip(found, found[1:], found[2:], strict=False))


@pytest.mark.skipif(not DATA.exists(), reason="the texts are not committed")
def test_with_the_data_nothing_that_we_wrote_repeats_what_figures_are_taken_on() -> None:
    mine = [triples(row.text) for row in (*paraphrases(dict.fromkeys(TYPES, "medium")), *written_terms())]
    having: dict[tuple[str, ...], list[int]] = {}
    for number, one in enumerate(mine):
        for triple in one:
            having.setdefault(triple, []).append(number)
    held_back = [row["text"] for row in read(DATA / "labels" / "dev.jsonl.gz")]
    held_back += [row.text for row in unfair_documents(DATA / "labels" / "unfair_docs.jsonl.gz", "dev")]
    held_back += [row.text for row in our_labels("policies", DATA, dict.fromkeys(TYPES, "medium"))]
    for text in held_back:
        theirs = triples(text)
        common = Counter(number for triple in theirs for number in having.get(triple, []))
        for number, count in common.items():
            assert count < TOO_NEAR * len(theirs | mine[number]), text


@pytest.mark.skipif(not DATA.exists(), reason="the texts are not committed")
def test_with_the_data_every_label_finds_its_text() -> None:
    entries = json.loads((DATA / "labels" / "taxonomy.json").read_text(encoding="utf-8"))["types"]
    severities = {entry["id"]: entry["severity"] for entry in entries}
    rows = without_headings(our_extraction_labels(DATA, severities))
    count = len(rows)
    for folder in ("background", "policies", "second"):
        labelled = our_labels(folder, DATA, severities)
        count += len(labelled)
        rows += labelled
    assert all(row.text for row in rows)
    assert count == sum(len(lines_of(path)) for path in FILES)
    assert {row.severity for row in rows if row.types} <= SEVERITIES


@pytest.mark.skipif(not DATA.exists(), reason="the texts are not committed")
def test_with_the_data_the_yardstick_is_of_the_dev_split() -> None:
    split = {row["id"]: row["split"] for row in read(DATA / "labels" / "background.jsonl.gz")}
    for path in FILES:
        wanted = {"background": {"train"}, "policies": {"dev"}, "second": {"train", "dev"}}.get(
            path.parent.name
        )
        if wanted:
            assert {split[name] for name, _, _ in lines_of(path)} <= wanted, name_of(path)
