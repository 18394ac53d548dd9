"""Importing action directories into the archive: what is kept, what is shown, what changes when."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.contract.directory import DirectorySource, EntityDirectory
from clauselight.importers.datenanfragen import read_datenanfragen
from clauselight.importers.directory import ImportReport, import_directory
from clauselight.importers.justdeleteme import read_justdeleteme
from clauselight.importers.match_report import counts, report_rows, write_report
from clauselight.publication.compose import Site, compose
from clauselight.store.directory import directories_of, entity_of_domain, stored_authorities
from clauselight.store.revisions import newest_revision
from clauselight.store.tables import document
from directory_packs import COMPANIES, SITES, accounts, companies

MOMENT = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)
LATER = MOMENT + dt.timedelta(days=30)


async def take_accounts(
    engine: AsyncEngine, folder: Path, sites: list[dict[str, Any]] | None = None, moment: dt.datetime = MOMENT
) -> ImportReport:
    data = read_justdeleteme(accounts(folder, sites), moment=moment)
    return await import_directory(engine, DirectorySource.JUSTDELETEME, data, moment=moment)


async def take_companies(
    engine: AsyncEngine,
    folder: Path,
    records: list[dict[str, Any]] | None = None,
    moment: dt.datetime = MOMENT,
) -> ImportReport:
    data = read_datenanfragen(companies(folder, records), moment=moment)
    return await import_directory(engine, DirectorySource.DATENANFRAGEN, data, moment=moment)


async def of(engine: AsyncEngine, entity_id: str) -> EntityDirectory | None:
    async with engine.connect() as connection:
        return (await directories_of(connection, [entity_id])).get(entity_id)


async def revision_of(engine: AsyncEngine, document_id: str) -> int:
    async with engine.connect() as connection:
        chosen = sa.select(document.c.revision).where(document.c.id == document_id)
        return int(await connection.scalar(chosen) or 0)


async def test_facts_are_kept_with_their_source_and_dates(archive: AsyncEngine, tmp_path: Path) -> None:
    await take_accounts(archive, tmp_path / "jdm")
    await take_companies(archive, tmp_path / "data")
    found = await of(archive, "murmurloft")
    assert found is not None
    deletion = next(one for one in found.entries if one.source.project == "justdeleteme")
    assert deletion.url == "https://www.murmurloft.example/close"
    assert deletion.url_in and deletion.url_in.de == "https://www.murmurloft.example/de/close"
    assert deletion.notes and deletion.notes.de == "Einstellungen öffnen"
    assert deletion.notes.en == "Open settings (https://www.murmurloft.example/s) and\npress Close. x"
    assert (deletion.source.licence, deletion.source.imported_at) == ("MIT", MOMENT)
    contact = next(one for one in found.entries if one.source.project == "datenanfragen")
    assert contact.recipient == "Murmurloft Ireland Ltd."
    assert contact.postal == "1 Quay Street\nDublin 2\nIreland"
    assert (contact.countries, contact.asks_for, contact.transport) == (["DE", "UK"], ["Name"], "email")
    assert (contact.source.licence, contact.source.quality) == ("CC0-1.0", "tested")
    assert [(one.authority, one.jurisdiction) for one in found.authorities] == [("iedpc", "EEA")]


async def test_readers_get_them_with_the_document(archive: AsyncEngine, tmp_path: Path) -> None:
    await take_accounts(archive, tmp_path)
    sets = {one.document.id: one for one in (await compose(archive, Site(None, (), ()))).sets}
    shown = sets["CL-D-000001"].directory
    assert shown is not None
    assert "justdeleteme-murmurloft" in {entry.id for entry in shown.entries}
    assert any(one.directory is None for one in sets.values()), "of most entities nothing is known"


async def test_importing_again_changes_nothing(archive: AsyncEngine, tmp_path: Path) -> None:
    await take_accounts(archive, tmp_path)
    before, revision = await of(archive, "murmurloft"), await revision_of(archive, "CL-D-000001")
    again = await take_accounts(archive, tmp_path, moment=LATER)
    assert (again.kept.new, again.kept.changed, again.kept.ended, again.kept.same) == (0, 0, 0, 2)
    assert await of(archive, "murmurloft") == before
    assert await revision_of(archive, "CL-D-000001") == revision


async def test_only_documents_of_touched_entities_are_published_again(
    archive: AsyncEngine, tmp_path: Path
) -> None:
    await take_accounts(archive, tmp_path)
    async with archive.connect() as connection:
        newest = await newest_revision(connection)
    changed = [{**SITES[0], "difficulty": "hard"}, SITES[1]]
    report = await take_accounts(archive, tmp_path, changed, LATER)
    assert (report.kept.changed, report.kept.same) == (1, 1)
    async with archive.connect() as connection:
        touched = await connection.execute(
            sa.select(document.c.entity_id).where(document.c.revision > newest).distinct()
        )
        assert set(touched.scalars()) == {"murmurloft"}


async def test_a_fact_that_its_source_no_longer_states_has_ended(
    archive: AsyncEngine, tmp_path: Path
) -> None:
    await take_accounts(archive, tmp_path)
    report = await take_accounts(archive, tmp_path, SITES[1:], LATER)
    assert report.kept.ended == 1
    found = await of(archive, "murmurloft")
    assert found is not None and not [e for e in found.entries if e.source.project == "justdeleteme"]
    back = await take_accounts(archive, tmp_path, SITES, LATER)
    assert (back.kept.changed, back.kept.ended) == (1, 0)


async def test_an_unknown_site_is_found_again_when_its_document_is_analysed(
    archive: AsyncEngine, tmp_path: Path
) -> None:
    from clauselight.analysis.documents import document_for

    await take_accounts(archive, tmp_path)
    async with archive.connect() as connection:
        entity = await entity_of_domain(connection, "faraway.example")
        assert entity is not None and entity.name == "Faraway"
        found = await document_for(
            connection,
            url="https://www.faraway.example/privacy",
            title="Privacy",
            language="en",
            moment=MOMENT,
        )
    assert found.entity == entity
    directory = await of(archive, entity.id)
    assert directory is not None and directory.entries[0].email == "leave@faraway.example"


async def test_authorities_are_kept_and_end(archive: AsyncEngine, tmp_path: Path) -> None:
    report = await take_companies(archive, tmp_path)
    assert report.authorities_changed == 57, "one differs from the packaged list, 56 are not in the pack"
    async with archive.connect() as connection:
        stored = await stored_authorities(connection)
    assert [(one.id, one.url, one.languages) for one in stored] == [
        ("iedpc", "https://www.dataprotection.ie", ["en"])
    ]


async def test_the_report_names_every_record(archive: AsyncEngine, tmp_path: Path) -> None:
    records = [*COMPANIES, {**COMPANIES[1], "slug": "no-site", "web": ""}]
    report = await take_companies(archive, tmp_path / "data", records)
    rows = {row.record: row for row in report_rows(report)}
    assert (rows["murmurloft"].outcome, rows["murmurloft"].entity) == ("matched", "murmurloft")
    assert rows["murmurloft"].reason == "name and domain"
    assert rows["nobody"].outcome == "new"
    assert (rows["no-site"].outcome, rows["no-site"].reason) == ("unmatched", "it names no site of its own")
    assert dict(counts(report))["records read"] == 3
    write_report(report, tmp_path / "report.tsv")
    lines = (tmp_path / "report.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("outcome\trecord\tname") and len(lines) == 4
    write_report(report, tmp_path / "report.json")
    assert (tmp_path / "report.json").read_text(encoding="utf-8").startswith("[")
