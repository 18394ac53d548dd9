"""The publication as plain files: any static server, object store or CDN can host it, no code of ours
running.

Below the folder stand the calls of the API under the names that the extension asks for:

    v1/info.json  v1/index.json  v1/deltas/{state}.json  v1/buckets/{prefix}.json

each once more as `.json.gz`, compressed and padded as this server would send it. A host that knows
pre-compressed files (`NGINX` below) sends those; any other sends the plain ones, or compresses them itself,
which undoes the padding: then the length of an answer may tell a bucket to who listens on the line.

A file appears under its name only when it is complete, and buckets are there before the index that leads to
them. Files whose contents are the same are not touched, so that copying the folder to a host copies what
changed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .files import PublicationFile, Rendered, Shelf
from .places import delta_key
from .render import prefix_name

NGINX: Final = """\
# Inside a server block; `root` is the folder that was given to `clauselight publish`.
# Below a path of the host, write `location /path/v1/` and publish to the folder `path` in `root`.
location /v1/ {
    root /srv/clauselight;
    types { application/json json; }
    default_type application/json;
    gzip_static on;            # sends the .json.gz files as they are, padding included
    gunzip off;
    add_header Cache-Control no-cache always;
    add_header X-Content-Type-Options nosniff always;
    access_log off;            # nobody needs to know which buckets were read
    try_files $uri $uri.json =404;
}
"""

_OURS: Final = re.compile(r"[0-9a-f]{1,16}\.json(\.gz)?", re.ASCII)
"""Names of buckets and deltas: the only files that are ever removed."""

_UNFINISHED: Final = ".unfinished"


class FolderRefused(Exception):
    """The folder cannot be written; the text is one sentence for the person at the terminal."""


@dataclass(slots=True)
class Written:
    """What became of the files; a file and its compressed form count as one."""

    new: int = 0
    unchanged: int = 0
    removed: int = 0


Progress = Callable[[str, int, int], None]


def write_folder(
    publication: PublicationFile, folder: Path, *, force: bool = False, progress: Progress = lambda *_: None
) -> Written:
    """Bring a folder up to date with a publication. `force` writes every file, and over files of others.

    Raises FolderRefused when the folder holds something else below v1/, or cannot be written.
    """
    root = folder / "v1"
    if not force and root.exists() and not (root / "info.json").is_file() and any(root.iterdir()):
        raise FolderRefused(
            f"{root} holds files that are no publication; choose another folder, or overwrite with --force."
        )
    written = Written()
    try:
        for name in ("buckets", "deltas"):
            (root / name).mkdir(parents=True, exist_ok=True)
        places = publication.bucket_places()
        total = len(places) + len(publication.states()) + 3
        kept: dict[str, set[str]] = {"buckets": set(), "deltas": set()}
        for done, (name, answer) in enumerate(_files(publication, places)):
            _write(root / name, answer, written, force=force)
            if "/" in name:
                above, _, file = name.partition("/")
                kept[above] |= {file, file + ".gz"}
            if done % 64 == 0:
                progress("files", done, total)
        for above, names in kept.items():
            _remove_others(root / above, names, written)
        progress("files", total, total)
    except OSError as error:
        raise FolderRefused(f"{error.filename or folder} cannot be written: {error.strerror}.") from error
    return written


def _files(publication: PublicationFile, places: list[int]) -> Iterator[tuple[str, Rendered]]:
    """Every file's name and contents, in the order in which they may appear."""
    for place in places:
        yield (
            f"buckets/{prefix_name(place, publication.bucket_bits)}.json",
            _there(publication, Shelf.BUCKET, place),
        )
    yield "info.json", _there(publication, Shelf.STATE, 0)
    yield "index.json", _there(publication, Shelf.INDEX, 0)
    for state in [*publication.states(), publication.fact("state")["name"]]:
        yield f"deltas/{state}.json", _there(publication, Shelf.DELTA, delta_key(state))


def _there(publication: PublicationFile, shelf: Shelf, key: int) -> Rendered:
    found = publication.get(shelf, key)
    if found is None:
        raise FolderRefused("The publication is not complete; publish again.")
    return found


def _write(file: Path, answer: Rendered, written: Written, *, force: bool) -> None:
    packed = file.with_name(file.name + ".gz")
    # The compressed form decides: it is small, and made of the plain one by the same program.
    if not force and _holds(packed, answer.body) and file.is_file() and file.stat().st_size == _size(answer):
        written.unchanged += 1
        return
    _replace(file, answer.plain())
    _replace(packed, answer.body)
    written.new += 1


def _size(answer: Rendered) -> int:
    """Bytes of the plain form, from the end of the compressed one (RFC 1952, ISIZE)."""
    return int.from_bytes(answer.body[-4:], "little")


def _holds(file: Path, body: bytes) -> bool:
    try:
        return file.stat().st_size == len(body) and file.read_bytes() == body
    except OSError:
        return False


def _replace(file: Path, body: bytes) -> None:
    """Nobody ever reads half a file: it is written under another name and renamed."""
    unfinished = file.with_name(file.name + _UNFINISHED)
    try:
        with unfinished.open("wb") as opened:
            opened.write(body)
            opened.flush()
            os.fsync(opened.fileno())
        unfinished.replace(file)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _remove_others(folder: Path, names: set[str], written: Written) -> None:
    """Buckets and deltas of earlier editions, and what an interrupted run left."""
    for file in folder.iterdir():
        if file.name in names:
            continue
        if _OURS.fullmatch(file.name.removesuffix(_UNFINISHED)):
            file.unlink()
            written.removed += file.suffix == ".json"
