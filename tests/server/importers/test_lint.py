"""`clauselight lint` recomputes what an archive claims and names every rule that does not hold."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from clauselight.importers.lint import Findings, lint_archive, lint_catalogue
from clauselight.knowledge.catalogue import catalogue_provisions
from clauselight.settings import Settings
from clauselight.store.engine import ArchiveUnusable

RECORDS = len(catalogue_provisions())


def tamper(folder: Path, statement: str, *values: Any) -> None:
    """Change the archive behind the program's back."""
    with closing(sqlite3.connect(Settings(data=folder).archive_file)) as connection:
        assert connection.execute(statement, values).rowcount >= 1
        connection.commit()


def edit(folder: Path, identity: str, place: str, value: Any) -> None:
    """Set one field in a stored record; `place` is a JSON path."""
    tamper(
        folder,
        "UPDATE provision SET record = json_set(record, ?, json(?)) WHERE id = ?",
        place,
        json.dumps(value),
        identity,
    )


async def lint(folder: Path, today: dt.date) -> set[tuple[str, str]]:
    """Record and rule of everything found."""
    findings: Findings
    findings, checked = await lint_archive(Settings(data=folder), today)
    assert checked == RECORDS
    return {(identity, violation.rule) for identity, violation in findings}


def test_the_packaged_catalogue_breaks_no_rule(today: dt.date) -> None:
    assert lint_catalogue(today) == ([], RECORDS)


def test_the_catalogue_was_written_before_today(today: dt.date) -> None:
    findings, _ = lint_catalogue(dt.date(2025, 1, 1))
    assert {violation.rule for _, violation in findings} == {"no-future-date"}


async def test_a_loaded_archive_breaks_no_rule(data_copy: Path, today: dt.date) -> None:
    assert await lint(data_copy, today) == set()


@pytest.mark.parametrize(
    ("place", "value", "rule"),
    [
        ("$.severity", "low", "severity-is-latest-change"),
        ("$.provenance.sha256", "0" * 64, "hash-recomputed"),
        ("$.provenance.snapshot_stored", False, "snapshot-stored-computed"),
        ("$.quote.selector.exact", "Words that stand nowhere on that page.", "quote-in-snapshot"),
        ("$.history.last_verified", "2040-01-01", "no-future-date"),
        ("$.history.first_seen", "2026-11-20", "first-seen-before-verified"),
    ],
)
async def test_a_changed_record_is_named(
    data_copy: Path, today: dt.date, place: str, value: Any, rule: str
) -> None:
    edit(data_copy, "CL-P-000006", place, value)
    assert ("CL-P-000006", rule) in await lint(data_copy, today)


async def test_a_reported_hash_passed_off_as_verified_is_named(data_copy: Path, today: dt.date) -> None:
    edit(data_copy, "CL-P-000001", "$.provenance.hash_verified", True)
    assert await lint(data_copy, today) == {("CL-P-000001", "hash-recomputed")}


@pytest.mark.parametrize(
    "body",
    [b"garbage", zlib.compress(b""), zlib.compress(b"<p>Another page.</p>")],
    ids=["garbage", "empty", "other"],
)
async def test_exchanged_snapshot_bytes_are_named_by_every_record_that_cites_them(
    data_copy: Path, today: dt.date, body: bytes
) -> None:
    tamper(data_copy, "UPDATE snapshot SET body = ? WHERE document_id = 'CL-D-000001'", body)
    with closing(sqlite3.connect(Settings(data=data_copy).archive_file)) as connection:
        citing = connection.execute("SELECT id, has_quote FROM provision WHERE document_id = 'CL-D-000001'")
        rows = citing.fetchall()
    found = await lint(data_copy, today)
    assert {(identity, "hash-recomputed") for identity, _ in rows} <= found
    assert {(identity, "quote-in-snapshot") for identity, quoted in rows if quoted} <= found


async def test_a_lost_snapshot_is_named(data_copy: Path, today: dt.date) -> None:
    tamper(data_copy, "DELETE FROM snapshot WHERE document_id = 'CL-D-000002'")
    assert "hash-recomputed" in {rule for _, rule in await lint(data_copy, today)}


async def test_several_faults_are_all_named(data_copy: Path, today: dt.date) -> None:
    edit(data_copy, "CL-P-000006", "$.severity", "low")
    edit(data_copy, "CL-P-000006", "$.history.last_seen", "2040-01-01")
    edit(data_copy, "CL-P-000010", "$.severity", "critical")
    assert await lint(data_copy, today) >= {
        ("CL-P-000006", "severity-is-latest-change"),
        ("CL-P-000006", "no-future-date"),
        ("CL-P-000010", "severity-is-latest-change"),
    }


async def test_a_folder_without_an_archive_is_told(tmp_path: Path, today: dt.date) -> None:
    with pytest.raises(ArchiveUnusable, match="no archive"):
        await lint_archive(Settings(data=tmp_path), today)
    assert list(tmp_path.iterdir()) == []
