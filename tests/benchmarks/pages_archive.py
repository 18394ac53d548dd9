"""A made-up archive with many provisions, for `pages.py`: documents on made-up sites, each read and with
clauses of many types, severities and dates.

Quotes are strings of words drawn from the demo pages as often as they stand there, so that some words are in
most clauses and most in few, as in real policies. The archive and the registry are written by plain SQL and
the server's own code; nothing of the publication is made up here.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import random
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from lxml import html

from benchmarks.server_archive import render
from clauselight import __version__
from clauselight.domain.severity import WORST_FIRST
from clauselight.importers.catalogue import load_catalogue
from clauselight.knowledge.clause_types import clause_types
from clauselight.knowledge.files import data_folder
from clauselight.publication.registry_file import RegistryFile
from clauselight.publication.registry_update import update_registry
from clauselight.settings import Settings
from clauselight.store.engine import migrate, open_archive

PROVISIONS_A_DOCUMENT: Final = 10
DOCUMENTS_AN_ENTITY: Final = 2.5
FIRST_DOCUMENT: Final = 100_000
FIRST_PROVISION: Final = 100_000
FREQUENT_FROM: Final = dt.date(2024, 1, 1)
DAYS: Final = 1_000

LARGE_DOCUMENT: Final = FIRST_DOCUMENT
"""This one has `LARGE` provisions."""

LARGE: Final = 150


def make_pages_archive(folder: Path, provisions: int) -> Settings:
    """An archive with about so many provisions, published, with its registry, in a folder."""
    settings = Settings(data=folder)

    async def load() -> None:
        migrate(settings.archive_file)
        engine = open_archive(settings.archive_file)
        try:
            await load_catalogue(engine, version=__version__, today=dt.datetime.now(dt.UTC).date())
        finally:
            await engine.dispose()

    asyncio.run(load())
    with closing(sqlite3.connect(settings.archive_file)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        _fill(connection, provisions)
        connection.commit()
    bring_up_to_date(settings)
    return settings


def bring_up_to_date(settings: Settings) -> None:
    """Publish an archive, also one that an earlier version of the program made, and make its registry."""
    migrate(settings.archive_file)
    asyncio.run(render(settings, settings.port, print))
    asyncio.run(registered(settings))


async def registered(settings: Settings) -> None:
    """The registry as the server would make it."""
    engine, registry = open_archive(settings.archive_file), RegistryFile(settings.registry_file)
    try:
        await update_registry(engine, settings.publication_file, registry)
    finally:
        registry.close()
        await engine.dispose()


def _fill(connection: sqlite3.Connection, provisions: int) -> None:
    rng = random.Random(8)
    body = json.loads(connection.execute("SELECT record FROM provision ORDER BY id").fetchone()[0])
    words = _words()
    documents = max(1, (provisions - LARGE) // PROVISIONS_A_DOCUMENT)
    entities = int(documents / DOCUMENTS_AN_ENTITY) + 1
    connection.executemany(
        "INSERT INTO entity (id, name, homepage) VALUES (?,?,?)",
        (
            (f"made-up-{n}", f"Company {n} {rng.choice(words).title()}", f"https://www.site-{n}.example/")
            for n in range(entities)
        ),
    )
    serial = FIRST_PROVISION
    for number in range(FIRST_DOCUMENT, FIRST_DOCUMENT + documents):
        identity = f"CL-D-{number:06}"
        connection.execute(
            "INSERT INTO document (id, slug, title, kind, entity_id, language, analysed_at, revision) "
            "VALUES (?,?,?,?,?,'en','2026-10-01 00:00:00.000000',0)",
            (
                identity,
                f"policy-{number}",
                f"{rng.choice(words).title()} Policy {number}",
                rng.choice(("privacy", "terms", "cookies")),
                f"made-up-{(number - FIRST_DOCUMENT) % entities}",
            ),
        )
        connection.execute(
            "INSERT INTO document_url VALUES (?,0,?)",
            (identity, f"https://www.site-{number}.example/privacy/{number}"),
        )
        count = LARGE if number == LARGE_DOCUMENT else PROVISIONS_A_DOCUMENT
        for record, changes in _records(rng, body, words, identity, serial, count):
            connection.execute(
                "INSERT INTO provision (id, document_id, clause_type, severity, method, live, has_quote, "
                "record) VALUES (?,?,?,?,?,1,1,?)",
                (
                    record["id"],
                    identity,
                    record["clause_type"],
                    record["severity"],
                    record["method"],
                    json.dumps(record),
                ),
            )
            connection.executemany(
                "INSERT INTO change_record (provision_id, position, date, kind, summary, severity_from, "
                "severity_to) VALUES (?,?,?,?,?,?,?)",
                [(record["id"], place, *change) for place, change in enumerate(changes)],
            )
        serial += count


def _records(
    rng: random.Random, body: dict[str, Any], words: list[str], document: str, serial: int, count: int
) -> Iterator[tuple[dict[str, Any], list[tuple[Any, ...]]]]:
    types = list(clause_types().values())
    for number in range(serial, serial + count):
        kind = rng.choice(types)
        seen = FREQUENT_FROM + dt.timedelta(days=rng.randrange(DAYS))
        changes: list[tuple[Any, ...]] = [
            (seen.isoformat(), "added", "First seen.", None, kind.severity.value)
        ]
        severity = kind.severity.value
        if rng.random() < 0.2:
            severity = rng.choice(WORST_FIRST).value
            later = seen + dt.timedelta(days=rng.randrange(1, 60))
            changes.append(
                (later.isoformat(), "modified", "The wording changed.", kind.severity.value, severity)
            )
        quote = " ".join(rng.choices(words, k=rng.randrange(12, 60))).capitalize() + "."
        record = {
            **body,
            "id": f"CL-P-{number:06}",
            "slug": f"clause-{number}",
            "title": kind.title,
            "document": document,
            "clause_type": kind.id,
            "severity": severity,
            "quote": {"selector": {"type": "TextQuoteSelector", "exact": quote}},
            "history": {
                "first_seen": seen.isoformat(),
                "last_seen": "2026-11-01",
                "last_verified": "2026-11-01",
            },
            "confidence": rng.choice(("high", "medium", "low")),
        }
        if rng.random() < 0.8:
            record |= {
                "method": "automatic",
                "method_version": "clauses-0123456789ab",
                "automatic": {"probability": 0.9, "words": quote.split()[:3], "highlight": True},
            }
        yield record, changes


def _words() -> list[str]:
    found = []
    for name in ("privacy", "terms"):
        page = html.fromstring((data_folder() / "demo" / f"{name}.html").read_bytes())
        found += re.findall(r"[a-z]+", page.text_content().lower())
    return found
