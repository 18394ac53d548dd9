"""The server under load at a million documents, as ratios to a constant aiohttp handler on the same machine.

`python tests/benchmarks/server.py` makes the archive and its publication (some fifteen minutes), starts the
real `clauselight serve` and a handler that returns constant bytes, and sends both the same kind of requests
in short runs that alternate, so that whatever else the machine does touches both.

The constant handler is what aiohttp's documentation begins with: application, route, coroutine, uvloop, one
process, no access log, no middleware, and a body of as many bytes as the median answer it is compared with.
Against the smallest body (`small`, 2 bytes) everything is measured too. The ratio that counts is of requests
a second, the median of all pairs of runs; `by CPU` is that of processor time a request, which a
busy machine touches less.

The program is compiled to byte code first, as `make run` and every installation do, also where Python is told
not to keep any. The files of the publication are read through before each comparison: a server that has run
for a while finds it in the system's memory. Buckets are asked for one after another, all of them (no cache
helps), and as readers would who open documents with Zipf's weights; the first counts.

`--documents N` makes a smaller archive, `--data DIR` keeps it for the next run, `--json` prints one object.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import compileall
import gzip
import http.client
import json
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from server_archive import address, make_archive, numbers, render, uniform, zipf
from server_load import LoadImpossible, Running, constant, find_wrk, free_port, process, requests_per_second

import clauselight
from clauselight.domain.canonical_url import page_key
from clauselight.settings import Settings

GOALS = {"bucket": 0.90, "match, Zipf": 0.75, "match, uniform": 0.55, "304": 0.90}
MOST = {
    "MB at start": 100.0,
    "MB under load": 100.0,
    "MB while changing": 100.0,
    "seconds until ready": 1.0,
    "seconds until visible": 1.0,
}
"""Bounds of the other figures."""

ROUNDS = 7
SECONDS = 2
STARTS = 3
TARGETS = 200_000
SMALLEST_BUCKET = 64


def get(port: int, target: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """One request; status, body as sent, and headers."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", target, headers={"Accept-Encoding": "gzip", **headers})
        answer = connection.getresponse()
        return answer.status, answer.read(), {k.lower(): v for k, v in answer.getheaders()}


def compare(
    ours: Running, constant_one: Running, targets: list[str], seconds: int, headers: str = ""
) -> dict[str, float]:
    """Alternating runs; the medians of both sides and of the ratios of each pair."""
    requests_per_second(ours.port, targets, 1, headers)  # not counted: both sides start warm
    rows = []
    for turn in range(ROUNDS):
        shift = turn * len(targets) // ROUNDS
        row = []
        for one, wanted in ((ours, targets[shift:] + targets[:shift]), (constant_one, ["/"])):
            before = one.watched.cpu()
            rate = requests_per_second(one.port, wanted, seconds, headers)
            row += [rate, (one.watched.cpu() - before) / (rate * seconds) * 1e6]
        rows.append(row)
    return {
        "ours": statistics.median(row[0] for row in rows),
        "constant": statistics.median(row[2] for row in rows),
        "ratio": statistics.median(row[0] / row[2] for row in rows),
        "by CPU": statistics.median(row[3] / row[1] for row in rows),
        "microseconds": statistics.median(row[1] for row in rows),
    }


def match_targets(chosen: list[int], count: int) -> list[str]:
    """Direct matches of some documents."""
    return [f"/v1/match?url={quote(address(number, count), safe='')}" for number in chosen]


def throughput(
    ours: Running, folder: Path, count: int, seconds: int, say: Callable[[str], None]
) -> dict[str, dict[str, float]]:
    """All comparisons."""
    rng, file = random.Random(4), Settings(data=folder).publication_file
    port = ours.port
    bits = json.loads(plain(get(port, "/v1/index.json")[1]))["bucket_bits"]
    digits = max(1, -(-bits // 4))
    wanted = zipf(count, TARGETS, rng)
    buckets = [f"/v1/buckets/{place:0{digits}x}.json" for place in range(1 << bits)]
    rng.shuffle(buckets)
    popular = [
        f"/v1/buckets/{page_key(address(number, count)) >> (63 - bits):0{digits}x}.json" for number in wanted
    ]
    kinds = {
        "bucket": buckets,
        "bucket, Zipf": popular,
        "match, Zipf": match_targets(wanted, count),
        "match, uniform": match_targets(uniform(count, TARGETS, rng), count),
    }
    found: dict[str, dict[str, float]] = {}
    for name, targets in kinds.items():
        size = int(statistics.median(len(get(port, one)[1]) for one in targets[:200]))
        say(f"Sending requests: {name} (load {os.getloadavg()[0]:.1f}) ...")
        _read_through(file)
        with constant(size) as other:
            found[name] = {**compare(ours, other, targets, seconds), "bytes": size}
        with constant(2) as other:
            found[name]["small"] = compare(ours, other, targets, seconds)["ratio"]
    tag = get(port, "/v1/index.json")[2]["etag"].replace('"', '\\"')
    say(f"Sending requests: 304 (load {os.getloadavg()[0]:.1f}) ...")
    with constant(0, unchanged=True) as other:
        more = f', ["If-None-Match"] = "{tag}"'
        found["304"] = compare(ours, other, ["/v1/index.json"], seconds, more)
    return found


def plain(body: bytes) -> bytes:
    """A body without its gzip."""
    return gzip.decompress(body)


def until_visible(port: int, target: str, wanted: bytes) -> float:
    """Seconds until an answer holds some bytes."""
    started = time.monotonic()
    while time.monotonic() - started < 60:
        if wanted in plain(get(port, target)[1]):
            return time.monotonic() - started
        time.sleep(0.01)
    raise LoadImpossible("a changed document did not become visible in a minute")


def visibility(folder: Path, port: int, count: int) -> dict[str, float]:
    """A document renamed, and one at a new address, changed in the archive by another process."""
    number = numbers(count)[len(numbers(count)) // 2]
    archive = Settings(data=folder).archive_file
    asked = match_targets([number], count)[0]

    def change(*statements: tuple[str, tuple[object, ...]]) -> None:
        with closing(sqlite3.connect(archive, timeout=30)) as connection, connection:
            kept = connection.execute("SELECT value FROM note WHERE name='document-revision'").fetchone()
            revision = int(kept[0]) + 1 if kept else 1
            connection.execute(
                "INSERT OR REPLACE INTO note VALUES ('document-revision', ?)", (str(revision),)
            )
            for statement, values in statements:
                connection.execute(statement, values)
            connection.execute("UPDATE document SET revision=? WHERE id=?", (revision, f"CL-D-{number:06}"))

    found = {}
    title = f"Renamed {time.time_ns()}"
    change(("UPDATE document SET title=? WHERE id=?", (title, f"CL-D-{number:06}")))
    found["renamed"] = until_visible(port, asked, title.encode())
    new = f"https://moved-{time.time_ns()}.example/privacy"
    change(("UPDATE document_url SET url=? WHERE document_id=?", (new, f"CL-D-{number:06}")))
    found["moved"] = until_visible(port, f"/v1/match?url={quote(new, safe='')}", new.encode())
    back = (
        "UPDATE document_url SET url=? WHERE document_id=?",
        (address(number, count), f"CL-D-{number:06}"),
    )
    change(back)
    found["moved back"] = until_visible(port, asked, title.encode())
    return found


def sizes(port: int, before: dict[str, Any]) -> dict[str, float]:
    """What readers fetch."""
    body = get(port, "/v1/index.json")[1]
    index = json.loads(plain(body))
    info = json.loads(plain(get(port, "/v1/info.json")[1]))
    data = base64.b64decode(index["data"])
    status, delta, _ = get(port, f"/v1/deltas/{before['state']}.json")
    return {
        "documents": info["documents"],
        "values": index["count"],
        "hash_bits": index["hash_bits"],
        "bucket_bits": index["bucket_bits"],
        "bytes a document": len(data) / info["documents"],
        "bytes a document as sent": len(body) / info["documents"],
        "pages that hit falsely, one in": 2 ** index["hash_bits"] / index["count"],
        "delta after two moves, bytes sent": len(delta) if status == 200 else -1,
    }


def run(folder: Path, count: int, seconds: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Everything, on a data folder that is made when it is empty."""
    settings = Settings(data=folder, bucket_size=SMALLEST_BUCKET)
    os.environ["CLAUSELIGHT_BUCKET_SIZE"] = str(SMALLEST_BUCKET)
    port = free_port()
    serve = [sys.executable, "-m", "clauselight", "serve", "--data", str(folder), "--port", str(port)]
    found: dict[str, Any] = {"load at the beginning": os.getloadavg()[0]}
    if not settings.archive_file.exists():
        say(f"Making an archive of {count:,} documents ...")
        started = time.monotonic()
        make_archive(folder, count)
        found["seconds to make the archive"] = time.monotonic() - started
    started = time.monotonic()
    if asyncio.run(render(settings, port, say)):
        found["seconds to render"] = time.monotonic() - started
    compileall.compile_dir(Path(clauselight.__file__).parent, quiet=2)
    ready = []
    for _ in range(STARTS):
        _read_through(settings.publication_file)
        with process(serve, port, path="/readyz") as ours:
            ready.append(ours.took)
    found["seconds until ready"] = statistics.median(ready)
    _read_through(settings.publication_file)
    with process(serve, port, path="/readyz") as ours:
        if get(port, "/readyz")[0] != 200:
            raise LoadImpossible("the server is not ready")
        found["MB at start"] = ours.watched.memory()["now"]
        before = json.loads(plain(get(port, "/v1/index.json")[1]))
        ours.watched.forget_highest()
        found["throughput"] = throughput(ours, folder, count, seconds, say)
        found["MB under load"] = ours.watched.memory()["highest"]
        say("Changing documents ...")
        ours.watched.forget_highest()
        found["visible"] = visibility(folder, port, count)
        found["seconds until visible"] = max(found["visible"].values())
        found["MB while changing"] = ours.watched.memory()["highest"]
        time.sleep(1)
        found["MB after changing"] = ours.watched.memory()["now"]
        found["index"] = sizes(port, before)
    found["load at the end"] = os.getloadavg()[0]
    return found


def missed(found: dict[str, Any]) -> list[str]:
    """The figures that do not reach their goals."""
    slow = [name for name, goal in GOALS.items() if found["throughput"][name]["ratio"] < goal]
    return slow + [name for name, goal in MOST.items() if found[name] > goal]


def _read_through(file: Path) -> None:
    """A server that has run for a while finds its files in the system's memory; so shall this one."""
    for one in (file, *file.parent.glob(f"{file.stem}.*.pack")):
        with one.open("rb") as opened:
            while opened.read(1 << 24):
                pass


def main() -> int:
    """Print the figures; 1 when a goal is missed, 2 when they cannot be measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--data", type=Path, help="folder to keep the archive in")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="of each run")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    say: Callable[[str], None] = lambda text: print(text, file=sys.stderr, flush=True)  # noqa: E731
    try:
        find_wrk()
        with tempfile.TemporaryDirectory() as temporary:
            folder = options.data or Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            found = run(folder, options.documents, options.seconds, say)
    except LoadImpossible as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps({**found, "missed": missed(found)}, indent=2))
    else:
        show(found)
    return 1 if missed(found) else 0


def show(found: dict[str, Any]) -> None:
    """The figures as a table."""
    columns = ("ours/s", "constant/s", "ratio", "goal", "by CPU", "small", "bytes")
    print(f"{'':16}" + "".join(f"{name:>11}" for name in columns))
    for name, one in found["throughput"].items():
        goal = f"{GOALS[name]:.2f}" if name in GOALS else ""
        small = f"{one['small']:.2f}" if "small" in one else ""
        print(
            f"{name:16}{one['ours']:11,.0f}{one['constant']:11,.0f}{one['ratio']:11.2f}{goal:>11}"
            f"{one['by CPU']:11.2f}{small:>11}{one.get('bytes', 0):11,.0f}"
        )
    for name, value in found.items():
        pairs = value.items() if isinstance(value, dict) else [("", value)]
        for what, number in pairs if name != "throughput" else ():
            goal = f"   goal {MOST[name]:g}" if name in MOST else ""
            print(f"{(name + ', ' + what).strip(', '):50}{number:14,.3f}{goal}")
    print("Missed: " + (", ".join(missed(found)) or "none"))


if __name__ == "__main__":
    sys.exit(main())
