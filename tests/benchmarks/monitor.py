"""What watching costs while nothing is due: processor time with ten thousand documents on the due list.

Figure: at most 1 % of a core. `--seconds` longer makes it finer; the list is looked at every minute or more.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import datetime as dt
import json
import sys
import tempfile
import time
from pathlib import Path

from clauselight.analysis.analyser import Analyser
from clauselight.capture.capturer import Capturer
from clauselight.capture.policy import FetchPolicy
from clauselight.contract.document import Document
from clauselight.monitor.capturing import DocumentCapturer
from clauselight.monitor.schedule import Schedule
from clauselight.store.documents import save_documents
from clauselight.store.engine import migrate, open_archive
from clauselight.store.watches import Watch, save_watch

GOAL = 0.01
SPACING = 8.64
"""Seconds between two due documents when ten thousand are captured once a day; none falls due meanwhile, but
the list is looked at as if one did."""


async def measure(documents: int, seconds: float, folder: Path) -> dict[str, float]:
    file = folder / "archive.sqlite"
    migrate(file)
    engine = open_archive(file)
    now = dt.datetime.now(dt.UTC)
    async with engine.begin() as connection:
        await save_documents(
            connection,
            [
                Document.model_validate(
                    {
                        "id": f"CL-D-{number:06}",
                        "slug": f"policy-{number}",
                        "title": "Policy",
                        "kind": "privacy",
                        "entity": {"id": f"e{number}", "name": f"E {number}"},
                        "urls": [f"https://e{number}.example/privacy"],
                    }
                )
                for number in range(1, documents + 1)
            ],
        )
        for number in range(1, documents + 1):
            due = now + dt.timedelta(seconds=seconds + 60 + number * SPACING)
            await save_watch(
                connection, Watch(f"CL-D-{number:06}", f"https://e{number}.example/privacy", due, 86_400)
            )
    analyser = Analyser(seconds=10, categories={})
    async with Capturer(FetchPolicy()) as capturer:
        schedule = Schedule(engine, DocumentCapturer(engine, capturer, analyser))
        # As often as if something fell due all the time.
        looks = 0

        async def look() -> None:
            nonlocal looks
            while True:
                await schedule._start_due()
                await schedule._until_next()
                looks += 1
                await asyncio.sleep(min(SPACING, seconds / 8))

        began, cpu = time.perf_counter(), time.process_time()
        running = asyncio.create_task(look())
        await asyncio.sleep(seconds)
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        spent, passed = time.process_time() - cpu, time.perf_counter() - began
    await engine.dispose()
    return {"documents": documents, "seconds": passed, "looks": looks, "share of a core": spent / passed}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(measure(options.documents, options.seconds, Path(folder)))
    met = figures["share of a core"] <= GOAL
    if options.json:
        print(json.dumps({**figures, "goal": GOAL, "met": met}))
    else:
        for name, value in figures.items():
            print(f"{name:<20}{value:>12,.4f}" + ("   goal 0.01" if name.startswith("share") else ""))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
