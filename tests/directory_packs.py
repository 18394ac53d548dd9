"""Small packs in the layout of JustDeleteMe and Datenanfragen.de, with companies that nobody has."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path
from typing import Any

SITES: list[dict[str, Any]] = [
    {
        "name": "Murmurloft",
        "url": "http://www.murmurloft.example/close",
        "difficulty": "easy",
        "notes": "Open [settings](https://www.murmurloft.example/s) and<br>press **Close**. <i>x</i>",
        "notes_de": "Einstellungen öffnen",
        "url_de": "https://www.murmurloft.example/de/close",
        "domains": ["murmurloft.example"],
    },
    {
        "name": "Faraway",
        "url": "https://faraway.example/leave",
        "difficulty": "hard",
        "email": "leave@faraway.example",
        "domains": ["faraway.example", "www.faraway.example"],
    },
]
COMPANIES: list[dict[str, Any]] = [
    {
        "slug": "murmurloft",
        "name": "Murmurloft Ireland Ltd.",
        "relevant-countries": ["de", "gb"],
        "address": "1 Quay Street\nDublin 2\nIreland",
        "email": "dpo@murmurloft.example",
        "web": "https://www.murmurloft.example/",
        "quality": "tested",
        "required-elements": [
            {"desc": "Name", "type": "name"},
            {"desc": "Fax", "type": "input", "optional": True},
        ],
        "suggested-transport-medium": "email",
        "sources": ["https://www.murmurloft.example/privacy"],
    },
    {
        "slug": "nobody",
        "name": "Nobody Knows GmbH",
        "relevant-countries": ["all"],
        "address": "Hauptstraße 1\n10115 Berlin\nDeutschland",
        "web": "https://nobody-knows.example/",
        "quality": "verified",
        "sources": ["https://nobody-knows.example/"],
    },
]
AUTHORITY: dict[str, Any] = {
    "slug": "iedpc",
    "relevant-countries": ["ie"],
    "name": "Irish Data Protection Commission",
    "address": "6 Pembroke Row\nDublin 2\nIreland",
    "web": "http://www.dataprotection.ie",
    "complaint-language": "en",
    "sources": ["https://www.dataprotection.ie/"],
}


def accounts(folder: Path, sites: list[dict[str, Any]] | None = None) -> Path:
    """A checkout of JustDeleteMe."""
    file = folder / "_data" / "sites.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(SITES if sites is None else sites), encoding="utf-8")
    return folder


def companies(folder: Path, records: list[dict[str, Any]] | None = None) -> Path:
    """A checkout of the data of Datenanfragen.de."""
    for name, given in (
        ("companies", COMPANIES if records is None else records),
        ("supervisory-authorities", [AUTHORITY]),
    ):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for record in given:
            text = json.dumps(record, ensure_ascii=False)
            (folder / name / f"{record['slug']}.json").write_text(text, encoding="utf-8")
    return folder


def packed(folder: Path, file: Path, extra: list[tuple[tarfile.TarInfo, bytes]] | None = None) -> Path:
    """A folder as a tar.xz, as GitHub packs it: everything below one folder more."""
    with tarfile.open(file, "w:xz") as archive:
        archive.add(folder, "data-master")
        for info, body in extra or []:
            archive.addfile(info, io.BytesIO(body))
    return file
