"""One file of many answers: what was put in comes out, and nothing of a damaged one."""

from __future__ import annotations

import random
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clauselight.publication.pack import Pack, PackDamaged, keyed_region, write_pack


def keyed(folder: Path, entries: dict[int, bytes], bits: int) -> Path:
    """A pack of keyed regions."""
    file = folder / f"{uuid4()}.pack"
    regions = [
        keyed_region([(key, entries[key]) for key in sorted(entries) if key >> (64 - bits) == number])
        for number in range(1 << bits)
    ]
    write_pack(file, 1 << bits, regions)
    return file


def test_regions_come_out_by_number(tmp_path: Path) -> None:
    regions = [b"", b"first", random.randbytes(70_000), b"", b"last"]
    write_pack(tmp_path / "a.pack", len(regions), regions)
    pack = Pack(tmp_path / "a.pack")
    assert [pack.region(number) for number in range(5)] == regions
    assert pack.region(5) == pack.region(10**9) == b""
    pack.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.integers(0, 2**64 - 1) | st.integers(0, 600), st.binary(max_size=60), max_size=80),
    st.integers(0, 5),
    st.lists(st.integers(0, 2**64 - 1), max_size=20),
)
def test_keys_find_their_bytes_and_others_nothing(
    tmp_path: Path, entries: dict[int, bytes], bits: int, strangers: list[int]
) -> None:
    pack = Pack(keyed(tmp_path, entries, bits))
    for key, body in entries.items():
        assert pack.find(key) == body
    for key in [*strangers, *(key ^ 1 for key in entries), *(key << 8 & (2**64 - 1) for key in entries)]:
        if key not in entries:
            assert pack.find(key) is None
    pack.close()


def test_bytes_of_two_neighbours_are_no_key(tmp_path: Path) -> None:
    """The searched key stands across two others before it stands in its own place."""
    wanted = 0x0102030405060708
    entries = {0x0000000000000102: b"a", 0x0304050607080000: b"b"}
    pack = Pack(keyed(tmp_path, entries, 0))
    assert pack.find(wanted) is None
    pack.close()
    pack = Pack(keyed(tmp_path, {**entries, wanted: b"c"}, 0))
    assert [pack.find(key) for key in (*entries, wanted)] == [b"a", b"b", b"c"]
    pack.close()


def test_an_open_pack_outlives_its_name(tmp_path: Path) -> None:
    write_pack(tmp_path / "a.pack", 1, [b"still here"])
    pack = Pack(tmp_path / "a.pack")
    (tmp_path / "a.pack").unlink()
    assert pack.region(0) == b"still here"
    pack.close()


@pytest.mark.parametrize("number", range(60))
def test_a_damaged_file_is_refused_or_answers_from_what_is_whole(tmp_path: Path, number: int) -> None:
    """Cut short or with a flipped byte in head or table, at random places."""
    rng = random.Random(number)
    entries = {rng.getrandbits(64): rng.randbytes(50) for _ in range(100)}
    file = keyed(tmp_path, entries, 3)
    content = bytearray(file.read_bytes())
    if number % 2:
        del content[rng.randrange(len(content)) :]
    else:
        content[rng.randrange(32 + 8 * 9)] ^= 1 << rng.randrange(8)
    file.write_bytes(content)
    with pytest.raises(PackDamaged):
        Pack(file)


@pytest.mark.parametrize("number", range(60))
def test_damage_inside_of_a_region_is_never_an_exception_of_another_kind(tmp_path: Path, number: int) -> None:
    rng = random.Random(number)
    entries = {rng.getrandbits(64): rng.randbytes(50) for _ in range(100)}
    file = keyed(tmp_path, entries, 3)
    content = bytearray(file.read_bytes())
    for _ in range(40):
        content[rng.randrange(32 + 8 * 9, len(content))] = rng.randrange(256)
    file.write_bytes(content)
    pack = Pack(file)
    for key in entries:
        try:
            pack.find(key)
        except PackDamaged:
            continue
    pack.close()


def test_a_file_that_shrinks_while_it_is_open_is_noticed(tmp_path: Path) -> None:
    file = keyed(tmp_path, {key << 50: b"x" * 500 for key in range(100)}, 2)
    pack = Pack(file)
    with file.open("r+b") as opened:
        opened.truncate(200)
    with pytest.raises(PackDamaged):
        pack.find(99 << 50)
    pack.close()


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for file in (tmp_path / "nothing.pack", tmp_path):
        with pytest.raises(PackDamaged):
            Pack(file)


def test_a_name_that_is_taken_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.pack").write_bytes(b"somebody's")
    with pytest.raises(FileExistsError):
        write_pack(tmp_path / "a.pack", 1, [b""])
    assert (tmp_path / "a.pack").read_bytes() == b"somebody's"
