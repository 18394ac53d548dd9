"""Labels and predictions made under the data's taxonomy keep their meaning under ours."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

import clauselight

DATA = Path(clauselight.__file__).parent / "knowledge" / "data"
OURS = {path.stem for path in (DATA / "clause_types").glob("*.toml")}
MAP: dict[str, str] = tomllib.loads((DATA / "taxonomy_ids.toml").read_text(encoding="utf-8"))["ids"]
TAXONOMY = Path(__file__).parents[4] / "shared" / "data" / "labels" / "taxonomy.json"


def test_every_old_id_leads_to_a_type_of_ours() -> None:
    assert len(MAP) == 69
    assert set(MAP.values()) <= OURS


def test_an_id_that_is_still_ours_means_the_same() -> None:
    for old, ours in MAP.items():
        assert old not in OURS or old == ours


@pytest.mark.skipif(not TAXONOMY.exists(), reason="the labelled data is not committed")
def test_the_map_is_complete() -> None:
    entries = json.loads(TAXONOMY.read_text(encoding="utf-8"))["types"]
    assert set(MAP) == {entry["id"] for entry in entries}
