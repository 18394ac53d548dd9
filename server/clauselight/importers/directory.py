"""Puts a directory of others into the archive: which entity each record is about, and every fact with its
source. What is the same as before stays untouched, so that a second import changes nothing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from clauselight.contract.directory import DirectorySource, EntityAuthority
from clauselight.contract.document import Entity
from clauselight.domain.company_name import cores
from clauselight.domain.public_suffix import registrable_domain
from clauselight.domain.slug import slug
from clauselight.knowledge.authorities import authority_of_seat, packaged_authorities
from clauselight.knowledge.directory import packaged_facts
from clauselight.store.directory import (
    EntityAddresses,
    Fact,
    Kept,
    directory_entities,
    entities_to_match,
    save_authorities,
    save_directory_entities,
    save_facts,
)
from clauselight.store.notes import read_note, write_note

from .entity_match import KnownEntity, Match, Matching, NewEntity, Reason, match_records
from .facts import SourceData, SourceRecord

IMPORTED_NOTE = "directory-{}"
"""When a source was imported by the archive's owner, who then knows better than what is packaged."""


@dataclass(slots=True)
class ImportReport:
    """What an import did."""

    data: SourceData
    matching: Matching
    kept: Kept
    authorities_changed: int
    names: dict[str, str]
    """Of the entities, by id."""


async def import_directory(
    engine: AsyncEngine,
    project: DirectorySource,
    data: SourceData,
    *,
    moment: dt.datetime,
    unknown: bool = True,
) -> ImportReport:
    """Match a source's records with the entities of the archive and keep their facts, in one transaction.

    `unknown`: keep records of sites without a known document too, as entities that a document which is
    analysed later will belong to.
    """
    async with engine.begin() as connection:
        return await keep_directory(connection, project, data, moment=moment, unknown=unknown)


async def keep_directory(
    connection: AsyncConnection,
    project: DirectorySource,
    data: SourceData,
    *,
    moment: dt.datetime,
    unknown: bool = True,
) -> ImportReport:
    """As `import_directory`, within a transaction."""
    known = [known_entity(one) for one in await entities_to_match(connection)]
    matching = match_records(data.records, known)
    matches = list(matching.matches)
    names = {one.id: one.name for one in known}
    if unknown:
        domains, taken = await directory_entities(connection)
        entities, theirs = _new_entities(matching.new, domains, taken)
        await save_directory_entities(connection, entities)
        names |= {one.id: one.name for one, _ in entities}
        matches += theirs
    kept = await save_facts(connection, project, facts_of(matches), moment=moment)
    changed = 0
    if data.authorities:
        changed = await save_authorities(connection, project, data.authorities, moment=moment)
    await write_note(connection, IMPORTED_NOTE.format(project.value), moment.isoformat())
    matching.matches = matches
    return ImportReport(data, matching, kept, changed, names)


async def load_packaged_directory(connection: AsyncConnection, *, moment: dt.datetime) -> int:
    """Facts and authorities that come with the program, except of sources that were imported; within the
    transaction that loads the catalogue. Returns how many facts there are. Raises KnowledgeBroken."""
    by_source: dict[DirectorySource, list[Fact]] = defaultdict(list)
    for one in packaged_facts():
        by_source[one.what.source.project].append(Fact(one.entity_id, one.what, one.reason))
    for source, facts in by_source.items():
        if await read_note(connection, IMPORTED_NOTE.format(source.value)) is None:
            await save_facts(connection, source, facts, moment=facts[0].what.source.imported_at)
    if await read_note(connection, IMPORTED_NOTE.format(DirectorySource.DATENANFRAGEN.value)) is None:
        packaged = packaged_authorities()
        await save_authorities(connection, DirectorySource.DATENANFRAGEN, packaged, moment=moment)
    return sum(map(len, by_source.values()))


def known_entity(one: EntityAddresses) -> KnownEntity:
    """What an entity of the archive can be recognised by."""
    hosts = frozenset(host for address in one.addresses if (host := _host(address)))
    domains = {registrable_domain(host) for host in hosts}
    return KnownEntity(one.id, one.name, cores(one.name), frozenset(d for d in domains if d), hosts)


def _host(address: str) -> str | None:
    try:
        return (urlsplit(address).hostname or "").rstrip(".").removeprefix("www.") or None
    except ValueError:
        return None


def _new_entities(
    new: Iterable[NewEntity], known: dict[str, str], taken: set[str]
) -> tuple[list[tuple[Entity, tuple[str, ...]]], list[Match]]:
    """Entities for records of unknown sites, as far as directories do not know them yet (`known`: by domain);
    records that share a site are of one entity."""
    by_domain = dict(known)
    entities: dict[str, Entity] = {}
    domains: dict[str, list[str]] = defaultdict(list)
    matches = []
    for one in new:
        identity = next((by_domain[domain] for domain in one.domains if domain in by_domain), None)
        if identity is None:
            identity = slug(one.domains[0])
            if identity in taken:  # the id of another entity, whose addresses are elsewhere
                continue
            taken.add(identity)
            entities[identity] = _entity(identity, one.record, one.domains[0])
        for domain in one.domains:
            if domain not in by_domain:
                by_domain[domain] = identity
                domains[identity].append(domain)
        matches.append(Match(one.record, identity, Reason.NEW))
    for identity in domains:
        if identity not in entities:  # another domain of one that is known
            entities[identity] = Entity(id=identity, name=identity)
    return [(one, tuple(domains[one.id])) for one in entities.values()], matches


def _entity(identity: str, record: SourceRecord, domain: str) -> Entity:
    # A company's official name is no name of its service; the site's says what people know it by.
    return Entity(id=identity, name=record.title if record.account else domain, homepage=f"https://{domain}/")


def facts_of(matches: Iterable[Match]) -> list[Fact]:
    """The facts of matched records, and for companies the authority at their seat."""
    found = []
    for match in matches:
        found += [Fact(match.entity_id, entry, match.reason.value) for entry in match.record.entries]
        if (authority := _authority(match.record)) is not None:
            found.append(Fact(match.entity_id, authority, match.reason.value))
    return found


def _authority(record: SourceRecord) -> EntityAuthority | None:
    """The authority at a company's seat, which leads for the whole European Economic Area (Art. 56(1) GDPR).
    A branch for some countries only is not where decisions are made."""
    everywhere = any(len(entry.countries) > 1 or entry.countries == ["worldwide"] for entry in record.entries)
    if record.country is None:
        return None
    authority = authority_of_seat(record.country, record.town)
    if authority is None:
        return None
    return EntityAuthority(
        authority=authority,
        jurisdiction="EEA" if everywhere else record.country,
        basis="seat",
        source=record.entries[0].source,
    )
