"""What the next capture of a document is compared with: its newest version, and all its provisions."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.document import Document
from clauselight.store.captures import newest_capture
from clauselight.store.documents import get_document
from clauselight.store.provision_rows import StoredRow
from clauselight.store.provisions import stored_provisions
from clauselight.store.refused_labels import RefusedLabel, refused_labels
from clauselight.store.sightings import Sighting
from clauselight.store.versions import Version, version_text, versions_of

from .quote_places import VersionText
from .suspicion import USUAL_OF, Standing

MOST_REMEMBERED: Final = 10_000
"""Versions among which a text that comes back is recognised."""


@dataclass(slots=True)
class DocumentState:
    """A document between two captures. `rows` are None until they are needed; `latest` is the time of the
    latest capture; `failing` the present problem and its beginning; `again` numbers versions by the hash of
    their text."""

    document_id: str
    newest: Version | None = None
    text: VersionText | None = None
    rows: dict[str, StoredRow] | None = None
    latest: dt.datetime | None = None
    failing: tuple[str, dt.datetime] | None = None
    standing: Standing = field(default_factory=Standing)
    again: dict[str, int] = field(default_factory=dict)
    refused: list[RefusedLabel] = field(default_factory=list)

    def refuses(self, clause_type: str, words: str) -> bool:
        """Whether a person refused this label."""
        return any(one.covers(clause_type, words) for one in self.refused)

    def now_at(self, made: Version, text: VersionText) -> None:
        """A new version was recorded."""
        self.newest, self.text, self.latest, self.failing = made, text, made.captured_at, None
        self.again[made.text_sha256] = made.number
        words = (*self.standing.words, made.words)[-USUAL_OF:]
        self.standing = Standing(words, made.language or self.standing.language)

    def follow(self, written: list[StoredRow], seen: list[Sighting], version: int) -> None:
        """Provisions were written, and seen in a version."""
        rows = self.rows if self.rows is not None else {}
        rows |= {row.record.id: row for row in written}
        for one in seen:
            row = rows[one.provision_id]
            rows[one.provision_id] = dataclasses.replace(
                row, seen_version=version, start=one.start, end=one.end
            )


async def load_state(connection: AsyncConnection, document: Document) -> DocumentState:
    """The state of a document as the archive holds it. Raises ArchiveUnusable."""
    recent, _ = await versions_of(connection, document.id, limit=MOST_REMEMBERED)
    latest = await newest_capture(connection, document.id)
    now = await get_document(connection, document.id)
    problem = now.capture_problem if now else None
    state = DocumentState(
        document.id,
        latest=latest.started_at if latest else None,
        failing=(problem.kind, problem.since) if problem else None,
        refused=await refused_labels(connection, document.id),
    )
    if recent:
        state.newest = recent[0]
        text = await version_text(connection, document.id, recent[0].number)
        assert text is not None
        state.text = VersionText(text, recent[0].number)
        state.again = {one.text_sha256: one.number for one in reversed(recent)}
        words = tuple(one.words for one in reversed(recent[:USUAL_OF]))
        language = next((one.language for one in recent if one.language), None)
        state.standing = Standing(words, language or "")
    return state


async def provisions_of(connection: AsyncConnection, state: DocumentState) -> list[StoredRow]:
    """All provisions that the document ever had, read when they are first needed."""
    if state.rows is None:
        rows = await stored_provisions(connection, state.document_id)
        state.rows = {row.record.id: row for row in rows}
    return [state.rows[identity] for identity in sorted(state.rows)]
