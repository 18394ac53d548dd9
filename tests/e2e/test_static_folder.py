"""The published folder behind nginx lights up a page: no code of ours answers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.support.archive import KnownPage, build_archive
from e2e.support.browser import Browser, launch
from e2e.support.static_host import StaticHost, serve_folder

QUOTE = "We may share the content that you post with partners who train models on it."
PAGE = KnownPage(
    "Murmurloft",
    "https://www.murmurloft.example/privacy",
    f"<!DOCTYPE html><html lang=en><title>Privacy</title><main><p>Hello.</p><p>{QUOTE}</p></main>",
    (QUOTE,),
)


def clauselight(*arguments: str) -> str:
    """Run a command and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "clauselight", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaticHost]:
    """A folder written by `clauselight publish`, served with the configuration that it prints itself."""
    work = tmp_path_factory.mktemp("static")
    (work / "data").mkdir()
    build_archive(work / "data", [PAGE])
    clauselight("publish", str(work / "public"), "--data", str(work / "data"))
    for name in ("info.json", "info.json.gz"):  # a description is not needed
        (work / "public" / "v1" / name).unlink()
    with serve_folder(work / "public", work / "nginx", clauselight("publish", "--nginx")) as running:
        yield running


@pytest.fixture(scope="module")
def reader(host: StaticHost, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose server is the folder."""
    with launch(tmp_path_factory.mktemp("reader"), host.address, all_sites=True) as running:
        running.pages[PAGE.url] = PAGE.html
        yield running


def test_a_page_lights_up(host: StaticHost, reader: Browser) -> None:
    page = reader.read(PAGE.url)
    assert reader.painted(page) == [QUOTE]
    asked = [line for line in host.paths if line != "GET / 404"]  # the test's own, to see nginx start
    assert all(line.startswith("GET /v1/") and line.endswith(" 200") for line in asked), asked
    assert "murmurloft" not in "".join(host.paths).lower()
    page.close()


def test_the_list_is_renewed_by_its_changes(host: StaticHost, reader: Browser) -> None:
    before = len(host.paths)
    reader.refresh_index()
    asked = host.paths[before:]
    assert len(asked) == 1
    assert asked[0].startswith("GET /v1/deltas/")
    assert asked[0].endswith(".json 200")


def test_the_settings_accept_a_folder_without_description(host: StaticHost, reader: Browser) -> None:
    page = reader.extension_page("options.html")
    page.fill("#server-address", host.address)
    page.click("#server-test")
    expect(page.locator("#server-result")).to_contain_text("Connected to a folder of files. Its list has")
    page.close()


def test_a_folder_below_a_path_of_a_host_does_as_well(
    host: StaticHost, reader: Browser, tmp_path: Path
) -> None:
    """As on a host with other things, or a bucket of an object store."""
    shutil.copytree(host.folder, tmp_path / "sites" / "clauses")
    block = clauselight("publish", "--nginx").replace("location /v1/", "location /clauses/v1/")
    with serve_folder(tmp_path / "sites", tmp_path / "nginx", block) as other:
        page = reader.extension_page("options.html")
        page.fill("#server-address", f"{other.address}/clauses/")
        page.click("#server-test")
        expect(page.locator("#server-result")).to_contain_text("addresses")
        page.close()
        page = reader.read(PAGE.url)
        assert reader.painted(page) == [QUOTE]
        page.close()
        asked = [line for line in other.paths if line != "GET / 404"]
        assert len(asked) >= 2
        # The description is missing here, which the settings ask for first.
        assert all(line.startswith("GET /clauses/v1/") for line in asked), asked
        assert all(line.endswith(" 200") for line in asked if "/v1/info" not in line), asked
        reader.settings(serverAddress=host.address)
