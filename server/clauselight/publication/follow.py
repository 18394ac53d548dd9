"""While the server runs: brings the publication up to date as soon as the archive changes, whoever changes
it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Final

from .files import PublicationFile
from .memory import give_back_memory
from .publisher import write_packs_of

log = logging.getLogger("clauselight.publication")

LOOKS_EVERY: Final = 0.25
"""Seconds between looks at the archive\'s revision. tests/benchmarks/server.py prints how soon a change is
seen."""

WAITS_AFTER_FAILURE: Final = 5.0
"""Seconds: a full disk or a damaged record is not cured by asking four times a second."""


PACKS_EVERY: Final = 300.0
"""Seconds at the least between two attempts to write packs: it takes seconds, and may have failed."""


async def follow(file: PublicationFile, publish: Callable[[], Awaitable[bool]]) -> None:
    """Calls `publish` again and again until cancelled, and writes packs when they are wanted. A failure is
    logged once and leaves the earlier edition."""
    failed = ""
    packs_at = 0.0
    while True:
        await asyncio.sleep(WAITS_AFTER_FAILURE if failed else LOOKS_EVERY)
        try:
            file.refresh()
            if await publish():
                give_back_memory()
            if time.monotonic() >= packs_at and file.wants_packs:
                packs_at = time.monotonic() + PACKS_EVERY
                await write_packs_of(file)
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
