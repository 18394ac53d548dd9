"""Reading packs: nothing is unpacked to disk, and what is no honest file is passed over."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from clauselight.importers import packs
from clauselight.importers.packs import PackFile, PackProblem, PackUnreadable, read_pack


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.mtime = kind, target, 1_700_000_000
    return info


def archive(file: Path, members: list[tuple[tarfile.TarInfo, bytes]]) -> Path:
    with tarfile.open(file, "w:gz") as opened:
        for info, body in members:
            info.size = len(body)
            opened.addfile(info, io.BytesIO(body))
    return file


def read(path: Path) -> list[PackFile | PackProblem]:
    return list(read_pack(path, lambda name: name.endswith(".json")))


def test_links_in_an_archive_are_passed_over(tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text("secret")
    file = archive(
        tmp_path / "pack.tgz",
        [
            (member("companies/a.json"), b"{}"),
            (member("companies/b.json", tarfile.SYMTYPE, str(secret)), b""),
            (member("companies/c.json", tarfile.LNKTYPE, "companies/a.json"), b""),
            (member("companies/d.json", tarfile.FIFOTYPE), b""),
        ],
    )
    found = read(file)
    assert [one.name for one in found if isinstance(one, PackFile)] == ["companies/a.json"]
    assert {one.why for one in found if isinstance(one, PackProblem)} == {"is a link or no ordinary file"}


def test_paths_that_lead_outside_write_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    file = archive(folder / "pack.tgz", [(member("../../outside.json"), b"{}"), (member("/abs.json"), b"{}")])
    assert len(read(file)) == 2
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["in", "pack.tgz"]


def test_links_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text("secret")
    folder = tmp_path / "checkout"
    folder.mkdir()
    (folder / "a.json").symlink_to(tmp_path / "secret.json")
    (found,) = read(folder)
    assert isinstance(found, PackProblem)


def test_a_file_that_is_too_large_is_named_and_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packs, "LARGEST_FILE", 10)
    file = archive(tmp_path / "pack.tgz", [(member("a.json"), b"x" * 11), (member("b.json"), b"{}")])
    problem, good = read(file)
    assert isinstance(problem, PackProblem) and "10 bytes" in problem.why
    assert isinstance(good, PackFile)


def test_a_bomb_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "MOST_BYTES", 1_000_000)
    zeros = [(member(f"{number}.bin"), bytes(400_000)) for number in range(4)]
    with pytest.raises(PackUnreadable, match="more than such a project"):
        read(archive(tmp_path / "pack.tgz", zeros))


def test_an_archive_that_is_cut_off_is_said_to_be_damaged(tmp_path: Path) -> None:
    whole = archive(tmp_path / "pack.tgz", [(member("a.json"), b"{}" * 5000)])
    cut = tmp_path / "cut.tgz"
    cut.write_bytes(gzip.compress(gzip.decompress(whole.read_bytes())[:600]))
    broken = tmp_path / "broken.tgz"
    broken.write_bytes(whole.read_bytes()[:40])
    for file in (cut, broken):
        with pytest.raises(PackUnreadable):
            read(file)
