"""The action directory in the archive: facts about entities with their sources, and authorities.

A source is read as a whole. What it states anew is added, what it states in other words replaces what it
said, and what it no longer states is kept, marked as ended, and shown no more.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.directory import (
    MOST_ENTRIES,
    Authority,
    CheckStatus,
    DirectoryEntry,
    DirectoryKind,
    DirectorySource,
    EntityAuthority,
    EntityDirectory,
)
from clauselight.contract.document import Entity

from .directory_tables import authority, directory_fact, entity_domain
from .engine import ArchiveUnusable
from .revisions import touch_documents
from .tables import document, document_url, entity
from .upsert import upsert

AUTHORITY: Final = "authority"
"""Kind of the facts that say which authority is responsible."""

_SOURCES: Final = list(DirectorySource)
_KINDS: Final = list(DirectoryKind)
_AT_ONCE: Final = 500
"""Rows or ids in one statement: SQLite takes 32,766 values."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact about an entity, and why it is taken to be about it."""

    entity_id: str
    what: DirectoryEntry | EntityAuthority
    reason: str

    @property
    def id(self) -> str:
        """Distinct within the entity."""
        if isinstance(self.what, DirectoryEntry):
            return self.what.id
        return f"{AUTHORITY}-{self.what.authority}-{self.what.jurisdiction.lower()}"[:120]


@dataclass(slots=True)
class Kept:
    """How many facts were new, in other words than before, the same, and ended; and whose they are."""

    new: int = 0
    changed: int = 0
    same: int = 0
    ended: int = 0
    entities: set[str] = field(default_factory=set)
    """Entities of which something else is shown now."""


async def save_facts(
    connection: AsyncConnection, source: DirectorySource, facts: Iterable[Fact], *, moment: dt.datetime
) -> Kept:
    """Make the facts of one source those that are given, and have the documents of the entities that are
    touched published again. The entities must exist."""
    given = {(fact.entity_id, fact.id): fact for fact in facts}
    rows = await connection.execute(sa.select(directory_fact).where(directory_fact.c.source == source.value))
    earlier = {(row.entity_id, row.id): row for row in rows}
    kept = Kept()
    new = []
    for key, fact in given.items():
        row, before = _row(fact, moment), earlier.get(key)
        if before is not None and before.ended_at is None and _same(row, before):
            kept.same += 1
            continue
        kept.entities.add(fact.entity_id)
        if before is None:
            kept.new += 1
        else:
            kept.changed += 1
            if before.url == row["url"]:  # the visit still says something
                row |= {name: getattr(before, name) for name in ("checked_at", "answered_at", "check_status")}
        new.append(row)
    gone = [key for key, row in earlier.items() if key not in given and row.ended_at is None]
    kept.ended = len(gone)
    kept.entities |= {entity_id for entity_id, _ in gone}
    for start in range(0, len(new), _AT_ONCE):
        await upsert(connection, directory_fact, new[start : start + _AT_ONCE])
    if gone:
        await connection.execute(
            sa.update(directory_fact)
            .where(
                directory_fact.c.entity_id == sa.bindparam("whose"),
                directory_fact.c.id == sa.bindparam("which"),
            )
            .values(ended_at=_naive(moment)),
            [{"whose": whose, "which": which} for whose, which in gone],
        )
    await _touch(connection, kept.entities)
    return kept


def _row(fact: Fact, moment: dt.datetime) -> dict[str, Any]:
    what = fact.what
    body = what.model_dump(mode="json", exclude_none=True, exclude={"source", "check"})
    return {
        "entity_id": fact.entity_id,
        "id": fact.id,
        "kind": what.kind.value if isinstance(what, DirectoryEntry) else AUTHORITY,
        "source": what.source.project.value,
        "source_record": what.source.record,
        "source_url": what.source.url,
        "licence": what.source.licence,
        "quality": what.source.quality,
        "stated_on": what.source.stated_on,
        "imported_at": _naive(moment),
        "ended_at": None,
        "reason": fact.reason,
        "url": what.url if isinstance(what, DirectoryEntry) else None,
        "body": body,
        "checked_at": None,
        "answered_at": None,
        "check_status": None,
    }


_COMPARED: Final = ("kind", "source_record", "source_url", "licence", "quality", "stated_on", "reason", "url")


def _same(row: dict[str, Any], before: Any) -> bool:
    if any(row[name] != getattr(before, name) for name in _COMPARED):
        return False
    return json.dumps(row["body"], sort_keys=True) == json.dumps(before.body, sort_keys=True)


async def _touch(connection: AsyncConnection, entity_ids: Iterable[str]) -> None:
    ids = sorted(entity_ids)
    touched: list[str] = []
    for start in range(0, len(ids), _AT_ONCE):
        found = await connection.execute(
            sa.select(document.c.id).where(document.c.entity_id.in_(ids[start : start + _AT_ONCE]))
        )
        touched += found.scalars()
    if touched:
        await touch_documents(connection, touched)


async def directories_of(
    connection: AsyncConnection, entity_ids: Iterable[str]
) -> dict[str, EntityDirectory]:
    """What is known of some entities (some thousand at the most); those of which nothing is are left out.
    Raises ArchiveUnusable for damaged facts."""
    found: dict[str, list[Any]] = defaultdict(list)
    rows = await connection.execute(
        sa.select(directory_fact)
        .where(directory_fact.c.entity_id.in_(sorted(set(entity_ids))), directory_fact.c.ended_at.is_(None))
        .order_by(directory_fact.c.entity_id, directory_fact.c.id)
    )
    for row in rows:
        found[row.entity_id].append(row)
    try:
        return {entity_id: _directory(some) for entity_id, some in found.items()}
    except (ValidationError, TypeError) as error:
        raise ArchiveUnusable(
            "A fact of the action directory in the archive is damaged; restore a backup, or import it again."
        ) from error


def _directory(rows: Sequence[Any]) -> EntityDirectory:
    entries = [
        DirectoryEntry.model_validate({**row.body, "source": _source(row), "check": _check(row)})
        for row in rows
        if row.kind != AUTHORITY
    ]
    authorities = [
        EntityAuthority.model_validate({**row.body, "source": _source(row)})
        for row in rows
        if row.kind == AUTHORITY
    ]
    return EntityDirectory(entries=sorted(entries, key=_order)[:MOST_ENTRIES], authorities=authorities[:10])


def _order(entry: DirectoryEntry) -> tuple[int, bool, int, str]:
    return (
        _KINDS.index(entry.kind),
        "worldwide" not in entry.countries,
        _SOURCES.index(entry.source.project),
        entry.id,
    )


def _source(row: Any) -> dict[str, Any]:
    return {
        "project": row.source,
        "licence": row.licence,
        "record": row.source_record,
        "url": row.source_url,
        "quality": row.quality,
        "stated_on": row.stated_on,
        "imported_at": row.imported_at.replace(tzinfo=dt.UTC),
    }


def _check(row: Any) -> dict[str, Any] | None:
    if row.checked_at is None or row.check_status is None:
        return None
    return {
        "status": row.check_status,
        "checked_at": row.checked_at.replace(tzinfo=dt.UTC),
        "answered_at": row.answered_at and row.answered_at.replace(tzinfo=dt.UTC),
    }


# --- whom facts can be about ---


@dataclass(slots=True)
class EntityAddresses:
    """An entity that has documents, with the addresses of these and its homepage."""

    id: str
    name: str
    addresses: list[str]


async def entities_to_match(connection: AsyncConnection) -> list[EntityAddresses]:
    """All entities that have documents, by id."""
    rows = await connection.execute(
        sa.select(entity.c.id, entity.c.name, entity.c.homepage)
        .where(entity.c.id.in_(sa.select(document.c.entity_id)))
        .order_by(entity.c.id)
    )
    found = {
        row.id: EntityAddresses(row.id, row.name, [row.homepage] if row.homepage else []) for row in rows
    }
    addresses = sa.select(document.c.entity_id, document_url.c.url).select_from(document_url.join(document))
    for entity_id, url in await connection.execute(addresses):
        found[entity_id].addresses.append(url)
    return list(found.values())


async def directory_entities(connection: AsyncConnection) -> tuple[dict[str, str], set[str]]:
    """Registrable domains with the entity of which only a directory knows; and the ids of all entities."""
    rows = await connection.execute(sa.select(entity_domain.c.domain, entity_domain.c.entity_id))
    ids = await connection.execute(sa.select(entity.c.id))
    return {row.domain: row.entity_id for row in rows}, set(ids.scalars())


async def save_directory_entities(
    connection: AsyncConnection, entities: Sequence[tuple[Entity, Sequence[str]]]
) -> None:
    """Entities of which only a directory knows, with the domains that they will be found again by."""
    for start in range(0, len(entities), _AT_ONCE):
        some = entities[start : start + _AT_ONCE]
        rows = [{"id": one.id, "name": one.name, "homepage": one.homepage} for one, _ in some]
        await upsert(connection, entity, rows, keep=True)
        domains = [{"domain": domain, "entity_id": one.id} for one, known in some for domain in known]
        await upsert(connection, entity_domain, domains, keep=True)


async def entity_of_domain(connection: AsyncConnection, domain: str) -> Entity | None:
    """The entity of which only a directory knows that this registrable domain is its."""
    row = (
        await connection.execute(
            sa.select(entity).join(entity_domain).where(entity_domain.c.domain == domain)
        )
    ).one_or_none()
    return None if row is None else Entity(id=row.id, name=row.name, homepage=row.homepage)


# --- links ---


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a fact, and when it was last visited."""

    entity_id: str
    fact_id: str
    url: str
    checked_at: dt.datetime | None


async def links_to_check(
    connection: AsyncConnection, *, entity_id: str | None = None, before: dt.datetime | None = None
) -> list[Link]:
    """Links of facts that hold: of one entity, or of all that have a document; not visited since `before`."""
    chosen = sa.select(
        directory_fact.c.entity_id, directory_fact.c.id, directory_fact.c.url, directory_fact.c.checked_at
    ).where(directory_fact.c.url.is_not(None), directory_fact.c.ended_at.is_(None))
    if entity_id is not None:
        chosen = chosen.where(directory_fact.c.entity_id == entity_id)
    else:
        chosen = chosen.where(directory_fact.c.entity_id.in_(sa.select(document.c.entity_id)))
    if before is not None:
        old = directory_fact.c.checked_at < _naive(before)
        chosen = chosen.where(sa.or_(directory_fact.c.checked_at.is_(None), old))
    rows = await connection.execute(chosen.order_by(directory_fact.c.entity_id, directory_fact.c.id))
    return [Link(row[0], row[1], row[2], row[3] and row[3].replace(tzinfo=dt.UTC)) for row in rows]


async def save_checks(
    connection: AsyncConnection, checks: Sequence[tuple[Link, CheckStatus, dt.datetime]]
) -> None:
    """Note what came of visits, and when. The time when a link last answered stays when it does not now."""
    for link, status, moment in checks:
        values: dict[str, Any] = {"checked_at": _naive(moment), "check_status": status.value}
        if status in (CheckStatus.ANSWERED, CheckStatus.MOVED):
            values["answered_at"] = _naive(moment)
        await connection.execute(
            sa.update(directory_fact)
            .where(directory_fact.c.entity_id == link.entity_id, directory_fact.c.id == link.fact_id)
            .where(directory_fact.c.url == link.url)
            .values(**values)
        )
    await _touch(connection, {link.entity_id for link, _, _ in checks})


# --- authorities ---


async def save_authorities(
    connection: AsyncConnection, project: DirectorySource, given: Sequence[Authority], *, moment: dt.datetime
) -> int:
    """Make the authorities of one source those that are given; returns how many are new, changed or ended."""
    rows = await connection.execute(sa.select(authority).where(authority.c.project == project.value))
    earlier = {row.id: row for row in rows}
    bodies = {one.id: one.model_dump(mode="json", exclude_none=True) for one in given}
    changed = [
        {"id": key, "project": project.value, "body": body, "imported_at": _naive(moment), "ended_at": None}
        for key, body in bodies.items()
        if key not in earlier or earlier[key].ended_at is not None or earlier[key].body != body
    ]
    await upsert(connection, authority, changed)
    gone = [key for key, row in earlier.items() if key not in bodies and row.ended_at is None]
    if gone:
        await connection.execute(
            sa.update(authority).where(authority.c.id.in_(gone)).values(ended_at=_naive(moment))
        )
    return len(changed) + len(gone)


async def stored_authorities(connection: AsyncConnection) -> list[Authority]:
    """All authorities that sources still state, by id. Raises ArchiveUnusable for damaged ones."""
    rows = await connection.execute(
        sa.select(authority.c.body).where(authority.c.ended_at.is_(None)).order_by(authority.c.id)
    )
    try:
        return [Authority.model_validate(row.body) for row in rows]
    except ValidationError as error:
        raise ArchiveUnusable(
            "An authority in the archive is damaged; restore a backup, or import it again."
        ) from error


def _naive(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(tzinfo=None)
