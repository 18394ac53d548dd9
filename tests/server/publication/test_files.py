"""The publication's file: exchanged whole, made anew when damaged, never pulled away under anybody."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from clauselight.publication.cache import RecentAnswers
from clauselight.publication.files import CACHED_ANSWERS, PublicationFile, Rendered, Shelf, render
from clauselight.store.engine import ArchiveUnusable

OLD, NEW = render({"state": "old"}), render({"state": "new"})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "publication.sqlite"


@pytest.fixture
def publication(file: Path) -> Iterator[PublicationFile]:
    made = PublicationFile(file)
    made.replace_all([(Shelf.BUCKET, key, OLD) for key in range(100)])
    yield made
    made.close()


def states(file: Path) -> set[str]:
    """What another process reads at this moment."""
    with closing(sqlite3.connect(file)) as connection:
        return {row[0] for row in connection.execute("SELECT etag FROM answer_bucket")}


def test_what_was_put_in_comes_out(publication: PublicationFile, file: Path) -> None:
    biggest = 2**63 - 1
    publication.replace_all(
        [(Shelf.MATCH, biggest, NEW), (Shelf.PROVISION, biggest, OLD), (Shelf.STATE, 0, OLD)]
    )
    assert publication.get(Shelf.MATCH, biggest) == NEW
    assert publication.get(Shelf.PROVISION, biggest) == OLD
    assert publication.get(Shelf.MATCH, 0) is None
    again = PublicationFile(file)
    assert again.get(Shelf.MATCH, biggest) == NEW
    again.close()


def test_exchanging_is_all_or_nothing(publication: PublicationFile, file: Path) -> None:
    seen = []

    def answers() -> Iterator[tuple[Shelf, int, Rendered]]:
        for key in range(50):
            yield Shelf.BUCKET, key, NEW
            if key == 25:
                seen.append(states(file))
        raise RuntimeError("the power fails")

    with pytest.raises(RuntimeError, match="power"):
        publication.replace_all(answers())
    assert seen == [{OLD.etag}], "another reader saw a half-written publication"
    assert states(file) == {OLD.etag}
    assert [publication.get(Shelf.BUCKET, key) for key in range(100)] == [OLD] * 100
    publication.replace_all([(Shelf.BUCKET, key, NEW) for key in range(3)])
    assert states(file) == {NEW.etag}


def test_a_twice_used_key_changes_nothing(publication: PublicationFile, file: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        publication.replace_all([(Shelf.BUCKET, 1, NEW), (Shelf.BUCKET, 1, NEW)])
    assert states(file) == {OLD.etag}


def test_what_was_remembered_is_forgotten_on_exchange(publication: PublicationFile) -> None:
    assert publication.get(Shelf.BUCKET, 7) == OLD
    assert publication.get(Shelf.BUCKET, 700) is None
    assert publication.prefix_digits == 2
    publication.replace_all([(Shelf.BUCKET, key, NEW) for key in range(4096)])
    assert publication.get(Shelf.BUCKET, 7) == NEW
    assert publication.get(Shelf.BUCKET, 700) == NEW
    assert publication.prefix_digits == 3


def test_memory_is_bounded(publication: PublicationFile) -> None:
    publication.replace_all([(Shelf.BUCKET, key, OLD) for key in range(CACHED_ANSWERS + 500)])
    for key in range(CACHED_ANSWERS + 500):
        publication.get(Shelf.BUCKET, key)
    assert len(publication._cache) == CACHED_ANSWERS
    for key in range(CACHED_ANSWERS):
        publication.get(Shelf.MATCH, key)  # nothing is kept of what is not there
    assert len(publication._cache) == CACHED_ANSWERS
    assert publication.get(Shelf.BUCKET, 3) == OLD


@pytest.mark.parametrize(
    ("buckets", "digits"), [(0, 1), (1, 1), (2, 1), (16, 1), (32, 2), (256, 2), (512, 3)]
)
def test_prefixes_have_as_many_digits_as_their_bits_need(file: Path, buckets: int, digits: int) -> None:
    made = PublicationFile(file)
    made.replace_all([(Shelf.BUCKET, key, OLD) for key in range(buckets)])
    assert made.prefix_digits == digits
    made.close()


# --- damage ---


def fresh(file: Path) -> bool:
    """Whether the file opens and is empty, so that it will be rendered anew."""
    made = PublicationFile(file)
    try:
        made.replace_all([(Shelf.STATE, 0, NEW)])
        return made.get(Shelf.STATE, 0) == NEW
    finally:
        made.close()


@pytest.fixture
def whole(file: Path) -> bytes:
    """The bytes of a sound publication of some size."""
    made = PublicationFile(file)
    body = render({"text": random.Random(1).randbytes(3_000).hex()})
    made.replace_all([(Shelf.BUCKET, key, body) for key in range(50)])
    made.close()
    return file.read_bytes()


@pytest.mark.parametrize("size", [1, 50, 100, 4096, 50_000])
def test_random_bytes_are_replaced(file: Path, size: int) -> None:
    file.write_bytes(random.Random(size).randbytes(size))
    assert fresh(file)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.95])
def test_a_truncated_file_is_replaced(file: Path, whole: bytes, kept: float) -> None:
    file.write_bytes(whole[: int(len(whole) * kept)])
    made = PublicationFile(file)
    assert made.get(Shelf.BUCKET, 1) is None
    made.close()
    assert fresh(file)


def test_pages_full_of_zeros_are_noticed(file: Path, whole: bytes) -> None:
    file.write_bytes(whole[:8192] + bytes(40_000) + whole[48_192:])
    made = PublicationFile(file)
    assert made.get(Shelf.BUCKET, 1) is None
    made.close()


def test_a_flipped_header_byte_never_stops_the_server(file: Path, whole: bytes) -> None:
    for place in range(100):
        for leftover in file.parent.glob(file.name + "-*"):
            leftover.unlink()
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        assert fresh(file), place


def test_an_older_format_is_replaced(file: Path, whole: bytes) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 77")
        connection.commit()
    made = PublicationFile(file)
    assert made.get(Shelf.BUCKET, 1) is None
    made.close()


def test_replacing_leaves_neighbours_alone(file: Path) -> None:
    file.write_bytes(b"garbage")
    for name in ("publication.sqlite.backup", "publication.sqlite2", "archive.sqlite"):
        (file.parent / name).write_bytes(b"mine")
    assert fresh(file)
    for name in ("publication.sqlite.backup", "publication.sqlite2", "archive.sqlite"):
        assert (file.parent / name).read_bytes() == b"mine"


def test_a_folder_in_its_place_is_told_in_one_sentence(file: Path) -> None:
    file.mkdir()
    with pytest.raises(ArchiveUnusable, match=r"cannot be written.*\.$"):
        PublicationFile(file)
    assert file.is_dir()


def test_a_file_that_another_process_writes_is_not_deleted(
    file: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **options: connect(*args, **options, timeout=0.1))
    with closing(connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ArchiveUnusable, match="another process"):
            PublicationFile(file)
        other.execute("ROLLBACK")
    assert fresh(file)


def test_recent_answers_stay_within_their_bounds() -> None:
    kept: RecentAnswers[int, bytes] = RecentAnswers(10, 100_000)
    for key in range(100):
        kept.put(key, b"%d" % key, 2)
        assert len(kept) <= 10
        assert kept.get(0) == b"0"  # asked for all the time
    assert kept.get(99) == b"99"
    assert kept.get(50) is None
    kept = RecentAnswers(10, 100_000)
    for key in range(100):
        kept.put(key, b"x", 30_000)
        assert len(kept) <= 3
    kept.clear()
    assert len(kept) == 0
    assert kept.get(99) is None
