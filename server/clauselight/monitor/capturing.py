"""Captures one document: fetched politely, read in a process of its own, recorded in one transaction."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from clauselight.analysis.analyser import Analyser, Busy, GaveUp, PageRefused
from clauselight.analysis.captured import Recorded, Taken
from clauselight.analysis.document_state import DocumentState, load_state
from clauselight.analysis.found import Analysis
from clauselight.analysis.markup import utf8
from clauselight.analysis.recording import record_capture
from clauselight.analysis.refusal import Refused
from clauselight.capture.capturer import Capturer, Render
from clauselight.capture.fetched import Conditional, Fetched
from clauselight.capture.problems import CaptureProblem
from clauselight.capture.snapshot import Snapshot
from clauselight.contract.analysis import AnalysisRequest
from clauselight.contract.document import Document
from clauselight.contract.vocabulary import CaptureMethod
from clauselight.store.captures import CaptureOutcome, newest_capture
from clauselight.store.engine import write_alone

log = logging.getLogger("clauselight.monitor")

ASK_AGAIN: Final = 0.5
"""Seconds until the analyser is asked again when it has enough to do for readers, who go first."""

Settle = Callable[[AsyncConnection, Recorded, CaptureProblem | None], Awaitable[None]]
"""What else is written in the transaction that records a capture; the problem is that of fetching."""

Read = Analysis | PageRefused


class DocumentCapturer:
    """Captures documents for one process. `lock`: held while the archive is written to, as by others."""

    def __init__(
        self, engine: AsyncEngine, capturer: Capturer, analyser: Analyser, *, lock: asyncio.Lock | None = None
    ) -> None:
        self._engine = engine
        self._capturer = capturer
        self._analyser = analyser
        self._lock = lock or asyncio.Lock()

    async def capture(
        self,
        document: Document,
        url: str,
        *,
        render: Render = "auto",
        settle: Settle | None = None,
    ) -> Recorded:
        """Capture and record; returns what came of it.

        Raises GaveUp when the page could not be read through our own fault, NoIdsLeft, ArchiveUnusable; then
        nothing is recorded.
        """
        conditional = await self._conditional(document, render)
        seen: dict[str, Read] = {}

        async def holds_policy(fetched: Fetched) -> bool:
            return isinstance(await self._read(fetched, seen), Analysis)

        moment = dt.datetime.now(dt.UTC)
        try:
            fetched = await self._capturer.capture(
                url, render=render, holds_policy=holds_policy, conditional=conditional
            )
        except CaptureProblem as problem:
            taken = Taken(
                url=url,
                final_url=problem.url or url,
                moment=moment,
                method=CaptureMethod.FETCHED,
                problem=(problem.kind, problem.sentence),
                status=problem.status,
            )
            return await self._record(document, taken, None, settle, problem=problem)
        if fetched.not_modified:
            return await self._record(document, _taken(url, fetched), None, settle, unchanged=True)
        read = await self._read(fetched, seen)
        if isinstance(read, PageRefused):
            why = fetched.not_rendered
            sentence = f"{read.sentence} {why.sentence}" if why else read.sentence
            taken = _taken(url, fetched, problem=(read.kind, sentence))
            return await self._record(document, taken, None, settle)
        return await self._record(document, _taken(url, fetched), read, settle)

    async def _conditional(self, document: Document, render: Render) -> Conditional | None:
        """What the last good capture said of itself; only where there is a version that it can still be."""
        if render == "always" or document.version is None or document.capture_problem is not None:
            return None
        good = (CaptureOutcome.VERSION, CaptureOutcome.VERIFIED)
        async with self._engine.connect() as connection:
            last = await newest_capture(connection, document.id, outcomes=good)
        if last is None or not (last.etag or last.last_modified):
            return None
        return Conditional(last.etag, last.last_modified, last.final_url)

    async def _read(self, fetched: Fetched, seen: dict[str, Read]) -> Read:
        """What the page says, once for each page however often it is asked."""
        key = fetched.sha256
        if key not in seen:
            try:
                seen[key] = await self._analyse(fetched)
            except PageRefused as refused:
                seen[key] = refused
        return seen[key]

    async def _analyse(self, fetched: Fetched) -> Analysis:
        try:
            text = utf8(fetched.body, fetched.charset).decode("utf-8", "replace")
        except Refused as refused:
            raise PageRefused(refused.kind, refused.sentence) from None
        plain = fetched.media_type == "text/plain"
        address = fetched.final_url if fetched.final_url.startswith("https://") else None
        try:
            request = AnalysisRequest(html=None if plain else text, text=text if plain else None, url=address)
        except ValueError:
            raise PageRefused("empty", "There is no text to read.") from None
        body = request.model_dump_json(exclude_none=True).encode()
        while True:
            try:
                return await self._analyser.analyse(body, verify=True, any_language=True)
            except Busy:
                await asyncio.sleep(ASK_AGAIN)

    async def _record(
        self,
        document: Document,
        taken: Taken,
        analysis: Analysis | None,
        settle: Settle | None,
        *,
        unchanged: bool = False,
        problem: CaptureProblem | None = None,
    ) -> Recorded:
        async with self._lock, self._engine.connect() as connection:
            await write_alone(connection)
            state = await load_state(connection, document)
            if unchanged:
                analysis = _same_again(state)
            recorded = await record_capture(connection, document, taken, analysis, state=state)
            if settle is not None:
                await settle(connection, recorded, problem)
            await connection.commit()
        return recorded


def _same_again(state: DocumentState) -> Analysis:
    """What would be read of a page that was not sent again because it is the same."""
    assert state.newest is not None and state.text is not None, "asked only where there is a version"
    newest = state.newest
    return Analysis("", newest.language or "", newest.words, 0, "", (), text=state.text.text)


def _taken(url: str, fetched: Fetched, problem: tuple[str, str] | None = None) -> Taken:
    rendered = fetched.method == "rendered"
    return Taken(
        url=url,
        final_url=fetched.final_url,
        moment=fetched.started_at,
        method=CaptureMethod.RENDERED if rendered else CaptureMethod.FETCHED,
        media_type="" if fetched.not_modified else Snapshot.of(fetched).media_type,
        body=fetched.body,
        problem=problem,
        status=fetched.status,
        headers=dict(fetched.headers),
        milliseconds=fetched.milliseconds,
    )


__all__ = ["DocumentCapturer", "GaveUp"]
