"""One capture as it is handed to the recorder, and what came of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from clauselight.contract.document import Document
from clauselight.contract.history import Provenance
from clauselight.contract.vocabulary import CaptureMethod, ChangeKind, HashBasis, VersionKind
from clauselight.store.captures import Capture, CaptureOutcome
from clauselight.store.provision_rows import METHOD_NOTES


@dataclass(frozen=True, slots=True)
class Taken:
    """What was captured, where and when; `moment` in UTC.

    `headers` are those worth keeping. `source_ref` says where an imported one comes from. `note` is a
    sentence for the version and its change records; `provenance` one for the records, in place of what is
    said of the method. `problem` is set when what came is no document: a name for programs, and a sentence.
    """

    url: str
    final_url: str
    moment: dt.datetime
    method: CaptureMethod
    media_type: str = ""
    body: bytes = b""
    problem: tuple[str, str] | None = None
    status: int | None = None
    headers: Mapping[str, str] | None = None
    milliseconds: int | None = None
    source_ref: str | None = None
    note: str = ""
    provenance: str | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of a capture. `version` is the one that it made or found again; `kind`, `summary` and
    `counts` (change records by kind) are those of a version that it made."""

    outcome: CaptureOutcome
    capture_id: int
    moment: dt.datetime
    version: int | None = None
    kind: VersionKind | None = None
    summary: str = ""
    problem: tuple[str, str] | None = None
    counts: Counter[ChangeKind] = field(default_factory=Counter)


def in_order(taken: Taken, latest: dt.datetime | None) -> tuple[Taken, str | None]:
    """A capture not before the latest one: with its time, and a sentence, should its own be earlier."""
    if latest is None or taken.moment >= latest:
        return taken, None
    said = taken.moment.isoformat(timespec="seconds").replace("+00:00", "Z")
    remark = (
        f"The clock said {said}, before the capture that precedes this one, under whose time it is recorded."
    )
    return dataclasses.replace(taken, moment=latest), remark


def capture_row(
    document: Document,
    taken: Taken,
    outcome: CaptureOutcome,
    *,
    version: int | None = None,
    problem: str | None = None,
    sentence: str | None = None,
    snapshot_sha256: str | None = None,
) -> Capture:
    """The row of a capture."""
    headers = {name.lower(): value for name, value in (taken.headers or {}).items()}
    return Capture(
        document_id=document.id,
        url=taken.url,
        final_url=taken.final_url,
        started_at=taken.moment,
        method=taken.method,
        outcome=outcome,
        version=version,
        status=taken.status,
        problem=problem,
        sentence=sentence,
        snapshot_sha256=snapshot_sha256,
        headers=headers or None,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        milliseconds=taken.milliseconds,
        source_ref=taken.source_ref,
    )


def provenance(taken: Taken, sha256: str, captured_at: dt.datetime) -> Provenance:
    """What a record says of words that were seen in a stored snapshot of this capture's page."""
    return Provenance(
        source_url=taken.final_url,
        sha256=sha256,
        sha256_basis=HashBasis.COMPUTED,
        captured_at=captured_at,
        analysed_at=taken.moment,
        snapshot_stored=True,
        hash_verified=True,
        quote_verified=True,
        change_verified=False,
        note=taken.provenance or METHOD_NOTES[taken.method],
    )
