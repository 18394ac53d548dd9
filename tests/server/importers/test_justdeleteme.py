"""Reading JustDeleteMe: what is taken, and bad data that costs one fact and no more."""

from __future__ import annotations

import datetime as dt
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from clauselight.importers.facts import SourceData
from clauselight.importers.justdeleteme import plain_text, read_justdeleteme
from clauselight.importers.packs import PackUnreadable
from directory_packs import SITES, accounts, packed

MOMENT = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)
GOOD = SITES[1]


def read(folder: Path, *sites: Any) -> SourceData:
    return read_justdeleteme(accounts(folder, list(sites)), moment=MOMENT)


def test_folder_and_archive_read_alike(tmp_path: Path) -> None:
    folder = accounts(tmp_path / "checkout")
    from_folder = read_justdeleteme(folder, moment=MOMENT)
    from_archive = read_justdeleteme(packed(folder, tmp_path / "pack.tar.xz"), moment=MOMENT)
    assert [one.name for one in from_folder.records] == ["Murmurloft", "Faraway"]
    assert from_archive.records == from_folder.records
    assert not from_folder.refused


def test_a_mail_address_with_a_line_break_is_refused_and_the_rest_kept(tmp_path: Path) -> None:
    data = read(tmp_path, {**GOOD, "email": "a@faraway.example\nBcc: everybody@faraway.example"})
    (entry,) = data.records[0].entries
    assert entry.email is None and entry.url == "https://faraway.example/leave"
    assert [(one.record, one.field) for one in data.refused] == [("Faraway", "email")]
    trailing = read(tmp_path, {**GOOD, "email": "a@faraway.example\n"})
    assert trailing.records[0].entries[0].email is None


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//faraway.example",
        "faraway.example/leave",
        'https://a"b/',
        7,
    ],
)
def test_a_link_that_is_none_is_refused_and_the_rest_kept(tmp_path: Path, url: object) -> None:
    data = read(tmp_path, {**GOOD, "url": url})
    (entry,) = data.records[0].entries
    assert entry.url is None and entry.email == "leave@faraway.example"
    assert [(one.field, one.why) for one in data.refused] == [("url", "is no https address")]


def test_a_name_of_5000_characters_is_refused_and_named_in_short(tmp_path: Path) -> None:
    data = read(tmp_path, {**SITES[0], "name": "M" * 5000}, GOOD)
    assert [one.name for one in data.records] == ["Faraway"]
    (refused,) = data.refused
    assert refused.field == "name" and len(refused.record) <= 60 and len(refused.value) <= 80


def test_a_second_site_of_one_name_is_refused_but_not_one_that_only_looks_alike(tmp_path: Path) -> None:
    data = read(tmp_path, {**GOOD, "name": "Nike"}, {**GOOD, "name": "nike"}, {**GOOD, "name": "Nike+"})
    assert [one.name for one in data.records] == ["Nike", "Nike+"]
    assert len({one.entries[0].id for one in data.records}) == 2
    assert [(one.record, one.why) for one in data.refused] == [("nike", "has the name of another one")]


@pytest.mark.parametrize(
    "site", ["text", None, {"url": "https://a.example/"}, {**GOOD, "difficulty": "evil"}]
)
def test_nonsense_costs_one_site(tmp_path: Path, site: object) -> None:
    data = read(tmp_path, site, SITES[0])
    assert [one.name for one in data.records] == ["Murmurloft"]
    assert len(data.refused) == 1


def test_a_note_that_is_too_long_goes_alone(tmp_path: Path) -> None:
    data = read(tmp_path, {**GOOD, "notes": "x" * 2001, "notes_de": "kurz"})
    notes = data.records[0].entries[0].notes
    assert notes is not None and (notes.en, notes.de) == (None, "kurz")
    assert [one.field for one in data.refused] == ["notes"]


@pytest.mark.parametrize(
    ("note", "plain"),
    [
        ("a <b>bold</b> <br/>line", "a bold\nline"),
        ("[here](https://a.example/x) now", "here (https://a.example/x) now"),
        ("2 < 3 &amp; 4 > 1", "2 < 3 & 4 > 1"),
        ("bell\u0007 and\u202e turned", "bell and turned"),
    ],
)
def test_notes_are_plain_text(note: str, plain: str) -> None:
    assert plain_text(note) == plain


def test_the_day_of_the_newest_commit_is_the_day_it_was_stated(tmp_path: Path) -> None:
    day = dt.date(2026, 3, 4)
    data = read_justdeleteme(accounts(tmp_path), moment=MOMENT, changed={"_data/sites.json": day}.get)
    assert {one.entries[0].source.stated_on for one in data.records} == {day}


def test_an_archive_without_dates_states_none(tmp_path: Path) -> None:
    text = json.dumps(SITES).encode()
    info = tarfile.TarInfo("_data/sites.json")
    info.size, info.mtime = len(text), 0
    with tarfile.open(tmp_path / "pack.tar", "w") as archive:
        archive.addfile(info, io.BytesIO(text))
    data = read_justdeleteme(tmp_path / "pack.tar", moment=MOMENT)
    assert {one.entries[0].source.stated_on for one in data.records} == {None}


def test_what_is_no_pack_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.tar.xz").write_text("no archive")
    broken = accounts(tmp_path / "broken")
    (broken / "_data" / "sites.json").write_text('[{"name": ')
    deep = accounts(tmp_path / "deep")
    (deep / "_data" / "sites.json").write_text("[" * 200_000)
    for path in (tmp_path / "nothing", tmp_path / "empty", tmp_path / "text.tar.xz", broken, deep):
        with pytest.raises(PackUnreadable):
            read_justdeleteme(path, moment=MOMENT)
