"""Has pages analysed in a process of their own: started when first needed, ended when idle, killed when a
page takes too long.

So a page that somebody else wrote can neither stop the server nor take its memory, and other requests go on
meanwhile. One page is analysed at a time: a second process would double the memory to save a tenth of a
second.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

from .found import Analysis
from .framing import LENGTH, MOST_BYTES, READY, Task, frame

log = logging.getLogger("clauselight.analysis")

STARTS_WITHIN: Final = 60.0
"""Seconds in which libraries and model are loaded. It takes half a second; a busy small computer needs
more."""

IDLE: Final = 120.0
"""Seconds after the last page at which the process ends. A reader who looks at one policy often opens the
next; after that its memory serves nobody."""

MOST_WAITING: Final = 4
"""Pages that wait or are analysed at the same time; more are asked to come again. Each may hold some ten
megabytes."""

_PASSED_ON: Final = ("PATH", "PYTHONPATH", "PYTHONHOME", "LANG", "LC_ALL", "SYSTEMROOT", "HOME", "TMPDIR")
"""Environment that Python needs to start; the rest, which may hold secrets, is nobody's business there."""


WORKER: Final = (sys.executable, "-P", "-m", "clauselight.analysis.worker")
"""The process. `-P`: modules are not looked for in the current folder, which may be one of downloads."""

_NAMES: Final = {"en": "English", "de": "German", "it": "Italian", "pl": "Polish"}
"""Languages by their codes, for a sentence."""

_WHY: Final = {
    "time": "The analysis took longer than is allowed and was ended.",
    "memory": "The analysis took more memory than is allowed and was ended.",
    "error": "The analysis failed; the fault is not the page's.",
}


class PageRefused(Exception):
    """The page shows no policy. `kind` is stable and meant for programs, `sentence` for people."""

    def __init__(self, kind: str, sentence: str) -> None:
        self.kind = kind
        self.sentence = sentence
        super().__init__(sentence)


class LanguageUnknown(Exception):
    """The classifier has no labels for the page's language, a two-letter code or empty when it is not known.

    `known`: codes of the languages that it has labels for.
    """

    def __init__(self, language: str, known: Sequence[str]) -> None:
        self.language = language
        names = " or ".join(_NAMES.get(code, code) for code in known)
        self.sentence = f"Only pages in {names} can be analysed; this one is in another language."
        super().__init__(language)


class GaveUp(Exception):
    """The page could not be analysed: `why` is `time`, `memory` or `error`."""

    def __init__(self, why: str) -> None:
        self.why = why
        self.sentence = _WHY[why]
        super().__init__(why)


class Busy(Exception):
    """Too many pages wait already."""


class Analyser:
    """Analyses pages for one event loop. `seconds`: the longest that one page may take."""

    def __init__(
        self,
        *,
        seconds: float,
        categories: Mapping[str, str],
        command: Sequence[str] = WORKER,
        idle: float = IDLE,
    ) -> None:
        self._seconds = seconds
        self._categories = dict(categories)
        self._command = tuple(command)
        self._idle = idle
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._ending: asyncio.TimerHandle | None = None
        self._ended: set[asyncio.Task[int]] = set()

    @property
    def pid(self) -> int | None:
        """The process's id while it runs."""
        return None if self._process is None or self._process.returncode is not None else self._process.pid

    async def analyse(self, request: bytes, *, verify: bool = False, any_language: bool = False) -> Analysis:
        """Analyse the JSON of a valid `AnalysisRequest`; `verify` also looks for quotes in its snapshot and
        answers with the text, `any_language` reads also what there are no labels for.

        Raises PageRefused, LanguageUnknown, GaveUp, Busy.
        """
        if self._waiting >= MOST_WAITING:
            raise Busy
        self._waiting += 1
        try:
            async with self._turn:
                self._stay()
                try:
                    answer = await self._ask(request, verify, any_language)
                finally:
                    self._end_when_idle()
        finally:
            self._waiting -= 1
        return _read(answer)

    async def close(self) -> None:
        """End the process."""
        self._stay()
        await self._kill()
        if self._ended:
            await asyncio.gather(*self._ended)

    async def _ask(self, request: bytes, verify: bool, any_language: bool) -> dict[str, Any]:
        # A little more than the server's patience, so that the process ends itself only when nobody kills it.
        task = Task(int(self._seconds) + 2, verify, self._categories, any_language)
        frames = frame(task.to_bytes()) + frame(request)
        try:
            process = await self._started()
            try:
                async with asyncio.timeout(self._seconds):
                    answer = await _exchange(process, frames)
            except TimeoutError:
                raise GaveUp("time") from None
            except (ConnectionError, asyncio.IncompleteReadError, ValueError):
                # It died, because the system or a library ended it; or it wrote what is no answer.
                log.warning("the analysing process ended while it read a page")
                raise GaveUp("error") from None
        except BaseException:
            # Whatever went wrong, what the process says next would answer another question.
            await self._kill()
            raise
        if not answer["stays"]:
            self._let_go()
        return answer

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is not None:
            if self._process.returncode is None:
                return self._process
            await self._kill()
        self._process = process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # A library's complaint may quote the page.
            stderr=asyncio.subprocess.DEVNULL,
            limit=1024 * 1024,
            env={
                **{name: os.environ[name] for name in _PASSED_ON if name in os.environ},
                # One thread: a page is small, and each thread of a linear algebra library maps memory.
                **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
            },
        )
        assert process.stdout is not None
        try:
            async with asyncio.timeout(STARTS_WITHIN):
                said = await process.stdout.readexactly(len(READY))
        except (TimeoutError, asyncio.IncompleteReadError):
            said = b""
        if said != READY:
            log.error("the analysing process does not start")
            raise GaveUp("error")
        return process

    async def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()

    def _stay(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None

    def _end_when_idle(self) -> None:
        self._stay()
        self._ending = asyncio.get_running_loop().call_later(self._idle, self._let_go)

    def _let_go(self) -> None:
        """The process ends by itself when there is nothing more to read."""
        process, self._process = self._process, None
        if process is not None and process.stdin is not None:
            process.stdin.close()
            ended = asyncio.get_running_loop().create_task(process.wait())
            self._ended.add(ended)
            ended.add_done_callback(self._ended.discard)


async def _exchange(process: asyncio.subprocess.Process, frames: bytes) -> dict[str, Any]:
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(frames)
    await process.stdin.drain()
    (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
    if length > MOST_BYTES:
        raise ConnectionError("an answer of an impossible length")
    answer: dict[str, Any] = json.loads(await process.stdout.readexactly(length))
    return answer


def _read(answer: dict[str, Any]) -> Analysis:
    value = answer["value"]
    match answer["outcome"]:
        case "analysed":
            return Analysis.from_json(value)
        case "refused":
            raise PageRefused(value["kind"], value["sentence"])
        case "unknown_language":
            raise LanguageUnknown(value["language"], value["known"])
    if value["why"] == "error":
        log.error("a page could not be analysed: %s", value.get("error"))
    raise GaveUp(value["why"])
