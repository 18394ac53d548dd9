"""`clauselight webhook`, as people type it."""

from __future__ import annotations

from pathlib import Path

import pytest

from clauselight.cli import main
from clauselight.commands.console import DONE, FOUND, WRONG_USE
from clauselight.commands.webhook import wrong_address


@pytest.mark.parametrize(
    "address",
    [
        "https://hooks.example/a?b=c",
        "https://hooks.example:9443/a",
        "http://127.0.0.1:9000/hook",
        "http://[::1]:9000/hook",
        "http://localhost/hook",
        "http://receiver:8080/",
        "http://hooks.lan/",
        "http://192.168.1.7/",
    ],
)
def test_addresses_that_can_be_told(address: str) -> None:
    assert wrong_address(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "http://hooks.example/a",
        "http://8.8.8.8/",
        "https://",
        "https://[::1",
        "https://hooks.example:99999/",
        "https://user:word@hooks.example/",
        "https://hooks.example/#a",
        "ftp://hooks.example/",
        "javascript:alert(1)",
        "https://hooks.example/\r\nX: y",
    ],
)
def test_others_are_refused_with_a_sentence(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["webhook", "add", address, "--data", str(tmp_path)]) == WRONG_USE
    assert capsys.readouterr().err.strip().endswith(".")


@pytest.mark.parametrize(
    ("about", "code"),
    [
        (["--entity", "nobody"], FOUND),
        (["--document", "CL-D-999998"], FOUND),
        (["--clause-type", "no-such-type"], WRONG_USE),
    ],
)
def test_what_is_not_there_cannot_be_told_about(
    about: list[str], code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    added = main(["webhook", "add", "https://hooks.example/", *about, "--data", str(tmp_path)])
    assert added == code
    assert about[1] in capsys.readouterr().err
    main(["webhook", "list", "--data", str(tmp_path)])
    assert "no webhooks" in capsys.readouterr().out


def test_a_webhook_is_added_listed_and_removed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["webhook", "add", "https://hooks.example/a", "--data", str(tmp_path)]) == DONE
    said = capsys.readouterr().out
    assert "whsec_" in said
    identity = said.split()[1]
    main(["webhook", "list", "--data", str(tmp_path)])
    listed = capsys.readouterr().out
    assert identity in listed
    assert "whsec_" not in listed
    assert main(["webhook", "remove", identity, "--data", str(tmp_path)]) == DONE
    assert main(["webhook", "remove", identity, "--data", str(tmp_path)]) == FOUND
