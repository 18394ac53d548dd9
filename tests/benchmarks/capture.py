"""Fetching 1,000 local pages of 200 kB: is it the politeness rules that bound it, or we?

A site in a process of its own has 100 names. Without pauses the pages come as fast as this program can take
them; with a pause of d seconds the rules alone need d for each request to a host after its first one
(robots.txt is one of them), and everything beyond that is ours.

`python tests/benchmarks/capture.py` prints a table, `--json` the same for programs.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import sys
import time
from dataclasses import asdict, dataclass

from rich.console import Console
from rich.table import Table
from server_load import free_port, process

from clauselight.capture.addresses import AddressRules
from clauselight.capture.policy import FetchPolicy
from clauselight.capture.safe_fetch import Fetcher

SITE = """
import asyncio, sys
from aiohttp import web

PAGE = b"<!doctype html><title>Privacy</title>" + b"<p>We may share your data with partners. " * 5_000
PAGE = PAGE[:int(sys.argv[2])]

async def page(request):
    return web.Response(body=PAGE, content_type="text/html", charset="utf-8")

async def robots(request):
    return web.Response(text="User-agent: *\\nDisallow: /private\\n")

async def serve():
    app = web.Application()
    app.add_routes([web.get("/robots.txt", robots), web.get("/{page:.*}", page)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(sys.argv[1])).start()
    await asyncio.Event().wait()

asyncio.run(serve())
"""


@dataclass(frozen=True)
class Measured:
    """One run. `rules` are the seconds that the pauses alone need; `cpu` seconds of this process."""

    delay: float
    pages: int
    hosts: int
    megabytes: float
    seconds: float
    rules: float
    cpu: float
    memory: float

    @property
    def ours(self) -> float:
        """Share of the time that the rules do not explain."""
        return (self.seconds - self.rules) / self.seconds


async def _names(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


async def measure(port: int, *, pages: int, size: int, hosts: int, delay: float) -> Measured:
    """Fetch the pages, with robots.txt, and count."""
    policy = FetchPolicy(
        agent="Clauselight/benchmark", rules=AddressRules.of([f"127.0.0.1:{port}"]), delay=delay
    )

    async def fetch(fetcher: Fetcher, number: int) -> int:
        host = f"site-{number % hosts}.example"
        return len((await fetcher.fetch_page(f"http://{host}:{port}/{number}")).body)

    began, cpu = time.monotonic(), time.process_time()
    async with Fetcher(policy, lookup=_names) as fetcher:
        sizes = await asyncio.gather(*(fetch(fetcher, number) for number in range(pages)))
    if set(sizes) != {size}:
        raise SystemExit("Some pages did not come whole: these figures would mean nothing.")
    seconds, cpu = time.monotonic() - began, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    # One request more than pages for each host, for its robots.txt, and one pause less than requests.
    return Measured(
        delay, pages, hosts, sum(sizes) / 1e6, seconds, delay * -(-pages // hosts), cpu, memory / 1e6
    )


def main() -> None:
    """Prints one line a pause."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--hosts", type=int, default=100)
    parser.add_argument("--bytes", type=int, default=200_000)
    parser.add_argument("--delays", type=float, nargs="+", default=[0.0, 0.5, 2.0])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    port = free_port()
    with process([sys.executable, "-c", SITE, str(port), str(options.bytes)], port):
        runs = [
            asyncio.run(
                measure(port, pages=options.pages, size=options.bytes, hosts=options.hosts, delay=delay)
            )
            for delay in options.delays
        ]
    if options.json:
        print(json.dumps([{**asdict(run), "ours": run.ours} for run in runs], indent=2))
        return
    table = Table(title=f"{options.pages:,} pages of {options.bytes:,} bytes at {options.hosts} hosts")
    for name in ("pause", "total", "the rules alone", "ours", "pages/s", "CPU", "CPU a page", "memory"):
        table.add_column(name, justify="right")
    for run in runs:
        table.add_row(
            f"{run.delay} s",
            f"{run.seconds:.2f} s",
            f"{run.rules:.2f} s",
            f"{run.ours:.1%}",
            f"{run.pages / run.seconds:.0f}",
            f"{run.cpu:.2f} s ({run.cpu / run.seconds:.0%})",
            f"{1000 * run.cpu / run.pages:.2f} ms",
            f"{run.memory:.0f} MB",
        )
    Console().print(table)


if __name__ == "__main__":
    main()
