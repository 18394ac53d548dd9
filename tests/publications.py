"""Publications made for a test, and everything that lies in one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.app import site
from clauselight.publication.files import PublicationFile, Rendered, Shelf
from clauselight.publication.publisher import publish
from clauselight.settings import DEFAULT_PORT, Settings

Answers = dict[tuple[Shelf, int], Rendered]


async def published(engine: AsyncEngine, file: Path, *, smallest: int = 1, **terms: Any) -> Answers:
    """Publish an archive into a file, new or not, and read every answer."""
    made = PublicationFile(file)
    try:
        given = {"site": site(Settings(), DEFAULT_PORT), "smallest_bucket": smallest, **terms}
        await publish(engine, made, **given)
    finally:
        made.close()
    return all_answers(file)


def all_answers(file: Path) -> Answers:
    """Every answer in a publication, read as another process would."""
    found: Answers = {}
    with closing(sqlite3.connect(file)) as connection:
        for shelf in Shelf:
            table = f"answer_{shelf.name.lower()}"
            for key, etag, body in connection.execute(f"SELECT * FROM {table}"):
                found[shelf, key] = Rendered(etag, body)
    return found


def on_shelf(answers: Answers, shelf: Shelf) -> dict[int, Rendered]:
    """The answers of one shelf by key."""
    return {key: answer for (found, key), answer in answers.items() if found is shelf}
