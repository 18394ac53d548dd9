"""Packs beside the publication: faster, never different, and done without when they are not there."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.app import site
from clauselight.publication import packs
from clauselight.publication.files import PublicationFile, Rendered, Shelf, Writing, render
from clauselight.publication.pack_writing import write_packs
from clauselight.publication.publisher import publish
from clauselight.settings import DEFAULT_PORT, Settings
from clauselight.store.documents import save_documents
from publications import all_answers, on_shelf, published
from records import a_document

MATCHES = (Shelf.MATCH, Shelf.MATCH_OTHER_LANGUAGE)


def pack_files(file: Path) -> list[str]:
    return sorted(one.name for one in file.parent.glob("*.pack"))


def differing(reader: PublicationFile, keys: set[int]) -> list[tuple[Shelf, int]]:
    """What the hot path would answer otherwise than SQLite holds it, for all answers and some other keys."""
    answers = all_answers(reader.file)
    found = []
    for shelf in MATCHES:
        held = on_shelf(answers, shelf)
        for key in {*held, *keys}:
            answer = reader.match(key, other_language=shelf is Shelf.MATCH_OTHER_LANGUAGE)
            if (answer and Rendered.of_sendable(answer)) != held.get(key):
                found.append((shelf, key))
    buckets = on_shelf(answers, Shelf.BUCKET)
    for key in {*buckets, len(buckets), len(buckets) + 7}:
        answer = reader.bucket(key)
        if (answer and Rendered.of_sendable(answer)) != buckets.get(key):
            found.append((Shelf.BUCKET, key))
    return found


def edit(file: Path, rng: random.Random, sequence: int) -> None:
    """One edition that changes, adds and takes away some answers."""
    with Writing(file) as writing:
        writing.sequence = sequence
        writing.note("sequence", sequence)
        for _ in range(rng.randrange(1, 12)):
            shelf, key = rng.choice(MATCHES), rng.choice([*range(12), *(n << 58 for n in range(12))])
            if rng.random() < 0.3:
                writing.delete(shelf, key)
            else:
                writing.put(shelf, key, render({"made": rng.random()}))
        writing.put(Shelf.BUCKET, rng.randrange(32), render({"made": rng.random()}))


@pytest.mark.parametrize("seed", range(12))
def test_random_editions_are_read_as_sqlite_holds_them(tmp_path: Path, seed: int) -> None:
    """By a reader that is there all the time, and by one that comes later; packs are written now and then."""
    rng, file = random.Random(seed), tmp_path / "p.sqlite"
    keys = {*range(12), *(n << 58 for n in range(12))}
    reader = PublicationFile(file)
    reader.replace_all([(Shelf.BUCKET, place, render({"place": place})) for place in range(32)])
    for sequence in range(1, 30):
        edit(file, rng, sequence)
        if rng.random() < 0.3:
            assert write_packs(file)
        if rng.random() < 0.7:
            reader.refresh()
            assert differing(reader, keys) == [], sequence
    late = PublicationFile(file)
    assert differing(late, keys) == []
    for one in (reader, late):
        one.close()


def test_an_edition_while_packs_are_written_is_newer_than_they(tmp_path: Path) -> None:
    file = tmp_path / "p.sqlite"
    reader = PublicationFile(file)
    edit(file, random.Random(1), 1)
    real = packs.match_key
    done = False

    def edit_meanwhile(key: int, *, other_language: bool) -> int:
        nonlocal done
        if not done:
            done = True
            edit(file, random.Random(2), 2)
        return real(key, other_language=other_language)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("clauselight.publication.pack_writing.match_key", edit_meanwhile)
        assert write_packs(file)
    assert done
    reader.refresh()
    assert reader._packs.newer_matches
    assert differing(reader, set(range(12))) == []
    reader.close()


async def test_a_whole_edition_and_a_change_are_read_from_packs(archive: AsyncEngine, tmp_path: Path) -> None:
    file = tmp_path / "p.sqlite"
    await published(archive, file, smallest=64)
    assert len(pack_files(file)) == 2
    reader = PublicationFile(file)
    assert reader._packs.buckets is not None
    assert not reader.wants_packs
    assert differing(reader, {1, 2, 3}) == []
    async with archive.begin() as connection:
        await save_documents(connection, [a_document(9000)])
    await published(archive, file, smallest=64)
    assert reader.refresh()
    assert differing(reader, {1, 2, 3}) == []
    await published(archive, file, smallest=1)  # everything anew, other buckets
    assert reader.refresh()
    assert differing(reader, {1, 2, 3}) == []
    assert len(pack_files(file)) == 2, "earlier packs are removed"
    reader.close()


@pytest.mark.parametrize("how", ["removed", "emptied", "shortened", "overwritten"])
async def test_a_lost_or_damaged_pack_is_done_without_and_made_anew(
    archive: AsyncEngine, tmp_path: Path, how: str
) -> None:
    file = tmp_path / "p.sqlite"
    await published(archive, file)
    for name in pack_files(file):
        pack = tmp_path / name
        content = pack.read_bytes()
        if how == "removed":
            pack.unlink()
        else:
            changed = {"emptied": b"", "shortened": content[:-1], "overwritten": b"\0" * len(content)}
            pack.write_bytes(changed[how])
    reader = PublicationFile(file)
    assert differing(reader, {1, 2}) == []
    assert reader.wants_packs
    assert write_packs(file)
    assert reader.refresh()
    assert not reader.wants_packs
    assert differing(reader, {1, 2}) == []
    assert len(pack_files(file)) == 2
    reader.close()


async def test_damage_that_is_met_while_reading_is_no_wrong_answer(
    archive: AsyncEngine, tmp_path: Path
) -> None:
    file = tmp_path / "p.sqlite"
    await published(archive, file, smallest=64)
    reader = PublicationFile(file)
    for name in pack_files(file):
        with (tmp_path / name).open("r+b") as opened:  # the same file, under the open reader
            size = opened.seek(0, os.SEEK_END)
            opened.seek(size // 3)
            opened.truncate()
    assert differing(reader, {1, 2}) == []
    assert reader.wants_packs
    reader.close()


async def test_a_full_disk_leaves_the_publication_in_use(
    archive: AsyncEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("clauselight.publication.pack_writing.write_pack", full)
    file = PublicationFile(tmp_path / "p.sqlite")
    assert await publish(archive, file, site=site(Settings(), DEFAULT_PORT), smallest_bucket=1)
    assert pack_files(file.file) == []
    assert differing(file, {1, 2}) == []
    assert file.wants_packs
    file.close()


def test_of_two_writers_one_wins(tmp_path: Path) -> None:
    file = tmp_path / "p.sqlite"
    PublicationFile(file).close()
    edit(file, random.Random(1), 1)
    inner: list[bool] = []
    real = packs.match_key

    def another_writer(key: int, *, other_language: bool) -> int:
        if not inner:
            inner.append(False)
            inner[0] = write_packs(file)
        return real(key, other_language=other_language)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("clauselight.publication.pack_writing.match_key", another_writer)
        assert not write_packs(file)
    assert inner == [True]
    assert len(pack_files(file)) == 2
    reader = PublicationFile(file)
    assert not reader.wants_packs
    assert differing(reader, set(range(12))) == []
    reader.close()


WRITER = """
import sys
from pathlib import Path
from clauselight.publication import pack_writing
print("begun", flush=True)
while True:
    pack_writing.write_packs(Path(sys.argv[1]))
"""


async def test_killed_while_writing(archive: AsyncEngine, tmp_path: Path) -> None:
    """`kill -9` at any moment: the next reader answers as SQLite does, and the next packs clear up."""
    file = tmp_path / "p.sqlite"
    await published(archive, file)
    rng = random.Random(11)
    for _ in range(8):
        child = subprocess.Popen([sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        assert child.stdout.readline() == "begun\n"
        time.sleep(rng.uniform(0, 0.25))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        reader = PublicationFile(file)
        assert differing(reader, {1, 2}) == []
        reader.close()
    assert write_packs(file)
    assert len(pack_files(file)) == 2
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM newer").fetchone() == (0,)


def test_a_publication_that_is_thrown_away_takes_its_packs_along(tmp_path: Path) -> None:
    file = tmp_path / "p.sqlite"
    PublicationFile(file).close()
    edit(file, random.Random(1), 1)
    assert write_packs(file)
    neighbour = tmp_path / "other.1.pack"
    neighbour.write_bytes(b"stays")
    file.write_bytes(b"damaged" * 1000)
    reader = PublicationFile(file)
    assert pack_files(file) == ["other.1.pack"]
    assert reader.match(1, other_language=False) is None
    reader.close()
