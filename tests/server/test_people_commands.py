"""`clauselight token` and `clauselight export`, as people type them."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from clauselight.cli import main
from clauselight.contract.curation import DisputeDecision
from clauselight.contract.dispute import DisputeRequest
from clauselight.curation.changes import Actor
from clauselight.curation.decide import decide
from clauselight.settings import Settings
from clauselight.store.disputes import NewDispute, file_disputes
from clauselight.store.engine import migrate, open_archive, write_alone
from people import MOMENT, with_records

DONE, FOUND, WRONG_USE = range(3)


def token(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code and what was printed where."""
    code = main(["token", *arguments, "--data", str(folder)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_token_is_shown_once_and_kept_as_a_hash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = token(capsys, tmp_path, "create", "--scope", "curate", "--name", "Ada [x]")
    assert code == DONE
    secret = out.strip()
    assert re.fullmatch(r"clauselight_[A-Za-z0-9_-]{43}", secret)
    assert "only time" in err
    assert secret not in err
    code, out, _ = token(capsys, tmp_path, "list")
    assert "Ada [x]" in out
    assert "curate" in out
    assert "never used" in out
    assert secret not in out
    for file in tmp_path.iterdir():
        assert secret.encode() not in file.read_bytes()


def test_tokens_end_by_themselves_and_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    token(capsys, tmp_path, "create", "--scope", "read", "--days", "0")
    token(capsys, tmp_path, "create", "--scope", "read")
    with closing(sqlite3.connect(Settings(data=tmp_path).archive_file)) as connection:
        ever, days = (row[0] for row in connection.execute("SELECT expires_at FROM token ORDER BY id"))
    assert ever is None
    assert days is not None
    code, out, _ = token(capsys, tmp_path, "revoke", "1")
    assert code == DONE
    assert "revoked" in out
    code, _, err = token(capsys, tmp_path, "revoke", "9")
    assert code == FOUND
    assert "no token 9" in err
    _, out, _ = token(capsys, tmp_path, "list")
    assert [line.split()[0] for line in out.splitlines()] == ["1", "2"]


@pytest.mark.parametrize(
    "wrong", [["--days", "-1"], ["--days", "99999"], ["--name", "a\x1b[2Jb"], ["--name", "a" * 200]]
)
def test_wrong_use_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: list[str]) -> None:
    code, out, err = token(capsys, tmp_path, "create", "--scope", "read", *wrong)
    assert (code, out) == (WRONG_USE, "")
    assert err


def test_an_unknown_scope_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["token", "create", "--scope", "everything", "--data", str(tmp_path)])


def with_a_decision(folder: Path) -> None:
    """An archive in which one label was disputed and removed."""
    file = Settings(data=folder).archive_file

    async def fill() -> None:
        migrate(file)
        engine = open_archive(file)
        await with_records(engine, {})
        request = DisputeRequest.model_validate(
            {"provision": "CL-P-000900", "reason": "not-in-text", "comment": "private words"}
        )
        async with engine.begin() as connection:
            await write_alone(connection)
            await file_disputes(connection, [NewDispute(request, "t" * 43, MOMENT)])
            decision = DisputeDecision.model_validate({"act": "remove", "text": "Not there."})
            await decide(connection, 1, decision, Actor("Mo", MOMENT), None)
        await engine.dispose()

    asyncio.run(fill())


def test_decisions_are_written_as_json_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_a_decision(tmp_path)
    target = tmp_path / "decisions.jsonl"
    assert main(["export", "decisions", str(target), "--data", str(tmp_path)]) == DONE
    (row,) = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert (row["type_before"], row["type_after"], row["outcome"]) == ("data-sale", None, "upheld")
    assert row["text"].startswith("We sell your data")
    assert "private words" not in target.read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["export", "decisions", "--data", str(tmp_path)]) == DONE
    assert json.loads(capsys.readouterr().out) == row
    assert sys.stdout is not None
    missing = tmp_path / "no" / "folder.jsonl"
    assert main(["export", "decisions", str(missing), "--data", str(tmp_path)]) == 3


def test_the_model_card_reports_how_often_labels_stayed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_a_decision(tmp_path)
    assert main(["export", "model-card", "--data", str(tmp_path)]) == DONE
    card = capsys.readouterr().out
    assert card.startswith("# Model card")
    assert "| people | 1 | 0 | 1 | too few to say |" in card
    # A card that is there is filled in, and else kept as it is.
    own = tmp_path / "CARD.md"
    own.write_text("# Our card\n\n## Disputed labels\n\nOld.\n\n## Contact\n\nUs.\n", encoding="utf-8")
    assert main(["export", "model-card", str(own), "--data", str(tmp_path)]) == DONE
    assert "1 decision written" in capsys.readouterr().err
    text = own.read_text(encoding="utf-8")
    assert text.startswith("# Our card")
    assert text.endswith("## Contact\n\nUs.\n")
    assert "Old." not in text
    assert "| people | 1 | 0 | 1 |" in text
