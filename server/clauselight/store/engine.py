"""Opening the archive: migrated when old, refused with one sentence when it cannot be used.

A file that is damaged, newer than this program, or not writable is left exactly as it is.
"""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST_SCHEMA = "0005"
"""The last migration. An archive that has it is opened without Alembic, which takes a tenth of a second and
11 MB of memory to import; a test compares it with the migrations."""

CHECKED_UP_TO = 64 * 1024 * 1024
"""Archives up to this size in bytes are read through before they are opened. Reading
a larger one would keep readers waiting; its damage is noticed where it is met, and by `clauselight lint`."""

MIGRATIONS = Path(__file__).parent / "migrations"

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for another one; a catalogue load takes about two seconds."""

_MAGIC = b"SQLite format 3\0"
_FORMAT_VERSIONS = slice(18, 20)
_NEWEST_FORMAT = 2
"""Write and read version in a SQLite file's header (https://www.sqlite.org/fileformat2.html, 1.3.3); SQLite
opens a file with a higher write version, but only for reading."""


# At level DEBUG it writes every statement with its parameters, whatever the engine hides.
logging.getLogger("aiosqlite").setLevel(logging.INFO)


class ArchiveUnusable(Exception):
    """The archive cannot be opened; the text is one sentence for the person at the terminal."""


def _url(file: Path, driver: str = "sqlite") -> sa.URL:
    """Made from parts: a folder's name may hold what has a meaning in a URL."""
    return sa.URL.create(driver, database=str(file))


def _config(file: Path) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["url"] = _url(file)
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
    current, foreign = _revision(file)
    if current == NEWEST_SCHEMA:
        return
    if foreign:
        raise ArchiveUnusable(
            f"The file {file} is a database of another program; it was left untouched. "
            "Move it away, or choose another folder with CLAUSELIGHT_DATA."
        )
    from alembic import command
    from alembic.script import ScriptDirectory

    config = _config(file)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise ArchiveUnusable(
            f"The archive {file} was written by a newer version of Clauselight (schema {current}); "
            "update Clauselight, or choose another folder with CLAUSELIGHT_DATA."
        )
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
        with file.open("r+b") as opened:
            header = opened.read(100)
    except OSError as error:
        raise ArchiveUnusable(
            f"The archive {file} cannot be opened for writing: {error.strerror}."
        ) from error
    try:
        if header and not header.startswith(_MAGIC):  # SQLite takes a file of a few bytes for an empty one
            raise sqlite3.DatabaseError("file is not a database")
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
        try:
            small = file.stat().st_size <= CHECKED_UP_TO
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            result = connection.execute("PRAGMA quick_check(1)").fetchone() if small else ("ok",)
            if any(version > _NEWEST_FORMAT for version in header[_FORMAT_VERSIONS]):
                raise sqlite3.DatabaseError("its header names an unknown format")
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise ArchiveUnusable(
            f"The archive {file} is damaged ({error}); it was left untouched. Restore a backup, "
            "or move it away to start afresh."
        ) from error
    if result != ("ok",):
        found = " ".join(str(result[0]).split()) if result else "no answer"
        raise ArchiveUnusable(
            f"The archive {file} is damaged ({found}); it was left untouched. "
            "Restore a backup, or move it away to start afresh."
        )


def _revision(file: Path) -> tuple[str | None, bool]:
    """The schema's revision, None for a new file; and whether the tables are those of somebody else."""
    if not file.exists():
        return None, False
    engine = sa.create_engine(_url(file))
    try:
        with engine.connect() as connection:
            tables = set(sa.inspect(connection).get_table_names())
            current = None
            if "alembic_version" in tables:
                current = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
            foreign = tables - {"alembic_version"}
            return current, current is None and bool(foreign)
    finally:
        engine.dispose()


PAGES_KIB: Final = 512
"""SQLite's own page cache, of each of up to fifteen connections: a quarter of what it takes by itself. The
system caches the file as well, and what many ask for is served from the publication."""


def open_archive(file: Path) -> AsyncEngine:
    """An engine on a migrated archive. Dispose of it when done."""
    # Parameters stay out of error messages, and so out of the log: a search says what somebody reads.
    engine = create_async_engine(_url(file, "sqlite+aiosqlite"), hide_parameters=True)

    @sa.event.listens_for(engine.sync_engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        # WAL lets readers go on while one writes; FULL so that an acknowledged write survives a power cut.
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            f"cache_size=-{PAGES_KIB}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


async def write_alone(connection: AsyncConnection) -> None:
    """Take the archive's write lock at the start of a transaction, before anything is read in it.

    Otherwise SQLite takes it at the first write, and two processes that keep a page at once (a server and
    `clauselight analyse --keep`) read the same next id, of which the later overwrites the earlier.
    """
    if connection.dialect.name == "sqlite":
        await connection.exec_driver_sql("BEGIN IMMEDIATE")
