"""The taxonomy: kinds of clauses with their explanations, read from one file each."""

from __future__ import annotations

from functools import cache

from pydantic import ValidationError

from clauselight.contract.annotation import CategoryInfo
from clauselight.contract.clause_type import ClauseType

from .files import KnowledgeBroken, data_folder, read_table, read_toml
from .law import agency, regulation
from .places import expand


@cache
def clause_types() -> dict[str, ClauseType]:
    """All clause types by id. Raises KnowledgeBroken when a file does not fit the contract."""
    found = {}
    folder = data_folder() / "clause_types"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        raw = read_toml(file)
        raw["agencies"] = [agency(reference) for reference in raw.get("agencies", [])]
        raw["regulations"] = [regulation(reference) for reference in raw.get("regulations", [])]
        raw.setdefault("actions", [])
        for action in raw["actions"]:
            action["jurisdictions"] = expand(action.get("jurisdictions", []))
        try:
            clause_type = ClauseType.model_validate(raw)
        except ValidationError as error:
            raise KnowledgeBroken(f"{file.name}: {error}") from error
        found[clause_type.id] = clause_type
    return found


@cache
def categories() -> tuple[CategoryInfo, ...]:
    """The categories with their names, in the order in which they are shown."""
    return tuple(
        CategoryInfo(id=entry["id"], title=entry["title"])
        for entry in read_table("categories", "category").values()
    )
