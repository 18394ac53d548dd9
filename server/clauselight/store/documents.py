"""Entities and documents in the archive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.document import CaptureProblem, Document, Entity

from .revisions import touch_documents
from .tables import document, document_url, entity
from .upsert import upsert


async def save_documents(connection: AsyncConnection, documents: Iterable[Document]) -> int:
    """Insert or update documents with their entities and addresses; returns how many were given."""
    given = list(documents)
    if not given:
        return 0
    entities = {item.entity.id: item.entity for item in given}
    renamed = await _renamed(connection, entities)
    await upsert(
        connection,
        entity,
        [{"id": e.id, "name": e.name, "homepage": e.homepage} for e in entities.values()],
    )
    # The catalogue knows the address of a document that was analysed here; loading it again forgets nothing.
    await upsert(
        connection,
        document,
        [_row(item) for item in given],
        unless_null=frozenset({"analysed_at", "language"}),
    )
    await connection.execute(
        sa.delete(document_url).where(document_url.c.document_id == sa.bindparam("gone")),
        [{"gone": item.id} for item in given],
    )
    await connection.execute(
        sa.insert(document_url),
        [
            {"document_id": item.id, "position": position, "url": url}
            for item in given
            for position, url in enumerate(item.urls)
        ],
    )
    await touch_documents(connection, {item.id for item in given} | renamed)
    return len(given)


async def _renamed(connection: AsyncConnection, entities: dict[str, Entity]) -> set[str]:
    """Documents that show an entity's name or homepage which is about to change."""
    known = await connection.execute(sa.select(entity).where(entity.c.id.in_(list(entities))))
    changed = [
        row.id
        for row in known
        if (row.name, row.homepage) != (entities[row.id].name, entities[row.id].homepage)
    ]
    if not changed:
        return set()
    found = await connection.execute(sa.select(document.c.id).where(document.c.entity_id.in_(changed)))
    return set(found.scalars())


async def entity_with(connection: AsyncConnection, entity_id: str) -> Entity | None:
    """One entity, or None when the id is unknown."""
    row = (await connection.execute(sa.select(entity).where(entity.c.id == entity_id))).one_or_none()
    return None if row is None else Entity(id=row.id, name=row.name, homepage=row.homepage)


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """An address of a document, and whose document it is."""

    url: str
    document_id: str
    entity_id: str


async def addresses_with(
    connection: AsyncConnection, domain: str, *, below: bool = True
) -> list[KnownAddress]:
    """All known addresses in which a domain's name stands, by document: candidates, for the caller to
    judge. Without `below`, only where it is the host itself: half of all addresses have `com` in them."""
    names = [domain] if below else [f"//{www}{domain}{end}" for www in ("", "www.") for end in "/:?"]
    found = await connection.execute(
        sa.select(document_url.c.url, document.c.id, document.c.entity_id)
        .select_from(document_url.join(document))
        .where(sa.or_(*(document_url.c.url.contains(name, autoescape=True) for name in names)))
        .order_by(document.c.id, document_url.c.position)
    )
    return [KnownAddress(*row) for row in found]


async def mark_analysed(connection: AsyncConnection, document_id: str, moment: dt.datetime) -> None:
    """Note that somebody has read the document's text."""
    await connection.execute(
        sa.update(document)
        .where(document.c.id == document_id)
        .values(analysed_at=moment.astimezone(dt.UTC).replace(tzinfo=None))
    )
    await touch_documents(connection, [document_id])


async def all_documents(connection: AsyncConnection) -> list[Document]:
    """Every document, ordered by id."""
    return await _read(connection, sa.true(), limit=None, offset=0)


async def documents_with(connection: AsyncConnection, document_ids: Sequence[str]) -> list[Document]:
    """The documents with these ids (some thousand at the most), ordered by id; unknown ids are left out."""
    return await _read(connection, document.c.id.in_(document_ids), limit=None, offset=0)


async def document_ids(connection: AsyncConnection, *, after: str = "", limit: int) -> list[str]:
    """Ids in order, from behind `after`: for reading the whole archive in pieces."""
    found = await connection.execute(
        sa.select(document.c.id).where(document.c.id > after).order_by(document.c.id).limit(limit)
    )
    return list(found.scalars())


async def count_documents(connection: AsyncConnection) -> int:
    """How many documents there are."""
    return int(await connection.scalar(sa.select(sa.func.count()).select_from(document)) or 0)


async def list_documents(
    connection: AsyncConnection, *, limit: int, offset: int, search: str | None = None
) -> tuple[list[Document], int]:
    """One page of documents ordered by id, and how many there are; `search` looks in title and entity."""
    where: sa.ColumnElement[bool] = sa.true()
    if search:
        where = sa.or_(
            document.c.title.icontains(search, autoescape=True),
            entity.c.name.icontains(search, autoescape=True),
        )
    total = await connection.scalar(
        sa.select(sa.func.count()).select_from(document.join(entity)).where(where)
    )
    return await _read(connection, where, limit=limit, offset=offset), int(total or 0)


async def get_document(connection: AsyncConnection, document_id: str) -> Document | None:
    """One document, or None when the id is unknown."""
    found = await _read(connection, document.c.id == document_id, limit=1, offset=0)
    return found[0] if found else None


async def _read(
    connection: AsyncConnection, where: sa.ColumnElement[bool], *, limit: int | None, offset: int
) -> list[Document]:
    chosen = (
        sa.select(document, entity.c.name.label("entity_name"), entity.c.homepage.label("entity_homepage"))
        .select_from(document.join(entity))
        .where(where)
        .order_by(document.c.id)
        .limit(limit)
        .offset(offset)
    )
    rows = (await connection.execute(chosen)).all()
    ids = chosen.with_only_columns(document.c.id).subquery()
    urls: dict[str, list[str]] = {}
    for row in await connection.execute(
        sa.select(document_url)
        .where(document_url.c.document_id.in_(sa.select(ids.c.id)))
        .order_by(document_url.c.document_id, document_url.c.position)
    ):
        urls.setdefault(row.document_id, []).append(row.url)
    return [_document(row, urls[row.id]) for row in rows]


def _document(row: Any, urls: list[str]) -> Document:
    return Document(
        id=row.id,
        slug=row.slug,
        title=row.title,
        kind=row.kind,
        entity=Entity(id=row.entity_id, name=row.entity_name, homepage=row.entity_homepage),
        urls=urls,
        language=row.language,
        stated_last_updated=row.stated_last_updated,
        analysed_at=_utc(row.analysed_at),
        version=row.version,
        last_changed=_utc(row.last_changed_at),
        last_verified=_utc(row.last_verified_at),
        capture_problem=None
        if row.problem is None
        else CaptureProblem(
            kind=row.problem, sentence=row.problem_sentence, since=row.problem_since.replace(tzinfo=dt.UTC)
        ),
    )


def _utc(moment: dt.datetime | None) -> dt.datetime | None:
    return moment and moment.replace(tzinfo=dt.UTC)


def _row(item: Document) -> dict[str, Any]:
    return {
        "id": item.id,
        "slug": item.slug,
        "title": item.title,
        "kind": item.kind.value,
        "entity_id": item.entity.id,
        "language": item.language,
        "stated_last_updated": item.stated_last_updated,
        "analysed_at": item.analysed_at and item.analysed_at.replace(tzinfo=None),
    }
