"""How a provision lies in its tables: the record, its change records, and where its words were seen last.

Where and when a quote was seen changes with every capture, so it stands in columns beside the record and is
put over it when it is read; the record itself is written only when it says something else. Its hash covers
the record and its change records, and not the sighting, which anybody can check against the version.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.vocabulary import CaptureMethod, HashBasis

from .engine import ArchiveUnusable
from .history_tables import capture, version
from .log import canonical_json
from .tables import change_record, provision
from .upsert import upsert

CHANGE_FIELDS: Final = (
    "date",
    "kind",
    "summary",
    "severity_from",
    "severity_to",
    "outcome",
    "version_from",
    "version_to",
    "old_quote",
    "new_quote",
)

METHOD_NOTES: Final[Mapping[str, str]] = {
    CaptureMethod.FETCHED: "Fetched by this server.",
    CaptureMethod.RENDERED: "Rendered by this server's browser.",
    CaptureMethod.SENT: "Sent by the reader's browser, not fetched by this server.",
    CaptureMethod.IMPORTED: "Taken over from Open Terms Archive: the text that it extracted, not the page.",
}
"""What a record's provenance says of how its words came here."""


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A record as it is read, whether it is live, and the version in which its words were seen last with
    their place in that version's text."""

    record: ProvisionRecord
    live: bool
    seen_version: int | None = None
    start: int | None = None
    end: int | None = None


def record_hash(body: Mapping[str, Any], changes: Sequence[Mapping[str, Any]]) -> str:
    """The SHA-256 of a record's JSON and its change records, both without what is null."""
    said = [body, [{name: value for name, value in one.items() if value is not None} for one in changes]]
    return hashlib.sha256(canonical_json(said).encode()).hexdigest()


async def write_records(
    connection: AsyncConnection, records: Sequence[ProvisionRecord], *, live: bool
) -> dict[str, str]:
    """Insert or replace records with their change records, unchecked; returns their hashes by id. Sightings
    stay."""
    if not records:
        return {}
    rows, changed, hashes = [], [], {}
    for record in records:
        body = record.model_dump(mode="json", exclude_none=True)
        changes = body["history"].pop("changes")
        hashes[record.id] = record_hash(body, changes)
        rows.append(
            {
                "id": record.id,
                "document_id": record.document,
                "clause_type": record.clause_type,
                "severity": record.severity.value,
                "method": record.method.value,
                "live": live,
                "has_quote": record.quote is not None,
                "record": body,
                "sha256": hashes[record.id],
            }
        )
        changed += [
            {
                **dict.fromkeys(CHANGE_FIELDS),
                **change,
                "date": dt.date.fromisoformat(change["date"]),
                "provision_id": record.id,
                "position": position,
            }
            for position, change in enumerate(changes)
        ]
    await upsert(connection, provision, rows)
    await connection.execute(
        sa.delete(change_record).where(change_record.c.provision_id == sa.bindparam("of")),
        [{"of": record.id} for record in records],
    )
    await connection.execute(sa.insert(change_record), changed)
    return hashes


async def read_rows(
    connection: AsyncConnection, where: sa.ColumnElement[bool], *, as_written: bool = False
) -> list[StoredRow]:
    """The records that fit, by id; `as_written`: without their sightings put over them. Raises
    ArchiveUnusable for damaged ones."""
    seen = provision.outerjoin(
        version,
        (version.c.document_id == provision.c.document_id) & (version.c.number == provision.c.seen_version),
    ).outerjoin(capture, capture.c.id == version.c.capture_id)
    chosen = (
        sa.select(
            provision,
            version.c.snapshot_sha256,
            version.c.captured_at,
            capture.c.final_url,
            capture.c.method.label("captured_by"),
        )
        .select_from(seen)
        .where(where)
        .order_by(provision.c.id)
    )
    try:
        rows = (await connection.execute(chosen)).all()
    except ValueError as error:  # JSON that is none
        raise ArchiveUnusable(f"A record in the archive is damaged ({error}); restore a backup.") from error
    changes = await _changes(connection, where)
    return [
        StoredRow(
            _record(row, changes[row.id], as_written),
            row.live,
            row.seen_version,
            row.position_start,
            row.position_end,
        )
        for row in rows
    ]


async def stored_hashes(connection: AsyncConnection) -> AsyncIterator[tuple[str, str | None, str]]:
    """For every provision its id, the hash that was stored with it, and the one that it has now. Raises
    ArchiveUnusable when a record is no JSON any more."""
    ids = list((await connection.execute(sa.select(provision.c.id).order_by(provision.c.id))).scalars())
    for start in range(0, len(ids), 500):
        where = provision.c.id.in_(ids[start : start + 500])
        changes = await _changes(connection, where)
        try:
            chosen = sa.select(provision.c.id, provision.c.sha256, provision.c.record).where(where)
            rows = (await connection.execute(chosen.order_by(provision.c.id))).all()
        except ValueError as error:
            raise ArchiveUnusable(f"A record in the archive is damaged ({error}).") from error
        for row in rows:
            spoken = [{**one, "date": one["date"].isoformat()} for one in changes[row.id]]
            yield row.id, row.sha256, record_hash(row.record, spoken)


async def _changes(
    connection: AsyncConnection, where: sa.ColumnElement[bool]
) -> dict[str, list[dict[str, Any]]]:
    changes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in await connection.execute(
        sa.select(change_record)
        .where(change_record.c.provision_id.in_(sa.select(provision.c.id).where(where)))
        .order_by(change_record.c.provision_id, change_record.c.position)
    ):
        changes[row.provision_id].append({name: getattr(row, name) for name in CHANGE_FIELDS})
    return changes


def _record(row: Any, changes: list[dict[str, Any]], as_written: bool) -> ProvisionRecord:
    try:
        body = row.record
        history = {**body["history"], "changes": changes}
        if as_written:
            return ProvisionRecord.model_validate({**body, "history": history})
        for name in ("last_seen", "last_verified"):
            if (noted := getattr(row, name)) is not None:
                history[name] = max(noted, dt.date.fromisoformat(history[name]))
        fields = {**body, "history": history, "provenance": _provenance(row, body["provenance"])}
        quote = body.get("quote")
        if quote is not None and row.position_start is not None and row.captured_at is not None:
            position = {
                "type": "TextPositionSelector",
                "start": row.position_start,
                "end": row.position_end,
            }
            fields["quote"] = {**quote, "position": position}
        return ProvisionRecord.model_validate(fields)
    except (ValueError, LookupError, TypeError) as error:
        raise ArchiveUnusable(
            f"The record {row.id} in the archive is damaged; restore a backup, or load it again."
        ) from error


def _provenance(row: Any, given: dict[str, Any]) -> dict[str, Any]:
    """A record's provenance, that of the version in which its words were seen last put over it."""
    noted = {
        name: moment.replace(tzinfo=dt.UTC)
        for name in ("hash_verified_at", "quote_verified_at", "change_verified_at")
        if (moment := getattr(row, name)) is not None
    }
    if row.captured_at is None:
        return {**given, **noted}
    note = given.get("note")
    over = {
        **noted,
        "source_url": row.final_url,
        "sha256": row.snapshot_sha256,
        "sha256_basis": HashBasis.COMPUTED,
        "captured_at": row.captured_at.replace(tzinfo=dt.UTC),
        "snapshot_stored": True,
        # Set when the version was seen, taken away when `verify` finds that it does not hold any more.
        "hash_verified": row.hash_verified_at is not None,
        "quote_verified": row.quote_verified_at is not None,
        "change_verified": row.change_verified_at is not None,
    }
    if note is None or note in METHOD_NOTES.values():
        over["note"] = METHOD_NOTES.get(row.captured_by)
    return {**given, **over}
