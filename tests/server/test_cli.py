"""The command line as people meet it: real processes, their words and their exit codes."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from clauselight import __version__
from serving import Client

DONE, FOUND, WRONG_USE, UNUSABLE, NOT_BOUND = range(5)
PATIENCE = 60
"""Seconds for a command; a first start takes about two."""


def environment(**variables: str) -> dict[str, str]:
    """Our own, without what the person running the tests has set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CLAUSELIGHT_")}
    return {**kept, **variables}


def run(*arguments: str, cwd: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "clauselight", *arguments],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        cwd=cwd,
        env=environment(**variables),
        check=False,
    )


def told(finished: subprocess.CompletedProcess[str], code: int) -> str:
    """The one sentence of a command that failed with `code`."""
    assert finished.returncode == code, finished.stderr
    assert "Traceback" not in finished.stderr
    assert finished.stdout == ""
    (line,) = finished.stderr.splitlines()
    return line


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder and its bytes."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


@contextmanager
def serving(data: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running server and the address it prints; killed when the test did not stop it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "clauselight", "serve", "--port", "0", "--data", str(data), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    try:
        assert process.stdout is not None
        until = time.monotonic() + PATIENCE
        printed = ""
        while "Ctrl-C" not in printed:
            assert time.monotonic() < until and process.poll() is None, printed
            printed += process.stdout.readline()
        found = re.search(r"is up: (http://\S+/)$", printed, re.MULTILINE)
        assert found, printed
        yield process, found.group(1)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.communicate()


def client_of(address: str) -> Client:
    host = address.removeprefix("http://").rstrip("/")
    return Client(int(host.rpartition(":")[2]), host)


# --- serve ---


def test_serve_prints_its_address_and_stops_when_told(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as (process, address):
        assert address.startswith("http://127.0.0.1:")
        assert client_of(address).get("/v1/info").json["provisions"] == 30
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == DONE
        assert "Traceback" not in errors
        assert "GET /v1/info 200" in errors
    assert (tmp_path / "data" / "archive.sqlite").is_file()


def test_a_second_start_loads_nothing_again(loaded_folder: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(loaded_folder, tmp_path / "data"))
    question = "SELECT name, value FROM note ORDER BY name"
    with closing(sqlite3.connect(data / "archive.sqlite")) as connection:
        before = connection.execute(question).fetchall()
    with serving(data) as (process, address):
        assert client_of(address).get("/readyz").status == 200
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
        assert process.returncode == DONE
    with closing(sqlite3.connect(data / "archive.sqlite")) as connection:
        assert connection.execute(question).fetchall() == before


def test_a_port_in_use_is_told_and_the_data_left_alone(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        sentence = told(run("serve", "--port", port, "--data", str(tmp_path / "data")), NOT_BOUND)
    assert port in sentence
    assert "in use" in sentence
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a..b", "203.0.113.1"])
def test_an_address_that_is_not_ours_is_told(tmp_path: Path, host: str) -> None:
    arguments = ("serve", "--host", host, "--port", "0", "--data", str(tmp_path / "data"))
    assert host in told(run(*arguments), NOT_BOUND)
    assert not (tmp_path / "data").exists()


# --- archives that cannot be used ---


def spoil(data: Path, how: str) -> None:
    """Make a loaded archive unusable."""
    file = data / "archive.sqlite"
    if how == "newer":
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
            connection.commit()
    elif how == "truncated":
        file.write_bytes(file.read_bytes()[:200_000])
    elif how == "random":
        file.write_bytes(random.Random(1).randbytes(100_000))
    elif how == "foreign":
        file.unlink()
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("CREATE TABLE bookmarks (url TEXT)")


@pytest.mark.parametrize(
    ("command", "how"),
    [
        *(("serve", how) for how in ("newer", "truncated", "random", "foreign")),
        ("load", "newer"),
        ("load", "truncated"),
        ("lint", "newer"),
        ("lint", "random"),
    ],
)
def test_an_unusable_archive_is_told_and_left_untouched(data_copy: Path, how: str, command: str) -> None:
    spoil(data_copy, how)
    before = contents(data_copy)
    port = ("--port", "0") if command == "serve" else ()
    sentence = told(run(command, "--data", str(data_copy), *port), UNUSABLE)
    assert str(data_copy) in sentence
    after = contents(data_copy)
    assert after["archive.sqlite"] == before["archive.sqlite"]
    assert after["publication.sqlite"] == before["publication.sqlite"]


@pytest.mark.parametrize(
    ("command", "place"), [("serve", "file"), ("serve", "/proc/clauselight"), ("load", "file/below")]
)
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, place: str, command: str) -> None:
    if place.startswith("/proc") and not Path("/proc/self").exists():
        pytest.skip("only Linux has a folder closed even to root")
    (tmp_path / "file").write_text("mine")
    port = ("--port", "0") if command == "serve" else ()
    told(run(command, "--data", str(tmp_path / place), *port), UNUSABLE)
    assert contents(tmp_path) == {"file": b"mine"}


def test_a_damaged_publication_is_no_trouble(data_copy: Path) -> None:
    (data_copy / "publication.sqlite").write_bytes(b"garbage" * 1_000)
    with serving(data_copy) as (_, address):
        assert client_of(address).get("/v1/info").json["provisions"] == 30


# --- settings ---


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "70000"), ("PUBLIC_URL", "http://a.example")],
)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    variables = {f"CLAUSELIGHT_{name}": value, "CLAUSELIGHT_DATA": str(tmp_path / "data")}
    sentence = told(run("serve", **variables), WRONG_USE)
    assert sentence.startswith(f"CLAUSELIGHT_{name}: ")
    assert not (tmp_path / "data").exists()


def test_wrong_use_shows_how_it_is_used(tmp_path: Path) -> None:
    for arguments in ((), ("dance",), ("serve", "--port", "eight")):
        finished = run(*arguments, cwd=tmp_path)
        assert finished.returncode == WRONG_USE
        assert finished.stderr.startswith("usage: clauselight")
    assert contents(tmp_path) == {}


def test_version_is_told() -> None:
    assert run("--version").stdout == f"clauselight {__version__}\n"


# --- load, lint, schema ---


def test_load_counts_what_it_loaded(tmp_path: Path) -> None:
    first = run("load", "--data", str(tmp_path / "data"))
    assert first.returncode == DONE, first.stderr
    assert re.fullmatch(r"Loaded 1,\d{3} documents and 30 provisions\.\n", first.stdout)
    assert len(first.stderr.splitlines()) <= 3, "one bar a task"
    assert run("load", "--data", str(tmp_path / "data")).stdout == first.stdout


def test_load_takes_the_folder_from_the_environment(tmp_path: Path) -> None:
    assert run("load", CLAUSELIGHT_DATA=str(tmp_path / "given")).returncode == DONE
    assert (tmp_path / "given" / "archive.sqlite").is_file()


def test_lint_finds_nothing_in_what_we_ship(loaded_folder: Path) -> None:
    for arguments in (("lint",), ("lint", "--data", str(loaded_folder))):
        finished = run(*arguments)
        assert finished.returncode == DONE, finished.stdout
        assert finished.stdout.endswith(
            "30 records of the packaged catalogue checked, 0 rules broken.\n"
        ) or (f"30 records of the archive in {loaded_folder} checked, 0 rules broken." in finished.stdout)


def test_lint_names_record_and_rule(data_copy: Path) -> None:
    with closing(sqlite3.connect(data_copy / "archive.sqlite")) as connection:
        connection.execute(
            "UPDATE provision SET record = json_set(record, '$.severity', 'low', '$.history.last_seen', "
            "'2040-01-01') WHERE id = 'CL-P-000006'"
        )
        connection.commit()
    finished = run("lint", "--data", str(data_copy))
    assert finished.returncode == FOUND
    assert "CL-P-000006  severity-is-latest-change  severity: " in finished.stdout
    assert "CL-P-000006  no-future-date  history.last_seen: " in finished.stdout
    assert finished.stdout.splitlines()[-1].endswith(" 2 rules broken.")


def test_schema_writes_what_is_committed(tmp_path: Path) -> None:
    finished = run("schema", str(tmp_path / "out"))
    assert finished.returncode == DONE
    written = contents(tmp_path / "out")
    committed = Path(__file__).parents[2] / "shared_schema"
    assert written == {file.name: file.read_bytes() for file in committed.glob("*.schema.json")}
    assert all(json.loads(text)["$id"].endswith(name) for name, text in written.items())


def test_schema_tells_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    assert str(tmp_path / "file") in told(run("schema", str(tmp_path / "file")), UNUSABLE)


def test_try_without_a_browser_tells_what_to_do(tmp_path: Path) -> None:
    sentence = told(run("try", PATH=str(tmp_path)), FOUND)
    assert "Install one" in sentence or "make" in sentence
