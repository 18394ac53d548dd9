"""The action directory that comes with the program: facts about the entities of known documents.

`data/directory.jsonl.gz` is made by `python -m clauselight.importers.starter_directory`; it holds facts only
(names, addresses, difficulty), not the notes of their sources. `data/directory_own.toml` holds our own.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from clauselight.contract.directory import DirectoryEntry, DirectorySource, EntityAuthority

from .files import KnowledgeBroken, data_folder, read_toml

FILE: Final = "directory.jsonl.gz"
OWN_FILE: Final = "directory_own.toml"
OWN_LICENCE: Final = "Apache-2.0"


@dataclass(frozen=True, slots=True)
class PackagedFact:
    """A fact, whose it is, and why it was taken to be about this entity."""

    entity_id: str
    reason: str
    what: DirectoryEntry | EntityAuthority

    def to_line(self) -> str:
        """As it stands in the file."""
        row: dict[str, Any] = {"entity": self.entity_id, "reason": self.reason}
        key = "entry" if isinstance(self.what, DirectoryEntry) else "authority"
        row[key] = self.what.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def packaged_facts() -> list[PackagedFact]:
    """All facts that come with the program. Raises KnowledgeBroken."""
    try:
        lines = gzip.decompress((data_folder() / FILE).read_bytes()).decode().splitlines()
        found = [_fact(json.loads(line)) for line in lines]
    except (OSError, EOFError, ValueError, KeyError, ValidationError) as error:
        raise KnowledgeBroken(f"{FILE}: {error}") from error
    return found + own_facts()


def _fact(row: dict[str, Any]) -> PackagedFact:
    what: DirectoryEntry | EntityAuthority
    if "entry" in row:
        what = DirectoryEntry.model_validate(row["entry"])
    else:
        what = EntityAuthority.model_validate(row["authority"])
    return PackagedFact(row["entity"], row["reason"], what)


def own_facts() -> list[PackagedFact]:
    """The facts that we recorded ourselves. Raises KnowledgeBroken."""
    found = []
    for raw in read_toml(data_folder() / OWN_FILE)["entry"]:
        entity, stated = raw.pop("entity"), raw.pop("stated_on")
        moment = dt.datetime.combine(stated, dt.time(), dt.UTC)
        raw["source"] = {
            "project": DirectorySource.CURATED,
            "licence": OWN_LICENCE,
            "record": raw["id"],
            "stated_on": stated,
            "imported_at": moment,
        }
        try:
            found.append(PackagedFact(entity, "recorded by us", DirectoryEntry.model_validate(raw)))
        except ValidationError as error:
            raise KnowledgeBroken(f"{OWN_FILE}, {raw['id']}: {error}") from error
    return found
