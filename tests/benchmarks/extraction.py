"""Extracts every page of a file and writes predictions for the ``score.py`` that lies beside it.

    python tests/benchmarks/extraction.py --pages PAGES.jsonl.gz --out FILE
        [--json] [--passes N] [--worst N]

A line of ``PAGES`` is an object with ``id`` and ``html``; a prediction is ``{"id", "text", "ms"}``. Where
``score.py`` lies beside the pages, its table is printed for each kind of page. Times are processor time of
one core for a page, from bytes to blocks: the median of some passes after one untimed pass.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from clauselight.analysis.extract import Extracted, Refused, extract

SHOWN = (
    "pages", "precision", "recall", "f1", "f1_macro_service", "f1_p10", "f1_min", "clause",
    "clause_macro_service", "clause_loose", "clause_min",
)  # fmt: skip
KINDS = ("core", "wide", "partial")


def read(path: Path) -> list[dict[str, Any]]:
    """Rows of a JSON-lines file, gzipped or not."""
    with (
        gzip.open(path, "rt", encoding="utf8")
        if path.suffix == ".gz"
        else path.open(encoding="utf8") as lines
    ):
        return [json.loads(line) for line in lines if line.strip()]


def attempt(html: bytes, url: str | None) -> Extracted | Refused:
    """The page's text, or why there is none."""
    try:
        return extract(html, url=url, encoding="utf-8")
    except Refused as refused:
        return refused


def run(pages: list[dict[str, Any]], out: Path, passes: int) -> dict[str, Any]:
    """Write the predictions; the times and what was refused."""
    times, refused = [], {}
    with out.open("w", encoding="utf8") as file:
        for page in pages:
            html = page["html"].encode("utf8", "replace")
            answer = attempt(html, page.get("url"))
            spent = []
            for _ in range(passes):
                before = time.process_time()
                attempt(html, page.get("url"))
                spent.append(1000 * (time.process_time() - before))
            ms = statistics.median(spent)
            times.append(ms)
            if isinstance(answer, Refused):
                refused[page["id"]] = answer.kind
            text = answer.text if isinstance(answer, Extracted) else ""
            file.write(json.dumps({"id": page["id"], "text": text, "ms": ms}, ensure_ascii=False) + "\n")
    times.sort()
    return {
        "pages": len(pages),
        "median_ms": statistics.median(times),
        "p95_ms": times[min(len(times) - 1, int(0.95 * len(times)))],
        "most_ms": times[-1],
        "refused": refused,
    }


def scores(pages: Path, out: Path) -> list[dict[str, Any]] | None:
    """Rows of the score beside the pages; None without one."""
    if not (pages.parent / "score.py").exists():
        return None
    sys.path.insert(0, str(pages.parent.resolve()))
    import score  # type: ignore[import-not-found]

    rows: list[dict[str, Any]] = score.run(str(pages), str(out))
    return rows


def tables(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The summary of each kind of page."""
    import score

    by_kind = {kind: [row for row in rows if row["kind"] == kind] for kind in KINDS}
    return {kind: score.summary(some) for kind, some in by_kind.items() if some}


def main() -> int:
    """Run, score and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--worst", type=int, default=0)
    args = parser.parse_args()
    result = run(read(args.pages), args.out, args.passes)
    rows = scores(args.pages, args.out)
    if rows:
        result["score"] = tables(rows)
    if args.json:
        print(json.dumps(result))
        return 0
    if rows:
        print("".join(f"{name:>22}" for name in ("", *result["score"])))
        for name in SHOWN:
            values = [table[name] for table in result["score"].values()]
            print(
                f"{name:>22}" + "".join(f"{value:22.4f}" if value % 1 else f"{value:22}" for value in values)
            )
        for row in sorted(rows, key=lambda row: row["f1"])[: args.worst]:
            place = f"{row['service']} / {row['document']} {row['year']}"
            print(f"f1 {row['f1']:.3f} clause {row['clause']:.3f} {row['kind']} {row['id']} {place}")
    print(f"{result['median_ms']:.1f} ms a page, p95 {result['p95_ms']:.1f}, most {result['most_ms']:.1f}")
    print(f"refused: {result['refused'] or 'none'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
