"""New versions with what they did to the provisions: what feeds, webhooks and digests tell.

In the order in which captures were recorded, which is that of their ids: who remembers the last one that it
told misses none and tells none twice, whatever the dates of imported captures.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.vocabulary import VersionKind

from .history_tables import capture, version
from .tables import change_record, document, entity, provision

SUBSTANTIVE: Final = frozenset({VersionKind.SUBSTANTIVE})
"""What is told unless more is asked for: dates, counters and moved passages tell nobody."""


@dataclass(frozen=True, slots=True)
class About:
    """Whom news is about: everybody, or one entity, document or clause type."""

    entity_id: str | None = None
    document_id: str | None = None
    clause_type: str | None = None


EVERYTHING: Final = About()


@dataclass(frozen=True, slots=True)
class NewsRow:
    """A version, its document, and the change records that it brought as (provision, record) rows."""

    capture_id: int
    document_id: str
    number: int
    captured_at: dt.datetime
    kind: VersionKind
    summary: str
    url: str
    title: str
    document_kind: str
    entity_id: str
    entity_name: str
    entity_homepage: str | None
    changes: tuple[Any, ...]


async def read_news(
    connection: AsyncConnection,
    about: About = EVERYTHING,
    *,
    kinds: Collection[VersionKind] = SUBSTANTIVE,
    after_capture: int = 0,
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    limit: int,
    oldest_first: bool = False,
) -> list[NewsRow]:
    """The newest `limit` versions that tell about somebody, the newest first, or from the oldest on.

    `after_capture`: only what was recorded after the capture with this id. `since`: captured at or after;
    `until`: captured before.
    A document's first version is no change and told only when `kinds` names it.
    """
    where: list[sa.ColumnElement[bool]] = [
        version.c.kind.in_([kind.value for kind in kinds]),
        version.c.capture_id > after_capture,
    ]
    if since is not None:
        where.append(version.c.captured_at >= since.astimezone(dt.UTC).replace(tzinfo=None))
    if until is not None:
        where.append(version.c.captured_at < until.astimezone(dt.UTC).replace(tzinfo=None))
    if about.document_id is not None:
        where.append(version.c.document_id == about.document_id)
    if about.entity_id is not None:
        where.append(document.c.entity_id == about.entity_id)
    if about.clause_type is not None:
        where.append(
            sa.exists()
            .where(
                change_record.c.version_to == version.c.number,
                change_record.c.provision_id == provision.c.id,
                provision.c.document_id == version.c.document_id,
                provision.c.clause_type == about.clause_type,
            )
            .correlate(version)
        )
    order = version.c.capture_id.asc() if oldest_first else version.c.capture_id.desc()
    rows = await connection.execute(
        sa.select(
            version.c.capture_id,
            version.c.document_id,
            version.c.number,
            version.c.captured_at,
            version.c.kind,
            version.c.summary,
            capture.c.final_url.label("url"),
            document.c.title,
            document.c.kind.label("document_kind"),
            document.c.entity_id,
            entity.c.name.label("entity_name"),
            entity.c.homepage.label("entity_homepage"),
        )
        .select_from(
            version.join(capture, version.c.capture_id == capture.c.id)
            .join(document, version.c.document_id == document.c.id)
            .join(entity, document.c.entity_id == entity.c.id)
        )
        .where(*where)
        .order_by(order)
        .limit(limit)
    )
    found = rows.all()
    changes = await _changes(connection, {(row.document_id, row.number) for row in found}, about.clause_type)
    return [
        NewsRow(
            **{
                **row._mapping,
                "captured_at": row.captured_at.replace(tzinfo=dt.UTC),
                "kind": VersionKind(row.kind),
                "changes": tuple(changes[row.document_id, row.number]),
            }
        )
        for row in found
    ]


async def _changes(
    connection: AsyncConnection, wanted: set[tuple[str, int]], clause_type: str | None
) -> dict[tuple[str, int], list[Any]]:
    """The change records of some versions, each row with its provision's title, type, method and life."""
    found: dict[tuple[str, int], list[Any]] = defaultdict(list)
    if not wanted:
        return found
    where: list[sa.ColumnElement[bool]] = [
        provision.c.document_id.in_({one for one, _ in wanted}),
        change_record.c.version_to.in_({number for _, number in wanted}),
    ]
    if clause_type is not None:
        where.append(provision.c.clause_type == clause_type)
    rows = await connection.execute(
        sa.select(
            change_record,
            provision.c.document_id,
            provision.c.clause_type,
            provision.c.method,
            provision.c.live,
            provision.c.record["title"].as_string().label("title"),
        )
        .select_from(change_record.join(provision))
        .where(*where)
        .order_by(change_record.c.provision_id, change_record.c.position)
    )
    for row in rows:
        if (row.document_id, row.version_to) in wanted:
            found[row.document_id, row.version_to].append(row)
    return found


async def newest_capture_id(connection: AsyncConnection) -> int:
    """The id of the capture that was recorded last; 0 before the first."""
    return int(await connection.scalar(sa.select(sa.func.max(capture.c.id))) or 0)
