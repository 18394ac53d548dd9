"""The Python twin answers every vector as the extension must (``src/anchoring/parity.test.ts``)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from parity import anchoring_vectors as made

FILE: dict[str, Any] = json.loads(made.VECTORS.read_text(encoding="ascii"))


def test_the_file_holds_what_the_generator_makes() -> None:
    fresh = json.loads(json.dumps(made.vectors()))
    assert fresh == FILE, "run: python tests/parity/anchoring_vectors.py --write"


@pytest.mark.parametrize("page", FILE["pages"], ids=lambda page: page["name"])
def test_page(page: dict[str, Any]) -> None:
    assert made.answers(page) == page["anchors"]


def test_every_outcome_is_among_the_vectors() -> None:
    outcomes = {anchor["outcome"] for page in FILE["pages"] for anchor in page["anchors"]}
    assert outcomes == {"found", "moved", "changed", "gone"}
