"""What an analysis costs: processor time for 10,000 words, splitting included, and memory of server and
model.

    python tests/benchmarks/analysis.py [--pages pages.jsonl.gz] [--json]

Pages are rows with `html` (and `lang`), by default the two of the fictional company. Every page is analysed
once to warm up and then measured as a whole: extraction from HTML, segmentation, judging, choosing. Pages in
other languages or refused ones are left out. The server is measured as it is started by `clauselight serve`,
with the starter catalogue published, before and after it has analysed a page of 10,000 words.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in the analysing process

from clauselight.analysis.analyse import analyse
from clauselight.analysis.classify import UnknownLanguage, load_classifier
from clauselight.analysis.extract import Refused, extract
from clauselight.analysis.segment import segment
from clauselight.knowledge.clause_types import clause_types

WORDS = 10_000
GOAL_SECONDS = 0.1
GOAL_MEMORY = 150.0
MODEL = Path(__file__).parents[2] / "server" / "clauselight" / "analysis" / "model"


def pages(file: Path | None) -> Iterator[str]:
    """HTML of the pages to measure."""
    if file is None:
        demo = files("clauselight.knowledge") / "data" / "demo"
        yield from ((demo / name).read_text(encoding="utf-8") for name in ("privacy.html", "terms.html"))
        return
    for line in gzip.decompress(file.read_bytes()).splitlines():
        row = json.loads(line)
        if row.get("lang", "en") == "en":
            yield row["html"]


def time_of(given: list[str]) -> dict[str, float]:
    """Processor seconds for 10,000 words, in total and by step, and what was measured."""
    judge = load_classifier()
    categories = {one.id: one.category.value for one in clause_types().values()}
    spent = dict.fromkeys(("extract", "segment", "rest"), 0.0)
    words = clauses = found = measured = 0
    slowest = 0.0
    for again in (False, True):
        for html in given:
            try:
                started = time.process_time()
                page = extract(html)
                extracted = time.process_time()
                segment(page)
                segmented = time.process_time()
                analysis = analyse(page, judge, categories, language=page.language)
                judged = time.process_time()
            except (Refused, UnknownLanguage):
                continue
            if not again:
                continue
            spent["extract"] += extracted - started
            spent["segment"] += segmented - extracted
            spent["rest"] += (judged - segmented) - (segmented - extracted)
            words += analysis.words
            clauses += analysis.clauses
            found += len(analysis.found)
            measured += 1
            if analysis.words >= 1_000:
                slowest = max(slowest, (judged - started - (segmented - extracted)) / analysis.words * WORDS)
    share = WORDS / max(words, 1)
    return {
        "pages": measured,
        "words": words,
        "clauses": clauses,
        "labels": found,
        "cpu_s_per_10000_words": sum(spent.values()) * share,
        "of_it_extract": spent["extract"] * share,
        "of_it_segment": spent["segment"] * share,
        "of_it_judge": spent["rest"] * share,
        "slowest_page_cpu_s_per_10000_words": slowest,
    }


def resident(pid: int) -> tuple[float, float]:
    """Megabytes that a process holds: resident, and its share of what is shared with others."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in text.splitlines()[1:]}
    return sizes["Rss"], sizes["Pss"]


def children(pid: int) -> list[int]:
    """Processes that a process started."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def memory_of(html: str) -> dict[str, float]:
    """Megabytes of a server and its analysing process, before and after a page."""
    with socket.socket() as probe, tempfile.TemporaryDirectory() as folder:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        command = [sys.executable, "-m", "clauselight"]
        subprocess.run([*command, "load", "--data", folder], check=True, stdout=subprocess.DEVNULL)
        # Once to publish, and again as every later start is.
        for last in (False, True):
            server = subprocess.Popen(
                [*command, "serve", "--port", str(port), "--data", folder],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                answered(f"http://127.0.0.1:{port}/readyz", None)
                if last:
                    return measured_memory(server.pid, port, html)
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait()
    raise AssertionError("not reached")


def measured_memory(pid: int, port: int, html: str) -> dict[str, float]:
    """The figures, before and after."""
    before = resident(pid)[0]
    url = f"http://127.0.0.1:{port}/v1/analyses"
    answered(url, {"html": html})
    started = time.perf_counter()
    answered(url, {"html": html})
    seconds = time.perf_counter() - started
    (worker,) = children(pid)
    after, analysing = resident(pid), resident(worker)
    return {
        "server_mb_before": before,
        "server_mb": after[0],
        "analysing_process_mb": analysing[0],
        "together_mb": after[0] + analysing[0],
        "together_mb_shared_counted_once": after[1] + analysing[1],
        "answer_s": seconds,
    }


def answered(url: str, body: dict[str, str] | None, within: float = 60) -> None:
    """One request, tried until the server is there."""
    data = None if body is None else json.dumps(body).encode()
    until = time.monotonic() + within
    while True:
        try:
            request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
            with urllib.request.urlopen(request, timeout=within) as answer:
                answer.read()
            return
        except urllib.error.URLError as error:
            if isinstance(error, urllib.error.HTTPError) and error.code != 503:
                raise
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def of_ten_thousand_words(given: list[str]) -> str:
    """Pages one after another, up to 10,000 words, as one page."""
    texts: list[str] = []
    words = 0
    while words < WORDS:
        for html in given:
            try:
                page = extract(html)
            except Refused:
                continue
            some = [
                f"<p>{block.text.replace('&', '&amp;').replace('<', '&lt;')}</p>" for block in page.blocks
            ]
            texts += some
            words += len(page.text.split())
            if words >= WORDS:
                break
    return "<h1>Privacy Policy</h1>" + "".join(texts)


def main() -> None:
    """Command line; see the module's text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    given = list(pages(options.pages))
    figures: dict[str, Any] = time_of(given)
    model = sum(file.stat().st_size for file in MODEL.rglob("*.npz")) / 1e6 if MODEL.exists() else 0.0
    figures |= {"model_mb": model, **memory_of(of_ten_thousand_words(given))}
    if options.json:
        print(json.dumps({name: round(value, 4) for name, value in figures.items()}))
        return
    goals = {
        "cpu_s_per_10000_words": f"<= {GOAL_SECONDS}",
        "together_mb": f"<= {GOAL_MEMORY:.0f}",
        "model_mb": "<= 2",
    }
    for name, value in figures.items():
        shown = f"{value:,}" if isinstance(value, int) else f"{value:,.3f}"
        print(f"{name:38} {shown:>14}  {goals.get(name, '')}")


if __name__ == "__main__":
    main()
