"""A small archive with a history: two documents, three versions, a clause that changed and one that went."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.history import ChangeRecord
from clauselight.contract.vocabulary import CaptureMethod, ChangeKind, Severity, VersionKind
from clauselight.store.captures import Capture, CaptureOutcome, save_capture
from clauselight.store.documents import save_documents
from clauselight.store.provisions import save_provision
from clauselight.store.snapshots import Snapshot, save_snapshot
from clauselight.store.versions import Version, save_version, text_hash
from records import a_document, reported

FIRST_DAY = dt.date(2026, 5, 1)
CHANGED_DAY = dt.date(2026, 11, 3)
COSMETIC_DAY = dt.date(2026, 11, 4)
TODAY = dt.date(2026, 11, 5)
DOCUMENT = "CL-D-000900"
ADDRESS = "https://a.example/privacy"
OLD_WORDS = "We sell your data to partners."
NEW_WORDS = "We sell your data to anybody & <b>everybody</b>."
CHANGED, ADDED = "CL-P-000900", "CL-P-000901"


def noon(day: dt.date) -> dt.datetime:
    """Twelve o'clock UTC."""
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


async def add_version(
    connection: AsyncConnection, number: int, day: dt.date, kind: VersionKind, document: str = DOCUMENT
) -> int:
    """A version of a document; returns the id of its capture."""
    body = f"{document} version {number}".encode()
    sha256 = await save_snapshot(connection, Snapshot(document, ADDRESS, noon(day), "text/plain", body))
    taken = Capture(
        document,
        ADDRESS,
        ADDRESS,
        noon(day),
        CaptureMethod.FETCHED,
        CaptureOutcome.VERSION,
        version=number,
        status=200,
        snapshot_sha256=sha256,
    )
    identity = await save_capture(connection, taken)
    made = Version(
        document,
        number,
        identity,
        noon(day),
        sha256,
        text_hash(body.decode()),
        "en",
        3,
        kind,
        "One clause.",
        {},
    )
    await save_version(connection, made, body.decode())
    return identity


async def add_history(connection: AsyncConnection) -> None:
    """Three versions: the first, one in which a clause became graver and another came, one with a new
    date."""
    await save_documents(connection, [a_document()])
    await add_version(connection, 1, FIRST_DAY, VersionKind.FIRST)
    await add_version(connection, 2, CHANGED_DAY, VersionKind.SUBSTANTIVE)
    await add_version(connection, 3, COSMETIC_DAY, VersionKind.COSMETIC)
    first = ChangeRecord(
        date=FIRST_DAY, kind=ChangeKind.ADDED, summary="First seen.", severity_to=Severity.HIGH
    )
    second = ChangeRecord(
        date=CHANGED_DAY,
        kind=ChangeKind.MODIFIED,
        summary="More people may buy it.",
        severity_from=Severity.HIGH,
        severity_to=Severity.CRITICAL,
        version_from=1,
        version_to=2,
        old_quote=OLD_WORDS,
        new_quote=NEW_WORDS,
    )
    came = ChangeRecord(
        date=CHANGED_DAY,
        kind=ChangeKind.ADDED,
        summary="A new clause.",
        severity_to=Severity.MEDIUM,
        version_to=2,
        new_quote="You may not sue us.",
    )
    dates = {"history__first_seen": FIRST_DAY, "history__last_seen": TODAY, "history__last_verified": TODAY}
    await save_provision(
        connection,
        reported(
            **dates, id=CHANGED, severity="critical", title="Data sale", history__changes=[first, second]
        ),
        today=TODAY,
        snapshot=None,
    )
    dates["history__first_seen"] = CHANGED_DAY
    await save_provision(
        connection,
        reported(
            **dates,
            id=ADDED,
            severity="medium",
            title="No class action",
            clause_type="class-action-waiver",
            history__changes=[came],
        ),
        today=TODAY,
        snapshot=None,
    )
