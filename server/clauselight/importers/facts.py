"""What importers of directories have in common: records of a source, facts that were refused, and how."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from clauselight.contract.base import Email, HttpsUrl, ShortText
from clauselight.contract.directory import Authority, DirectoryEntry, Note, Phone, Postal
from clauselight.domain.company_name import cores, domains_in
from clauselight.domain.public_suffix import registrable_domain

_CHECKS: Final[Mapping[str, TypeAdapter[Any]]] = {
    "url": TypeAdapter(HttpsUrl),
    "email": TypeAdapter(Email),
    "postal": TypeAdapter(Postal),
    "phone": TypeAdapter(Phone),
    "name": TypeAdapter(ShortText),
    "note": TypeAdapter(Note),
}
_SAID: Final = {
    "url": "is no https address",
    "email": "is no bare e-mail address",
    "postal": "is no postal address of a usual length without control characters",
    "phone": "is no international telephone number",
    "name": "is no name of at most 300 characters",
    "note": "is no note of at most 2,000 characters",
}
_SHOWN: Final = 80


@dataclass(frozen=True, slots=True)
class Refusal:
    """One fact that was left out."""

    record: str
    field: str
    why: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One company or site as a source has it: by which names and domains it can be recognised, and its facts.

    `claims`: registrable domains that are its own; `hosts`: names of single hosts that are its own.
    `account`: its facts are about one service's account, not about the company behind it.
    """

    name: str
    title: str
    cores: frozenset[str]
    runs: frozenset[str]
    claims: frozenset[str]
    hosts: frozenset[str]
    entries: tuple[DirectoryEntry, ...]
    account: bool
    homepage: str | None = None
    country: str | None = None
    """Of the postal address, ISO 3166 with UK; only for companies, which have a lead authority."""
    town: str | None = None


@dataclass(slots=True)
class SourceData:
    """All that a source's pack holds."""

    records: list[SourceRecord] = field(default_factory=list)
    authorities: list[Authority] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def take(self, kind: str, value: object, record: str, name: str | None = None) -> str | None:
        """A text of the source, stripped, when it is fit to be kept; else None, and a refusal. None stays
        None: nothing was stated."""
        if value is None or value == "":
            return None
        text = value.strip() if isinstance(value, str) and not _broken_lines(kind, value) else value
        if text == "":
            return None
        if kind == "url" and isinstance(text, str):
            text = upgraded(text)
        try:
            return str(_CHECKS[kind].validate_python(text, strict=True))
        except ValidationError:
            self.refuse(record, name or kind, _SAID[kind], value)
            return None

    def refuse(self, record: str, what: str, why: str, value: object = "") -> None:
        """Name a fact that is left out."""
        shown = re.sub(r"\s+", " ", str(value))
        shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
        self.refused.append(Refusal(record, what, why, shown))


def _broken_lines(kind: str, value: str) -> bool:
    """A line break in an address for mail is never an accident to be tidied up."""
    return kind == "email" and bool(re.search(r"[\r\n]", value))


def upgraded(url: str) -> str:
    """A plain http address as https; whether it answers there, `clauselight actions check` finds out."""
    if not url.lower().startswith("http://"):
        return url
    try:
        port = urlsplit(url).port
    except ValueError:
        return url
    return url if port not in (None, 80) else "https://" + url[len("http://") :].replace(":80/", "/", 1)


def host_of(address: str) -> str | None:
    """The host of an address or a bare host name, in ASCII and without `www.`; None when there is none."""
    text = address.strip().lower()
    try:
        host = urlsplit(text if "://" in text else f"https://{text}").hostname or ""
        ascii_host = (
            host.rstrip(".").encode("idna").decode("ascii") if not host.isascii() else host.rstrip(".")
        )
    except (ValueError, UnicodeError):
        return None
    found = ascii_host.removeprefix("www.")
    return found if re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", found) and len(found) <= 253 else None


def names_of(names: list[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Cores of some listed names, and the registrable domains that they spell out."""
    found = frozenset(core for name in names for core in cores(name))
    domains = (registrable_domain(host) for name in names for host in domains_in(name))
    return found, frozenset(domain for domain in domains if domain)
