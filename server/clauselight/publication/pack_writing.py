"""Writes the packs of a publication, beside readers and an edition that go on meanwhile.

A pack is a new file under a name of its own, complete and on disk before the publication's fact `packs` names
it. So nothing is lost when the process ends in between: the next time leftovers are removed.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from .files import Writing
from .pack import keyed_region, write_pack
from .packs import BUCKETS, MATCHES, match_key, remove_files, remove_packs
from .rendered import Rendered

REGION: Final = 4_096
"""Bytes that a region of matches has on the average, up to twice as many: one or two pages of the system's
memory. The table then takes a megabyte at a million documents."""

ENTRY: Final = 420
"""Bytes that a match has there, on which the number of regions is reckoned; at a million documents."""


def write_packs(publication: Path) -> bool:
    """Write both packs from the publication as it stands, and make it name them. Returns whether they are in
    use: not when somebody else was quicker.

    Raises sqlite3.Error and OSError; then everything is as before.
    """
    names = {kind: f"{publication.stem}.{secrets.token_hex(6)}.{kind}.pack" for kind in (BUCKETS, MATCHES)}
    files = {kind: publication.with_name(name) for kind, name in names.items()}
    try:
        with closing(sqlite3.connect(publication, isolation_level=None)) as connection:
            connection.execute("BEGIN")
            earlier, sequence = _fact(connection, "packs"), int(_fact(connection, "sequence") or 0)
            _write_buckets(connection, files[BUCKETS])
            _write_matches(connection, files[MATCHES])
        with Writing(publication) as writing:
            if writing.fact("packs") != earlier:
                remove_files(files.values())
                return False
            # Leftovers of who was killed. Who is writing some now will find the fact changed, as above.
            remove_packs(publication, but=[*names.values(), *(earlier or {}).values()])
            writing.note("packs", names)
            writing.connection.execute("DELETE FROM newer WHERE sequence <= ?", (sequence,))
    except BaseException:
        remove_files(files.values())
        raise
    # Who has them open goes on reading.
    remove_files(publication.with_name(name) for name in (earlier or {}).values())
    return True


def _fact(connection: sqlite3.Connection, name: str) -> Any:
    row = connection.execute("SELECT value FROM fact WHERE name=?", (name,)).fetchone()
    return None if row is None else json.loads(row[0])


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[tuple[int, bytes]]:
    """Keys in order, with what is sent."""
    rows = connection.execute(f"SELECT key, etag, body FROM {table} ORDER BY key")  # noqa: S608
    return ((key, Rendered(etag, body).sendable()) for key, etag, body in rows)


def _write_buckets(connection: sqlite3.Connection, file: Path) -> None:
    last = connection.execute("SELECT max(key) FROM answer_bucket").fetchone()[0]
    count = 1 if last is None else last + 1
    write_pack(file, count, _numbered(_rows(connection, "answer_bucket"), count))


def _write_matches(connection: sqlite3.Connection, file: Path) -> None:
    tables = ("answer_match", "answer_match_other_language")
    count = sum(
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
        for table in tables
    )
    bits = max(0, (count * ENTRY // REGION).bit_length() - 1)
    own, other = (_rows(connection, table) for table in tables)
    entries = merge(
        ((match_key(key, other_language=False), body) for key, body in own),
        ((match_key(key, other_language=True), body) for key, body in other),
    )
    regions = (
        (number, keyed_region(list(group)))
        for number, group in groupby(entries, key=lambda entry: entry[0] >> (64 - bits))
    )
    write_pack(file, 1 << bits, _numbered(regions, 1 << bits))


def _numbered(found: Iterable[tuple[int, bytes]], count: int) -> Iterator[bytes]:
    """One after another from 0 on, empty where there is none."""
    expected = 0
    for number, region in found:
        yield from (b"" for _ in range(number - expected))
        yield region
        expected = number + 1
    yield from (b"" for _ in range(count - expected))
