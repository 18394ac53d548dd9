"""While the server runs: brings the publication up to date as soon as the archive changes, whoever changes
it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from .files import PublicationFile
from .memory import give_back_memory

log = logging.getLogger("clauselight.publication")

LOOKS_EVERY: Final = 0.25
"""Seconds between looks at the archive\'s revision. tests/benchmarks/server.py prints how soon a change is
seen."""

WAITS_AFTER_FAILURE: Final = 5.0
"""Seconds: a full disk or a damaged record is not cured by asking four times a second."""


async def follow(file: PublicationFile, publish: Callable[[], Awaitable[bool]]) -> None:
    """Calls `publish` again and again until cancelled. A failure is logged once and leaves the earlier
    edition."""
    failed = ""
    while True:
        await asyncio.sleep(WAITS_AFTER_FAILURE if failed else LOOKS_EVERY)
        try:
            file.refresh()
            if await publish():
                give_back_memory()
            failed = ""
        except asyncio.CancelledError:
            raise
        except Exception as error:
            if not file.sound():
                log.error("the publication is damaged and is made anew from the archive")
                file.start_afresh()
            elif failed != (failed := f"{type(error).__name__}: {error}"):
                # Only of whom it is about, never who asked: nothing of a request is known here.
                log.error("the publication could not be brought up to date: %s", failed)
