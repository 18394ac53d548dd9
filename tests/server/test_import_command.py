"""`clauselight import open-terms-archive` at the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from clauselight.cli import DONE, WRONG_USE, main
from histories import HISTORY, Commit, make_repository


def as_pinterest(folder: Path) -> Path:
    """The history of a document that the starter catalogue knows."""
    path = "Pinterest/Community Guidelines.md"
    return make_repository(folder, tuple(Commit(one.text, one.day, path, one.subject) for one in HISTORY))


def test_an_import_says_what_it_did(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repository = as_pinterest(tmp_path / "versions")
    assert main(["import", "open-terms-archive", str(repository), "--data", str(data_copy)]) == DONE
    said = capsys.readouterr().out
    assert "1 documents." in said and "9 captures imported, 0 known before." in said
    assert "7 versions (1 cosmetic, 1 first, 1 moved, 4 substantive); 1 found unchanged." in said
    assert "No version (1):" in said
    assert main(["import", "open-terms-archive", str(repository), "--data", str(data_copy)]) == DONE
    assert "0 captures imported, 9 known before." in capsys.readouterr().out


@pytest.mark.parametrize("name", ["missing", "empty.bundle"])
def test_what_cannot_be_read_is_one_sentence(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "empty.bundle").write_bytes(b"")
    path = str(tmp_path / name)
    assert main(["import", "open-terms-archive", path, "--data", str(data_copy)]) == WRONG_USE
    said = capsys.readouterr().err
    assert name in said and "Traceback" not in said
