"""What the extension carries is what the knowledge says today."""

from __future__ import annotations

from pathlib import Path

from clauselight.knowledge.readers_copy import readers_copies

FOLDER = Path(__file__).parents[3] / "extension" / "src" / "actions" / "generated"


def test_every_copy_is_committed_and_current() -> None:
    committed = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.json")}
    assert {name: committed.get(name) for name in readers_copies()} == readers_copies(), (
        "run 'clauselight schema' and commit extension/src/actions/generated"
    )
