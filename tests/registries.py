"""Registries made for a test from a published archive, and everything that lies in one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.publication.registry_file import RegistryFile
from clauselight.publication.registry_update import update_registry
from publications import published


async def registered(engine: AsyncEngine, folder: Path) -> Path:
    """Publish an archive into a folder and bring the registry there in step; returns its file."""
    folder.mkdir(exist_ok=True)
    await published(engine, folder / "publication.sqlite")
    registry = RegistryFile(folder / "registry.sqlite")
    try:
        await update_registry(engine, folder / "publication.sqlite", registry)
    finally:
        registry.close()
    return folder / "registry.sqlite"


def contents(file: Path) -> dict[str, Any]:
    """What a registry says, by ids: numbers of organisations and types depend on what came first."""
    with closing(sqlite3.connect(file)) as connection:
        run = connection.execute

        def rows(question: str) -> list[Any]:
            return sorted(map(tuple, run(question)), key=repr)

        found = {
            "entities": rows("SELECT id, name, host FROM entity"),
            "documents": rows(
                "SELECT document.number, entity.id, kind, title, analysed, verified, provisions, worst FROM "
                "document JOIN entity ON entity.number=document.entity"
            ),
            "provisions": rows(
                "SELECT provision.number, document, entity.id, clause_type.id, severity, method, confidence, "
                "quoted, seen, changed FROM provision JOIN entity ON entity.number=provision.entity "
                "JOIN clause_type ON clause_type.number=provision.type"
            ),
            "words": rows("SELECT * FROM words"),
            "gone": rows(
                "SELECT gone.number, document, entity.id, clause_type.id, seen, ended, title, changes "
                "FROM gone JOIN entity ON entity.number=gone.entity "
                "LEFT JOIN clause_type ON clause_type.number=gone.type"
            ),
            "changes": rows("SELECT day, provision, position, document, kind, severity_to FROM change"),
        }
        for index in ("words_index", "title_index", "entity_index", "document_index"):
            # Raises when the index and the table that it stands over differ.
            run(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        return found
