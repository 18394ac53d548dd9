"""Opening an archive: made when missing, refused in one sentence when unusable, never damaged by us."""

from __future__ import annotations

import datetime as dt
import os
import random
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from clauselight.store.documents import all_documents, save_documents
from clauselight.store.engine import ArchiveUnusable, migrate, open_archive
from clauselight.store.provisions import live_provisions, save_provision
from records import a_document, reported


def archive_of(folder: Path) -> Path:
    return folder / "archive.sqlite"


def refusal(file: Path) -> str:
    """The sentence with which an archive is refused; nothing in its folder may have changed."""
    before = file.read_bytes() if file.is_file() else None
    with pytest.raises(ArchiveUnusable) as refused:
        migrate(file)
    assert (file.read_bytes() if file.is_file() else None) == before
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert str(file.parent) in sentence
    assert sentence.endswith(".")
    return sentence


async def everything(file: Path) -> tuple[int, int]:
    """How many documents and records can be read."""
    engine = open_archive(file)
    try:
        async with engine.connect() as connection:
            return len(await all_documents(connection)), len(await live_provisions(connection))
    finally:
        await engine.dispose()


@pytest.fixture
async def small_archive(tmp_path: Path) -> Path:
    """An archive with one document and one record."""
    file = archive_of(tmp_path)
    migrate(file)
    engine = open_archive(file)
    async with engine.begin() as connection:
        await save_documents(connection, [a_document()])
        await save_provision(connection, reported(), today=dt.date(2026, 11, 22), snapshot=None)
    await engine.dispose()
    return file


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    file = tmp_path / "some" / "where" / "archive.sqlite"
    migrate(file)
    assert file.is_file()


def test_migrating_again_changes_no_byte(tmp_path: Path) -> None:
    migrate(archive_of(tmp_path))
    before = archive_of(tmp_path).read_bytes()
    migrate(archive_of(tmp_path))
    assert archive_of(tmp_path).read_bytes() == before


def test_an_empty_file_becomes_an_archive(tmp_path: Path) -> None:
    archive_of(tmp_path).touch()
    migrate(archive_of(tmp_path))
    assert archive_of(tmp_path).stat().st_size > 0


async def test_a_folder_name_may_hold_anything(tmp_path: Path) -> None:
    folder = tmp_path / "Ünï 100% #1 ?x=y 'q' data"
    migrate(archive_of(folder))
    assert [entry.name for entry in folder.iterdir()] == ["archive.sqlite"]
    assert [entry.name for entry in tmp_path.iterdir()] == [folder.name]
    assert await everything(archive_of(folder)) == (0, 0)


# --- places that cannot be written to ---


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")
    assert "cannot be created" in refusal(archive_of(tmp_path / "data"))
    assert "cannot be created" in refusal(archive_of(tmp_path / "data" / "below"))
    assert (tmp_path / "data").read_text() == "mine"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="only Linux has a folder closed even to root")
def test_a_folder_that_nobody_may_write_to_is_refused() -> None:
    refusal(Path("/proc/clauselight/archive.sqlite"))
    refusal(Path("/proc/self/archive.sqlite"))


@pytest.mark.skipif(os.geteuid() == 0, reason="permission bits do not stop root")
def test_permission_bits_are_respected(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert "not writable" in refusal(archive_of(tmp_path))
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    archive_of(tmp_path).mkdir()
    assert "cannot be opened" in refusal(archive_of(tmp_path))
    assert archive_of(tmp_path).is_dir()


def test_a_refused_folder_keeps_no_trace(tmp_path: Path) -> None:
    archive_of(tmp_path).write_bytes(b"no database")
    refusal(archive_of(tmp_path))
    assert [entry.name for entry in tmp_path.iterdir()] == ["archive.sqlite"]


# --- damaged files ---


@pytest.mark.parametrize("size", [1, 100, 4096, 70_000])
def test_random_bytes_are_refused(tmp_path: Path, size: int) -> None:
    archive_of(tmp_path).write_bytes(random.Random(size).randbytes(size))
    assert "damaged" in refusal(archive_of(tmp_path))


@pytest.mark.parametrize("kept", [50, 100, 512, 4096, 4097, 0.25, 0.5, 0.9])
def test_a_truncated_archive_is_refused(data_copy: Path, kept: float) -> None:
    file = archive_of(data_copy)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(kept if kept > 1 else kept * len(whole))])
    assert "damaged" in refusal(file)


@pytest.mark.parametrize("flip", [0xFF, 0x01])
async def test_a_flipped_header_byte_is_refused_or_harmless(small_archive: Path, flip: int) -> None:
    """Of the header's 100 bytes some are counters and reserved space; any other change is noticed."""
    file = small_archive
    whole = file.read_bytes()
    refused = 0
    for place in range(100):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ flip]) + whole[place + 1 :])
        try:
            migrate(file)
        except ArchiveUnusable:
            refused += 1
            assert file.read_bytes()[place] == whole[place] ^ flip
        else:
            assert await everything(file) == (1, 1)
        for leftover in file.parent.glob("archive.sqlite-*"):
            leftover.unlink()
    assert refused >= 20


def test_pages_full_of_zeros_are_refused(data_copy: Path) -> None:
    file = archive_of(data_copy)
    whole = bytearray(file.read_bytes())
    whole[8192:40960] = bytes(40960 - 8192)
    file.write_bytes(whole)
    assert "damaged" in refusal(file)


async def test_a_record_that_is_no_json_is_told_in_one_sentence(data_copy: Path) -> None:
    file = archive_of(data_copy)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE provision SET record = substr(record, 1, 50) WHERE id = 'CL-P-000007'")
    with pytest.raises(ArchiveUnusable, match="damaged"):
        await everything(file)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE provision SET record = '{}' WHERE id = 'CL-P-000007'")
    with pytest.raises(ArchiveUnusable, match="CL-P-000007"):
        await everything(file)


# --- files of others ---


def test_an_archive_of_a_newer_version_is_refused(data_copy: Path) -> None:
    file = archive_of(data_copy)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    sentence = refusal(file)
    assert "newer version" in sentence
    assert "9999" in sentence


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(archive_of(tmp_path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    assert "another program" in refusal(archive_of(tmp_path))


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """Here the last table but one cannot be made; those before it must not stay behind."""
    file = archive_of(tmp_path)
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("CREATE VIEW snapshot AS SELECT 1")
    connection.close()
    assert "cannot be written" in refusal(file)
    with sqlite3.connect(file) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {"alembic_version"}


# --- an open archive ---


async def test_foreign_keys_hold_and_writes_are_durable(tmp_path: Path) -> None:
    migrate(archive_of(tmp_path))
    engine = open_archive(archive_of(tmp_path))
    async with engine.begin() as connection:
        told = {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar()
            for name in ("foreign_keys", "journal_mode", "synchronous")
        }
    await engine.dispose()
    assert told == {"foreign_keys": 1, "journal_mode": "wal", "synchronous": 2}


async def test_error_messages_hold_no_parameters(tmp_path: Path) -> None:
    """What somebody searched for must not come into the log with an error."""
    migrate(archive_of(tmp_path))
    engine = open_archive(archive_of(tmp_path))
    with pytest.raises(sa.exc.OperationalError) as failed:
        async with engine.connect() as connection:
            await connection.execute(sa.text("SELECT :word FROM no_such_table"), {"word": "SECRET"})
    await engine.dispose()
    assert "SECRET" not in str(failed.value)
