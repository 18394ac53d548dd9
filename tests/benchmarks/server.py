"""The server under load at a million documents, as ratios to a constant aiohttp handler on the same machine.

`python tests/benchmarks/server.py` makes the archive and its publication (some minutes), starts the real
`clauselight serve` and a handler that returns constant bytes, and sends both the same kind of requests in
short runs that alternate, so that whatever else the machine does touches both. A bucket is compared with a
constant body of the same length; a match with one of the median match's length; a 304 with a constant 304.

`--documents N` makes a smaller archive, `--data DIR` keeps it for the next run, `--json` prints one object.
"""

from __future__ import annotations

import argparse
import base64
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

import server_load
from server_archive import address, make_archive, numbers, uniform, zipf
from server_load import LoadImpossible, constant, free_port, process, requests_per_second

from clauselight.settings import Settings

GOALS = {"bucket": 0.90, "match, Zipf": 0.75, "match, uniform": 0.55, "304": 0.90}
ROUNDS = 5
SECONDS = 3
TARGETS = 200_000
SMALLEST_BUCKET = "64"


def get(port: int, target: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """One request; status, body as sent, and headers."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", target, headers={"Accept-Encoding": "gzip", **headers})
        answer = connection.getresponse()
        return answer.status, answer.read(), {k.lower(): v for k, v in answer.getheaders()}


def memory(pid: int) -> dict[str, float]:
    """Resident memory of a process now and at its highest, in MB (10**6 bytes)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    fields = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.startswith("Vm")}
    return {"now": fields["VmRSS"] * 1024 / 1e6, "highest": fields["VmHWM"] * 1024 / 1e6}


def compare(
    port: int, constant_port: int, targets: list[str], seconds: int, headers: str = ""
) -> dict[str, float]:
    """Alternating runs; the medians of both and their ratio."""
    requests_per_second(port, targets, seconds, headers)  # not counted: both sides start warm
    ours, theirs = [], []
    for turn in range(ROUNDS):
        shift = turn * len(targets) // ROUNDS
        ours.append(requests_per_second(port, targets[shift:] + targets[:shift], seconds, headers))
        theirs.append(requests_per_second(constant_port, ["/"], seconds, headers))
    ratio = statistics.median(one / other for one, other in zip(ours, theirs, strict=True))
    return {"ours": statistics.median(ours), "constant": statistics.median(theirs), "ratio": ratio}


def match_targets(chosen: list[int], count: int) -> list[str]:
    """Direct matches of some documents."""
    return [f"/v1/match?url={quote(address(number, count), safe='')}" for number in chosen]


def throughput(port: int, count: int, seconds: int) -> dict[str, dict[str, float]]:
    """All four comparisons."""
    rng = random.Random(4)
    index = json.loads(plain(get(port, "/v1/index.json")[1]))
    bits = index["bucket_bits"]
    digits = max(1, -(-bits // 4))
    buckets = [f"/v1/buckets/{place:0{digits}x}.json" for place in range(1 << bits)]
    rng.shuffle(buckets)
    bucket_size = statistics.median(len(get(port, one)[1]) for one in buckets[:200])
    found: dict[str, dict[str, float]] = {}
    with constant(int(bucket_size)) as other:
        found["bucket"] = {**compare(port, other, buckets, seconds), "bytes": bucket_size}
    matches = {
        "match, Zipf": match_targets(zipf(count, TARGETS, rng), count),
        "match, uniform": match_targets(uniform(count, TARGETS, rng), count),
    }
    match_size = statistics.median(len(get(port, one)[1]) for one in matches["match, uniform"][:200])
    with constant(int(match_size)) as other:
        for name, targets in matches.items():
            found[name] = {**compare(port, other, targets, seconds), "bytes": match_size}
    tag = get(port, "/v1/index.json")[2]["etag"].replace('"', '\\"')
    with constant(0, unchanged=True) as other:
        more = f', ["If-None-Match"] = "{tag}"'
        found["304"] = compare(port, other, ["/v1/index.json"], seconds, more)
    return found


def plain(body: bytes) -> bytes:
    """A body without its gzip."""
    import gzip

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
    settings = Settings(data=folder)
    os.environ["CLAUSELIGHT_BUCKET_SIZE"] = SMALLEST_BUCKET
    port = free_port()
    serve = [sys.executable, "-m", "clauselight", "serve", "--data", str(folder), "--port", str(port)]
    found: dict[str, Any] = {}
    if not settings.archive_file.exists():
        say(f"Making an archive of {count:,} documents ...")
        make_archive(folder, count)
    if not settings.publication_file.exists():
        say("Rendering its publication ...")
        with process(serve, port, path="/readyz") as took:
            found["seconds to render all"] = took
    _read_through(settings.publication_file)
    with process(serve, port, path="/readyz") as took:
        found["seconds until ready"] = took
        if get(port, "/readyz")[0] != 200:
            raise LoadImpossible("the server is not ready")
        pid: int = server_load.process.pid  # type: ignore[attr-defined]
        found["MB at start"] = memory(pid)["now"]
        before = json.loads(plain(get(port, "/v1/index.json")[1]))
        say("Sending requests ...")
        found["throughput"] = throughput(port, count, seconds)
        found["MB under load"] = memory(pid)["now"]
        found["seconds until visible"] = visibility(folder, port, count)
        found["index"] = sizes(port, before)
        found["MB"] = memory(pid)
    return found


def _read_through(file: Path) -> None:
    """A server that has run for a while finds its file in the system's memory; so shall this one."""
    with file.open("rb") as opened:
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
    say = (lambda text: print(text, file=sys.stderr)) if options.json else print
    try:
        server_load.find_wrk()
        with tempfile.TemporaryDirectory() as temporary:
            folder = options.data or Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            found = run(folder, options.documents, options.seconds, say)
    except LoadImpossible as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(found, indent=2))
    else:
        show(found)
    return 0 if all(found["throughput"][name]["ratio"] >= goal for name, goal in GOALS.items()) else 1


def show(found: dict[str, Any]) -> None:
    """The figures as a table."""
    print(f"{'':20}{'ours':>12}{'constant':>12}{'ratio':>8}{'goal':>8}")
    for name, one in found["throughput"].items():
        print(
            f"{name:20}{one['ours']:10,.0f}/s{one['constant']:10,.0f}/s{one['ratio']:8.2f}{GOALS[name]:8.2f}"
        )
    for name, value in found.items():
        if name == "throughput":
            continue
        pairs = value.items() if isinstance(value, dict) else [("", value)]
        for what, number in pairs:
            print(f"{(name + ', ' + what).strip(', '):50}{number:14,.3f}")


if __name__ == "__main__":
    sys.exit(main())
