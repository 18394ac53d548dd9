"""Importing four years of policies: time, memory, a second import, and imports that are killed.

    python tests/benchmarks/open_terms_archive.py [BUNDLE] [--kill N [--seed S]] [--read SEED] [--json]

Imports a versions repository of Open Terms Archive into an archive with the starter catalogue, by the real
command in a process of its own, twice. Peak memory is that of the whole process tree, sampled. With `--kill
N`, imports are killed (SIGKILL) at N random moments and resumed until they end; the archive must be the same
as that of the import which nobody disturbed, in every column of every row, and `clauselight verify` must find
nothing. The seed and the moments are told; where an archive is another one, the tables, how many rows and
the first of them are shown, and the archives are kept to be looked at. `--read SEED` prints 40 change records
of the privacy policies of Pinterest and TikTok with the words before and after, for somebody to read; what
was read so stands in `open_terms_archive_read.tsv`, every sample that was drawn, under its seed, with the
rules as they were then.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.archive_difference import differences
from clauselight import __version__
from clauselight.importers.catalogue import load_catalogue
from clauselight.settings import Settings
from clauselight.store.engine import migrate, open_archive

BUNDLE = (
    Path(__file__).parents[2] / ".." / "shared" / "data" / "ecosystem" / "open-terms-archive-versions.bundle"
)
GOALS = {"seconds": 120.0, "megabytes": 300.0, "second import, seconds": 5.0}
SAMPLE_EVERY = 0.05
READ = 40
SHOWN = 10
"""Lines of what `verify` says that are shown."""


@dataclass
class Kills:
    """What became of imports that were killed. `moments` are the seconds after which each import was killed,
    or would have been, had it not ended; `unlike` says in lines what differs."""

    killed: int = 0
    moments: list[float] = field(default_factory=list)
    same: bool = True
    verified: bool = True
    unlike: list[str] = field(default_factory=list)


def main() -> int:
    """Run it; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bundle", type=Path, nargs="?", default=BUNDLE)
    parser.add_argument("--kill", type=int, default=0, metavar="N", help="kill so many imports")
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--read", type=int, metavar="SEED", help="print change records to be read")
    parser.add_argument("--data", type=Path, help="keep the archive here")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not options.bundle.exists():
        print(f"There is no {options.bundle}.", file=sys.stderr)
        return 2
    scratch = Path(tempfile.mkdtemp(prefix="clauselight-bench-"))
    kills = Kills()
    try:
        base = scratch / "base"
        asyncio.run(_with_catalogue(base))
        data = options.data or scratch / "whole"
        shutil.copytree(base, data, dirs_exist_ok=True)
        figures: dict[str, object] = {}
        first = _import(data, options.bundle)
        second = _import(data, options.bundle)
        figures["seconds"], figures["megabytes"] = first["seconds"], first["megabytes"]
        figures["processor seconds"] = first["processor"]
        figures["second import, seconds"] = second["seconds"]
        figures |= _counts(data)
        if options.kill:
            _kill(kills, base, data, options, first["seconds"])
            figures["killed"], figures["seed of the kills"] = kills.killed, options.seed
            figures["killed after, seconds"] = [round(moment, 2) for moment in kills.moments]
            figures["same archive after kills"] = kills.same
            figures["verify finds nothing after kills"] = kills.verified
        if options.read is not None:
            _print_sample(data, options.read)
    finally:
        if kills.same and kills.verified:
            shutil.rmtree(scratch)
        else:
            print("\n".join([*kills.unlike, f"The archives are kept in {scratch}."]), file=sys.stderr)
    missed = [name for name, most in GOALS.items() if float(str(figures[name])) > most]
    missed += [name for name, value in figures.items() if value is False]
    if options.json:
        print(json.dumps({**figures, "goals": GOALS, "missed": missed}, indent=2))
    else:
        for name, value in figures.items():
            goal = f"   (goal: at most {GOALS[name]:g})" if name in GOALS else ""
            print(f"{name:30} {value}{goal}")
        print("missed: " + (", ".join(missed) or "nothing"))
    return 1 if missed else 0


async def _with_catalogue(folder: Path) -> None:
    settings = Settings(data=folder)
    migrate(settings.archive_file)
    engine = open_archive(settings.archive_file)
    await load_catalogue(engine, version=__version__, today=dt.datetime.now(dt.UTC).date())
    await engine.dispose()


def _start(data: Path, bundle: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "clauselight", "import", "open-terms-archive", str(bundle)]
    return subprocess.Popen(
        [*command, "--data", str(data)],
        env=_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def _import(data: Path, bundle: Path) -> dict[str, float]:
    started = time.monotonic()
    process = _start(data, bundle)
    most = processor = 0.0
    while process.poll() is None:
        resident, used = _tree(process.pid)
        most, processor = max(most, resident), max(processor, used)
        time.sleep(SAMPLE_EVERY)
    if process.returncode:
        raise SystemExit(f"the import ended with {process.returncode}")
    return {
        "seconds": round(time.monotonic() - started, 1),
        "megabytes": round(most, 1),
        "processor": round(processor, 1),
    }


def _tree(root: int) -> tuple[float, float]:
    """Resident megabytes and processor seconds of a process with all below it."""
    children: dict[int, list[int]] = {}
    facts: dict[int, tuple[float, float]] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(entry.name)
        children.setdefault(int(fields[1]), []).append(pid)
        ticks = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
        facts[pid] = (int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20, ticks)
    resident, used, left = 0.0, facts.get(root, (0, 0.0))[1], [root]
    while left:
        pid = left.pop()
        resident += facts.get(pid, (0.0, 0.0))[0]
        left += children.get(pid, [])
    return resident, used


def _counts(data: Path) -> dict[str, object]:
    with closing(sqlite3.connect(Settings(data=data).archive_file)) as connection:

        def counted(sql: str) -> dict[str, int]:
            return dict(connection.execute(sql).fetchall())

        return {
            "captures": counted("SELECT outcome, count(*) FROM capture GROUP BY 1"),
            "versions": counted("SELECT kind, count(*) FROM version GROUP BY 1"),
            "change records": counted(
                "SELECT kind, count(*) FROM change_record WHERE version_to IS NOT NULL GROUP BY 1"
            ),
        }


def _kill(kills: Kills, base: Path, whole: Path, options: argparse.Namespace, seconds: float) -> None:
    """Kill imports at random moments until N were killed, then let the last one end. An import that ends
    before its moment counts too, and the next begins with a new archive."""
    chosen = random.Random(options.seed)
    while kills.killed < options.kill:
        data = base.with_name(f"killed-{len(kills.moments)}")
        shutil.copytree(base, data)
        ended = False
        while kills.killed < options.kill and not ended:
            kills.moments.append(chosen.uniform(0.2, seconds / 3))
            process = _start(data, options.bundle)
            try:
                process.wait(kills.moments[-1])
                ended = True
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                kills.killed += 1
        _import(data, options.bundle)
        # Before `verify`, which notes when it looked.
        unlike = differences(*(Settings(data=one).archive_file for one in (whole, data)))
        checked = subprocess.run(
            [sys.executable, "-m", "clauselight", "verify", "--data", str(data)],
            env=_environment(),
            capture_output=True,
            text=True,
        )
        if unlike or checked.returncode:
            kills.same, kills.verified = kills.same and not unlike, kills.verified and not checked.returncode
            kills.unlike += [f"{data.name}:", *(line for one in unlike for line in one.lines())]
            if checked.returncode:
                kills.unlike += ["verify:", *(checked.stdout + checked.stderr).splitlines()[-SHOWN:]]
        else:
            shutil.rmtree(data)


def _print_sample(data: Path, seed: int) -> None:
    with closing(sqlite3.connect(Settings(data=data).archive_file)) as connection:
        rows = connection.execute(
            "SELECT c.provision_id, c.position, d.title, c.date, c.version_from, c.version_to, p.clause_type,"
            " c.kind, c.outcome, c.summary, c.old_quote, c.new_quote FROM change_record c"
            " JOIN provision p ON p.id = c.provision_id JOIN document d ON d.id = p.document_id"
            " WHERE d.entity_id IN ('pinterest', 'tiktok') AND d.kind = 'privacy'"
            " AND c.version_from IS NOT NULL ORDER BY 1, 2"
        ).fetchall()
    chosen = random.Random(seed).sample(rows, READ)
    for row in sorted(chosen, key=lambda row: (row[2], row[5], row[0])):
        identity, position, title, day, before, after, kind_of_clause, kind, outcome, said, old, new = row
        print(f"{identity}.{position}  {title}  {day}  v{before} to v{after}  {kind_of_clause}")
        print(f"  {kind} ({outcome}): {said}\n  before: {old}\n  after:  {new}\n")


if __name__ == "__main__":
    sys.exit(main())
