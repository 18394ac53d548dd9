"""Importing versions of policies from a git repository: all of them, followed; resumed; hostile."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.record_rules import SnapshotFacts, check_record
from clauselight.contract.vocabulary import ChangeKind, VersionKind
from clauselight.importers import open_terms_archive
from clauselight.importers.git_history import RepositoryUnusable, open_repository
from clauselight.importers.open_terms_archive import import_versions
from clauselight.importers.ota_report import ImportReport
from clauselight.store.all_tables import metadata
from clauselight.store.captures import CaptureOutcome, captures_of
from clauselight.store.documents import get_document, save_documents
from clauselight.store.log import broken_links
from clauselight.store.provision_rows import stored_hashes
from clauselight.store.provisions import get_provision, stored_provisions
from clauselight.store.snapshots import get_snapshot
from clauselight.store.versions import text_hash, version_text, versions_of
from findings import COURT, ENDING, SALE
from histories import HISTORY, SECOND_SALE, START, Commit, add_commits, make_repository, policy, run
from records import a_document

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
DOCUMENT = "CL-D-000900"


async def bring_in(engine: AsyncEngine, path: Path) -> ImportReport:
    return await import_versions(engine, path, lambda *_: None, now=NOW)


@pytest.fixture
async def archive_of_shop(empty_archive: AsyncEngine) -> AsyncEngine:
    """An archive that knows the document's address."""
    shop = a_document(900, "shop", title="Shop Privacy Policy", slug="shop-privacy-policy")
    async with empty_archive.begin() as connection:
        await save_documents(connection, [shop])
    return empty_archive


async def dump(engine: AsyncEngine) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the archive."""
    async with engine.connect() as connection:
        return {
            name: sorted((tuple(row) for row in await connection.execute(sa.select(table))), key=repr)
            for name, table in metadata.tables.items()
        }


async def records(engine: AsyncEngine) -> dict[tuple[str, str], tuple[ProvisionRecord, bool]]:
    """Provisions by type and words, and whether they are live."""
    async with engine.connect() as connection:
        rows = await stored_provisions(connection, DOCUMENT)
        found = {}
        for row in rows:
            record = await get_provision(connection, row.record.id)
            assert record is not None and record.quote is not None
            found[record.clause_type, record.quote.selector.exact] = (record, row.live)
        return found


async def test_every_version_is_recorded_with_its_date_and_kind(
    archive_of_shop: AsyncEngine, tmp_path: Path
) -> None:
    report = await bring_in(archive_of_shop, make_repository(tmp_path / "versions"))
    assert (report.documents, report.commits, report.verified) == (1, len(HISTORY), 1)
    assert report.provisions == 4
    assert len(report.problems) == 1 and "a part of it is missing" not in report.problems[0]
    async with archive_of_shop.connect() as connection:
        versions, total = await versions_of(connection, DOCUMENT)
        assert total == 7
        assert [one.kind for one in reversed(versions)] == [
            VersionKind.FIRST,
            VersionKind.COSMETIC,
            VersionKind.MOVED,
            VersionKind.SUBSTANTIVE,
            VersionKind.SUBSTANTIVE,
            VersionKind.SUBSTANTIVE,
            VersionKind.SUBSTANTIVE,
        ]
        assert versions[-1].captured_at == START
        assert versions[0].captured_at == START + dt.timedelta(days=500)
        assert versions[0].summary.endswith("need not have changed.")
        assert versions[1].counts == {"added": 1, "restored": 1, "verified": 1}
        for one in versions:
            snapshot = await get_snapshot(connection, one.snapshot_sha256)
            text = await version_text(connection, DOCUMENT, one.number)
            assert snapshot is not None and snapshot.sha256 == one.snapshot_sha256
            assert text is not None and text_hash(text) == one.text_sha256
        captures, _ = await captures_of(connection, DOCUMENT)
        outcomes = [one.outcome for one in reversed(captures)]
        assert outcomes.count(CaptureOutcome.VERSION) == 7
        assert outcomes[6] is CaptureOutcome.PROBLEM and outcomes[1] is CaptureOutcome.VERIFIED
        document = await get_document(connection, DOCUMENT)
        assert document is not None
        assert (document.version, document.capture_problem) == (7, None)
        assert document.last_verified == document.last_changed == versions[0].captured_at
        assert await broken_links(connection) == []
        assert all([stored == now async for _, stored, now in stored_hashes(connection)])


async def test_clauses_are_followed_through_the_years(archive_of_shop: AsyncEngine, tmp_path: Path) -> None:
    await bring_in(archive_of_shop, make_repository(tmp_path / "versions"))
    found = await records(archive_of_shop)
    sale, sale_live = found["data-sale", SECOND_SALE]
    court, court_live = found["binding-arbitration", COURT]
    ending = next(record for (_, words), (record, _) in found.items() if words == ENDING)
    assert (sale_live, court_live) == (False, True)
    assert [change.kind for change in sale.history.changes if change.kind is not ChangeKind.MOVED] == [
        ChangeKind.ADDED,
        ChangeKind.MODIFIED,
        ChangeKind.REMOVED,
        ChangeKind.RESTORED,
        ChangeKind.REMOVED,
    ]
    reworded = next(change for change in sale.history.changes if change.kind is ChangeKind.MODIFIED)
    assert (reworded.old_quote, reworded.new_quote) == (SALE, SECOND_SALE)
    assert reworded.summary == "The words changed: 3 came, 0 went."
    assert (reworded.version_from, reworded.version_to) == (3, 4)
    assert sale.history.changes[-1].summary.startswith("The clause is gone from the text. Open Terms")
    assert court.history.first_seen == START.date()
    assert court.history.last_verified == (START + dt.timedelta(days=500)).date()
    assert ending.history.first_seen == (START + dt.timedelta(days=480)).date()
    assert ending.history.changes[0].summary.startswith("The clause is new in this version.")
    async with archive_of_shop.connect() as connection:
        for record, live in found.values():
            assert record.severity is record.history.changes[-1].severity_to
            if live:
                facts = SnapshotFacts(record.provenance.sha256 or "", quote_found=True)
                assert check_record(record, today=NOW.date(), snapshot=facts) == []
                text = await version_text(connection, DOCUMENT, 7)
                assert text is not None and record.quote is not None and record.quote.position is not None
                place = record.quote.position
                assert text[place.start : place.end] == record.quote.selector.exact


async def test_a_second_import_changes_nothing_and_new_commits_are_added(
    archive_of_shop: AsyncEngine, tmp_path: Path
) -> None:
    folder = make_repository(tmp_path / "versions", HISTORY[:5])
    await bring_in(archive_of_shop, folder)
    before = await dump(archive_of_shop)
    again = await bring_in(archive_of_shop, folder)
    assert (again.commits, again.known) == (0, 5)
    assert await dump(archive_of_shop) == before
    add_commits(folder, HISTORY[5:])
    more = await bring_in(archive_of_shop, folder)
    assert (more.commits, more.known) == (4, 5)


@pytest.mark.parametrize("broken_at", [1, 3, 5, 8])
async def test_an_import_that_died_goes_on_to_the_same_archive(
    archive_of_shop: AsyncEngine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    broken_at: int,
) -> None:
    folder = make_repository(tmp_path / "versions")
    monkeypatch.setattr(open_terms_archive, "LONGEST_TRANSACTION", 0.0)
    whole = open_terms_archive.record_capture
    calls = 0

    async def dies(*arguments: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        recorded = await whole(*arguments, **options)
        if calls == broken_at:
            raise RuntimeError
        return recorded

    monkeypatch.setattr(open_terms_archive, "record_capture", dies)
    with pytest.raises(RuntimeError):
        await bring_in(archive_of_shop, folder)
    await bring_in(archive_of_shop, folder)
    resumed = await dump(archive_of_shop)
    async with archive_of_shop.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            await connection.execute(sa.delete(table))
        await save_documents(
            connection, [a_document(900, "shop", title="Shop Privacy Policy", slug="shop-privacy-policy")]
        )
    calls = 100
    await bring_in(archive_of_shop, folder)
    assert await dump(archive_of_shop) == resumed


async def test_bundles_and_bare_repositories_are_read_too(
    archive_of_shop: AsyncEngine, tmp_path: Path
) -> None:
    folder = make_repository(tmp_path / "versions", HISTORY[:3])
    run(folder, "bundle", "create", "--quiet", str(tmp_path / "all.bundle"), "main")
    run(tmp_path, "clone", "--quiet", "--bare", str(folder), str(tmp_path / "bare.git"))
    run(folder, "pack-refs", "--all")
    first = await bring_in(archive_of_shop, tmp_path / "all.bundle")
    assert first.versions.total() == 2
    for same in (tmp_path / "bare.git", folder):
        assert (await bring_in(archive_of_shop, same)).commits == 0


async def test_a_repository_commands_nothing(archive_of_shop: AsyncEngine, tmp_path: Path) -> None:
    """Its configuration, hooks and attributes are somebody else's program."""
    folder = make_repository(tmp_path / "versions", HISTORY[:3])
    trap = tmp_path / "sprung"
    program = tmp_path / "trap.sh"
    program.write_text(f"#!/bin/sh\ntouch {trap}\ncat\n")
    program.chmod(0o755)
    for name, value in (
        ("log.showSignature", "true"),
        ("gpg.program", str(program)),
        ("core.fsmonitor", str(program)),
        ("core.pager", str(program)),
        ("core.hooksPath", str(tmp_path)),
        ("diff.external", str(program)),
        ("diff.md.textconv", str(program)),
        ("core.alternateRefsCommand", str(program)),
        ("include.path", str(program)),
    ):
        subprocess.run(["git", "config", name, value], cwd=folder, check=True)
    (folder / ".git" / "info" / "attributes").write_text("*.md diff=md\n")
    report = await bring_in(archive_of_shop, folder)
    assert report.versions.total() == 2
    assert not trap.exists()


@pytest.mark.parametrize(
    "path",
    ["../Privacy Policy.md", "Shop/deep/Privacy Policy.md", "README.md", "Shop/Privacy Policy.txt"],
)
def test_other_files_are_no_documents(path: str) -> None:
    assert path.startswith("..") or open_terms_archive._PATH.fullmatch(path) is None


async def test_what_cannot_be_a_version_is_reported(archive_of_shop: AsyncEngine, tmp_path: Path) -> None:
    later = START + dt.timedelta(days=5)
    odd = (
        Commit(policy(SALE), 5),
        Commit(policy(SALE, COURT), 1),
        Commit("\0\x01\x02", 20),
        Commit(None, 30),
        Commit(policy(SALE, COURT, ENDING), 40, path="Nobody/Terms of Service.md"),
    )
    report = await bring_in(archive_of_shop, make_repository(tmp_path / "versions", odd))
    assert "no address of it is known" in report.skipped[0]
    assert len(report.problems) == 2
    async with archive_of_shop.connect() as connection:
        captures, _ = await captures_of(connection, DOCUMENT)
    late = captures[1]
    assert late.outcome is CaptureOutcome.VERSION and late.started_at == later
    assert late.sentence is not None and late.sentence.startswith("The clock said 2023-01-11T08:30:00Z")


def test_what_is_no_repository_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("nothing")
    (tmp_path / "folder").mkdir()
    (tmp_path / "cut.bundle").write_bytes(b"# v2 git bundle\nnonsense")
    for name in ("file", "folder", "cut.bundle"):
        with pytest.raises(RepositoryUnusable), open_repository(tmp_path / name):
            pass
