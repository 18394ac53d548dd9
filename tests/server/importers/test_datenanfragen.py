"""Reading Datenanfragen.de: companies, authorities, and bad data that costs one fact and no more."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from clauselight.importers.datenanfragen import read_datenanfragen
from clauselight.importers.facts import SourceData
from clauselight.importers.git_dates import last_changes
from directory_packs import COMPANIES, companies, packed

MOMENT = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)
GOOD = COMPANIES[0]


def read(folder: Path, *records: dict[str, Any]) -> SourceData:
    return read_datenanfragen(companies(folder, list(records)), moment=MOMENT)


def test_folder_and_archive_read_alike(tmp_path: Path) -> None:
    folder = companies(tmp_path / "checkout")
    from_folder = read_datenanfragen(folder, moment=MOMENT)
    from_archive = read_datenanfragen(packed(folder, tmp_path / "pack.tar.xz"), moment=MOMENT)
    assert sorted(one.name for one in from_folder.records) == ["murmurloft", "nobody"]
    assert sorted(one.name for one in from_archive.records) == ["murmurloft", "nobody"]
    assert from_folder.authorities[0].model_dump(exclude={"stated_on"}) == from_archive.authorities[
        0
    ].model_dump(exclude={"stated_on"})


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"email": "dpo@murmurloft.example\r\nBcc: x@y.example"}, ["email"]),
        ({"webform": "javascript:alert(1)"}, ["webform"]),
        ({"phone": "call me"}, ["phone"]),
        ({"address": "x" * 700}, ["postal"]),
        ({"runs": ["Fine", "n" * 5000]}, ["runs"]),
        ({"relevant-countries": ["de", "everywhere"]}, ["relevant-countries"]),
        ({"required-elements": "name"}, ["required-elements"]),
    ],
)
def test_a_bad_fact_is_refused_and_the_rest_kept(
    tmp_path: Path, changes: dict[str, Any], fields: list[str]
) -> None:
    data = read(tmp_path, {**GOOD, **changes})
    assert len(data.records) == 1
    assert [one.field for one in data.refused] == fields


def test_a_name_of_5000_characters_costs_the_record(tmp_path: Path) -> None:
    data = read(tmp_path, {**GOOD, "name": "M" * 5000}, COMPANIES[1])
    assert [one.name for one in data.records] == ["nobody"]
    assert [one.field for one in data.refused] == ["name"]


def test_broken_files_and_doubled_slugs_are_named(tmp_path: Path) -> None:
    folder = companies(tmp_path)
    (folder / "companies" / "aaa.json").write_text('{"slug": "aaa", ')
    (folder / "companies" / "list.json").write_text("[]")
    (folder / "companies" / "zzz.json").write_text((folder / "companies" / "murmurloft.json").read_text())
    data = read_datenanfragen(folder, moment=MOMENT)
    assert sorted(one.name for one in data.records) == ["murmurloft", "nobody"]
    assert {one.record for one in data.refused} == {
        "companies/aaa.json",
        "companies/list.json",
        "companies/zzz.json",
    }


def test_a_company_without_any_contact_is_refused(tmp_path: Path) -> None:
    bare = {key: value for key, value in GOOD.items() if key not in ("address", "email")}
    data = read(tmp_path, bare)
    assert not data.records
    assert [one.why for one in data.refused] == ["has no address, e-mail address or form"]


def test_a_part_of_a_site_and_a_page_at_facebook_are_no_site_of_ones_own(tmp_path: Path) -> None:
    data = read(
        tmp_path,
        {**GOOD, "slug": "part", "web": "https://aws.murmurloft.example/"},
        {**GOOD, "slug": "page", "web": "https://www.facebook.com/murmurloft"},
        {**GOOD, "slug": "whole", "web": "https://www.murmurloft.example/de/"},
    )
    assert {one.name: set(one.claims) for one in data.records} == {
        "part": set(),
        "page": set(),
        "whole": {"murmurloft.example"},
    }


def test_each_file_has_the_day_of_its_newest_commit(tmp_path: Path) -> None:
    folder = companies(tmp_path)
    git = ["git", "-C", str(folder), "-c", "user.name=x", "-c", "user.email=x@y.example"]
    subprocess.run([*git[:3], "init", "-q"], check=True)
    for day, name in (("2025-01-02", "."), ("2026-03-04", "companies/nobody.json")):
        file = folder / "companies" / "nobody.json"
        file.write_text(file.read_text() + " ")
        subprocess.run([*git, "add", name], check=True)
        at = f"{day}T12:00:00+00:00"
        dates = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
        subprocess.run(
            [*git, "commit", "-qm", day],
            check=True,
            env={**os.environ, **dates},
        )
    data = read_datenanfragen(folder, moment=MOMENT, changed=last_changes(folder).get)
    assert {one.name: one.entries[0].source.stated_on for one in data.records} == {
        "murmurloft": dt.date(2025, 1, 2),
        "nobody": dt.date(2026, 3, 4),
    }


def test_without_git_nobody_knows(tmp_path: Path) -> None:
    assert last_changes(tmp_path) == {}


def test_a_checkout_cannot_name_a_program_that_is_run(tmp_path: Path) -> None:
    folder, trap, sprung = tmp_path / "checkout", tmp_path / "trap.sh", tmp_path / "sprung"
    folder.mkdir()
    trap.write_text(f"#!/bin/sh\ntouch '{sprung}'\nexit 1\n")
    trap.chmod(0o755)

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(folder), "-c", "user.name=x", "-c", "user.email=x@y.example", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    git("init", "-q")
    for said in ("one", "two"):
        (folder / "a.json").write_text(said)
        git("add", "a.json")
        git("commit", "-qm", said)
    tree = git("rev-parse", "HEAD~1^{tree}")
    (folder / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    # It claims to be a part of another repository, from which git would fetch what is missing.
    for name, value in (
        ("core.repositoryformatversion", "1"),
        ("extensions.partialclone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", str(folder)),
        ("remote.origin.uploadpack", str(trap)),
    ):
        git("config", name, value)
    assert last_changes(folder) == {}
    assert not sprung.exists()
