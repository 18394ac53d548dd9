"""Opening the archive: migrated when old, refused with one sentence when it cannot be used.

A file that is damaged, newer than this program, or not writable is left exactly as it is.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

MIGRATIONS = Path(__file__).parent / "migrations"

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for another one; a catalogue load takes about two seconds."""


class ArchiveUnusable(Exception):
    """The archive cannot be opened; the text is one sentence for the person at the terminal."""


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def migrate(file: Path) -> None:
    """Bring the archive in `file` to the newest schema, creating it when there is none.

    Raises ArchiveUnusable when the folder is not writable, or the file is damaged or newer than this program.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveUnusable(
            f"The data folder {file.parent} cannot be created: {error.strerror}."
        ) from error
    _check_file(file)
    config = _config(f"sqlite:///{file}")
    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.walk_revisions()}
    current = _revision(file)
    if current is not None and current not in known:
        raise ArchiveUnusable(
            f"The archive {file} was written by a newer version of Clauselight (schema {current}); "
            "update Clauselight, or choose another folder with CLAUSELIGHT_DATA."
        )
    if current == scripts.get_current_head():
        return
    try:
        command.upgrade(config, "head")
    except (sqlite3.Error, sa.exc.DBAPIError) as error:
        raise ArchiveUnusable(
            f"The archive {file} cannot be written: {getattr(error, 'orig', error)}."
        ) from error


def _check_file(file: Path) -> None:
    """Refuse a damaged or unwritable file before anything opens it for writing."""
    if not file.exists():
        probe = file.parent / ".clauselight-write-probe"
        try:
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise ArchiveUnusable(
                f"The data folder {file.parent} is not writable: {error.strerror}."
            ) from error
        return
    try:
        with file.open("r+b"):
            pass
    except OSError as error:
        raise ArchiveUnusable(
            f"The archive {file} cannot be opened for writing: {error.strerror}."
        ) from error
    try:
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
        try:
            result = connection.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise ArchiveUnusable(
            f"The archive {file} is damaged ({error}); it was left untouched. Restore a backup, "
            "or move it away to start afresh."
        ) from error
    if result != ("ok",):
        raise ArchiveUnusable(
            f"The archive {file} is damaged ({result[0] if result else 'no answer'}); it was left untouched. "
            "Restore a backup, or move it away to start afresh."
        )


def _revision(file: Path) -> str | None:
    if not file.exists():
        return None
    engine = sa.create_engine(f"sqlite:///{file}")
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def open_archive(file: Path) -> AsyncEngine:
    """An engine on a migrated archive. Dispose of it when done."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{file}")

    @sa.event.listens_for(engine.sync_engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        # WAL lets readers go on while one writes; FULL so that an acknowledged write survives a power cut.
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine
