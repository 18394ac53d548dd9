"""Gives memory back to the system as soon as it is not needed, where the C library would keep it.

A new index of a million documents takes some 30 MB for a moment. glibc learns from the first large piece that
is freed to keep the next ones (mallopt(3), M_MMAP_THRESHOLD), each thread in an arena of its own. Other C
libraries have their own ways, and are left alone.
"""

from __future__ import annotations

import ctypes
from typing import Final

_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8
"""glibc's numbers for the parameters (malloc.h)."""

LARGE: Final = 512 * 1024
"""Bytes from which a piece of memory goes back to the system when it is freed. Above any bucket and below any
array of a large index."""


def return_large_pieces() -> None:
    """From now on, large pieces go back at once, and threads, of which one at a time runs Python, share one
    arena. For the start of a process that runs for long."""
    try:
        library = ctypes.CDLL(None)
        library.mallopt(_MMAP_THRESHOLD, LARGE)
        library.mallopt(_ARENA_MAX, 1)
    except (AttributeError, OSError, TypeError):
        return


def give_back_memory() -> None:
    """Whatever is free goes back now."""
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):
        return
