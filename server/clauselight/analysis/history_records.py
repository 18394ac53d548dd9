"""Records as a new version of their document makes them: with another change record, other words, another
label."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from clauselight.contract.document import Document
from clauselight.contract.history import ChangeRecord, Provenance
from clauselight.contract.provision import ProvisionRecord, RecordDates
from clauselight.contract.quote import Quote, TextPositionSelector, TextQuoteSelector
from clauselight.contract.vocabulary import AnchorOutcome, ChangeKind, Severity
from clauselight.domain.changes import Comparison, words_key
from clauselight.domain.word_diff import similarity

from .found import FoundClause
from .likeness import may_be_like
from .quote_places import Place, VersionText
from .records import provisional_record
from .sentences import split_sentences

SAME_SENTENCE: Final = 0.55
"""Share of common words from which a sentence of a reworded passage is the earlier wording of a clause.
Chosen by hand on changes of real policies."""

MOST_EARLIER: Final = 2_000
"""Sentences of the version before among which a clause's earlier wording is looked for, for each of up to 200
clauses: more than any real policy lost at once, and a page made for it must not keep the archive waiting."""

CONTEXT: Final = 32
"""Characters before and after a quote, as everywhere."""

Kept = Mapping[str, Sequence[tuple[int, int]]]
NOTHING_KEPT: Final[Kept] = {}


@dataclass(frozen=True, slots=True)
class Step:
    """From one version of a document to the next, or to the same one when its text did not change.

    `version` is the number of the newer one. `note` is added to every summary. `sent`: a reader's browser
    sent the page, which nobody can check, so that what a person recorded is left alone. `refused` says
    whether a person refused a label (a clause type) for some words.
    """

    document: Document
    day: dt.date
    before: VersionText | None
    after: VersionText
    compared: Comparison | None
    provenance: Provenance
    version: int
    method_version: str
    note: str = ""
    sent: bool = False
    refused: Callable[[str, str], bool] = lambda _type, _words: False

    @property
    def unchanged(self) -> bool:
        """Whether the text is the same as before."""
        return self.before is not None and self.before.text == self.after.text

    def noted(self, said: str) -> str:
        """A summary with the note."""
        return f"{said} {self.note}" if self.note else said

    def words_at(self, place: Place) -> str:
        """The words at a place of the new text, on one line."""
        return " ".join(self.after.text[place.start : place.end].split())


def new_record(
    step: Step,
    found: FoundClause,
    identity: str,
    *,
    kept: Kept = NOTHING_KEPT,
    earlier: str | None = None,
) -> ProvisionRecord:
    """The record of a clause that was never seen before, with its first change record. `kept`: words of the
    version before (as `words_key`) that other provisions had, and where these stand now; `earlier`: what
    stood in its place."""
    said = f"Found by automatic analysis (classifier {step.method_version})."
    old = None
    if step.before is not None and not step.before.says(found.exact):
        old = earlier or _wording_before(step, found, kept)
        how = (
            "The clause is new in this version."
            if old is None
            else "The clause was reworded in this version."
        )
        said = f"{how} {said}"
    change = ChangeRecord(
        date=step.day,
        kind=ChangeKind.ADDED,
        summary=step.noted(said),
        severity_to=found.severity,
        version_from=None if step.before is None or step.unchanged else step.before.number,
        version_to=step.version,
        old_quote=old,
        new_quote=found.exact,
    )
    dates = RecordDates(first_seen=step.day, last_seen=step.day, last_verified=step.day, changes=[change])
    return _labelled(step, found, identity, dates)


def change_of(
    step: Step,
    record: ProvisionRecord,
    kind: ChangeKind,
    said: str,
    *,
    severity: Severity | None = None,
    outcome: AnchorOutcome | None = None,
    old: str | None = None,
    new: str | None = None,
) -> ChangeRecord:
    """The next change record of a provision. One that the text has no part in names no versions."""
    last = record.history.changes[-1]
    by_text = not step.unchanged
    return ChangeRecord(
        date=max(step.day, last.date),
        kind=kind,
        summary=step.noted(said),
        severity_from=last.severity_to,
        severity_to=severity or record.severity,
        outcome=outcome,
        version_from=step.before.number if by_text and step.before else None,
        version_to=step.version if by_text else None,
        old_quote=old,
        new_quote=new,
    )


def changed_record(
    step: Step,
    record: ProvisionRecord,
    changes: Sequence[ChangeRecord],
    *,
    place: Place | None = None,
    now: str | None = None,
) -> ProvisionRecord:
    """A record with more change records and the label that it has. `place`: it was seen in the new version;
    `now`: these are its words from here on."""
    update: dict[str, object] = {"severity": changes[-1].severity_to}
    history: dict[str, object] = {"changes": [*record.history.changes, *changes]}
    if place is not None:
        history["last_seen"] = max(record.history.last_seen, step.day)
        history["last_verified"] = max(record.history.last_verified, step.day)
    if place is not None and now is not None:
        update["quote"] = _quote(step, place, now)
        analysed = {"analysed_at": record.provenance.analysed_at}
        update["provenance"] = step.provenance.model_copy(update=analysed)
    update["history"] = record.history.model_copy(update=history)
    return record.model_copy(update=update)


def judged_record(
    step: Step,
    record: ProvisionRecord,
    found: FoundClause,
    changes: Sequence[ChangeRecord],
    *,
    place: Place,
    now: str | None = None,
) -> ProvisionRecord:
    """An automatic record made anew, with what the classifier says of its words now."""
    history = record.history
    dates = RecordDates(
        first_seen=history.first_seen,
        last_seen=max(history.last_seen, step.day),
        last_verified=max(history.last_verified, step.day),
        changes=[*history.changes, *changes],
    )
    made = _labelled(step, found, record.id, dates)
    if now is not None and words_key(now) != words_key(found.exact):
        return made.model_copy(update={"quote": _quote(step, place, now)})
    return made


def _wording_before(step: Step, found: FoundClause, kept: Kept) -> str | None:
    """The sentence of the version before that became a clause, which nobody had labelled then."""
    if step.compared is None:
        return None
    line = step.after.lines[step.after.line_at(found.start)]
    passages = [pair.before for pair in step.compared.reworded if pair.after == line]
    passages += step.compared.removed
    sentences = (text[start:end] for text in passages for start, end in split_sentences(text))
    some = islice(sentences, MOST_EARLIER)
    alike = [
        (similarity(one, found.exact), one) for one in some if may_be_like(one, found.exact, SAME_SENTENCE)
    ]
    alike = [(share, one) for share, one in alike if not _went_elsewhere(found, kept.get(words_key(one), ()))]
    share, best = max(alike, default=(0.0, ""))
    return best if share >= SAME_SENTENCE else None


def _went_elsewhere(found: FoundClause, places: Sequence[tuple[int, int]]) -> bool:
    """Whether words became other ones than those that were found."""
    return bool(places) and not any(start < found.end and found.start < end for start, end in places)


def _labelled(step: Step, found: FoundClause, identity: str, dates: RecordDates) -> ProvisionRecord:
    return provisional_record(
        found,
        step.document,
        identity=identity,
        method_version=step.method_version,
        provenance=step.provenance,
        position=found.position,
        dates=dates,
    )


def _quote(step: Step, place: Place, now: str) -> Quote:
    text = step.after.text
    return Quote(
        selector=TextQuoteSelector(
            exact=now,
            prefix=" ".join(text[max(0, place.start - CONTEXT) : place.start].split()),
            suffix=" ".join(text[place.end : place.end + CONTEXT].split()),
        ),
        position=TextPositionSelector(start=place.start, end=place.end),
        recorded=step.day,
    )
