"""The analysing process: reads pages from its input, writes what it found to its output, one after another.

A page is what a stranger wrote, so it is read apart from the server: this process has a memory limit, ends
itself when a page takes too long, ends when the server does (its input is closed then), and can be killed
without loss. It opens no network connection and writes no file. Nothing of a page goes into an error's text.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO, Final

from .framing import LENGTH, MOST_BYTES, READY, Task, outcome

MEMORY: Final = 768 * 1024 * 1024
"""Address space in bytes. Libraries and model map about 300 MB, of which a seventh is resident; the largest
pages that are accepted (8 MB of markup) take some 300 MB more."""

RETIRES_ABOVE: Final = 96 * 1024 * 1024
"""Resident bytes after a page from which the process makes room for a fresh one: Python does not give back
what one huge page took, and the next page is small."""

NICENESS: Final = 5
"""Readers' calls come first when there are fewer processors than work."""


def main() -> int:
    """Answer until the input ends."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    from .classify import load_classifier
    from .perform import perform as _loaded_before_the_first_page  # noqa: F401

    load_classifier()
    # Not earlier: until here only our own code ran, and Python may have compiled it to files.
    _limit()
    _give_back_memory()
    sink.write(READY)
    sink.flush()
    stays = True
    while stays and (head := _read(source)) is not None and (body := _read(source)) is not None:
        task = Task.from_bytes(head)
        # What the server would do with a kill; here for the case that there is no server any more.
        _alarm(task.seconds)
        name, value = _answer(task, body)
        _alarm(0)
        del head, body
        _give_back_memory()
        stays = _resident() <= RETIRES_ABOVE
        sink.write(outcome(name, value, stays=stays))
        sink.flush()
        del value
    return 0


def _answer(task: Task, body: bytes) -> tuple[str, dict[str, Any]]:
    from .classify import LANGUAGES, UnknownLanguage
    from .extract import Refused
    from .perform import perform

    started = time.perf_counter()
    try:
        found = perform(task, body)
    except Refused as refused:
        return "refused", {"kind": refused.kind, "sentence": refused.sentence}
    except UnknownLanguage as unknown:
        return "unknown_language", {"language": unknown.language, "known": list(LANGUAGES)}
    except MemoryError:
        return "failed", {"why": "memory"}
    except Exception as error:
        # Only the kind: an error's text may quote the page.
        return "failed", {"why": "error", "error": type(error).__name__}
    return "analysed", {**found, "seconds": round(time.perf_counter() - started, 4)}


def _read(source: BinaryIO) -> bytes | None:
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    if length > MOST_BYTES:
        return None
    body = source.read(length)
    return body if len(body) == length else None


def _limit() -> None:
    """Limits that the system enforces; where it knows none of them (Windows), the server's clock remains."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):
            continue
    os.nice(NICENESS)


def _alarm(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _give_back_memory() -> None:
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):
        return


def _resident() -> int:
    """Bytes of memory that this process holds; 0 where the system does not tell so."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    sys.exit(main())
