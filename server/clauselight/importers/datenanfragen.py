"""Datenanfragen.de (https://www.datarequests.org, CC0-1.0): whom to write to about personal data, and the
supervisory authorities of Europe.

Reads `companies/*.json` and `supervisory-authorities/*.json` of the project's data.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import ValidationError

from clauselight.contract.directory import (
    Authority,
    AuthorityField,
    DirectoryEntry,
    DirectoryKind,
    DirectorySource,
    FactSource,
    Notes,
    Transport,
)
from clauselight.domain.company_name import is_site, label
from clauselight.domain.public_suffix import registrable_domain
from clauselight.knowledge.authorities import country_named, coverage_of, jurisdictions_of

from .facts import SourceData, SourceRecord, host_of, names_of
from .packs import PackFile, PackProblem, PackUnreadable, read_pack

PROJECT: Final = DirectorySource.DATENANFRAGEN
LICENCE: Final = "CC0-1.0"
PAGE: Final = "https://www.datarequests.org/company/{slug}/"
_FILE: Final = re.compile(r"^(?:.*/)?(companies|supervisory-authorities)/([^/]+)\.json$")
_SLUG: Final = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_COUNTRY: Final = re.compile(r"^[a-z]{2}$")
_MOST_ASKED: Final = 20

_PUBLIC: Final = frozenset({"public body", "church", "school"})
"""Categories whose supervisor does not follow from where they sit."""

_SHARED_SITES: Final = frozenset(
    {"facebook.com", "instagram.com", "linkedin.com", "google.com", "github.com"}
)
"""Where some companies have a page instead of a site of their own."""

_GERMAN: Final = re.compile(r"[äöüß]|\b(der|die|das|und|ist|eine?|nicht|bitte|Sie)\b")


def is_record(name: str) -> bool:
    """Whether a file of a pack is a company's or an authority's."""
    return bool(_FILE.match(name))


def read_datenanfragen(
    path: Path,
    *,
    moment: dt.datetime,
    changed: Callable[[str], dt.date | None] = lambda _: None,
) -> SourceData:
    """All companies and authorities of a pack. `changed` knows better than the pack on which day a file
    changed. Raises PackUnreadable when there is none."""
    data = SourceData()
    seen: set[str] = set()
    found = False
    for file in read_pack(path, is_record):
        if isinstance(file, PackProblem):
            data.refuse(file.name, "file", file.why)
            continue
        found = True
        _take_file(file, changed(file.name) or file.changed_on, moment, seen, data)
    if not found:
        raise PackUnreadable(f"{path} holds no companies/*.json; is it the data of Datenanfragen.de?")
    return data


def _take_file(
    file: PackFile, stated: dt.date | None, moment: dt.datetime, seen: set[str], data: SourceData
) -> None:
    match = _FILE.match(file.name)
    assert match is not None, "only wanted files are read"
    folder = match.group(1)
    try:
        raw = json.loads(file.body)
    except (ValueError, RecursionError) as error:
        data.refuse(file.name, "file", f"is no JSON ({error})")
        return
    identity = raw.get("slug") if isinstance(raw, dict) else None
    if not isinstance(identity, str) or not _SLUG.match(identity) or len(identity) > 90:
        data.refuse(file.name, "slug", "is no name of small letters and hyphens", identity)
    elif f"{folder}/{identity}" in seen:
        data.refuse(file.name, "slug", "was used by another file", identity)
    else:
        seen.add(f"{folder}/{identity}")
        if folder == "companies":
            _take_company(raw, identity, stated, moment, data)
        else:
            _take_authority(raw, identity, stated, data)


def _take_company(
    raw: dict[str, Any], identity: str, stated: dt.date | None, moment: dt.datetime, data: SourceData
) -> None:
    name = data.take("name", raw.get("name"), identity)
    if name is None:
        if not raw.get("name"):
            data.refuse(identity, "name", "is missing")
        return
    runs = [one for one in _list(raw, "runs", identity, data) if data.take("name", one, identity, "runs")]
    postal = data.take("postal", _lines(raw.get("address")), identity)
    email = data.take("email", raw.get("email"), identity)
    webform = data.take("url", raw.get("webform"), identity, "webform")
    quality = raw.get("quality", "verified")
    if not (postal or email or webform):
        data.refuse(identity, "record", "has no address, e-mail address or form")
        return
    try:
        entry = DirectoryEntry(
            id=f"datenanfragen-{identity}",
            kind=DirectoryKind.CONTACT,
            recipient=name,
            url=webform,
            email=email,
            postal=postal,
            phone=data.take("phone", raw.get("phone"), identity),
            notes=_notes(_list(raw, "comments", identity, data), identity, data),
            transport=_transport(raw.get("suggested-transport-medium"), email, webform),
            languages=_languages(raw.get("request-language")),
            countries=_countries(raw, identity, data),
            asks_for=_asked(raw, identity, data),
            needs_identity_document=raw.get("needs-id-document") is True or None,
            source=FactSource(
                project=PROJECT,
                licence=LICENCE,
                record=identity,
                url=PAGE.format(slug=identity),
                quality=quality if quality in ("tested", "verified", "imported", "scraped") else None,
                stated_on=stated,
                imported_at=moment,
            ),
        )
    except ValidationError as error:
        data.refuse(identity, "record", str(error.errors()[0]["msg"]))
        return
    data.records.append(_record(raw, identity, name, runs, entry))


def _record(
    raw: dict[str, Any], identity: str, name: str, runs: list[str], entry: DirectoryEntry
) -> SourceRecord:
    own, _ = names_of([name])
    _, spelled = names_of(runs)
    # A run that is only a site is told by its domain: register.com is not The Register.
    run, _ = names_of([one for one in runs if not is_site(one)])
    web = raw["web"] if isinstance(raw.get("web"), str) else ""
    host = host_of(web) if web else None
    domain = registrable_domain(host) if host else None
    # aws.amazon.com is a part of Amazon; a page at Facebook is none of a company that is not Facebook.
    claims = {domain} if domain and host == domain and _has_own_site(web, domain, own) else set[str]()
    public = bool(_PUBLIC & {one for one in raw.get("categories") or [] if isinstance(one, str)})
    lines = (entry.postal or "").split("\n")
    return SourceRecord(
        name=identity,
        title=name,
        cores=own | {identity.replace("-", "")} if "-" not in identity else own,
        runs=run,
        claims=frozenset(claims | spelled),
        hosts=frozenset({host} if host else ()),
        entries=(entry,),
        account=False,
        homepage=f"https://{host}/" if host else None,
        country=None if public else country_named(lines[-1]),
        town=lines[-2] if len(lines) > 1 else None,
    )


def _has_own_site(web: str, domain: str, own: frozenset[str]) -> bool:
    return domain not in _SHARED_SITES or urlsplit(web).path in ("", "/") or label(domain) in own


def _take_authority(raw: dict[str, Any], identity: str, stated: dt.date | None, data: SourceData) -> None:
    name = data.take("name", raw.get("name"), identity)
    if name is None:
        data.refuse(identity, "name", "is missing")
        return
    countries = _countries(raw, identity, data)
    try:
        data.authorities.append(
            Authority(
                id=identity,
                name=name,
                field=AuthorityField.DATA_PROTECTION,
                covers=coverage_of(identity),
                jurisdictions=jurisdictions_of(identity) or countries,
                url=data.take("url", raw.get("web"), identity, "web"),
                complaint_url=data.take("url", raw.get("webform"), identity, "webform"),
                email=data.take("email", raw.get("email"), identity),
                postal=data.take("postal", _lines(raw.get("address")), identity),
                phone=data.take("phone", raw.get("phone"), identity),
                languages=_languages(raw.get("complaint-language")),
                project=PROJECT,
                licence=LICENCE,
                stated_on=stated,
            )
        )
    except ValidationError as error:
        data.refuse(identity, "record", str(error.errors()[0]["msg"]))


def _list(raw: dict[str, Any], key: str, identity: str, data: SourceData) -> list[str]:
    given = raw.get(key) or []
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        data.refuse(identity, key, "is no list of texts", given)
        return []
    return given


def _lines(address: object) -> object:
    """An address without blank lines and spaces at the ends of lines; what is no text is handed through."""
    if not isinstance(address, str):
        return address
    return "\n".join(" ".join(line.split()) for line in address.splitlines() if line.strip())


def _notes(comments: list[str], identity: str, data: SourceData) -> Notes | None:
    german = [one for one in comments if _GERMAN.search(one)]
    english = [one for one in comments if one not in german]
    en = data.take("note", "\n".join(english), identity, "comments")
    de = data.take("note", "\n".join(german), identity, "comments")
    return Notes(en=en, de=de) if en or de else None


def _transport(suggested: object, email: str | None, webform: str | None) -> Transport:
    """As the project's schema has it: what is suggested, else e-mail, else a letter; a fax is a letter."""
    if suggested == "webform" and webform:
        return Transport.WEBFORM
    if suggested in ("letter", "fax"):
        return Transport.LETTER
    if email:
        return Transport.EMAIL
    return Transport.WEBFORM if webform else Transport.LETTER


def _languages(code: object) -> list[str]:
    return [code] if isinstance(code, str) and _COUNTRY.match(code) else []


def _countries(raw: dict[str, Any], identity: str, data: SourceData) -> list[str]:
    given = _list(raw, "relevant-countries", identity, data)
    known = [one for one in given if one == "all" or _COUNTRY.match(one)]
    for one in given:
        if one not in known:
            data.refuse(identity, "relevant-countries", "is no code of a country", one)
    codes = ["worldwide" if one == "all" else "UK" if one == "gb" else one.upper() for one in known]
    return list(dict.fromkeys(codes)) or ["worldwide"]


def _asked(raw: dict[str, Any], identity: str, data: SourceData) -> list[str]:
    given = raw.get("required-elements") or []
    if not isinstance(given, list):
        data.refuse(identity, "required-elements", "is no list", given)
        return []
    texts = [one.get("desc") for one in given if isinstance(one, dict) and one.get("optional") is not True]
    named = [data.take("name", text, identity, "required-elements") for text in texts]
    return list(dict.fromkeys(text for text in named if text))[:_MOST_ASKED]
