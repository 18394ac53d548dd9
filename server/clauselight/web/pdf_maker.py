"""Has PDFs made in a process of their own: one at a time, few waiting, none for long; the latest are kept."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from typing import Final

from aiohttp import web

from clauselight.publication.cache import RecentAnswers
from clauselight.publication.files import Rendered

from .problems import ProblemRaised

log = logging.getLogger("clauselight.pdf")

LONGEST: Final = 20.0
"""Seconds that one PDF may take; usual ones take one, most of it for starting."""

MOST_WAITING: Final = 8
"""Requests that wait for their turn; more are told to come again."""

MOST_KEPT: Final = 32
MOST_BYTES: Final = 1024 * 1024

WORKER: Final = "clauselight.exporters.pdf_worker"


class PdfMaker:
    """Makes PDFs of one application."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._kept: RecentAnswers[str, bytes] = RecentAnswers(MOST_KEPT, MOST_BYTES)

    async def make(self, record: Rendered, origin: str) -> bytes:
        """The PDF of a published record. Raises ProblemRaised when it cannot be had."""
        key = record.etag + origin
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        if self._waiting >= MOST_WAITING:
            raise ProblemRaised(
                "export-busy", "Several PDFs are being made already.", headers={"Retry-After": "5"}
            )
        self._waiting += 1
        try:
            async with self._turn:
                made = self._kept.get(key) or await _made(record, origin)
        finally:
            self._waiting -= 1
        self._kept.put(key, made, len(made))
        return made


async def _made(record: Rendered, origin: str) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        WORKER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        given = origin.encode() + b"\n" + record.plain()
        made, said = await asyncio.wait_for(process.communicate(given), LONGEST)
    except TimeoutError:
        raise ProblemRaised("export-failed", "The PDF took too long to make.") from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if process.returncode != 0 or not made.startswith(b"%PDF-"):
        # What it said last names the error; it may quote the record, which is public.
        log.error("no PDF was made: %s", said.decode(errors="replace").strip().rpartition("\n")[2][:300])
        raise ProblemRaised("export-failed", "The PDF could not be made.")
    return made


PDF_MAKER = web.AppKey("pdf_maker", PdfMaker)


async def make_pdf(app: web.Application, record: Rendered, origin: str) -> bytes:
    """The PDF of a record."""
    return await app[PDF_MAKER].make(record, origin)
