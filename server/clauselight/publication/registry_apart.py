"""Writes the whole registry in a process of its own.

At a million documents that is minutes of computing and a hundred megabytes, which a server that answers
readers meanwhile must not spend: its requests would wait for the interpreter, and the memory would stay with
it. It happens once, and again when the layout of the registry changes. The process is told on its standard
input what the archive knows, as JSON, and has the lowest priority.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from .registry_rows import Gone, write_registry

_MODULE: Final = "clauselight.publication.registry_apart"
_DAMAGED: Final = 3
"""Exit status when the registry's file is damaged."""
_LOWEST_PRIORITY: Final = 19


class RegistryNotWritten(Exception):
    """The process ended without having written the registry."""


async def write_apart(publication: Path, registry: Path, facts: dict[str, Any], gone: Sequence[Gone]) -> None:
    """`registry_rows.write_registry` of everything, in another process, which ends when this is cancelled.

    Raises sqlite3.DatabaseError when the registry's file is damaged, RegistryNotWritten for all else.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        _MODULE,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    task = {"publication": str(publication), "registry": str(registry), "facts": facts, "gone": gone}
    try:
        _, said = await process.communicate(json.dumps(task).encode())
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    last = said.decode(errors="replace").strip().rpartition("\n")[2][:300]
    if process.returncode == _DAMAGED:
        raise sqlite3.DatabaseError(last)
    if process.returncode != 0:
        raise RegistryNotWritten(last or f"exit status {process.returncode}")


def main() -> None:
    """What the process does."""
    os.nice(_LOWEST_PRIORITY)
    task = json.load(sys.stdin)
    gone = [Gone(*one) for one in task["gone"]]
    try:
        write_registry(Path(task["publication"]), Path(task["registry"]), task["facts"], None, gone)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        print(error, file=sys.stderr)
        sys.exit(_DAMAGED)


if __name__ == "__main__":
    main()
