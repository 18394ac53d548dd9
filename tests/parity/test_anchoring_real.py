"""Both anchoring implementations answer alike on every case of the real-drift benchmark.

Runs only where the benchmark's data lies next to the repository; the vectors of
``test_anchoring_parity.py`` are checked everywhere.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data" / "anchoring"
BENCHMARKS = ROOT / "tests" / "benchmarks"
#: The twin may differ from the extension by this much in any class.
WITHIN = 0.003


def anchored(command: list[str], out: Path) -> dict[str, dict[str, Any]]:
    subprocess.run(
        [*command, "--data", str(DATA), "--out", str(out), "--json"], check=True, capture_output=True
    )
    rows = map(json.loads, out.read_text("utf8").splitlines())
    return {row["id"]: row for row in rows}


@pytest.mark.parametrize("data", [DATA] if DATA.exists() else [])
def test_both_answer_alike_on_real_drift(data: Path, tmp_path: Path) -> None:
    ours = anchored(["node", str(BENCHMARKS / "anchoring.mjs"), "--passes", "1"], tmp_path / "ts.jsonl")
    twin = anchored(
        [sys.executable, str(BENCHMARKS / "anchoring.py"), "--impl", "python", "--passes", "1"],
        tmp_path / "python.jsonl",
    )
    keys = ("start", "end", "outcome")
    differing = [i for i in ours if any(ours[i][k] != twin[i][k] for k in keys)]
    assert len(ours) == len(twin)
    assert len(differing) <= WITHIN * len(ours), differing[:20]
