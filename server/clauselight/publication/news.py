"""Puts news together: a new version, its change records, and the words that differ."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract import CONTRACT_VERSION
from clauselight.contract.archive import DiffOperation
from clauselight.contract.document import Entity
from clauselight.contract.history import ChangeRecord
from clauselight.contract.news import ChangeNews, ClauseNews
from clauselight.contract.vocabulary import DocumentKind, Method, Severity, VersionKind
from clauselight.domain.severity import rank
from clauselight.domain.word_diff import word_diff
from clauselight.exporters.digest import Digest
from clauselight.store.news import EVERYTHING, SUBSTANTIVE, About, NewsRow, read_news
from clauselight.store.notes import read_note, write_note

ARCHIVE_NOTE: Final = "archive-id"
"""A random number made once, so that the ids of two servers' news never meet."""

TOLD_AT_ONCE: Final = 50
"""Entries of a feed: readers ask at least weekly, and no week had so many changes in the data we know."""

MOST_IN_DIGEST: Final = 500
"""Changes of a week that a letter still tells; of more, the newest."""


async def archive_id(connection: AsyncConnection) -> uuid.UUID:
    """The archive's own id; made when there is none, for which the caller must be in a transaction that it
    commits."""
    kept = await read_note(connection, ARCHIVE_NOTE)
    if kept is not None:
        return uuid.UUID(kept)
    made = uuid.uuid4()
    await write_note(connection, ARCHIVE_NOTE, str(made))
    return made


async def news(
    connection: AsyncConnection,
    archive: uuid.UUID,
    about: About = EVERYTHING,
    *,
    kinds: Collection[VersionKind] = SUBSTANTIVE,
    after_capture: int = 0,
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    limit: int = TOLD_AT_ONCE,
    oldest_first: bool = False,
) -> list[tuple[int, ChangeNews]]:
    """News with the id of their capture; parameters as for `store.news.read_news`."""
    rows = await read_news(
        connection,
        about,
        kinds=kinds,
        after_capture=after_capture,
        since=since,
        until=until,
        limit=limit,
        oldest_first=oldest_first,
    )
    # Finding the words that differ takes a while when much changed; nobody else waits for that.
    return await asyncio.to_thread(lambda: [(row.capture_id, _news(row, archive)) for row in rows])


def news_id(archive: uuid.UUID, document_id: str, number: int) -> str:
    """The permanent id of a version's news."""
    return uuid.uuid5(archive, f"{document_id}/versions/{number}").urn


def _news(row: NewsRow, archive: uuid.UUID) -> ChangeNews:
    clauses = [_clause(change) for change in row.changes]
    return ChangeNews(
        contract_version=CONTRACT_VERSION,
        id=news_id(archive, row.document_id, row.number),
        document=row.document_id,
        title=row.title,
        document_kind=DocumentKind(row.document_kind),
        entity=Entity(id=row.entity_id, name=row.entity_name, homepage=row.entity_homepage),
        url=row.url,
        captured_at=row.captured_at,
        kind=row.kind,
        summary=row.summary,
        version=row.number,
        version_before=row.number - 1 or None,
        clauses=sorted(clauses, key=lambda one: (rank(_gravest(one.change)), one.provision)),
    )


def _gravest(change: ChangeRecord) -> Severity:
    """Of before and after: a grave clause that went is as much worth telling as one that came."""
    return min((change.severity_from or change.severity_to, change.severity_to), key=rank)


def _clause(row: Any) -> ClauseNews:
    change = ChangeRecord(
        date=row.date,
        kind=row.kind,
        summary=row.summary,
        severity_from=row.severity_from,
        severity_to=row.severity_to,
        outcome=row.outcome,
        version_from=row.version_from,
        version_to=row.version_to,
        old_quote=row.old_quote,
        new_quote=row.new_quote,
    )
    return ClauseNews(
        provision=row.provision_id,
        title=row.title,
        clause_type=row.clause_type,
        method=Method(row.method),
        live=row.live,
        change=change,
        words=differing_words(change),
    )


def differing_words(change: ChangeRecord) -> list[DiffOperation]:
    """From the words before to those after; empty when neither is known."""
    if change.old_quote is None and change.new_quote is None:
        return []
    runs = word_diff(change.old_quote or "", change.new_quote or "")
    return [DiffOperation(op=run.kind, text=run.text) for run in runs]


async def digest_of(connection: AsyncConnection, since: dt.date, until: dt.date, origin: str) -> Digest:
    """What was captured from one day (included) to another (left out). In a transaction, as `archive_id`."""
    start = dt.datetime.combine(since, dt.time(), dt.UTC)
    end = dt.datetime.combine(until, dt.time(), dt.UTC)
    archive = await archive_id(connection)
    told = await news(connection, archive, since=start, until=end, limit=MOST_IN_DIGEST)
    return Digest(since, until, [one for _, one in told], origin)
