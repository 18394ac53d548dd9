"""What commands print: nothing that a terminal would obey, and a sentence for everything that fails."""

from __future__ import annotations

import asyncio
import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from clauselight.cli import main
from clauselight.commands.console import UNUSABLE, harmless, out
from clauselight.contract.document import Entity
from clauselight.settings import Settings
from clauselight.store.documents import save_documents
from clauselight.store.engine import migrate, open_archive
from clauselight.store.watches import Watch, save_watch
from records import a_document

HOSTILE = "Shop [/red] \x1b]0;owned\x07\x1b[2J"


def test_what_a_terminal_would_obey_is_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert harmless("one\ntwo \x1b[31m\u202e\x9b") == "one\ntwo  [31m  "
    out.print(f"New: \u201c{HOSTILE}\u201d.", markup=False)
    said = capsys.readouterr().out
    assert "[/red]" in said
    assert "\x1b" not in said and "\x07" not in said


def test_the_list_of_what_is_watched_takes_any_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(data=tmp_path)
    migrate(settings.archive_file)

    async def fill() -> None:
        engine = open_archive(settings.archive_file)
        async with engine.begin() as connection:
            document = a_document().model_copy(update={"entity": Entity(id="a", name=HOSTILE)})
            await save_documents(connection, [document])
            now = dt.datetime.now(dt.UTC)
            await save_watch(connection, Watch(document.id, document.urls[0], now, 86_400))
        await engine.dispose()

    asyncio.run(fill())
    assert main(["monitor", "status", "--data", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "[/red]" in said
    assert "\x1b" not in said


def test_an_archive_that_another_program_holds_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clauselight.store.engine.BUSY_TIMEOUT_MS", 10)
    settings = Settings(data=tmp_path)
    migrate(settings.archive_file)
    holding = sqlite3.connect(settings.archive_file, isolation_level=None)
    try:
        holding.execute("BEGIN EXCLUSIVE")
        code = main(["token", "create", "--scope", "read", "--data", str(tmp_path)])
    finally:
        holding.close()
    assert code == UNUSABLE
    assert "database is locked" in capsys.readouterr().err
