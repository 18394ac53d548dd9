"""Settings come from the environment or the command line, and wrong ones are refused by name."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest
from pydantic import ValidationError

from clauselight import settings as settings_module
from clauselight.settings import DEFAULT_PORT, Settings


def test_defaults_keep_everything_on_this_computer() -> None:
    chosen = Settings()
    assert chosen.host == "127.0.0.1"
    assert chosen.port == DEFAULT_PORT == 8787
    assert chosen.loopback
    assert chosen.smallest_bucket == 1
    assert chosen.public_url is None
    assert chosen.allowed_hosts == []
    assert chosen.archive_file.parent == chosen.publication_file.parent == chosen.data
    assert "clauselight" in chosen.data.name


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in {
        "DATA": str(tmp_path),
        "HOST": "0.0.0.0",
        "PORT": "9000",
        "PUBLIC_URL": "https://clauses.example/",
        "ALLOWED_HOSTS": " a.example, b.example:8443 ,,",
        "BUCKET_SIZE": "7",
        "ACCESS_LOG": "false",
        "SOMETHING_ELSE": "ignored",
    }.items():
        monkeypatch.setenv(f"CLAUSELIGHT_{name}", value)
    chosen = Settings()
    assert chosen.data == tmp_path
    assert not chosen.loopback
    assert chosen.port == 9000
    assert chosen.public_url == "https://clauses.example"
    assert chosen.allowed_hosts == ["a.example", "b.example:8443"]
    assert chosen.smallest_bucket == 7
    assert chosen.access_log is False


def test_the_command_line_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSELIGHT_PORT", "9000")
    assert Settings(port=9001).port == 9001


def test_empty_variables_count_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty CLAUSELIGHT_DATA must not put the archive into whatever folder one stands in."""
    for name in ("DATA", "PORT", "PUBLIC_URL", "ALLOWED_HOSTS", "BUCKET_SIZE"):
        monkeypatch.setenv(f"CLAUSELIGHT_{name}", "")
    assert Settings().data.is_absolute()
    assert Settings().port == DEFAULT_PORT
    assert Settings().allowed_hosts == []


def test_the_home_folder_may_be_abbreviated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("CLAUSELIGHT_DATA", "~/clauses")
    assert Settings().data == tmp_path / "clauses"


@pytest.mark.parametrize(
    ("host", "loopback", "in_url"),
    [
        ("127.0.0.1", True, "127.0.0.1"),
        ("127.8.8.8", True, "127.8.8.8"),
        ("::1", True, "[::1]"),
        ("localhost", True, "localhost"),
        ("0.0.0.0", False, "0.0.0.0"),
        ("::", False, "[::]"),
        ("192.168.1.5", False, "192.168.1.5"),
        ("clauses.lan", False, "clauses.lan"),
        ("localhost.evil.example", False, "localhost.evil.example"),
    ],
)
def test_only_loopback_is_private(host: str, loopback: bool, in_url: str) -> None:
    chosen = Settings(host=host)
    assert chosen.loopback is loopback
    assert chosen.host_in_url == in_url
    assert chosen.smallest_bucket == (1 if loopback else 64)
    assert Settings(host=host, bucket_size=3).smallest_bucket == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "-1"),
        ("port", "65536"),
        ("port", "eight"),
        ("bucket_size", "0"),
        ("bucket_size", "many"),
        ("keep_analyses", "sometimes"),
        ("analysis_seconds", "0"),
        ("analysis_bytes", "12"),
        ("analyses", "perhaps"),
        ("access_log", "perhaps"),
        ("capture_allow", "10.0.0.0/33"),
        ("capture_allow", "wiki.lan, http://wiki.lan"),
        ("capture_allow", "[::1"),
        ("capture_allow", "127.1"),
        ("capture_proxy", "socks5://127.0.0.1:9050"),
        ("capture_proxy", "yes"),
        ("capture_contact", "line\r\nX-Evil: 1"),
        ("capture_delay", "-1"),
        ("capture_concurrent", "0"),
        ("capture_bytes", "10"),
        ("capture_seconds", "0"),
        ("public_url", "http://clauses.example"),
        ("public_url", "clauses.example"),
        ("public_url", "https://"),
        ("public_url", "https://user:secret@clauses.example"),
        ("public_url", "https://clauses.example/?a=b"),
        ("public_url", "https://clauses.example/#x"),
        ("public_url", "https://clauses.example:port"),
        ("public_url", "https://clauses.example:70000"),
        ("public_url", "https://clau ses.example"),
        ("public_url", 'https://clauses.example/"><script>'),
        ("public_url", "https://[::1"),
        ("public_url", "javascript:alert(1)"),
    ],
)
def test_wrong_values_are_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"CLAUSELIGHT_{name.upper()}", value)
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert {error["loc"] for error in refused.value.errors()} == {(name,)}


@pytest.mark.parametrize(
    "url",
    [
        "https://clauses.example",
        "https://clauses.example:8443",
        "https://clauses.example/base",
        "https://[2001:db8::1]",
    ],
)
def test_public_addresses_are_taken_without_the_final_slash(url: str) -> None:
    assert Settings(public_url=url).public_url == url
    assert Settings(public_url=url + "/").public_url == url


@pytest.mark.parametrize(
    ("given", "keeping"),
    [
        ({}, "always"),
        ({"host": "0.0.0.0"}, "never"),
        ({"public_url": "https://clauses.example"}, "never"),
        ({"allowed_hosts": "clauses.lan"}, "never"),
        ({"keep_analyses": "asked"}, "asked"),
        ({"host": "0.0.0.0", "keep_analyses": "always"}, "always"),
        ({"keep_analyses": "never"}, "never"),
    ],
)
def test_only_a_server_that_nobody_else_reaches_keeps_pages_unasked(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], keeping: str
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(f"CLAUSELIGHT_{name.upper()}", value)
    assert Settings().keeping == keeping


def test_every_setting_is_documented() -> None:
    source = ast.parse(inspect.getsource(settings_module))
    assert ast.get_docstring(source)
    for name, field in Settings.model_fields.items():
        assert field.description, f"{name} has no description"
        assert field.description.endswith(".")
