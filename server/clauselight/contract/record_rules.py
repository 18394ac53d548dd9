"""The rules that a record must keep (DESIGN.md section 2) and that its shape alone cannot say.

The store refuses a record that breaks one and `clauselight lint` reports them; both name all rules broken,
not only the first. What a rule needs to know of stored bytes is computed by the caller and handed in as
`SnapshotFacts`, so that everything here stays a pure function.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .provision import Provision, ProvisionRecord
from .vocabulary import ChangeKind, EvidenceBasis, HashBasis


@dataclass(frozen=True, slots=True)
class SnapshotFacts:
    """What was computed from a stored snapshot: its SHA-256, whether the record's quote occurs in it,
    and where (start and end in code points of the snapshot's text)."""

    sha256: str
    quote_found: bool
    position: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule: a name that never changes, the field at fault, a sentence for people."""

    rule: str
    field: str
    message: str


class RecordRefused(ValueError):
    """A record breaks rules; `violations` holds every one."""

    def __init__(self, record_id: str, violations: list[Violation]) -> None:
        self.record_id = record_id
        self.violations = violations
        super().__init__(f"{record_id}: " + "; ".join(f"{v.rule}: {v.message}" for v in violations))


def check_record(
    record: ProvisionRecord, *, today: dt.date, snapshot: SnapshotFacts | None = None
) -> list[Violation]:
    """Every rule that `record` breaks on the day `today`; an empty list means that it may be stored."""
    return [
        *_evidence(record),
        *_snapshot(record, snapshot),
        *_severity(record),
        *_dates(record, today),
        *_listed_once("agencies", (agency.id for agency in record.agencies)),
        *_listed_once("agencies", (agency.name.casefold() for agency in record.agencies)),
        *_listed_once("regulations", (regulation.id for regulation in record.regulations)),
        *_listed_once("regulations", (regulation.name.casefold() for regulation in record.regulations)),
    ]


def check_published(
    provision: Provision, *, entities_with: int, entities_tracked: int, type_of: dict[str, str]
) -> list[Violation]:
    """Rules on what is computed: prevalence against a fresh count, examples against the archive.

    `type_of` maps the ids of all live provisions that have a quote to their clause type.
    """
    broken = []
    shown = provision.context.prevalence
    if (shown.entities_with, shown.entities_tracked) != (entities_with, entities_tracked):
        broken.append(
            Violation(
                "prevalence-counted",
                "context.prevalence",
                f"says {shown.entities_with} of {shown.entities_tracked}, "
                f"but {entities_with} of {entities_tracked} were counted",
            )
        )
    for example in provision.context.examples:
        if type_of.get(example.provision) != provision.clause_type.id:
            broken.append(
                Violation(
                    "example-same-type",
                    "context.examples",
                    f"{example.provision} is no live provision of type {provision.clause_type.id} "
                    "with a quote of its own",
                )
            )
    return broken


def _evidence(record: ProvisionRecord) -> Iterable[Violation]:
    if record.quote is None and record.evidence_basis is EvidenceBasis.EXPLICIT:
        yield Violation("explicit-needs-quote", "quote", "explicit document language needs a quote")


def _snapshot(record: ProvisionRecord, snapshot: SnapshotFacts | None) -> Iterable[Violation]:
    given = record.provenance
    if given.snapshot_stored != (snapshot is not None):
        yield Violation(
            "snapshot-stored-computed",
            "provenance.snapshot_stored",
            "says that the snapshot is held here, but it is not"
            if given.snapshot_stored
            else "says that no snapshot is held here, but one is",
        )
    if snapshot is None:
        if given.hash_verified or given.sha256_basis is HashBasis.COMPUTED:
            yield Violation(
                "hash-recomputed",
                "provenance.hash_verified",
                "a hash can only be verified against a snapshot that is held here",
            )
        if given.quote_verified:
            yield Violation(
                "quote-verified-computed",
                "provenance.quote_verified",
                "a quote can only be verified in a snapshot that is held here",
            )
        return
    if given.sha256 != snapshot.sha256:
        yield Violation(
            "hash-recomputed",
            "provenance.sha256",
            f"the snapshot's SHA-256 is {snapshot.sha256}, not {given.sha256}",
        )
    if record.quote is not None and not snapshot.quote_found:
        yield Violation(
            "quote-in-snapshot", "quote.selector.exact", "the quote does not occur in the snapshot it names"
        )


def _severity(record: ProvisionRecord) -> Iterable[Violation]:
    changes = record.history.changes
    latest = changes[-1]
    if latest.severity_to is not record.severity:
        yield Violation(
            "severity-is-latest-change",
            "severity",
            f"is {record.severity}, but the latest change record ({latest.date}) ends with "
            f"{latest.severity_to}",
        )
    if changes[0].kind is not ChangeKind.ADDED:
        yield Violation(
            "history-starts-with-added", "history.changes", "the first change record must be 'added'"
        )
    for before, after in itertools.pairwise(changes):
        if after.date < before.date:
            yield Violation("changes-in-order", "history.changes", f"{after.date} stands after {before.date}")
        if after.severity_from is not None and after.severity_from is not before.severity_to:
            yield Violation(
                "changes-join-up",
                "history.changes",
                f"the record of {after.date} starts from {after.severity_from}, "
                f"but the one before ended with {before.severity_to}",
            )


def _dates(record: ProvisionRecord, today: dt.date) -> Iterable[Violation]:
    history, provenance = record.history, record.provenance
    if history.first_seen > history.last_verified:
        yield Violation(
            "first-seen-before-verified",
            "history.first_seen",
            f"first seen {history.first_seen} is later than last verified {history.last_verified}",
        )
    if history.first_seen > history.last_seen:
        yield Violation(
            "first-seen-before-last-seen",
            "history.last_seen",
            f"first seen {history.first_seen} is later than last seen {history.last_seen}",
        )
    dates: dict[str, dt.date | None] = {
        "history.first_seen": history.first_seen,
        "history.last_seen": history.last_seen,
        "history.last_verified": history.last_verified,
        "provenance.captured_at": provenance.captured_at and provenance.captured_at.date(),
        "provenance.analysed_at": provenance.analysed_at and provenance.analysed_at.date(),
        "quote.recorded": record.quote.recorded if record.quote else None,
    }
    for number, change in enumerate(history.changes):
        dates[f"history.changes.{number}.date"] = change.date
    for field, day in dates.items():
        if day is not None and day > today:
            yield Violation("no-future-date", field, f"{day} lies in the future")


def _listed_once(field: str, names: Iterable[str]) -> Iterable[Violation]:
    for name, times in Counter(names).items():
        if times > 1:
            yield Violation("listed-once", field, f"{name} is listed {times} times")
