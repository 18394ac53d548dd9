"""Declarations of Open Terms Archive: addresses now and before, matched to what is known, or left out."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.importers.ota_declarations import (
    DeclarationsUnusable,
    import_declarations,
    is_declarations,
)
from clauselight.importers.ota_report import ImportReport
from clauselight.store.documents import all_documents, save_documents
from records import a_document

SHOP = {
    "name": "Shop",
    "terms": {
        "Privacy Policy": {"fetch": "https://shop.example/privacy", "select": "main"},
        "Terms of Service": {
            "combine": [{"fetch": "https://shop.example/terms/1"}, {"fetch": "https://shop.example/terms/2"}]
        },
    },
}
BEFORE = {
    "Privacy Policy": [
        {"fetch": "http://old.shop.example/privacy", "validUntil": "2022-01-01"},
        {"fetch": "https://shop.example/privacy", "validUntil": "2023-01-01"},
    ]
}


def folder_of(tmp_path: Path, files: dict[str, Any]) -> Path:
    folder = tmp_path / "collection"
    (folder / "declarations").mkdir(parents=True)
    for name, said in files.items():
        text = said if isinstance(said, str) else json.dumps(said)
        (folder / "declarations" / name).write_text(text, encoding="utf-8")
    return folder


async def bring_in(engine: AsyncEngine, path: Path) -> ImportReport:
    assert is_declarations(path)
    return await import_declarations(engine, path, lambda *_: None)


async def test_documents_have_their_present_and_former_addresses(
    empty_archive: AsyncEngine, tmp_path: Path
) -> None:
    path = folder_of(tmp_path, {"Shop.json": SHOP, "Shop.history.json": BEFORE})
    report = await bring_in(empty_archive, path)
    assert (report.documents, report.new_documents, report.skipped) == (2, 2, [])
    async with empty_archive.connect() as connection:
        privacy, terms = await all_documents(connection)
    assert privacy.urls == ["https://shop.example/privacy", "https://old.shop.example/privacy"]
    assert terms.urls == ["https://shop.example/terms/1", "https://shop.example/terms/2"]
    assert (privacy.title, privacy.kind, privacy.entity.id) == ("Shop Privacy Policy", "privacy", "shop")
    again = await bring_in(empty_archive, path)
    assert (again.new_documents, again.changed_documents) == (0, 0)


async def test_a_document_that_is_known_gets_more_addresses(
    empty_archive: AsyncEngine, tmp_path: Path
) -> None:
    known = a_document(7, "the-shop", urls=["https://www.shop.example/privacy"])
    async with empty_archive.begin() as connection:
        await save_documents(connection, [known])
    path = folder_of(tmp_path, {"Shop.json": SHOP, "Shop.history.json": BEFORE})
    report = await bring_in(empty_archive, path)
    assert (report.new_documents, report.changed_documents) == (1, 1)
    async with empty_archive.connect() as connection:
        first, second = await all_documents(connection)
    assert first.id == "CL-D-000007" and first.title == known.title
    assert "https://old.shop.example/privacy" in first.urls
    assert second.entity.id == "the-shop"


async def test_an_archive_is_read_without_unpacking(empty_archive: AsyncEngine, tmp_path: Path) -> None:
    path = tmp_path / "pack.tar.xz"
    with tarfile.open(path, "w:xz") as archive:
        for name in (
            "x/declarations/Shop.json",
            "../../declarations/Evil.json",
            "x/declarations/sub/No.json",
        ):
            body = json.dumps(SHOP).encode()
            member = tarfile.TarInfo(name)
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))
        link = tarfile.TarInfo("x/declarations/Link.json")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    report = await bring_in(empty_archive, path)
    assert report.new_documents == 2
    assert not (tmp_path.parent / "declarations").exists()


@pytest.mark.parametrize(
    "said",
    [
        "{",
        "[]",
        {"name": "X"},
        {"name": 7, "terms": []},
        {"name": "X", "terms": {"Terms": {"fetch": "javascript:alert(1)"}}},
        {"name": "X", "terms": {"Terms": {"fetch": "ftp://a.example/"}}},
        {"name": "X", "terms": {"Terms": {"fetch": ["https://a.example/"]}}},
        {"name": "X" * 5_000, "terms": {"Terms": {"fetch": "https://a.example/"}}},
        {"name": "X", "terms": {"Terms": {"combine": "https://a.example/"}}},
    ],
)
async def test_what_cannot_be_used_is_left_out(empty_archive: AsyncEngine, tmp_path: Path, said: Any) -> None:
    report = await bring_in(empty_archive, folder_of(tmp_path, {"X.json": said}))
    assert report.new_documents == 0
    assert report.skipped


async def test_a_folder_without_any_is_refused(empty_archive: AsyncEngine, tmp_path: Path) -> None:
    with pytest.raises(DeclarationsUnusable):
        await bring_in(empty_archive, folder_of(tmp_path, {}))
