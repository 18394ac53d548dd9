"""The action directory: where one reaches an entity, how to leave it, and which authority is responsible.

Facts of others (who, where, how hard), each with its source and the dates on which it was stated, imported
and last seen to work. All of it comes from outside and is hostile until it has passed these models: addresses
are https, e-mail addresses bare, notes plain text.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from .base import Day, Email, HttpsUrl, Jurisdiction, LanguageTag, Model, Moment, ShortText, Slug, distinct

Note = Annotated[str, StringConstraints(min_length=1, max_length=2_000, pattern=r"\S")]
"""A short plain text for people; the longest of 2,591 sites' notes has 1,030 characters."""

Postal = Annotated[
    str,
    StringConstraints(max_length=600, pattern=r"^[^\s\u0000-\u001f][^\u0000-\u0009\u000b-\u001f]*$"),
]
"""A postal address, one line a line, the country last; no control characters but line feeds."""

Phone = Annotated[str, StringConstraints(max_length=40, pattern=r"^\+[0-9][0-9 ]{4,30}( ext\. [0-9]+)?$")]
"""A telephone number in the international form, as the company publishes it."""

MOST_ENTRIES = 40
"""Entries of one entity; the most that two sources give is 16."""


class DirectoryKind(StrEnum):
    """What a directory entry is for."""

    DELETION = "deletion"
    """To close the account."""
    OPT_OUT = "opt_out"
    OBJECT = "object"
    ACCESS = "access"
    PORTABILITY = "portability"
    SETTING = "setting"
    CONTACT = "contact"
    """Whom to write to about personal data, for requests of any kind."""
    COMPLAINT = "complaint"
    """The company's own way to complain; authorities are another list."""


class Difficulty(StrEnum):
    """How hard it is to have an account deleted, as JustDeleteMe tells them apart."""

    EASY = "easy"
    """By yourself, in a few steps."""
    MEDIUM = "medium"
    """By yourself, with additional steps."""
    HARD = "hard"
    """Only by asking somebody."""
    LIMITED = "limited"
    """Only for people in some places, such as where a law gives the right."""
    IMPOSSIBLE = "impossible"
    """The service offers no way; the law of one's place may still give a right."""


class Transport(StrEnum):
    """By which way a request is best sent."""

    EMAIL = "email"
    LETTER = "letter"
    WEBFORM = "webform"


class DirectorySource(StrEnum):
    """Who states a fact."""

    JUSTDELETEME = "justdeleteme"
    DATENANFRAGEN = "datenanfragen"
    CURATED = "curated"


class CheckStatus(StrEnum):
    """What came of the last visit to a link."""

    ANSWERED = "answered"
    """The page is there."""
    MOVED = "moved"
    """It answers, but from another site, or from the site's front page."""
    BLOCKED = "blocked"
    """The site refuses programs, or asks for a login: a person may still reach it."""
    DEAD = "dead"
    """The site says that there is no such page."""
    UNREACHABLE = "unreachable"
    """The site did not answer, this time."""


class FactSource(Model):
    """Where a fact comes from, and how fresh it is."""

    project: DirectorySource
    licence: ShortText
    """SPDX name: MIT, CC0-1.0."""
    record: ShortText
    """Name of the record in that project."""
    url: HttpsUrl | None = None
    """Where that project shows the record."""
    quality: Literal["tested", "verified", "imported", "scraped"] | None = None
    """How sure the project itself is: somebody used it with success, a person checked it, taken from another
    collection, or collected by a program."""
    stated_on: Day | None = None
    """Of the newest change of the file that states it; absent when nobody knows."""
    imported_at: Moment
    """When it was first read in this form."""


class LinkCheck(Model):
    """The last visit of `clauselight actions check`."""

    status: CheckStatus
    checked_at: Moment
    answered_at: Moment | None = None
    """When the page was last there."""


class Notes(Model):
    """A note of the source in its own languages; readers show the one that fits best."""

    en: Note | None = None
    de: Note | None = None
    fr: Note | None = None


class LocalUrls(Model):
    """Addresses of one page by language."""

    en: HttpsUrl | None = None
    de: HttpsUrl | None = None
    fr: HttpsUrl | None = None


class DirectoryEntry(Model):
    """One way to reach an entity or to do something there: an address, an e-mail address or a postal one."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": [name], "properties": {name: {"type": "string"}}}
                for name in ("url", "email", "postal", "difficulty")
            ]
        }
    )

    id: Slug
    """Stays the same when the fact is imported again; distinct within an entity."""
    kind: DirectoryKind
    recipient: ShortText | None = None
    """The company's official name, as a letter names it."""
    url: HttpsUrl | None = None
    url_in: LocalUrls | None = None
    """The same page where it has an address of its own in a language."""
    email: Email | None = None
    postal: Postal | None = None
    phone: Phone | None = None
    difficulty: Difficulty | None = None
    """Only of a deletion."""
    notes: Notes | None = None
    transport: Transport | None = None
    """The way that the source suggests."""
    languages: Annotated[list[LanguageTag], *distinct(max_length=10)] = []
    """In which to write; empty: any."""
    countries: Annotated[list[Jurisdiction], *distinct(1, 60)]
    """For people in these countries: `worldwide`, or ISO 3166-1 codes with UK for the United Kingdom."""
    asks_for: Annotated[list[ShortText], *distinct(max_length=20)] = []
    """What the company is known to ask for in a request: Name, Customer number."""
    needs_identity_document: bool | None = None
    source: FactSource
    check: LinkCheck | None = None
    """Of `url`; absent while nobody visited it."""

    @model_validator(mode="after")
    def _leads_somewhere(self) -> DirectoryEntry:
        if not (self.url or self.email or self.postal or self.difficulty):
            raise ValueError("an entry needs url, email, postal or difficulty")
        return self


class EntityAuthority(Model):
    """An authority that is responsible for an entity. Readers may always turn to the one of their own country
    instead (Art. 77(1) GDPR)."""

    authority: Slug
    """Id in the list of authorities."""
    jurisdiction: Jurisdiction
    """For readers of: EEA, a country."""
    basis: Literal["seat", "stated"]
    """`seat`: likely, since the company's address for data protection lies in that authority's country;
    `stated`: somebody who knows says so."""
    source: FactSource


class EntityDirectory(Model):
    """What is known of one entity; an entity of which nothing is known has none."""

    entries: Annotated[list[DirectoryEntry], Field(max_length=MOST_ENTRIES)]
    """The best first: by kind, then those for everywhere, then by source."""
    authorities: Annotated[list[EntityAuthority], Field(max_length=10)] = []

    @model_validator(mode="after")
    def _distinct_ids(self) -> EntityDirectory:
        ids = [entry.id for entry in self.entries]
        if len(set(ids)) != len(ids):
            raise ValueError("two entries of an entity have one id")
        return self


class AuthorityField(StrEnum):
    """What an authority watches over."""

    DATA_PROTECTION = "data_protection"
    CONSUMER = "consumer"
    PLATFORMS = "platforms"
    FINANCE = "finance"
    HEALTH = "health"


class AuthorityCovers(StrEnum):
    """Whom an authority supervises; a complaint about a company goes to one of `everyone` or `companies`."""

    EVERYONE = "everyone"
    COMPANIES = "companies"
    PUBLIC_BODIES = "public_bodies"
    CHURCH = "church"
    BROADCASTING = "broadcasting"


class Authority(Model):
    """A public authority that takes complaints."""

    id: Slug
    name: ShortText
    field: AuthorityField
    covers: AuthorityCovers
    jurisdictions: Annotated[list[Jurisdiction], *distinct(1, 60)]
    """Places whose people it serves: a country (DE), a part of one (DE-BY, US-CA), EEA, US."""
    url: HttpsUrl | None = None
    complaint_url: HttpsUrl | None = None
    """The page or form to complain at."""
    email: Email | None = None
    postal: Postal | None = None
    phone: Phone | None = None
    languages: Annotated[list[LanguageTag], *distinct(max_length=10)] = []
    """In which to complain; empty: unknown."""
    directory: bool = False
    """It is no office but a page that leads to the reader's own one."""
    role: Note | None = None
    """What it does, in our words."""
    project: DirectorySource
    licence: ShortText
    stated_on: Day | None = None


class AuthorityList(Model):
    """Every authority that is known, the same for everyone who asks; readers carry a copy of it."""

    contract_version: Literal["1"]
    authorities: Annotated[list[Authority], *distinct(max_length=500)]
