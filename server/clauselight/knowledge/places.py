"""Groups of places and sets of jurisdictions, from `data/places.toml`: the one definition of both."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pydantic import ValidationError

from clauselight.contract.places import PlaceGroup, PlaceList

from .files import KnowledgeBroken, data_folder, read_table, read_toml

WORLDWIDE = "worldwide"


@cache
def places() -> PlaceList:
    """All groups of places. Raises KnowledgeBroken when the file does not fit the contract."""
    raw = read_toml(data_folder() / "places.toml")
    try:
        return PlaceList(contract_version="1", groups=raw["group"])
    except (KeyError, ValidationError) as error:
        raise KnowledgeBroken(f"places.toml: {error}") from error


@cache
def jurisdiction_sets() -> dict[str, tuple[str, ...]]:
    """Lists of codes that data files name together: `US-PRIVACY`, `US-SIGNAL`, ..."""
    return {name: tuple(entry["members"]) for name, entry in read_table("places", "set").items()}


def expand(jurisdictions: Iterable[str]) -> list[str]:
    """Codes as the contract has them: names of sets replaced by their members, each code once."""
    sets = jurisdiction_sets()
    return list(dict.fromkeys(code for name in jurisdictions for code in sets.get(name, (name,))))


def applies_to(jurisdictions: Iterable[str], group: PlaceGroup) -> bool:
    """Whether something that is said for these codes is right for everyone in the group."""
    codes = set(jurisdictions)
    members = {member.code for member in group.members}
    return WORLDWIDE in codes or bool(codes & set(group.codes)) or (bool(members) and members <= codes)
