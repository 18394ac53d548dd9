"""Reads files of another project from where its user keeps them: a folder, a checkout, or a tar archive.

Nothing is unpacked to disk. An archive may come from anybody: links and devices in it are passed over, files
larger than they can honestly be are refused, and reading ends when more is unpacked than any such project
has.
"""

from __future__ import annotations

import datetime as dt
import os
import stat
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

MOST_FILES: Final = 100_000
"""Entries of an archive or folder that are looked at; the larger of the two packs has 3,131."""

LARGEST_FILE: Final = 16 * 1024 * 1024
"""Bytes; the largest file of the two has 1.2 million."""

MOST_BYTES: Final = 1024 * 1024 * 1024
"""Bytes that an archive may unpack to before it is taken for a bomb."""

OLDEST: Final = dt.date(2005, 1, 1)
"""Before the projects began: an archive with older dates (1970 as a rule) was made without dates."""


class PackUnreadable(Exception):
    """The pack cannot be read; the text is one sentence for the person at the terminal."""


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file: its path inside the pack with `/`, its bytes, and the day of its last change if known."""

    name: str
    body: bytes
    changed_on: dt.date | None


@dataclass(frozen=True, slots=True)
class PackProblem:
    """A file that was not read, and why."""

    name: str
    why: str


def read_pack(path: Path, wanted: Callable[[str], bool]) -> Iterator[PackFile | PackProblem]:
    """The wanted files of a folder or archive, in the order of their names (folder) or as they lie (archive).

    `wanted` is asked with the path inside the pack. Raises PackUnreadable.
    """
    try:
        if path.is_dir():
            yield from _folder(path, wanted)
        elif path.exists():
            yield from _archive(path, wanted)
        else:
            raise PackUnreadable(f"There is nothing at {path}.")
    except (tarfile.TarError, EOFError) as error:
        raise PackUnreadable(f"{path} cannot be read as a tar archive: {error}.") from error
    except OSError as error:
        raise PackUnreadable(f"{path} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:  # lzma and zlib name no class of their own in common
        raise PackUnreadable(f"{path} is damaged: {error}.") from error


def _folder(path: Path, wanted: Callable[[str], bool]) -> Iterator[PackFile | PackProblem]:
    seen = 0
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            seen += 1
            if seen > MOST_FILES:
                raise PackUnreadable(f"{path} holds more than {MOST_FILES:,} files.")
            file = Path(folder) / name
            inside = file.relative_to(path).as_posix()
            if not wanted(inside):
                continue
            status = file.lstat()
            if not stat.S_ISREG(status.st_mode):
                yield PackProblem(inside, "is a link or no ordinary file")
            elif status.st_size > LARGEST_FILE:
                yield PackProblem(inside, f"has more than {LARGEST_FILE:,} bytes")
            else:
                yield PackFile(inside, file.read_bytes(), _day(status.st_mtime))


def _archive(path: Path, wanted: Callable[[str], bool]) -> Iterator[PackFile | PackProblem]:
    import lzma

    seen = unpacked = 0
    try:
        with tarfile.open(path, "r|*") as archive:
            for member in archive:
                seen += 1
                unpacked += max(member.size, 0)
                if seen > MOST_FILES or unpacked > MOST_BYTES:
                    raise PackUnreadable(f"{path} holds more than such a project has; it was not read on.")
                inside = PurePosixPath(member.name).as_posix()
                if not wanted(inside):
                    continue
                if not member.isreg():
                    yield PackProblem(inside, "is a link or no ordinary file")
                elif member.size > LARGEST_FILE:
                    yield PackProblem(inside, f"has more than {LARGEST_FILE:,} bytes")
                else:
                    opened = archive.extractfile(member)
                    assert opened is not None, "ordinary files can be read"
                    yield PackFile(inside, opened.read(LARGEST_FILE + 1), _day(member.mtime))
    except lzma.LZMAError as error:
        raise PackUnreadable(f"{path} is damaged: {error}.") from error


def _day(seconds: float) -> dt.date | None:
    try:
        day = dt.datetime.fromtimestamp(seconds, dt.UTC).date()
    except (OverflowError, OSError, ValueError):
        return None
    return day if OLDEST <= day <= dt.datetime.now(dt.UTC).date() else None
