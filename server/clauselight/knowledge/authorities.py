"""Supervisory authorities: what `data/authorities.toml` adds to their list, and the packaged list itself."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from pydantic import ValidationError

from clauselight.contract.directory import (
    Authority,
    AuthorityCovers,
    AuthorityField,
    AuthorityList,
    DirectorySource,
)

from .files import KnowledgeBroken, data_folder, read_table, read_toml

OWN_LICENCE = "Apache-2.0"

FIELDS = {
    "ftc": AuthorityField.CONSUMER,
    "dsa-coordinators": AuthorityField.PLATFORMS,
    "ecc-net": AuthorityField.CONSUMER,
    "cma": AuthorityField.CONSUMER,
    "citizens-advice": AuthorityField.CONSUMER,
    "us-state-ags": AuthorityField.CONSUMER,
    "california-ag": AuthorityField.CONSUMER,
    "cfpb": AuthorityField.FINANCE,
    "hhs-ocr": AuthorityField.HEALTH,
    "accc": AuthorityField.CONSUMER,
    "senacon": AuthorityField.CONSUMER,
}
"""What the agencies of `agencies.toml` watch over, where it is not data protection."""

DIRECTORIES = frozenset({"edpb-authorities", "dsa-coordinators", "us-state-ags"})
"""Agencies that are a page which leads to the reader's own one."""

SAME_AS = {"ico": "gbico", "fdpic": "chedoeb"}
"""Agencies of ours that the list of supervisory authorities has too; readers get ours, with its address."""


@cache
def _facts() -> dict[str, Any]:
    return read_toml(data_folder() / "authorities.toml")


def coverage_of(identity: str) -> AuthorityCovers:
    """Whom a supervisory authority supervises: everyone, if nothing else is said."""
    for covers, ids in _facts()["covers"].items():
        if identity in ids:
            return AuthorityCovers(covers)
    return AuthorityCovers.EVERYONE


def jurisdictions_of(identity: str) -> list[str]:
    """The state whose people and companies it serves, for one that does not serve a whole country."""
    state = _facts()["states"].get(identity)
    return [] if state is None else [state]


def country_named(line: str) -> str | None:
    """The code of a country of the European Economic Area that the last line of an address names."""
    wanted = " ".join(line.split()).casefold()
    for code, names in _facts()["countries"].items():
        if any(wanted == name.casefold() for name in names):
            return str(code)
    return None


def authority_of_seat(country: str, town: str | None) -> str | None:
    """Id of the authority that supervises companies at a seat; for Germany, which has one a state, only when
    the town's line tells the state."""
    packaged = [one for one in packaged_authorities() if one.field is AuthorityField.DATA_PROTECTION]
    place: str | None = country
    if country == "DE":
        name = re.sub(r"^(D-)?[0-9]{5}\s+", "", town or "").casefold()
        towns = _facts()["towns"].items()
        place = next((state for state, names in towns if name in {one.casefold() for one in names}), None)
    for one in packaged:
        if place in one.jurisdictions and one.covers in (AuthorityCovers.EVERYONE, AuthorityCovers.COMPANIES):
            return one.id
    return None


@cache
def packaged_authorities() -> tuple[Authority, ...]:
    """The supervisory authorities that come with the program, by id. Raises KnowledgeBroken."""
    file = data_folder() / "authorities.jsonl"
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        return tuple(Authority.model_validate(json.loads(line)) for line in lines)
    except (OSError, ValueError, ValidationError) as error:
        raise KnowledgeBroken(f"authorities.jsonl: {error}") from error


@cache
def own_authorities() -> tuple[Authority, ...]:
    """The agencies of `agencies.toml` in the form of authorities."""
    return tuple(
        Authority(
            id=identity,
            name=known["name"],
            field=FIELDS.get(identity, AuthorityField.DATA_PROTECTION),
            covers=AuthorityCovers.EVERYONE,
            jurisdictions=[known["jurisdiction"]],
            url=known["url"],
            complaint_url=known["complaint_url"],
            directory=identity in DIRECTORIES,
            role=known["role"],
            project=DirectorySource.CURATED,
            licence=OWN_LICENCE,
        )
        for identity, known in read_table("agencies", "agency").items()
    )


def authority_list(supervisory: tuple[Authority, ...] | list[Authority] | None = None) -> AuthorityList:
    """All authorities: ours first, then the supervisory ones (as packaged, or as an archive holds them), each
    authority once. Ours get the postal and e-mail address that the other list has of them."""
    theirs = {one.id: one for one in (packaged_authorities() if supervisory is None else supervisory)}
    merged = []
    for own in own_authorities():
        other = theirs.pop(SAME_AS.get(own.id, ""), None)
        if other is not None:
            address = {"email": other.email, "postal": other.postal, "phone": other.phone}
            own = own.model_copy(update={**address, "languages": other.languages})
        merged.append(own)
    return AuthorityList(contract_version="1", authorities=[*merged, *theirs.values()])
