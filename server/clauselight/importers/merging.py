"""A curated record that is loaded again, when its document was captured meanwhile: its texts are renewed, and
what was seen of its words since is kept.
"""

from __future__ import annotations

import datetime as dt

from clauselight.contract.history import ChangeRecord
from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.vocabulary import ChangeKind
from clauselight.store.provision_rows import StoredRow


def was_followed(row: StoredRow) -> bool:
    """Whether a capture has said anything about a record."""
    return row.seen_version is not None or any(
        change.version_to is not None for change in row.record.history.changes
    )


def merged(loaded: ProvisionRecord, row: StoredRow, day: dt.date) -> tuple[ProvisionRecord, bool]:
    """The loaded record with the history that the stored one has, and whether it is live.

    A severity that the catalogue revised is a change record of the day. Words that a person recorded after
    the last capture that changed them are the person's.
    """
    stored = row.record
    recorded = loaded.quote.recorded if loaded.quote else None
    seen = stored.quote.recorded if stored.quote else None
    newer = recorded is not None and seen is not None and recorded > seen
    changes = list(stored.history.changes)
    last = changes[-1]
    if loaded.severity is not last.severity_to:
        changes.append(
            ChangeRecord(
                date=max(day, last.date),
                kind=ChangeKind.MODIFIED,
                summary=f"The label was revised: {loaded.severity} instead of {last.severity_to}.",
                severity_from=last.severity_to,
                severity_to=loaded.severity,
            )
        )
    dates = {
        "first_seen": min(loaded.history.first_seen, stored.history.first_seen),
        "last_seen": max(loaded.history.last_seen, stored.history.last_seen),
        "last_verified": max(loaded.history.last_verified, stored.history.last_verified),
        "changes": changes,
    }
    update: dict[str, object] = {"history": loaded.history.model_copy(update=dates)}
    if not newer:
        update |= {"quote": stored.quote, "provenance": stored.provenance}
    return loaded.model_copy(update=update), row.live or newer
