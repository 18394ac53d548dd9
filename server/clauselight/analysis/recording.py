"""Records one capture of a document: a verification when its text is the same, a version when it is not, a
problem when it is no policy at all. The one way into the archive for what was fetched, rendered, sent by a
reader's browser, or taken over from somebody else's archive.

Everything happens in the caller's transaction: a capture is recorded whole, with its lines in the log, or not
at all.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.document import Document
from clauselight.contract.history import Provenance
from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.record_rules import RecordRefused, SnapshotFacts, check_record
from clauselight.contract.vocabulary import CaptureMethod, ChangeKind, VersionKind
from clauselight.domain.changes import Comparison, compare
from clauselight.knowledge.clause_types import clause_types
from clauselight.store.captures import Capture, CaptureOutcome, save_capture
from clauselight.store.documents import mark_analysed
from clauselight.store.ids import next_provision_ids
from clauselight.store.log import append_log
from clauselight.store.provision_rows import StoredRow, write_records
from clauselight.store.revisions import touch_documents
from clauselight.store.sightings import Sighting, note_sightings, note_state, note_verification
from clauselight.store.snapshots import Snapshot, save_snapshot
from clauselight.store.versions import Version, save_version, text_hash

from .captured import Recorded, Taken, capture_row, in_order, provenance
from .document_state import DocumentState, load_state, provisions_of
from .following import Followed, follow
from .found import Analysis, FoundClause
from .history_records import Step, new_record
from .quote_places import VersionText
from .suspicion import other_language, suspicion

_COUNTED: Final = (
    (ChangeKind.MODIFIED, "changed"),
    (ChangeKind.ADDED, "came"),
    (ChangeKind.RESTORED, "came back"),
    (ChangeKind.REMOVED, "went"),
    (ChangeKind.MOVED, "moved"),
)


async def record_capture(
    connection: AsyncConnection,
    document: Document,
    taken: Taken,
    analysis: Analysis | None,
    *,
    state: DocumentState | None = None,
    judge_again: bool = False,
) -> Recorded:
    """Record one capture. To be called within a transaction that writes alone.

    `analysis` is what was read and found, with its `text`; None exactly when `taken.problem` is set. `state`
    is what a caller that records many captures of one document keeps between them; it is brought up to date.
    `judge_again`: also when the text is unchanged, take what the analysis found for all there is.

    A moment before the latest capture of the document (a clock set back) is recorded under that one's time,
    and the capture says so. Raises NoIdsLeft, RecordRefused, ArchiveUnusable.
    """
    state = state or await load_state(connection, document)
    taken, remark = in_order(taken, state.latest)
    problem = taken.problem
    if problem is None and analysis is not None:
        problem = suspicion(
            analysis.text, analysis.language, state.standing, moment=taken.moment, failing=state.failing
        )
    if problem is not None or analysis is None:
        return await _problem(connection, document, taken, problem or ("empty", ""), state, remark)
    if state.text is not None and state.text.text == analysis.text:
        return await _verified(connection, document, taken, analysis, state, remark, judge_again)
    return await _version(connection, document, taken, analysis, state, remark)


async def _problem(
    connection: AsyncConnection,
    document: Document,
    taken: Taken,
    problem: tuple[str, str],
    state: DocumentState,
    remark: str | None,
) -> Recorded:
    kind, sentence = problem
    said = f"{sentence} {remark}" if remark else sentence
    capture = capture_row(document, taken, CaptureOutcome.PROBLEM, problem=kind, sentence=said)
    identity = await _save(connection, capture)
    await note_state(connection, document.id, problem=problem, moment=taken.moment)
    await touch_documents(connection, [document.id])
    state.latest = taken.moment
    if state.failing is None or state.failing[0] != kind:
        state.failing = (kind, taken.moment)
    return Recorded(CaptureOutcome.PROBLEM, identity, taken.moment, problem=problem)


async def _verified(
    connection: AsyncConnection,
    document: Document,
    taken: Taken,
    analysis: Analysis,
    state: DocumentState,
    remark: str | None,
    judge_again: bool,
) -> Recorded:
    newest, text = state.newest, state.text
    assert newest is not None and text is not None
    capture = capture_row(document, taken, CaptureOutcome.VERIFIED, version=newest.number, sentence=remark)
    identity = await _save(connection, capture)
    sent = taken.method is CaptureMethod.SENT
    await note_verification(
        connection, document.id, version=newest.number, moment=taken.moment, automatic_only=sent
    )
    await note_state(connection, document.id, verified=taken.moment, moment=taken.moment)
    await touch_documents(connection, [document.id])
    state.latest, state.failing = taken.moment, None
    recorded = Recorded(CaptureOutcome.VERIFIED, identity, taken.moment, newest.number)
    if not judge_again:
        return recorded
    proven = provenance(taken, newest.snapshot_sha256, newest.captured_at)
    step = _step(document, taken, state, text, None, proven, newest.number, analysis)
    followed, _ = await _follow(connection, step, state, analysis, taken.moment)
    return dataclasses.replace(recorded, counts=followed.counts)


async def _version(
    connection: AsyncConnection,
    document: Document,
    taken: Taken,
    analysis: Analysis,
    state: DocumentState,
    remark: str | None,
) -> Recorded:
    before = state.newest
    number = before.number + 1 if before else 1
    after = VersionText(analysis.text, number)
    language = other_language(analysis.language, state.standing)
    compared = compare(state.text.text, after.text) if state.text else None
    if language:
        # The words of two languages cannot be compared: what follows is a beginning.
        taken = dataclasses.replace(taken, note=f"{language} {taken.note}".rstrip())
        state.text = None
    snapshot = Snapshot(document.id, taken.final_url, taken.moment, taken.media_type, taken.body)
    sha256 = await save_snapshot(connection, snapshot)
    capture = capture_row(
        document, taken, CaptureOutcome.VERSION, version=number, sentence=remark, snapshot_sha256=sha256
    )
    identity = await _save(connection, capture)
    proven = provenance(taken, sha256, taken.moment)
    step = _step(document, taken, state, after, None if language else compared, proven, number, analysis)
    kind = (
        compared.kind if compared and compared.kind else VersionKind.COSMETIC if before else VersionKind.FIRST
    )
    text_sha256 = text_hash(after.text)
    # The version stands before the records that were seen in it.
    followed = await _planned(connection, step, state, analysis)
    again = state.again.get(text_sha256)
    summary = _summary(None if language else compared, number, followed.counts, again, taken.note)
    made = Version(
        document_id=document.id,
        number=number,
        capture_id=identity,
        captured_at=taken.moment,
        snapshot_sha256=sha256,
        text_sha256=text_sha256,
        language=analysis.language or None,
        words=analysis.words,
        kind=kind,
        summary=summary,
        counts={kind.value: count for kind, count in sorted(followed.counts.items()) if count},
    )
    await save_version(connection, made, after.text)
    hashes = await _write(connection, step, state, followed, taken.moment)
    await append_log(
        connection,
        "version",
        document.id,
        {
            "version": number,
            "capture": identity,
            "captured_at": taken.moment.isoformat(),
            "kind": kind.value,
            "summary": summary,
            "snapshot": sha256,
            "text": text_sha256,
            "words": made.words,
            "records": hashes,
        },
        taken.moment,
    )
    changed = None if kind is VersionKind.COSMETIC else taken.moment
    await note_state(
        connection, document.id, verified=taken.moment, changed=changed, version=number, moment=taken.moment
    )
    await mark_analysed(connection, document.id, taken.moment)
    state.now_at(made, after)
    return Recorded(
        CaptureOutcome.VERSION, identity, taken.moment, number, kind, summary, counts=followed.counts
    )


async def _save(connection: AsyncConnection, capture: Capture) -> int:
    identity = await save_capture(connection, capture)
    body = {
        "capture": identity,
        "url": capture.url,
        "final_url": capture.final_url,
        "method": capture.method.value,
        "outcome": capture.outcome.value,
        "version": capture.version,
        "problem": capture.problem,
        "snapshot": capture.snapshot_sha256,
        "source_ref": capture.source_ref,
    }
    said = {name: value for name, value in body.items() if value is not None}
    await append_log(connection, "capture", capture.document_id, said, capture.started_at)
    return identity


def _step(
    document: Document,
    taken: Taken,
    state: DocumentState,
    after: VersionText,
    compared: Comparison | None,
    provenance: Provenance,
    version: int,
    analysis: Analysis,
) -> Step:
    return Step(
        document=document,
        day=taken.moment.date(),
        before=state.text,
        after=after,
        compared=compared,
        provenance=provenance,
        version=version,
        method_version=analysis.method_version,
        note=taken.note,
        sent=taken.method is CaptureMethod.SENT,
        refused=state.refuses,
    )


async def _follow(
    connection: AsyncConnection, step: Step, state: DocumentState, analysis: Analysis, moment: dt.datetime
) -> tuple[Followed, dict[str, str]]:
    followed = await _planned(connection, step, state, analysis)
    return followed, await _write(connection, step, state, followed, moment)


async def _planned(
    connection: AsyncConnection, step: Step, state: DocumentState, analysis: Analysis
) -> Followed:
    rows = await provisions_of(connection, state)
    known = clause_types()
    found = [_placed(one, step.after.text) for one in analysis.found if one.clause_type in known]
    return follow(step, rows, found, analysis.faint)


def _placed(one: FoundClause, text: str) -> FoundClause:
    """The clause with its offsets in the version's text, should they be those of another one."""
    if text[one.start : one.end] == one.exact:
        return one
    at = text.find(one.exact)
    return one if at < 0 else dataclasses.replace(one, start=at, end=at + len(one.exact))


async def _write(
    connection: AsyncConnection, step: Step, state: DocumentState, followed: Followed, moment: dt.datetime
) -> dict[str, str]:
    """Write what became of the provisions; returns the hashes of the records written, by id."""
    ids = await next_provision_ids(connection, len(followed.fresh)) if followed.fresh else []
    fresh = [
        StoredRow(_new(step, one, identity, followed), True, step.version, one.start, one.end)
        for identity, one in zip(ids, followed.fresh, strict=True)
    ]
    written = [*followed.rows, *fresh]
    facts = SnapshotFacts(step.provenance.sha256 or "", quote_found=True)
    for row in fresh:
        if violations := check_record(row.record, today=step.day, snapshot=facts):
            raise RecordRefused(row.record.id, violations)
    hashes: dict[str, str] = {}
    for live in (True, False):
        records = [row.record for row in written if row.live is live]
        hashes |= await write_records(connection, records, live=live)
    seen = [Sighting(identity, *where) for identity, where in followed.seen.items()]
    seen += [Sighting(row.record.id, row.start or 0, row.end or 0) for row in fresh]
    await note_sightings(connection, seen, version=step.version, moment=moment)
    state.follow(written, seen, step.version)
    return hashes


def _new(step: Step, found: FoundClause, identity: str, followed: Followed) -> ProvisionRecord:
    earlier = followed.earlier.get(found.start)
    return new_record(step, found, identity, kept=followed.kept, earlier=earlier)


def _summary(
    compared: Comparison | None,
    number: int,
    counts: Mapping[ChangeKind, int],
    again: int | None,
    note: str,
) -> str:
    said = [compared.summary] if compared else ["First captured."] if number == 1 else []
    if again is not None:
        said.append(f"The text is again that of version {again}.")
    parts = [f"{counts[kind]} {did}" for kind, did in _COUNTED if counts.get(kind)]
    if parts and compared is not None:
        said.append(f"Of the clauses recorded here: {', '.join(parts)}.")
    if note:
        said.append(note)
    return " ".join(said)
