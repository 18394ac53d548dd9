"""How a person changes one record: what it becomes, what its history says, and who did it.

All functions run in the caller's transaction, which must write alone (`store.engine.write_alone`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.history import ChangeRecord
from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.record_rules import SnapshotFacts
from clauselight.contract.vocabulary import ChangeKind, Confidence, Method, Severity
from clauselight.store.audit import note_act
from clauselight.store.provision_state import StoredProvision, stored_provision
from clauselight.store.provisions import retire_provisions, save_provision
from clauselight.store.refused_labels import allow_label, refuse_label

from .placing import place_words


class Unknown(Exception):
    """There is no such record or document."""


class Conflict(Exception):
    """Somebody changed it since it was read. `etag` is that of its present state."""

    def __init__(self, etag: str) -> None:
        super().__init__(etag)
        self.etag = etag


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as the audit names them, and when (UTC)."""

    who: str
    moment: dt.datetime

    @property
    def today(self) -> dt.date:
        """The day in UTC."""
        return self.moment.astimezone(dt.UTC).date()


def record_etag(stored: StoredProvision) -> str:
    """The tag of a record's state: of everything in it, and whether it is live."""
    said = f"{stored.live}\n{stored.record.model_dump_json()}"
    return f'"{hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]}"'


async def read_for_change(
    connection: AsyncConnection, provision_id: str, etag: str | None
) -> StoredProvision:
    """A record that is about to be changed. Raises Unknown, and Conflict when it is another than it was when
    its tag was read; None asks for no comparison."""
    found = await stored_provision(connection, provision_id)
    if found is None:
        raise Unknown(provision_id)
    present = record_etag(found)
    if etag is not None and etag != present:
        raise Conflict(present)
    return found


def changed(
    record: ProvisionRecord, actor: Actor, *, kind: ChangeKind, summary: str, **fields: Any
) -> ProvisionRecord:
    """A record with other fields and a change record that says so: a person vouches for it from now on.
    Raises ValidationError where fields do not fit together."""
    history = record.history
    severity: Severity = fields.get("severity", record.severity)
    latest = history.changes[-1]
    change = ChangeRecord(
        date=max(actor.today, latest.date),
        kind=kind,
        summary=summary,
        severity_from=record.severity,
        severity_to=severity,
    )
    given: dict[str, Any] = {name: getattr(record, name) for name in type(record).model_fields}
    if record.method is Method.AUTOMATIC:
        given |= {
            "method": Method.CURATED,
            "method_version": None,
            "automatic": None,
            "confidence": Confidence.HIGH,
        }
    dates = history.model_copy(
        update={
            "changes": [*history.changes, change],
            "last_verified": max(actor.today, history.last_verified, history.first_seen),
        }
    )
    return ProvisionRecord(**{**given, **fields, "history": dates})


async def save_change(
    connection: AsyncConnection,
    record: ProvisionRecord,
    facts: SnapshotFacts | None,
    actor: Actor,
    *,
    act: str,
    body: dict[str, Any],
) -> None:
    """Store a changed record with its audit line. Raises RecordRefused, naming every rule broken."""
    await save_provision(connection, record, today=actor.today, snapshot=facts)
    await place_words(connection, record, actor.moment)
    await note_act(connection, who=actor.who, act=act, subject=record.id, body=body, at=actor.moment)


async def retire(
    connection: AsyncConnection, record: ProvisionRecord, actor: Actor, *, act: str, summary: str
) -> None:
    """Take a record out of what is published, and see to it that it does not come back by itself."""
    await retire_provisions(connection, [record], day=actor.today, summary=summary)
    await refuse(connection, record, actor)
    body = {"summary": summary, "before": label_of(record)}
    await note_act(connection, who=actor.who, act=act, subject=record.id, body=body, at=actor.moment)


async def refuse(connection: AsyncConnection, record: ProvisionRecord, actor: Actor) -> None:
    """Mark the label of a record as refused, for whoever labels the document automatically."""
    await refuse_label(
        connection,
        document_id=record.document,
        clause_type=record.clause_type,
        words=words_of(record),
        provision_id=record.id,
        who=actor.who,
        moment=actor.moment,
    )


async def allow(connection: AsyncConnection, record: ProvisionRecord) -> None:
    """A person vouches for the label of a record: an earlier refusal of it ends."""
    await allow_label(connection, record.document, record.clause_type, words_of(record))


def words_of(record: ProvisionRecord) -> str:
    """The quoted words, or an empty text."""
    return record.quote.selector.exact if record.quote else ""


def label_of(record: ProvisionRecord) -> dict[str, Any]:
    """What a label says, for the audit and for training."""
    return {
        "clause_type": record.clause_type,
        "severity": record.severity.value,
        "method": record.method.value,
        "method_version": record.method_version,
        "title": record.title,
    }
