"""Time and size of every kind of page at many provisions, memory of the server, over a real socket.

    python tests/benchmarks/pages.py [--provisions 100000] [--data FOLDER] [--json]

Makes an archive in FOLDER (kept for the next time) or a temporary folder, starts `clauselight serve` on it,
and asks for pages of each kind one after another on one connection: other ids each time, so that nothing is
answered from what the last request left. Times are from the first byte sent to the last byte read, and so a
little more than the server's own.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.pages_archive import (
    DOCUMENTS_AN_ENTITY,
    FIRST_DOCUMENT,
    FIRST_PROVISION,
    LARGE,
    LARGE_DOCUMENT,
    PROVISIONS_A_DOCUMENT,
    bring_up_to_date,
    make_pages_archive,
)
from clauselight.knowledge.clause_types import clause_types
from clauselight.settings import Settings
from e2e.support.server import start_server

RUNS = 60
"""Requests of each kind of page; the first is left out, as it may fill what later ones use."""

FREQUENT = ("we", "the", "your", "data", "you", "or")
RARE = ("arbitration", "delete", "photos", "brokers", "court", "templates")


@dataclass(frozen=True)
class Row:
    """One kind of page: milliseconds, and bytes without and with compression."""

    page: str
    p50: float
    p95: float
    longest: float
    bytes: int
    sent: int


def kinds(provisions: int, rng: random.Random) -> dict[str, Callable[[], str]]:
    """Paths of each kind, another at each call."""
    documents = max(1, (provisions - LARGE) // PROVISIONS_A_DOCUMENT)
    entities = int(documents / DOCUMENTS_AN_ENTITY) + 1
    types = sorted(clause_types())

    def provision() -> str:
        return f"CL-P-{FIRST_PROVISION + rng.randrange(provisions - LARGE):06}"

    def document() -> str:
        return f"CL-D-{FIRST_DOCUMENT + 1 + rng.randrange(documents - 1):06}"

    def entity() -> str:
        return f"made-up-{rng.randrange(entities)}"

    def words(*pools: tuple[str, ...]) -> str:
        return quote(" ".join(rng.choice(pool) for pool in pools))

    return {
        "front page": lambda: "/",
        "record": lambda: f"/provisions/{provision()}",
        "document": lambda: f"/documents/{document()}",
        f"document of {LARGE}": lambda: f"/documents/CL-D-{LARGE_DOCUMENT:06}",
        "organisation": lambda: f"/entities/{entity()}",
        "kind of clause": lambda: f"/clause-types/{rng.choice(types)}",
        "comparison of one kind": lambda: f"/compare?type={rng.choice(types)}&entity={entity()}",
        "comparison of four organisations": lambda: (
            "/compare?" + "&".join(f"entity={entity()}" for _ in "1234")
        ),
        "search, a rare word": lambda: f"/search?q={words(RARE)}",
        "search, frequent words": lambda: f"/search?q={words(FREQUENT, FREQUENT, FREQUENT)}",
        "search, a phrase": lambda: f"/search?q=%22{words(FREQUENT, FREQUENT)}%22",
        "search, twelve words": lambda: f"/search?q={words(*[FREQUENT] * 12)}",
        "registry": lambda: f"/provisions?sort={rng.choice(('gravest', 'latest', 'oldest'))}",
        "registry, filtered": lambda: f"/provisions?type={rng.choice(types)}&method=curated&confidence=low",
        "registry, by date": lambda: f"/provisions?since=2025-{rng.randrange(1, 13):02}-01&severity=low",
        "registry, deep": lambda: (
            f"/provisions?sort=latest&after=2024{rng.randrange(10, 13)}01.{FIRST_PROVISION}"
        ),
        "changes": lambda: f"/changes?after=2025{rng.randrange(10, 13)}01.{FIRST_PROVISION}.0",
        "organisations": lambda: f"/entities?from=company%20{rng.randrange(1000)}",
        "documents": lambda: f"/documents?after={FIRST_DOCUMENT + rng.randrange(documents)}",
        "what is monitored": lambda: "/monitored",
        "method": lambda: "/methodology",
    }


def measure(port: int, name: str, path: Callable[[], str]) -> Row:
    """One kind of page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    times, largest, sent = [], 0, 0
    for _ in range(RUNS + 1):
        target = path()
        begun = time.perf_counter()
        connection.request("GET", target, headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        body = answer.read()
        times.append((time.perf_counter() - begun) * 1000)
        assert answer.status == 200, (target, answer.status)
        largest, sent = max(largest, len(gzip.decompress(body))), max(sent, len(body))
    connection.close()
    kept = sorted(times[1:])
    return Row(name, statistics.median(kept), kept[int(0.95 * len(kept))], max(times), largest, sent)


def memory_mb(pid: int) -> dict[str, float]:
    """What a process holds, and the most that it held."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    found = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith(("VmRSS", "VmHWM"))}
    return {name: int(value) / 1024 for name, value in found.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--provisions", type=int, default=100_000)
    parser.add_argument("--data", type=Path, help="folder that is kept for the next time")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.data or Path(temporary)
        settings = Settings(data=folder)
        if not settings.archive_file.is_file():
            make_pages_archive(folder, options.provisions)
        else:
            bring_up_to_date(settings)
        # At the address that the archive was published for: at another one, everything is rendered again.
        with start_server(folder, port=settings.port) as server:
            rows = [
                measure(server.port, name, path)
                for name, path in kinds(options.provisions, random.Random(1)).items()
            ]
            memory = memory_mb(server.pid)
    sizes = {
        name: file.stat().st_size
        for name, file in (("publication", settings.publication_file), ("registry", settings.registry_file))
    }
    if options.json:
        print(json.dumps({"pages": [asdict(row) for row in rows], "memory_mb": memory, "files": sizes}))
        return
    print(f"{options.provisions:,} provisions\n")
    print("| page | p50 ms | p95 ms | bytes | compressed |\n|---|---|---|---|---|")
    for row in rows:
        print(f"| {row.page} | {row.p50:.1f} | {row.p95:.1f} | {row.bytes:,} | {row.sent:,} |")
    print(f"\nMemory of the server afterwards: {memory['VmRSS']:.0f} MB, at most {memory['VmHWM']:.0f} MB")
    print("Files: " + ", ".join(f"{name} {size / 1e6:,.0f} MB" for name, size in sizes.items()))


if __name__ == "__main__":
    main()
