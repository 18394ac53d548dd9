"""The starter catalogue: known documents as facts, and the provisions that we wrote or were reported.

What can be computed (hashes, whether a quote occurs in its snapshot) is not read from the files;
`CatalogueProvision.record` puts it in.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from clauselight.contract.document import Document
from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.record_rules import SnapshotFacts
from clauselight.contract.vocabulary import HashBasis

from .clause_types import clause_types
from .files import KnowledgeBroken, data_folder, read_toml
from .law import agency, regulation
from .places import expand

SNAPSHOT_MEDIA_TYPE = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class CatalogueDocument:
    """A document of the catalogue; `snapshot` are the bytes that we hold of it, if any."""

    document: Document
    snapshot: bytes | None


@dataclass(frozen=True, slots=True)
class CatalogueProvision:
    """A provision as its file has it, before anything is computed."""

    raw: dict[str, Any]

    @property
    def id(self) -> str:
        """The provision's id."""
        return str(self.raw["id"])

    @property
    def document_id(self) -> str:
        """The id of its document."""
        return str(self.raw["document"])

    @property
    def quote(self) -> str | None:
        """The verbatim words, if there are any."""
        quote = self.raw.get("quote")
        return None if quote is None else str(quote["exact"])

    @property
    def captured_at(self) -> dt.datetime | None:
        """When the snapshot was taken, UTC."""
        moment = self.raw["provenance"].get("captured_at")
        return moment if isinstance(moment, dt.datetime) else None

    def record(self, facts: SnapshotFacts | None) -> ProvisionRecord:
        """The record, with what was computed from the stored snapshot (None: no snapshot is held).

        Raises KnowledgeBroken when the file does not fit the contract.
        """
        raw = dict(self.raw)
        try:
            clause_type = clause_types()[raw["clause_type"]]
        except KeyError:
            raise KnowledgeBroken(f"{self.id}: unknown clause type {raw['clause_type']!r}") from None
        raw["agencies"] = [agency(reference) for reference in raw.get("agencies", [])]
        raw["regulations"] = [regulation(reference) for reference in raw.get("regulations", [])]
        raw["actions"] = [
            {**action, "jurisdictions": expand(action.get("jurisdictions", []))}
            for action in raw.get("actions", [])
        ]
        raw.setdefault("institutional", clause_type.institutional)
        if quote := raw.get("quote"):
            captured = self.captured_at
            raw["quote"] = {"selector": quote, "recorded": captured and captured.date()}
            if facts is not None and facts.position is not None:
                start, end = facts.position
                raw["quote"]["position"] = {"start": start, "end": end}
        provenance = dict(raw["provenance"])
        provenance |= {
            "snapshot_stored": facts is not None,
            "hash_verified": facts is not None,
            "quote_verified": facts is not None and self.quote is not None and facts.quote_found,
            # Only one version of each starter document is held, so no change can be checked against two.
            "change_verified": False,
        }
        if facts is not None:
            provenance |= {"sha256": facts.sha256, "sha256_basis": HashBasis.COMPUTED}
        raw["provenance"] = provenance
        try:
            return ProvisionRecord.model_validate(raw)
        except ValidationError as error:
            raise KnowledgeBroken(f"{self.id}: {error}") from error


def catalogue_documents() -> list[CatalogueDocument]:
    """The documents that carry provisions."""
    found = []
    for raw in read_toml(data_folder() / "catalogue" / "documents.toml")["document"]:
        name = raw.pop("snapshot", None)
        body = (data_folder() / name).read_bytes() if name else None
        try:
            found.append(CatalogueDocument(Document.model_validate(raw), body))
        except ValidationError as error:
            raise KnowledgeBroken(f"documents.toml, {raw.get('id')}: {error}") from error
    return found


def catalogue_provisions() -> list[CatalogueProvision]:
    """The provisions, ordered by id."""
    folder = data_folder() / "catalogue" / "provisions"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return [CatalogueProvision(read_toml(folder / name)) for name in names]


def known_documents() -> Iterator[Document]:
    """Documents of which only entity, kind and address are known (facts; sources in NOTICE)."""
    file = data_folder() / "known_documents.jsonl.gz"
    for line in gzip.decompress(file.read_bytes()).decode().splitlines():
        try:
            yield Document.model_validate(json.loads(line))
        except (ValueError, ValidationError) as error:
            raise KnowledgeBroken(f"known_documents.jsonl.gz: {error}") from error
