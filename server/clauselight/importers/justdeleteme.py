"""JustDeleteMe (https://justdeleteme.xyz, MIT): where and how hard it is to delete an account.

Reads `_data/sites.json` of the project: one object a site with `name`, `url`, `difficulty`, `domains`, and
perhaps `email`, `notes`, and both `url` and `notes` by language.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from clauselight.contract.directory import (
    Difficulty,
    DirectoryEntry,
    DirectoryKind,
    DirectorySource,
    FactSource,
    LocalUrls,
    Notes,
    Transport,
)
from clauselight.domain.public_suffix import registrable_domain
from clauselight.domain.slug import slug

from .facts import SourceData, SourceRecord, host_of, names_of
from .packs import PackProblem, PackUnreadable, read_pack

PROJECT: Final = DirectorySource.JUSTDELETEME
LICENCE: Final = "MIT"
PAGE: Final = "https://justdeleteme.xyz/"
FILE: Final = "_data/sites.json"
LANGUAGES: Final = ("en", "de", "fr")

_MARKDOWN_LINK: Final = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_TAG: Final = re.compile(r"<[a-zA-Z/][^>]*>")
_MAILTO: Final = re.compile(r"^mailto:", re.I)


def is_sites(name: str) -> bool:
    """Whether a file of a pack is the list of sites."""
    return name == FILE or name.endswith(f"/{FILE}")


def read_justdeleteme(
    path: Path,
    *,
    moment: dt.datetime,
    changed: Callable[[str], dt.date | None] = lambda _: None,
) -> SourceData:
    """All sites of a pack. `changed` knows better than the pack on which day a file changed. Raises
    PackUnreadable when there is no list of sites, or it is no JSON."""
    data = SourceData()
    found = False
    for file in read_pack(path, is_sites):
        if isinstance(file, PackProblem):
            data.refuse(file.name, "file", file.why)
            continue
        found = True
        try:
            sites = json.loads(file.body)
            if not isinstance(sites, list):
                raise ValueError("it is no list")
        except (ValueError, RecursionError) as error:
            raise PackUnreadable(f"{path}: {file.name} is no JSON list of sites ({error}).") from error
        _read(sites, changed(file.name) or file.changed_on, moment, data)
    if not found:
        raise PackUnreadable(f"{path} holds no {FILE}; is it JustDeleteMe?")
    return data


def _read(sites: list[Any], stated: dt.date | None, moment: dt.datetime, data: SourceData) -> None:
    seen: set[str] = set()
    names: set[str] = set()
    for number, site in enumerate(sites, start=1):
        if not isinstance(site, dict) or not isinstance(site.get("name"), str):
            data.refuse(f"site {number}", "record", "is no site with a name", site)
            continue
        name = data.take("name", site["name"], site["name"][:60], "name")
        if name is None:
            continue
        hosts = _hosts(site, name, data)
        # Nike and Nike+ are two.
        first = hosts[0] if hosts else str(number)
        tries = [slug(name)] if name.isascii() else []
        identity = next((one for one in (*tries, slug(f"{name} {first}")) if one not in seen), None)
        if identity is None or name.casefold() in names:
            data.refuse(name, "record", "has the name of another one")
            continue
        seen.add(identity)
        names.add(name.casefold())
        entry = _entry(site, name, identity, stated, moment, data)
        if entry is not None:
            data.records.append(_record(name, hosts, entry))


def _hosts(site: dict[str, Any], name: str, data: SourceData) -> list[str]:
    given = site.get("domains")
    if not isinstance(given, list):
        data.refuse(name, "domains", "is no list", given)
        return []
    hosts = []
    for one in given:
        host = host_of(one) if isinstance(one, str) else None
        if host is None:
            data.refuse(name, "domains", "is no name of a host", one)
        elif "/" not in one.rstrip("/"):  # a part of somebody's site is not its owner's
            hosts.append(host)
    return hosts


def _entry(
    site: dict[str, Any],
    name: str,
    identity: str,
    stated: dt.date | None,
    moment: dt.datetime,
    data: SourceData,
) -> DirectoryEntry | None:
    url, email = site.get("url"), site.get("email")
    if isinstance(url, str) and _MAILTO.match(url):
        email = email or _MAILTO.sub("", url).partition("?")[0]
        url = None
    checked_url = data.take("url", url, name)
    checked_email = data.take("email", email, name)
    try:
        difficulty = Difficulty(site.get("difficulty", ""))
    except ValueError:
        data.refuse(name, "difficulty", "is none of the known ones", site.get("difficulty"))
        return None
    urls = {code: data.take("url", site.get(f"url_{code}"), name, f"url_{code}") for code in LANGUAGES}
    notes = {
        code: data.take("note", plain_text(site.get(key)), name, key)
        for code, key in (("en", "notes"), ("de", "notes_de"), ("fr", "notes_fr"))
    }
    try:
        return DirectoryEntry(
            id=f"justdeleteme-{identity[:90]}",
            kind=DirectoryKind.DELETION,
            url=checked_url,
            url_in=LocalUrls(**urls) if any(urls.values()) else None,
            email=checked_email,
            difficulty=difficulty,
            notes=Notes(**notes) if any(notes.values()) else None,
            transport=Transport.EMAIL if checked_email and difficulty is Difficulty.HARD else None,
            countries=["worldwide"],
            source=FactSource(
                project=PROJECT, licence=LICENCE, record=name, url=PAGE, stated_on=stated, imported_at=moment
            ),
        )
    except ValidationError as error:
        data.refuse(name, "record", str(error.errors()[0]["msg"]))
        return None


def _record(name: str, hosts: list[str], entry: DirectoryEntry) -> SourceRecord:
    cores, _ = names_of([name])
    claims = frozenset(host for host in hosts if registrable_domain(host) == host)
    return SourceRecord(
        name=name,
        title=name,
        cores=cores,
        runs=frozenset(),
        claims=claims,
        hosts=frozenset(hosts),
        entries=(entry,),
        account=True,
    )


def plain_text(note: object) -> object:
    """A note without the markup that the project's site allows: tags go, a link's address stands behind its
    words. What is no text is handed through, to be refused."""
    if not isinstance(note, str):
        return note
    text = re.sub(r"<br\s*/?>", "\n", note, flags=re.I)
    text = _MARKDOWN_LINK.sub(r"\1 (\2)", _TAG.sub("", text)).replace("**", "").replace("`", "")
    text = re.sub(r"[^\S\n]+", " ", html.unescape(text))
    text = "".join(c for c in text if c == "\n" or c.isprintable())
    return re.sub(r" ?\n ?", "\n", re.sub(r"\n{3,}", "\n\n", text)).strip()
