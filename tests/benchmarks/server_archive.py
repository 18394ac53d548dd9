"""A made-up archive of a million documents, and the traffic that asks for them.

The archive starts as the starter catalogue; the rest are documents on made-up sites, two and a half a site as
in the catalogue, one in `ANALYSED_EVERY` with copies of the catalogue's provisions. Rows are written with
plain SQL; the publication is then rendered by the server's own code, nothing of it is made up here.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from itertools import chain
from pathlib import Path

from clauselight import __version__
from clauselight.app import site
from clauselight.importers.catalogue import load_catalogue
from clauselight.knowledge.catalogue import catalogue_documents, known_documents
from clauselight.publication.files import PublicationFile
from clauselight.publication.publisher import publish
from clauselight.settings import Settings
from clauselight.store.engine import migrate, open_archive

FIRST_PROVISION = 100_000
"""Number of the first made-up provision; the catalogue's lie below."""

MOST = 1_000_000
"""Documents that ids of six digits can name."""

SAID_EVERY = 15
"""Seconds between two lines about how far rendering is."""

ANALYSED_EVERY = 50
PROVISIONS_EACH = 2
DOCUMENTS_A_SITE = 2.5

KINDS = ("privacy", "terms", "cookies", "legal/dpa", "legal/acceptable-use")
LOCALES = ("", "", "", "/en", "/de", "/en-us", "/fr-fr")


def address(number: int, count: int) -> str:
    """The address of a made-up document; every call with the same numbers gives the same one."""
    rng = random.Random(number)
    site = rng.randrange(int(count / DOCUMENTS_A_SITE))
    return f"https://www.site-{site}.example{rng.choice(LOCALES)}/{rng.choice(KINDS)}/{number}"


@cache
def numbers(count: int) -> list[int]:
    """Numbers of the made-up documents of an archive of `count`: those that the catalogue leaves free."""
    known = chain(known_documents(), (one.document for one in catalogue_documents()))
    taken = {int(one.id[5:]) for one in known}
    return [number for number in range(MOST) if number not in taken][: count - len(taken)]


def make_archive(folder: Path, count: int) -> None:
    """An archive of `count` documents in a data folder."""
    settings = Settings(data=folder)

    async def start() -> None:
        migrate(settings.archive_file)
        engine = open_archive(settings.archive_file)
        try:
            await load_catalogue(engine, version=__version__, today=dt.datetime.now(dt.UTC).date())
        finally:
            await engine.dispose()

    asyncio.run(start())
    with closing(sqlite3.connect(settings.archive_file)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.executemany(
            "INSERT INTO entity VALUES (?,?,?)",
            (
                (f"made-up-{site}", f"Company {site}", f"https://www.site-{site}.example/")
                for site in range(int(count / DOCUMENTS_A_SITE))
            ),
        )
        connection.executemany(
            "INSERT INTO document (id, slug, title, kind, entity_id, language, analysed_at, revision) "
            "VALUES (?,?,?,'privacy',?,NULL,?,0)",
            _documents(count),
        )
        connection.executemany(
            "INSERT INTO document_url VALUES (?,0,?)",
            ((f"CL-D-{number:06}", address(number, count)) for number in numbers(count)),
        )
        _copy_provisions(connection, count)
        connection.commit()


def _documents(count: int) -> Iterator[tuple[str, str, str, str, str | None]]:
    for number in numbers(count):
        site = random.Random(number).randrange(int(count / DOCUMENTS_A_SITE))
        analysed = "2026-10-01 00:00:00.000000" if number % ANALYSED_EVERY == 0 else None
        yield f"CL-D-{number:06}", f"policy-{number}", f"Policy {number}", f"made-up-{site}", analysed


def _copy_provisions(connection: sqlite3.Connection, count: int) -> None:
    columns = "clause_type, severity, method, live, has_quote, record"
    models = connection.execute(f"SELECT id, {columns} FROM provision ORDER BY id").fetchall()
    changes: dict[str, list[tuple[object, ...]]] = {}
    for row in connection.execute("SELECT * FROM change_record ORDER BY provision_id, position"):
        changes.setdefault(row[0], []).append(row[1:])
    serial = FIRST_PROVISION
    for number in numbers(count):
        if number % ANALYSED_EVERY:
            continue
        for place in range(PROVISIONS_EACH):
            model = models[(number // ANALYSED_EVERY + place * 7) % len(models)]
            identity, document = f"CL-P-{serial:06}", f"CL-D-{number:06}"
            body = model[6].replace(f'"{model[0]}"', f'"{identity}"')
            owner = body.index('"document": "') + len('"document": "')
            body = body[:owner] + document + body[owner + len(document) :]
            connection.execute(
                f"INSERT INTO provision (id, document_id, {columns}) VALUES (?,?,?,?,?,?,?,?)",
                (identity, document, *model[1:6], body),
            )
            connection.executemany(
                "INSERT INTO change_record VALUES (?,?,?,?,?,?,?)",
                [(identity, *change) for change in changes[model[0]]],
            )
            serial += 1


async def render(settings: Settings, port: int, say: Callable[[str], None]) -> bool:
    """Bring the publication up to date as `clauselight serve` at that port would, saying how far it is."""
    engine, file = open_archive(settings.archive_file), PublicationFile(settings.publication_file)
    started = said = time.monotonic()

    def progress(what: str, done: int, total: int) -> None:
        nonlocal said
        if time.monotonic() - said > SAID_EVERY:
            said = time.monotonic()
            say(f"  {what}: {done:,} of {total:,} after {said - started:,.0f} s")

    try:
        return await publish(
            engine,
            file,
            site=site(settings, port),
            smallest_bucket=settings.smallest_bucket,
            padded=not settings.loopback,
            progress=progress,
        )
    finally:
        file.close()
        await engine.dispose()


def zipf(count: int, draws: int, rng: random.Random) -> list[int]:
    """Made-up documents as people ask for them: the n-th most wanted with a weight of 1/n."""
    pool = numbers(count)
    weights = [1 / rank for rank in range(1, len(pool) + 1)]
    # Which document has which rank says nothing about where it lies in the file.
    return [pool[index * 7_919 % len(pool)] for index in rng.choices(range(len(pool)), weights, k=draws)]


def uniform(count: int, draws: int, rng: random.Random) -> list[int]:
    """Every made-up document as likely as any other: the worst case for a cache."""
    pool = numbers(count)
    return [pool[rng.randrange(len(pool))] for _ in range(draws)]
