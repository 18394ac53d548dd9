"""The action directory: how long both packs take, which hosts gain a way out, and how many matches are right.

    python tests/benchmarks/directory.py [--data FOLDER] [--json] [--sample]

DATA is laid out as ../shared/data: `ecosystem/justdeleteme.tar.xz`, `ecosystem/datenanfragen.tar.xz` and
`urls/known_documents.jsonl.gz`. Fifty matches, chosen by a fixed seed, were read one by one; the verdicts
stand in `directory_read.tsv` beside this file. `--sample` prints the fifty to be read.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import datetime as dt
import gzip
import hashlib
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.contract.directory import DirectorySource, EntityDirectory
from clauselight.importers.catalogue import load_catalogue
from clauselight.importers.datenanfragen import read_datenanfragen
from clauselight.importers.directory import ImportReport, import_directory
from clauselight.importers.entity_match import Match, Reason
from clauselight.importers.justdeleteme import read_justdeleteme
from clauselight.importers.match_report import counts
from clauselight.store.directory import directories_of
from clauselight.store.documents import all_documents
from clauselight.store.engine import migrate, open_archive

VERDICTS = Path(__file__).with_name("directory_read.tsv")
SAMPLE, SEED = 50, "directory-1"
GOAL_SECONDS, GOAL_RIGHT = 10.0, 49


@dataclass(frozen=True, slots=True)
class Shares:
    """Of the hosts of known documents, how many gain what."""

    hosts: int
    deletion: int
    contact: int
    either: int


def host_of(url: str) -> str:
    """The host as the list of known documents has it."""
    return (urlsplit(url).hostname or "").lower()


async def shares(engine: AsyncEngine, urls: Path) -> Shares:
    """Hosts at which a document of an entity with a deletion link, or with a contact, is known."""
    rows = [json.loads(line) for line in gzip.decompress(urls.read_bytes()).splitlines()]
    hosts = {host_of(row["url"]) for row in rows}
    async with engine.connect() as connection:
        documents = await all_documents(connection)
        ids = sorted({one.entity.id for one in documents})
        known: dict[str, EntityDirectory] = {}
        for start in range(0, len(ids), 500):
            known |= await directories_of(connection, ids[start : start + 500])
    deletion: set[str] = set()
    contact: set[str] = set()
    for document in documents:
        directory = known.get(document.entity.id)
        here = {host_of(url) for url in document.urls} & hosts
        for entry in directory.entries if directory else []:
            if entry.kind == "deletion" and (entry.url or entry.email):
                deletion |= here
            if entry.kind == "contact":
                contact |= here
    return Shares(len(hosts), len(deletion), len(contact), len(deletion | contact))


def sample(reports: list[ImportReport]) -> list[dict[str, str]]:
    """Matches with known entities to be read: those whose hash with a fixed seed is smallest, so that a match
    more or less changes the choice by one."""
    rows = [
        _row(report, one)
        for report in reports
        for one in report.matching.matches
        if one.reason is not Reason.NEW
    ]
    return sorted(rows, key=_lot)[:SAMPLE]


def _lot(row: dict[str, str]) -> str:
    name = "\t".join((SEED, row["source"], row["record"], row["entity"]))
    return hashlib.sha256(name.encode()).hexdigest()


def _row(report: ImportReport, match: Match) -> dict[str, str]:
    entry = match.record.entries[0]
    return {
        "source": entry.source.project.value,
        "record": match.record.name,
        "title": match.record.title,
        "link": entry.url or entry.email or (entry.postal or "").replace("\n", ", "),
        "entity": match.entity_id,
        "entity_name": report.names[match.entity_id],
        "reason": match.reason.value,
    }


def read_verdicts(rows: list[dict[str, str]]) -> tuple[int, int, list[str]]:
    """How many of the fifty were read, how many are right, and what is wrong."""
    with VERDICTS.open(encoding="utf-8", newline="") as file:
        verdicts = {
            (row["source"], row["record"], row["entity"]): row
            for row in csv.DictReader(file, dialect="excel-tab")
        }
    found = [verdicts.get((row["source"], row["record"], row["entity"])) for row in rows]
    wrong = [
        f"{one['record']} -> {one['entity']}: {one['why']}"
        for one in found
        if one and one["verdict"] != "right"
    ]
    read = sum(one is not None for one in found)
    return read, read - len(wrong), wrong


async def measure(data: Path) -> dict[str, Any]:
    """Import both packs into a new archive with the starter catalogue."""
    moment = dt.datetime.now(dt.UTC).replace(microsecond=0)
    packs = data / "ecosystem"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "archive.sqlite"
        migrate(file)
        engine = open_archive(file)
        try:
            await load_catalogue(engine, version="benchmark", today=moment.date())
            started = time.perf_counter()
            accounts = read_justdeleteme(packs / "justdeleteme.tar.xz", moment=moment)
            first = await import_directory(engine, DirectorySource.JUSTDELETEME, accounts, moment=moment)
            middle = time.perf_counter()
            companies = read_datenanfragen(packs / "datenanfragen.tar.xz", moment=moment)
            second = await import_directory(engine, DirectorySource.DATENANFRAGEN, companies, moment=moment)
            ended = time.perf_counter()
            share = await shares(engine, data / "urls" / "known_documents.jsonl.gz")
        finally:
            await engine.dispose()
    rows = sample([first, second])
    read, right, wrong = read_verdicts(rows)
    return {
        "seconds": {
            "justdeleteme": round(middle - started, 2),
            "datenanfragen": round(ended - middle, 2),
            "both": round(ended - started, 2),
        },
        "justdeleteme": dict(counts(first)),
        "datenanfragen": dict(counts(second)),
        "hosts": {
            "known": share.hosts,
            "with a deletion link": share.deletion,
            "with a contact": share.contact,
            "with either": share.either,
            "share": round(share.either / share.hosts, 3),
        },
        "read": {"sample": SAMPLE, "seed": SEED, "read": read, "right": right, "wrong": wrong},
        "sample": rows,
    }


def main() -> int:
    """Command line; returns 1 when a goal is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--sample", action="store_true", help="print the matches to be read")
    options = parser.parse_args()
    found = asyncio.run(measure(options.data))
    if options.sample:
        writer = csv.DictWriter(
            sys.stdout, list(found["sample"][0]), dialect="excel-tab", lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(found["sample"])
        return 0
    rows = found.pop("sample")
    if options.json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
    else:
        for title, table in found.items():
            print(f"\n{title}")
            for name, value in table.items():
                print(f"  {name:<60} {value}")
    missed = found["seconds"]["both"] > GOAL_SECONDS or found["read"]["right"] < GOAL_RIGHT
    return int(missed or found["read"]["read"] < len(rows))


if __name__ == "__main__":
    sys.exit(main())
