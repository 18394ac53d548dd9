"""Reads the history of a git repository that somebody else made, without believing anything in it.

The repository's own configuration, hooks and attributes are never read: its objects are lent to an empty
repository of ours (or fetched into it, from a bundle), and git runs there, with no environment but what it
needs. Nothing is ever checked out, so no file name of the repository is written to the disk.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

MOST_BLOB: Final = 8 * 1024 * 1024
"""Largest file in bytes that is read, as large as the largest page that is analysed."""

MOST_BRANCHES: Final = 1_000

MOST_SECONDS: Final = 600
"""Longest that git may take to fetch a bundle."""

_HEX = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_MARK = "\x01"


class RepositoryUnusable(Exception):
    """The path is no repository that can be read; the text is one sentence for the person who gave it."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file of one commit. `blob` is None when the commit took it away."""

    commit: str
    at: int
    """Author date, seconds since 1970."""
    subject: str
    path: str
    blob: str | None


def newest_commit(path: Path) -> str | None:
    """The newest commit of what `open_repository` would read, found without reading it; None when that takes
    more. Raises RepositoryUnusable for what is no repository."""
    if not path.is_file():
        folder = _git_folder(path)
        return _resolved(folder, folder, "HEAD")
    heads: dict[str, str] = {}
    with path.open("rb") as bundle:
        if not bundle.readline(64).startswith(b"# v"):
            raise RepositoryUnusable(f"{path} is no git bundle.")
        for line in iter(lambda: bundle.readline(1_000).rstrip(b"\n"), b""):
            commit, _, name = line.decode("utf-8", "replace").partition(" ")
            if name.startswith("refs/heads/") and _HEX.fullmatch(commit):
                heads[name] = commit
            if len(heads) > MOST_BRANCHES:
                break
    return _main_of(heads)


@contextlib.contextmanager
def open_repository(path: Path) -> Iterator[Repository]:
    """A repository to read: a checkout, a bare repository, or a bundle. Raises RepositoryUnusable."""
    if shutil.which("git") is None:
        raise RepositoryUnusable("The program git is needed to read a repository, and is not installed.")
    with tempfile.TemporaryDirectory(prefix="clauselight-git-") as folder:
        own = Path(folder) / "own.git"
        _git(own, "init", "--quiet", "--bare", "--template=", str(own), inside=False)
        head = _fetched(own, path) if path.is_file() else _lent(own, path)
        repository = Repository(own, head)
        try:
            yield repository
        finally:
            repository.close()


class Repository:
    """A repository at its newest commit."""

    def __init__(self, folder: Path, head: str) -> None:
        self._folder = folder
        self.head = head
        self._reader: subprocess.Popen[bytes] | None = None

    def root(self) -> str:
        """The first commit, which tells histories apart."""
        commits = _git(self._folder, "rev-list", "--first-parent", "--max-parents=0", self.head, "--").split()
        return commits[-1] if commits else self.head

    def changes(self) -> list[FileChange]:
        """Every file that a commit of the main line added, changed or took away, oldest first."""
        said = _git(
            self._folder,
            "log",
            "--first-parent",
            "-m",
            "--reverse",
            "--no-renames",
            "--raw",
            "--no-abbrev",
            "-z",
            "--root",
            f"--format={_MARK}%H %at %s",
            self.head,
            "--",
        )
        return list(_parsed(said))

    def read(self, blob: str) -> bytes | None:
        """The bytes of a file; None when there are more than `MOST_BLOB`. Raises RepositoryUnusable."""
        reader = self._started()
        assert reader.stdin is not None and reader.stdout is not None
        reader.stdin.write(blob.encode() + b"\n")
        reader.stdin.flush()
        head = reader.stdout.readline().decode("ascii", "replace").split()
        if len(head) != 3 or head[1] != "blob":
            raise RepositoryUnusable(f"The repository is damaged: it has no file {blob}.")
        size = int(head[2])
        if size > MOST_BLOB:
            _skip(reader.stdout, size + 1)
            return None
        body = reader.stdout.read(size)
        reader.stdout.read(1)
        if len(body) != size:
            raise RepositoryUnusable("The repository is damaged: git ended while it was read.")
        return body

    def close(self) -> None:
        """End the reading process."""
        if self._reader is not None:
            reader, self._reader = self._reader, None
            assert reader.stdin is not None and reader.stdout is not None
            reader.stdin.close()
            reader.stdout.close()
            try:
                reader.wait(5)
            except subprocess.TimeoutExpired:
                reader.kill()
                reader.wait()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._reader is None:
            self._reader = subprocess.Popen(  # noqa: S603 - fixed arguments
                # Little memory: the files are small, and each is read once.
                [_program(), *_SPARING, "--git-dir", str(self._folder), "cat-file", "--batch"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(self._folder),
                cwd=self._folder,
            )
        return self._reader


_SPARING: Final = tuple(
    part
    for setting in (
        "core.deltaBaseCacheLimit=8m",
        "core.packedGitWindowSize=4m",
        "core.packedGitLimit=32m",
        "pack.threads=1",
    )
    for part in ("-c", setting)
)


def _program() -> str:
    return shutil.which("git") or "git"


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "HOME": str(folder),
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        # A bundle is a file; no address of any kind is ever fetched from.
        "GIT_ALLOW_PROTOCOL": "file",
    }


def _git(folder: Path, *arguments: str, inside: bool = True) -> str:
    where = ["--git-dir", str(folder)] if inside else []
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments; names of the repository never among them
            [_program(), *_SPARING, *where, *arguments],
            capture_output=True,
            check=True,
            timeout=MOST_SECONDS,
            env=_environment(folder if inside else folder.parent),
            cwd=folder.parent,
        )
    except subprocess.TimeoutExpired as error:
        raise RepositoryUnusable("Git took too long to read the repository.") from error
    except (subprocess.CalledProcessError, OSError) as error:
        raise RepositoryUnusable("Git cannot read the repository: it is damaged or none.") from error
    return done.stdout.decode("utf-8", "replace")


def _fetched(own: Path, bundle: Path) -> str:
    """Fetch a bundle; its main branch's newest commit."""
    with bundle.open("rb") as file:
        if not file.read(16).startswith(b"# v"):
            raise RepositoryUnusable(f"{bundle} is no git bundle.")
    source = str(bundle.resolve())
    _git(own, "fetch", "--quiet", "--no-tags", "--no-auto-gc", source, "+refs/heads/*:refs/heads/*")
    said = _git(own, "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads")
    heads = dict(line.rsplit(" ", 1) for line in said.splitlines())
    if (newest := _main_of(heads)) is None:
        raise RepositoryUnusable(f"{bundle} holds no branch.")
    return newest


def _main_of(heads: dict[str, str]) -> str | None:
    for name in ("refs/heads/main", "refs/heads/master", *sorted(heads)):
        if name in heads:
            return heads[name]
    return None


def _lent(own: Path, path: Path) -> str:
    """Lend a repository's objects to our own; the commit that its HEAD names."""
    folder = _git_folder(path)
    common = folder
    with contextlib.suppress(OSError):
        common = (folder / (folder / "commondir").read_text(encoding="utf-8").strip()).resolve()
    objects = (common / "objects").resolve()
    if not objects.is_dir():
        raise RepositoryUnusable(f"{path} is no git repository.")
    if "\n" in str(objects):
        raise RepositoryUnusable("The name of the repository's folder holds a line break.")
    (own / "objects" / "info").mkdir(parents=True, exist_ok=True)
    (own / "objects" / "info" / "alternates").write_text(f"{objects}\n", encoding="utf-8")
    head = _resolved(folder, common, "HEAD")
    if head is None:
        raise RepositoryUnusable(f"{path} has no commit that its HEAD names.")
    return head


def _git_folder(path: Path) -> Path:
    inner = path / ".git"
    if inner.is_dir():
        return inner
    if inner.is_file():
        said = inner.read_text(encoding="utf-8", errors="replace").removeprefix("gitdir:").strip()
        return (path / said).resolve()
    return path


def _resolved(folder: Path, common: Path, name: str, depth: int = 0) -> str | None:
    """What a reference names, read by ourselves: git would read the repository's configuration first."""
    if depth > 5 or ".." in name:
        return None
    for place in (folder, common):
        try:
            said = (place / name).read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            continue
        if said.startswith("ref:"):
            return _resolved(folder, common, said[4:].strip(), depth + 1)
        return said if _HEX.fullmatch(said) else None
    with contextlib.suppress(OSError):
        for line in (common / "packed-refs").read_text(encoding="utf-8", errors="replace").splitlines():
            commit, _, packed = line.partition(" ")
            if packed == name and _HEX.fullmatch(commit):
                return commit
    return None


def _parsed(said: str) -> Iterator[FileChange]:
    parts = iter(said.split("\0"))
    commit, at, subject = "", 0, ""
    for part in parts:
        part = part.lstrip("\n")
        if part.startswith(_MARK):
            commit, stamp, subject = (*part[1:].split(" ", 2), "")[:3]
            at = int(stamp) if re.fullmatch(r"-?\d{1,12}", stamp) else 0
        elif part.startswith(":"):
            _, mode, _, blob, status = part[1:].split(" ")[:5]
            path = next(parts, "")
            regular = mode.startswith("100")  # no symbolic link, no submodule
            if status.startswith("D"):
                yield FileChange(commit, at, subject, path, None)
            elif regular:
                yield FileChange(commit, at, subject, path, blob)


def _skip(stream: IO[bytes], size: int) -> None:
    while size > 0:
        piece = stream.read(min(size, 1 << 20))
        if not piece:
            return
        size -= len(piece)
