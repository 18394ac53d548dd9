"""`clauselight import open-terms-archive`: a versions repository, with its whole history.

One commit is one capture of one document, which is read, compared, followed and logged exactly as if it had
been fetched on the day of the commit. What is done is noted in the archive with it, in one transaction, so
that an import that was killed goes on where it stopped, and one that is done again changes nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from clauselight.analysis.captured import Taken
from clauselight.analysis.document_state import DocumentState, load_state, provisions_of
from clauselight.analysis.markdown import MARKDOWN
from clauselight.analysis.recording import record_capture
from clauselight.contract.document import Document
from clauselight.contract.vocabulary import CaptureMethod
from clauselight.store.captures import CaptureOutcome, newest_capture
from clauselight.store.engine import write_alone
from clauselight.store.notes import read_note, write_note

from .git_history import FileChange, Repository, newest_commit, open_repository
from .ota_documents import known_documents
from .ota_reading import Before, Reading
from .ota_report import ImportReport
from .refused import Progress

LONGEST_TRANSACTION: Final = 0.5
"""Seconds after which what is done is committed: often enough that a kill loses little and a server that
runs on the same archive need not wait, seldom enough that the disk does not set the pace."""

TECHNICAL: Final = re.compile(r"^(?:Apply technical or declaration upgrade|Refilter)\b", re.IGNORECASE)
"""Commits in which the collection changed, and perhaps not the document."""

TECHNICAL_NOTE: Final = (
    "Open Terms Archive changed its way of reading the page at this time, so the document itself need not "
    "have changed."
)

_DONE: Final = "open-terms-archive:done:"
"""Begins the name of a note that all of a repository was imported up to a commit, with how much that was."""

_PATH = re.compile(r"(?P<service>[^/\x00-\x1f\x7f]{1,150})/(?P<kind>[^/\x00-\x1f\x7f]{1,150})\.md")


async def import_versions(
    engine: AsyncEngine, path: Path, progress: Progress, *, now: dt.datetime
) -> ImportReport:
    """Import a checkout, a bare repository or a bundle. Raises RepositoryUnusable, NoIdsLeft,
    ArchiveUnusable."""
    report = ImportReport()
    newest = newest_commit(path)
    if newest is not None:
        async with engine.connect() as connection:
            done_before = await read_note(connection, f"{_DONE}{newest}")
        if done_before is not None:
            report.documents, report.known = map(int, done_before.split())
            return report
    with open_repository(path) as repository:
        by_path: dict[str, list[FileChange]] = defaultdict(list)
        for change in repository.changes():
            if _PATH.fullmatch(change.path):
                by_path[change.path].append(change)
        origin = repository.root()
        async with engine.connect() as connection:
            known = await known_documents(connection)
        total = sum(len(changes) for changes in by_path.values())
        done = 0
        for name, changes in sorted(by_path.items()):
            match = _PATH.fullmatch(name)
            assert match is not None
            document = known.named(match["service"], match["kind"])
            if document is None:
                report.skipped.append(
                    f"{match['service']}, {match['kind']}: no address of it is known; "
                    "import the declarations of this collection first."
                )
            else:
                history = _History(engine, repository, document, name, changes, origin, now)
                await history.go_on(report, progress, done, total)
                report.documents += 1
            done += len(changes)
            progress("versions", done, total)
        if not report.skipped:
            async with engine.begin() as connection:
                await write_note(connection, f"{_DONE}{repository.head}", f"{report.documents} {total}")
    return report


class _History:
    """The commits of one document."""

    def __init__(
        self,
        engine: AsyncEngine,
        repository: Repository,
        document: Document,
        path: str,
        changes: Sequence[FileChange],
        origin: str,
        now: dt.datetime,
    ) -> None:
        self._engine, self._repository, self._document = engine, repository, document
        self._changes, self._now = changes, now
        named = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self._note = f"open-terms-archive:{origin[:16]}:{named}"
        self._reading = Reading()
        self._state: DocumentState | None = None
        self._capture = -1

    async def go_on(self, report: ImportReport, progress: Progress, done: int, total: int) -> None:
        """Import what was not imported before."""
        async with self._engine.connect() as connection:
            left = await self._left(connection, report)
        report.known += len(self._changes) - len(left)
        at = 0
        while at < len(left):
            async with self._engine.begin() as connection:
                await write_alone(connection)
                await self._still_the_newest(connection)
                until = time.monotonic() + LONGEST_TRANSACTION
                while at < len(left):
                    await self._one(connection, left[at], report)
                    at += 1
                    if time.monotonic() >= until:
                        break
                await write_note(connection, self._note, left[at - 1].commit)
            progress("versions", done + len(self._changes) - len(left) + at, total)
        if self._state is not None:
            report.provisions += len(self._state.rows or {})

    async def _left(self, connection: AsyncConnection, report: ImportReport) -> list[FileChange]:
        last = await read_note(connection, self._note)
        if last is None:
            return list(self._changes)
        for place, change in enumerate(self._changes):
            if change.commit == last:
                return list(self._changes[place + 1 :])
        newest = await newest_capture(connection, self._document.id)
        report.skipped.append(
            f"{self._document.title}: the repository's history was written anew since the last import; "
            "only what is newer is taken."
        )
        since = newest.started_at.timestamp() if newest else 0
        return [change for change in self._changes if change.at > since]

    async def _still_the_newest(self, connection: AsyncConnection) -> None:
        """Read the document's state anew when somebody else has captured it meanwhile."""
        newest = await newest_capture(connection, self._document.id)
        identity = newest.id if newest else 0
        if self._state is None or identity != self._capture:
            self._state = await load_state(connection, self._document)
            self._capture = identity

    async def _before(self, connection: AsyncConnection) -> Before:
        state = self._state
        assert state is not None
        versions = {row.record.method_version for row in await provisions_of(connection, state)}
        text = state.text.text if state.text else None
        return Before(text, state.standing.language, frozenset(one for one in versions if one))

    async def _one(self, connection: AsyncConnection, change: FileChange, report: ImportReport) -> None:
        report.commits += 1
        if change.blob is None:
            report.problems.append(f"{self._document.title}, {change.commit[:12]}: the file was taken away.")
            return
        assert self._state is not None
        moment = dt.datetime.fromtimestamp(max(change.at, 0), dt.UTC)
        body = self._repository.read(change.blob)
        analysis, problem = self._reading.read(body, await self._before(connection))
        taken = Taken(
            url=self._document.urls[0],
            final_url=self._document.urls[0],
            moment=min(moment, self._now),
            method=CaptureMethod.IMPORTED,
            media_type=MARKDOWN,
            body=body or b"",
            problem=problem,
            source_ref=f"open-terms-archive:{change.commit}",
            note=TECHNICAL_NOTE if TECHNICAL.match(change.subject) else "",
        )
        recorded = await record_capture(connection, self._document, taken, analysis, state=self._state)
        self._capture = recorded.capture_id
        if recorded.outcome is CaptureOutcome.PROBLEM and recorded.problem is not None:
            day = recorded.moment.date().isoformat()
            report.problems.append(f"{self._document.title}, {day}: {recorded.problem[1]}")
        elif recorded.outcome is CaptureOutcome.VERIFIED:
            report.verified += 1
        elif recorded.kind is not None:
            report.versions[recorded.kind] += 1
            report.changes.update(recorded.counts)
