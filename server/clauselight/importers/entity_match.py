"""Which entity a record of a directory is about, and why it is taken to be.

A domain is the strong evidence: whoever registered it runs what stands below it. But services of one company
share a domain, some companies have their policies on a stranger's site, and two companies can have one name
in two countries. So a domain counts when the entity's name fits it or nobody else's does, a name counts alone
only where domains do not speak against it, and what is in doubt is left out and reported: a wrong address is
worse than none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from clauselight.domain.company_name import LONG_ENOUGH, label, related
from clauselight.domain.public_suffix import registrable_domain

from .facts import SourceRecord

_BUSINESS_WORDS: Final = (
    "ads advertising advertiser merchant merchants seller sellers business publisher pages api apis "
    "developer developers partner partners nonprofits manufacturer analytics cloud studio tag pro "
    "hotel corporate enterprise reseller"
)
BUSINESS: Final = frozenset(_BUSINESS_WORDS.split())
"""Words in the names of services for companies: closing a person's account on the same site is not closing
theirs."""

LONG_ENOUGH_ALONE: Final = 5
"""Letters of a name that a company lists and that counts without a domain: two companies run a "Base"."""

_ORDINARY_ENDS_WORDS: Final = (
    "com net org eu at be bg ch cz de dk ee es fi fr gr hr hu ie is it li lt lu lv nl no pl pt ro se "
    "si sk uk co.uk com.br com.au ca us"
)
ORDINARY_ENDS: Final = frozenset(_ORDINARY_ENDS_WORDS.split())
"""Ends under which a company has branches. Under others, such as .ai and .io, strangers have its name."""


COUNTRY_WORDS: Final = {
    **dict.fromkeys(("usa", "us"), "US"),
    **dict.fromkeys(("uk", "britain"), "UK"),
    **dict.fromkeys(("deutschland", "germany"), "DE"),
    "france": "FR",
    "canada": "CA",
}
"""Last words of names of services for one country: IKEA USA is not whom people in Germany write to."""


class Reason(StrEnum):
    """Why a record is taken to be about an entity."""

    NAME_AND_DOMAIN = "name and domain"
    DOMAIN = "domain"
    RUNS = "listed by the company"
    NAME = "name"
    NEW = "known to directories only"


class Why(StrEnum):
    """Why a record is about no entity."""

    NO_SITE = "it names no site of its own"
    SHARED = "several records share its site, and none has its name"
    OTHER_OWNER = "its site is known, but under names that do not fit"


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """An entity and what it can be recognised by. `domains` are registrable; `hosts` without `www.`."""

    id: str
    name: str
    cores: frozenset[str]
    domains: frozenset[str]
    hosts: frozenset[str]

    @property
    def fitting(self) -> frozenset[str]:
        """The domains that its name fits."""
        return frozenset(one for one in self.domains if any(related(core, label(one)) for core in self.cores))

    @property
    def own(self) -> frozenset[str]:
        """The domains that are its own: those that its name fits, else all."""
        return self.fitting or self.domains


@dataclass(frozen=True, slots=True)
class Match:
    """A record, the entity, and why."""

    record: SourceRecord
    entity_id: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class NewEntity:
    """An entity that only a directory knows, by its domains, the one that its id is made of first."""

    record: SourceRecord
    domains: tuple[str, ...]


@dataclass(slots=True)
class Matching:
    """What came of it; every record is in at least one of the three."""

    matches: list[Match] = field(default_factory=list)
    new: list[NewEntity] = field(default_factory=list)
    unmatched: list[tuple[SourceRecord, Why]] = field(default_factory=list)


def match_records(records: Sequence[SourceRecord], entities: Iterable[KnownEntity]) -> Matching:
    """Match all records of one source with all entities."""
    return _Matcher(records, list(entities)).match()


class _Matcher:
    def __init__(self, records: Sequence[SourceRecord], entities: list[KnownEntity]) -> None:
        self.records = records
        self.entities = entities
        self.claimants: dict[str, list[SourceRecord]] = defaultdict(list)
        self.by_core: dict[str, list[SourceRecord]] = defaultdict(list)
        self.by_run: dict[str, list[SourceRecord]] = defaultdict(list)
        for record in records:
            for domain in record.claims or _by_hosts(record):
                self.claimants[domain].append(record)
            for core in record.cores:
                self.by_core[core].append(record)
            for core in record.runs:
                self.by_run[core].append(record)
        self.owners: dict[str, list[KnownEntity]] = defaultdict(list)
        for entity in entities:
            for domain in entity.domains:
                self.owners[domain].append(entity)

    def match(self) -> Matching:
        found = Matching()
        matched: set[str] = set()
        for entity in self.entities:
            chosen = self._account(entity) if _accounts(self.records) else self._company(entity)
            for record, reason in chosen:
                found.matches.append(Match(record, entity.id, reason))
                matched.add(record.name)
        for record in self.records:
            if record.name not in matched:
                self._alone(record, found)
        return found

    # --- one service's account ---

    def _account(self, entity: KnownEntity) -> list[tuple[SourceRecord, Reason]]:
        """An account's record: of its name and domain, else the main one of its domain."""
        near = self._near(entity)
        named = [one for one in near if _same_name(one.cores, entity.cores)]
        exact = [one for one in named if one.title.casefold() == entity.name.casefold()]
        whole = [one for one in named if one.claims & entity.domains]
        if named:  # WordPress.com is not WordPress.org, and "Twitch services" stand beside Twitch
            return [(one, Reason.NAME_AND_DOMAIN) for one in exact or whole or named]
        found: dict[str, tuple[SourceRecord, Reason]] = {}
        if BUSINESS & set(re.findall(r"\w+", entity.name.lower())):
            return []
        for domain in sorted(entity.own):
            main = self._main(domain)
            if main is None or domain not in main.claims:
                continue
            if domain in entity.fitting or _related(main.cores, entity.cores):
                found[main.name] = (main, Reason.DOMAIN)
        # Two sites with two accounts behind one name: nobody knows which is meant.
        return list(found.values()) if len(found) == 1 else []

    # --- the company behind it ---

    def _company(self, entity: KnownEntity) -> list[tuple[SourceRecord, Reason]]:
        found: dict[str, tuple[SourceRecord, Reason]] = {}
        for record in self._near(entity):
            if _for_another_country(entity, record):
                continue
            shared = record.claims & entity.domains
            if _related(record.cores | record.runs, entity.cores):
                found[record.name] = (record, Reason.NAME_AND_DOMAIN)
                continue
            # Where a name fits none of the entity's domains, it must be alone on the domain.
            own = entity.fitting or {one for one in shared if len(self.owners[one]) == 1}
            if any(self._speaks_for(record, one) for one in shared & own):
                found[record.name] = (record, Reason.DOMAIN)
        if found:
            some = list(found.values())
            named = [one for one in some if _same_name(one[0].cores, entity.cores)]
            running = [one for one in some if _same_name(one[0].runs, entity.cores)]
            return named or running or some
        return self._by_name(entity)

    def _speaks_for(self, record: SourceRecord, domain: str) -> bool:
        """Whether a company is the one behind a domain: it alone names it, or its name fits it."""
        return self.claimants[domain] == [record] or any(
            related(core, label(domain)) for core in record.cores
        )

    def _by_name(self, entity: KnownEntity) -> list[tuple[SourceRecord, Reason]]:
        """By what companies say they run, and by an equal name where the domains differ in their end only."""
        found: dict[str, tuple[SourceRecord, Reason]] = {}
        for core in entity.cores:
            if len(core) < LONG_ENOUGH:
                continue
            # A core has lost its "the", and The Register is not what register.com runs.
            alone = len(core) >= LONG_ENOUGH_ALONE and not entity.name.lower().startswith("the ")
            running = self.by_run[core] if alone else []
            if running and len({frozenset(one.cores) for one in running}) == 1:
                found |= {one.name: (one, Reason.RUNS) for one in running}
            labels = {label(domain) for domain in entity.own if _ordinary(domain)}
            for record in self.by_core[core]:
                theirs = {label(domain) for domain in record.claims if _ordinary(domain)}
                if labels & theirs:
                    found.setdefault(record.name, (record, Reason.NAME))
        return [one for one in found.values() if not _for_another_country(entity, one[0])]

    # --- both ---

    def _near(self, entity: KnownEntity) -> list[SourceRecord]:
        """Records that name one of the entity's domains or hosts."""
        found: dict[str, SourceRecord] = {}
        for domain in entity.domains:
            for record in self.claimants[domain]:
                if (
                    domain in record.claims
                    or record.hosts & entity.hosts
                    or _same_name(record.cores, entity.cores)
                ):
                    found[record.name] = record
        return list(found.values())

    def _main(self, domain: str) -> SourceRecord | None:
        """The record of the site itself, when several stand on one domain."""
        claimants = [one for one in self.claimants[domain] if domain in one.claims]
        name = label(domain)
        for chosen in (
            [one for one in claimants if name in one.cores],
            [one for one in claimants if any(related(core, name) for core in one.cores)],
        ):
            if chosen:
                return chosen[0] if len(chosen) == 1 else None
        return None

    def _alone(self, record: SourceRecord, found: Matching) -> None:
        """A record of no known entity: a new one where its site is its own."""
        domains = record.claims or frozenset(
            one for one in _by_hosts(record) if any(related(core, label(one)) for core in record.cores)
        )
        if not domains:
            found.unmatched.append((record, Why.NO_SITE))
        elif any(self.owners[one] for one in domains):
            found.unmatched.append((record, Why.OTHER_OWNER))
        else:
            free = [one for one in domains if self._is_own(record, one)]
            if free:
                found.new.append(NewEntity(record, tuple(sorted(free, key=lambda one: _rank(record, one)))))
            else:
                found.unmatched.append((record, Why.SHARED))

    def _is_own(self, record: SourceRecord, domain: str) -> bool:
        claimants = self.claimants[domain]
        if len(claimants) == 1:
            return True
        name = label(domain)
        if record.account:
            return self._main(domain) is record or len(claimants) == 1
        # Branches of one company in several countries are one entity.
        return name in record.cores


def _for_another_country(entity: KnownEntity, record: SourceRecord) -> bool:
    code = COUNTRY_WORDS.get(entity.name.lower().split()[-1])
    served = {country for entry in record.entries for country in entry.countries}
    return code is not None and bool(served) and not served & {code, "worldwide"}


def _accounts(records: Sequence[SourceRecord]) -> bool:
    return bool(records) and records[0].account


def _by_hosts(record: SourceRecord) -> frozenset[str]:
    return frozenset(domain for host in record.hosts if (domain := registrable_domain(host)))


def _same_name(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two have a name in common; a plural is the same."""
    return bool({one.rstrip("s") or one for one in some} & {one.rstrip("s") or one for one in others})


def _related(some: Iterable[str], others: Iterable[str]) -> bool:
    theirs = list(others)
    return any(related(one, other) for one in some for other in theirs)


def _ordinary(domain: str) -> bool:
    return domain.partition(".")[2] in ORDINARY_ENDS


def _rank(record: SourceRecord, domain: str) -> tuple[bool, bool, int, str]:
    name = label(domain)
    return (
        name not in record.cores,
        not any(related(core, name) for core in record.cores),
        len(domain),
        domain,
    )
