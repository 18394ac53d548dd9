"""`clauselight analyse`: a file or one page of the web, on this computer, with a report for people or
JSON."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clauselight import __version__
from clauselight.analysis.analyser import Analyser
from clauselight.analysis.content import snapshot_of
from clauselight.analysis.documents import address_to_keep
from clauselight.analysis.keeping import FETCHED_NOTE, PageToKeep
from clauselight.capture.policy import policy_for_typed
from clauselight.capture.safe_fetch import fetch_page
from clauselight.contract.analysis import AnalysisAnswer, AnalysisRequest
from clauselight.contract.vocabulary import CaptureMethod
from clauselight.knowledge.clause_types import clause_types
from clauselight.publication.compose import Site
from clauselight.settings import Settings
from clauselight.store.engine import migrate, open_archive
from clauselight.web.analysis_answer import answer_only, keep_and_answer

AGENT: Final = f"Clauselight/{__version__} (fetches one page because its user asked for it)"

FILE_NOTE: Final = "Read from a file by 'clauselight analyse'; the address was given with it."

_ADDRESS: Final = re.compile(r"https?://", re.IGNORECASE)


class CannotAnalyse(Exception):
    """The text is one sentence for the person at the terminal; `wrong_use`: the command line is at fault."""

    def __init__(self, sentence: str, *, wrong_use: bool = False) -> None:
        self.wrong_use = wrong_use
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Source:
    """A page as it was read: its bytes, what is known of them, and how they came (a sentence)."""

    body: bytes
    charset: str | None
    plain: bool
    url: str | None
    note: str
    method: CaptureMethod


def is_address(source: str) -> bool:
    """Whether a source is an address to fetch, and not a file."""
    return bool(_ADDRESS.match(source))


async def read_source(source: str, *, url: str | None, settings: Settings) -> Source:
    """Read a file, standard input (`-`), or one page of the web. Raises CannotAnalyse, CaptureProblem."""
    if is_address(source):
        policy = policy_for_typed(source, agent=AGENT, most_bytes=settings.analysis_bytes)
        fetched = await fetch_page(source, policy)
        where = fetched.final_url if fetched.final_url.startswith("https://") else None
        plain = fetched.media_type == "text/plain"
        return Source(fetched.body, fetched.charset, plain, url or where, FETCHED_NOTE, CaptureMethod.FETCHED)
    body = await asyncio.to_thread(_read_file, source, settings.analysis_bytes)
    return Source(body, None, source.lower().endswith((".txt", ".md")), url, FILE_NOTE, CaptureMethod.SENT)


def _read_file(source: str, most: int) -> bytes:
    try:
        if source == "-":
            body = sys.stdin.buffer.read(most + 1)
        else:
            with Path(source).open("rb") as file:
                body = file.read(most + 1)
    except OSError as error:
        raise CannotAnalyse(f"{source} cannot be read: {error.strerror}.", wrong_use=True) from error
    if len(body) > most:
        raise CannotAnalyse(f"{source} has more than {most:,} bytes.")
    return body


async def analyse_source(source: Source, settings: Settings, *, keep: bool) -> AnalysisAnswer:
    """Analyse a page, in a process with the limits that the server has; with `keep`, put it into the archive.

    Raises CannotAnalyse, PageRefused, LanguageUnknown, GaveUp, NoIdsLeft, ArchiveUnusable.
    """
    # Not above: reading pages takes memory that other commands do not need.
    from clauselight.analysis.markup import utf8
    from clauselight.analysis.refusal import Refused

    try:
        text = utf8(source.body, source.charset).decode("utf-8", "replace")
    except Refused as refused:
        raise CannotAnalyse(refused.sentence) from None
    if keep and source.url is None:
        raise CannotAnalyse("Keeping a page needs its https address: give it with --url.", wrong_use=True)
    try:
        if source.url is not None:
            address_to_keep(source.url)
        request = AnalysisRequest(
            html=None if source.plain else text, text=text if source.plain else None, url=source.url
        )
    except ValueError as error:
        raise CannotAnalyse(
            "The address cannot be that of a document; https is needed.", wrong_use=True
        ) from error
    analyser = Analyser(
        seconds=settings.analysis_seconds,
        categories={one.id: one.category.value for one in clause_types().values()},
    )
    try:
        analysis = await analyser.analyse(request.model_dump_json(exclude_none=True).encode(), verify=keep)
    finally:
        await analyser.close()
    site = Site(settings.public_url, (), ())
    moment = dt.datetime.now(dt.UTC).replace(microsecond=0)
    if not keep and not settings.archive_file.exists():
        return await answer_only(None, site, analysis, url=source.url, title="", moment=moment)
    migrate(settings.archive_file)
    engine = open_archive(settings.archive_file)
    try:
        if not keep or source.url is None:
            return await answer_only(engine, site, analysis, url=source.url, title="", moment=moment)
        media_type, body = snapshot_of(request.html, request.text, None)
        page = PageToKeep(source.url, "", media_type, body, source.note, source.method)
        return await keep_and_answer(engine, site, analysis, page, moment=moment)
    finally:
        await engine.dispose()
