"""Anchors every case of a benchmark folder and writes predictions for its ``score.py``.

    python tests/benchmarks/anchoring.py --data DIR --out FILE
        [--impl ts|python] [--peer] [--json] [--passes N]

``DIR`` holds ``texts.jsonl.gz`` and ``cases.jsonl.gz``; where it also holds ``score.py`` the table
of its classes is printed. ``--impl ts`` runs the extension's code in Node (``anchoring.mjs``),
``--impl python`` the twin in the server. ``--peer`` adds the edit-distance matcher for the ratio.
Times are per page, index included; the median of some passes after one untimed pass.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
#: Times are scaled to this many quotes on a page.
QUOTES = 50


def read(path: Path) -> list[dict[str, Any]]:
    """Rows of a gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def run_python(data: Path, out: Path, passes: int) -> dict[str, float]:
    """Anchor with the server's twin; write predictions, return the figures."""
    from clauselight.domain.anchoring import Anchor, PageIndex, QuoteToAnchor, anchor_quotes

    texts = {row["id"]: row for row in read(data / "texts.jsonl.gz")}
    pages: dict[str, list[QuoteToAnchor]] = {}
    for c in read(data / "cases.jsonl.gz"):
        pages.setdefault(c["new"], []).append(
            QuoteToAnchor(c["id"], c["exact"], c["prefix"], c["suffix"], c["start"], c["end"])
        )
    times: dict[str, list[float]] = {page: [] for page in pages}
    anchors: dict[str, list[Anchor]] = {}
    for attempt in range(passes + 1):
        for page, quotes in pages.items():
            before = time.perf_counter()
            index = PageIndex(texts[page]["text"], texts[page]["blocks"])
            anchors[page] = anchor_quotes(index, quotes)
            if attempt:
                times[page].append(1000 * (time.perf_counter() - before))
    scaled = []
    with out.open("w", encoding="utf8") as file:
        for page, quotes in pages.items():
            ms = statistics.median(times[page])
            scaled.append(ms / len(quotes) * QUOTES)
            for a in anchors[page]:
                place = (None, None) if a.outcome == "gone" else (a.start, a.end)
                row = {
                    "id": a.id, "start": place[0], "end": place[1], "outcome": a.outcome,
                    "score": a.score, "margin": a.margin, "page_ms": ms, "page_n": len(quotes),
                }  # fmt: skip
                file.write(json.dumps(row) + "\n")
    scaled.sort()
    return {
        "pages": len(pages),
        "quotes": sum(map(len, pages.values())),
        "median_ms": statistics.median(scaled),
        "p95_ms": scaled[min(len(scaled) - 1, int(0.95 * len(scaled)))],
    }


def main() -> int:
    """Run one implementation, print its times and its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--impl", choices=("ts", "python"), default="ts")
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--passes", type=int, default=3)
    options = parser.parse_args()
    if options.impl == "ts":
        command = ["node", str(HERE / "anchoring.mjs"), "--data", str(options.data)]
        command += ["--out", str(options.out), "--json", "--passes", str(options.passes)]
        command += ["--peer"] if options.peer else []
        result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    else:
        result = run_python(options.data, options.out, options.passes)
    score = options.data / "score.py"
    if options.json:
        if score.exists():
            command = [sys.executable, str(score), str(options.out), "--json"]
            printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            result["score"] = json.loads(printed)
        print(json.dumps(result))
        return 0
    print(f"{options.impl}: {result['pages']} pages, {result['quotes']} quotes")
    print(f"{QUOTES} quotes on a page, index included: ", end="")
    print(f"median {result['median_ms']:.1f} ms, p95 {result['p95_ms']:.1f} ms")
    if "longest_step_ms" in result:
        print(f"longest piece of work between two pauses: {result['longest_step_ms']:.1f} ms")
    if "ratio" in result:
        print(f"peer: median {result['peer_median_ms']:.1f} ms; ", end="")
        print(f"ratio {result['ratio']:.3f} (goal: at most 0.2)")
    if score.exists():
        sys.stdout.flush()
        subprocess.run([sys.executable, str(score), str(options.out)], check=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
