"""Declarations of Open Terms Archive: who has which documents, at which addresses, now and before.

A folder `declarations` with one JSON file a service (and `*.history.json` for former addresses), in a folder
or in a tar archive, which is read and never unpacked. Only names and addresses are taken.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.store.engine import write_alone

from .ota_documents import NEW_ID, Unmatched, declared_document, known_documents
from .ota_report import ImportReport
from .packs import PackProblem, PackUnreadable, read_pack
from .refused import Progress

LONGEST_NAME: Final = 150

HISTORY: Final = ".history.json"


class DeclarationsUnusable(Exception):
    """The path holds no declarations; the text is one sentence for the person who gave it."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """One document of a service, its present addresses before its former ones."""

    service: str
    kind: str
    urls: tuple[str, ...]


def is_declarations(path: Path) -> bool:
    """Whether a path holds declarations: a folder of that name, or a tar archive."""
    if path.is_dir():
        return path.name == "declarations" or (path / "declarations").is_dir()
    return path.suffix in (".tar", ".tgz") or path.suffixes[-2:-1] == [".tar"]


async def import_declarations(engine: AsyncEngine, path: Path, progress: Progress) -> ImportReport:
    """Entities and documents with their addresses. Importing again changes nothing. Raises
    DeclarationsUnusable, NoIdsLeft."""
    report = ImportReport()
    declared = _declared(path, report)
    async with engine.begin() as connection:
        await write_alone(connection)
        known = await known_documents(connection)
        for done, one in enumerate(declared, start=1):
            try:
                document = declared_document(known, one.service, one.kind, one.urls)
            except Unmatched as unmatched:
                report.skipped.append(str(unmatched))
                continue
            if document.id == NEW_ID:
                report.new_documents += 1
                await known.save(connection, document)
            elif known.with_id(document.id) != document:
                report.changed_documents += 1
                await known.save(connection, document)
            report.documents += 1
            progress("declarations", done, len(declared))
    return report


def _declared(path: Path, report: ImportReport) -> list[Declaration]:
    present: dict[str, dict[str, list[str]]] = {}
    former: dict[str, dict[str, list[str]]] = {}
    files = 0
    for name, body in _files(path, report):
        files += 1
        try:
            said = json.loads(body)
        except ValueError:
            report.skipped.append(f"{name} is no JSON.")
            continue
        if not isinstance(said, dict):
            report.skipped.append(f"{name} is no declaration.")
        elif name.endswith(HISTORY):
            former[name.removesuffix(HISTORY)] = {kind: _urls(one) for kind, one in said.items()}
        else:
            terms = said.get("terms", said.get("documents"))
            called = said.get("name") if isinstance(said.get("name"), str) else name.removesuffix(".json")
            service = " ".join(str(called).split())
            if isinstance(terms, dict) and service and len(service) <= LONGEST_NAME:
                of_file = former_of = name.removesuffix(".json")
                present.setdefault(f"{of_file}\0{service}", {}).update(
                    {str(kind): _urls(one) for kind, one in terms.items()}
                )
                former.setdefault(former_of, {})
            else:
                report.skipped.append(f"{name} is no declaration.")
    if not files:
        raise DeclarationsUnusable(f"{path} holds no declarations.")
    declared = []
    for key, terms in sorted(present.items()):
        of_file, _, service = key.partition("\0")
        for kind, urls in sorted(terms.items()):
            shown = " ".join(kind.split())
            if 0 < len(shown) <= LONGEST_NAME:
                all_urls = (*urls, *former.get(of_file, {}).get(kind, ()))
                declared.append(Declaration(service, shown, tuple(all_urls)))
    return declared


def _urls(said: Any) -> list[str]:
    """Every address in a declaration of one document, in order: its own, of its parts, of earlier times."""
    found: list[str] = []
    if isinstance(said, dict):
        if isinstance(said.get("fetch"), str):
            found.append(said["fetch"])
        combined = said.get("combine")
        found += _urls(combined) if isinstance(combined, list) else []
    elif isinstance(said, list):
        for one in said:
            found += _urls(one) if isinstance(one, dict) else []
    return list(dict.fromkeys(found))


def _files(path: Path, report: ImportReport) -> Iterator[tuple[str, bytes]]:
    def wanted(name: str) -> bool:
        inside = PurePosixPath(name)
        return inside.suffix == ".json" and (
            inside.parent.name == "declarations" or (name == inside.name and path.name == "declarations")
        )

    try:
        for one in read_pack(path, wanted):
            if isinstance(one, PackProblem):
                report.skipped.append(f"{one.name}: {one.why}")
            else:
                yield PurePosixPath(one.name).name, one.body
    except PackUnreadable as error:
        raise DeclarationsUnusable(str(error)) from error
