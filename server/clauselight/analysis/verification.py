"""Checks the archive against itself: every hash computed again, every quote looked for where it is said to
stand, every line of the log held against the one before and against what it speaks of.

Nothing is taken on trust that can be computed; a byte that changed in a snapshot, a version, a record or the
log is found by at least one of these. It reads only: what fails is told, and mended by nobody but a person.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.history import ChangeRecord
from clauselight.contract.record_rules import SnapshotFacts, check_record
from clauselight.contract.vocabulary import ChangeKind
from clauselight.domain.changes import words_key
from clauselight.store.engine import ArchiveUnusable
from clauselight.store.history_tables import capture, version
from clauselight.store.log import broken_links, walk_log
from clauselight.store.provision_rows import StoredRow, read_rows, stored_hashes
from clauselight.store.sightings import Evidence
from clauselight.store.snapshots import get_snapshot
from clauselight.store.tables import provision, snapshot
from clauselight.store.versions import text_hash, version_text

from .quote_places import VersionText
from .snapshot_text import find_quote

Progress = Callable[[str, int, int], None]

RECORD_LINES: Final = "records"
"""Member of a log line that holds the hashes of the records it wrote, by id."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that does not hold: about what (an id or a hash), which check, and a sentence."""

    subject: str
    check: str
    sentence: str


@dataclass(slots=True)
class Verification:
    """What was checked, how often, and what failed; `records` by id."""

    failures: list[Failure] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)
    records: dict[str, Evidence] = field(default_factory=dict)

    def fail(self, subject: str, check: str, sentence: str) -> None:
        """Note that something does not hold."""
        self.failures.append(Failure(subject, check, sentence))


async def verify(
    connection: AsyncConnection,
    *,
    today: dt.date,
    only: Collection[str] = (),
    progress: Progress = lambda *_: None,
) -> Verification:
    """Check everything, or only the documents and provisions with some ids (and the whole log, which cannot
    be checked in parts)."""
    checker = _Checker(connection, today, frozenset(only), progress)
    await checker.log()
    await checker.snapshots()
    await checker.versions()
    await checker.records()
    return checker.result


class _Checker:
    def __init__(
        self, connection: AsyncConnection, today: dt.date, only: frozenset[str], progress: Progress
    ) -> None:
        self.connection, self.today, self.only, self.progress = connection, today, only, progress
        self.result = Verification()
        self.logged_versions: dict[tuple[str, int], Mapping[str, Any]] = {}
        self.logged_captures: dict[int, tuple[str, Mapping[str, Any]]] = {}
        self.logged_records: dict[str, str] = {}
        self.sound: dict[str, bool] = {}
        self.texts: dict[tuple[str, int], VersionText | None] = {}

    async def log(self) -> None:
        """The chain, and what its lines say of captures, versions and records."""
        for link in await broken_links(self.connection):
            self.result.fail(f"log line {link.sequence}", "log", link.sentence)
        async for entry in walk_log(self.connection):
            self.result.checked["log lines"] += 1
            try:
                fields = entry.fields
            except ValueError:
                continue  # the chain's check has told already
            if not isinstance(fields, dict):
                continue
            if entry.kind == "version":
                self.logged_versions[entry.subject, fields.get("version", 0)] = fields
            elif entry.kind == "capture":
                self.logged_captures[fields.get("capture", 0)] = (entry.subject, fields)
            hashes = fields.get(RECORD_LINES)
            if isinstance(hashes, dict):
                self.logged_records.update(hashes)
            else:
                # A person's decision wrote the record again; from then on its own hash speaks for it.
                self.logged_records.pop(entry.subject, None)

    async def snapshots(self) -> None:
        """Every snapshot's bytes have the hash that it is stored under."""
        where = await self._snapshots_wanted()
        names = (await self.connection.execute(sa.select(snapshot.c.sha256).where(where))).scalars().all()
        for done, name in enumerate(sorted(names)):
            self.progress("snapshots", done, len(names))
            kept = await get_snapshot(self.connection, name)
            self.sound[name] = kept is not None and kept.sha256 == name
            self.result.checked["snapshots"] += 1
            if not self.sound[name]:
                self.result.fail(name, "snapshot", "its bytes do not have the SHA-256 that names them")

    async def _snapshots_wanted(self) -> sa.ColumnElement[bool]:
        if not self.only:
            return sa.true()
        documents = await self._documents()
        named = await self.connection.execute(
            sa.select(version.c.snapshot_sha256).where(version.c.document_id.in_(documents))
        )
        return snapshot.c.document_id.in_(documents) | snapshot.c.sha256.in_(named.scalars().all())

    async def _documents(self) -> list[str]:
        of_records = await self.connection.execute(
            sa.select(provision.c.document_id).where(provision.c.id.in_(self.only)).distinct()
        )
        return sorted({one for one in self.only if one.startswith("CL-D-")} | set(of_records.scalars()))

    async def versions(self) -> None:
        """Every version's text has its hash, and the log says the same of it and of its capture."""
        documents = frozenset(await self._documents()) if self.only else None
        where = sa.true() if documents is None else version.c.document_id.in_(documents)
        columns = [column for column in version.c if column.name != "text"]
        rows = (
            await self.connection.execute(
                sa.select(*columns).where(where).order_by(version.c.document_id, version.c.number)
            )
        ).all()
        expected = {key for key in self.logged_versions if documents is None or key[0] in documents}
        present = {(row.document_id, row.number) for row in rows}
        for document_id, number in sorted(expected - present):
            self.result.fail(document_id, "version", f"version {number} is in the log, and is not stored")
        for done, row in enumerate(rows):
            self.progress("versions", done, len(rows))
            self.result.checked["versions"] += 1
            await self._version(row)
        await self._captures()

    async def _version(self, row: Any) -> None:
        name = f"version {row.number}"
        try:
            text = await version_text(self.connection, row.document_id, row.number)
        except ArchiveUnusable:
            text = None
        key = (row.document_id, row.number)
        if text is None or text_hash(text) != row.text_sha256:
            self.result.fail(row.document_id, "version", f"the text of {name} does not have its SHA-256")
            self.texts[key] = None
        if row.snapshot_sha256 not in self.sound:
            self.result.fail(row.document_id, "version", f"the snapshot of {name} is not stored")
        said = self.logged_versions.get(key)
        if said is None:
            self.result.fail(row.document_id, "version", f"no line of the log speaks of {name}")
            return
        stored = {
            "capture": row.capture_id,
            "captured_at": row.captured_at.replace(tzinfo=dt.UTC).isoformat(),
            "kind": row.kind,
            "summary": row.summary,
            "snapshot": row.snapshot_sha256,
            "text": row.text_sha256,
            "words": row.words,
            "language": row.language,
            "counts": row.counts,
        }
        for field_name, value in stored.items():
            if field_name in said and said[field_name] != value:
                self.result.fail(
                    row.document_id, "version", f"the {field_name} of {name} is not what the log says"
                )

    async def _captures(self) -> None:
        """What is stored of every capture is what its line in the log says."""
        documents = await self._documents() if self.only else None
        where = sa.true() if documents is None else capture.c.document_id.in_(documents)
        found = set()
        for row in await self.connection.execute(sa.select(capture).where(where)):
            self.result.checked["captures"] += 1
            found.add(row.id)
            subject, said = self.logged_captures.get(row.id, (None, {}))
            stored = {
                "url": row.url,
                "final_url": row.final_url,
                "method": row.method,
                "outcome": row.outcome,
                "version": row.version,
                "problem": row.problem,
                "snapshot": row.snapshot_sha256,
                "source_ref": row.source_ref,
            }
            if subject is None:
                self.result.fail(row.document_id, "capture", f"no line of the log speaks of capture {row.id}")
            elif subject != row.document_id or any(
                said.get(name) != value for name, value in stored.items() if value is not None or name in said
            ):
                self.result.fail(row.document_id, "capture", f"capture {row.id} is not what the log says")
        for identity, (subject, _) in sorted(self.logged_captures.items()):
            if identity not in found and (documents is None or subject in documents):
                self.result.fail(subject, "capture", f"capture {identity} is in the log, and is not stored")

    async def records(self) -> None:
        """Records have the hash that was stored with them and that the log names last; they keep every rule;
        their quotes stand where they are said to stand."""
        wanted = self._wanted()
        damaged: set[str] = set()
        try:
            async for identity, stored, now in stored_hashes(self.connection):
                if {now} != {stored or now, self.logged_records.get(identity, now)}:
                    damaged.add(identity)
        except ArchiveUnusable as error:
            self.result.fail("records", "record", str(error))
            return
        ids = (await self.connection.execute(sa.select(provision.c.id).where(wanted))).scalars().all()
        for identity in sorted(damaged & set(ids)):
            self.result.fail(identity, "record", "it is not the record that was written: its hash differs")
        by_document: dict[str, list[str]] = defaultdict(list)
        owners = sa.select(provision.c.document_id, provision.c.id).where(wanted).order_by(provision.c.id)
        for row in await self.connection.execute(owners):
            by_document[row.document_id].append(row.id)
        for done, (document_id, some) in enumerate(sorted(by_document.items())):
            self.progress("documents", done, len(by_document))
            self.texts.clear()
            try:
                rows = await read_rows(self.connection, provision.c.document_id == document_id)
            except ArchiveUnusable as error:
                self.result.fail(document_id, "record", str(error))
                continue
            columns = await self._columns(document_id)
            for one in rows:
                if one.record.id in some:
                    await self._record(one, columns[one.record.id], one.record.id not in damaged)

    def _wanted(self) -> sa.ColumnElement[bool]:
        if not self.only:
            return sa.true()
        return provision.c.id.in_(self.only) | provision.c.document_id.in_(self.only)

    async def _columns(self, document_id: str) -> dict[str, Any]:
        rows = await self.connection.execute(
            sa.select(provision).where(provision.c.document_id == document_id)
        )
        return {row.id: row for row in rows}

    async def _record(self, row: StoredRow, columns: Any, intact: bool) -> None:
        record = row.record
        self.result.checked["records"] += 1
        said = (record.clause_type, record.severity.value, record.method.value, record.quote is not None)
        if said != (columns.clause_type, columns.severity, columns.method, bool(columns.has_quote)):
            self.result.fail(record.id, "record", "what the archive's lists say of it is not what it says")
        if row.live == (record.history.changes[-1].kind is ChangeKind.REMOVED):
            self.result.fail(record.id, "record", "whether it is published does not fit its latest change")
        if not row.live:
            return
        name = record.provenance.sha256
        held = name is not None and name in self.sound
        hashed = self.sound.get(name or "") if held else None
        quoted = await self._quote(row) if held and record.quote else None
        facts = SnapshotFacts(name or "", bool(quoted)) if held else None
        for broken in check_record(record, today=self.today, snapshot=facts):
            self.result.fail(record.id, broken.rule, f"{broken.field}: {broken.message}")
        changed = await self._change(record.document, record.history.changes[-1])
        if changed is False:
            self.result.fail(record.id, "change", "the words of its latest change are not in those versions")
        self.result.records[record.id] = Evidence(record.id, hashed and intact, quoted, changed)

    async def _quote(self, row: StoredRow) -> bool:
        assert row.record.quote is not None
        exact = row.record.quote.selector.exact
        if row.seen_version is None:
            kept = await get_snapshot(self.connection, row.record.provenance.sha256 or "")
            return kept is not None and find_quote(exact, kept.body, kept.media_type) is not None
        text = await self._text(row.record.document, row.seen_version)
        if text is None:
            return False
        there = text.text[row.start or 0 : row.end or 0]
        return words_key(there) == words_key(exact)

    async def _change(self, document_id: str, change: ChangeRecord) -> bool | None:
        """Whether both versions of a change are held and say what it says; None when it names none."""
        sides = (
            (change.version_from, change.old_quote),
            (change.version_to, change.new_quote),
        )
        named = [(number, words) for number, words in sides if number is not None and words is not None]
        if not named:
            return None
        for number, words in named:
            text = await self._text(document_id, number)
            if text is None or not text.holds(words):
                return False
        return True

    async def _text(self, document_id: str, number: int) -> VersionText | None:
        key = (document_id, number)
        if key not in self.texts:
            try:
                text = await version_text(self.connection, document_id, number)
            except (ArchiveUnusable, zlib.error):
                text = None
            self.texts[key] = None if text is None else VersionText(text, number)
        return self.texts[key]
