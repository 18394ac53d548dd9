"""Follows a document's provisions from one version to the next: which stand there still, which changed, went,
came back or are new, with a change record for each. Pure; what is written is the recorder's business.

A clause that stands there word for word keeps its label: two readings of the same words by one classifier
are no change of the document. Words that changed are judged anew when the label is automatic; what a person
recorded keeps its severity, and the summary says when it should be read again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from clauselight.contract.history import ChangeRecord
from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.vocabulary import AnchorOutcome, ChangeKind, Method
from clauselight.domain.changes import only_looks, words_key
from clauselight.domain.word_diff import changed_words, similarity
from clauselight.store.provision_rows import StoredRow

from .claims import Claims, is_at
from .counterparts import Counterparts
from .followable import authoritative, came_back, may_follow
from .found import FaintLabel, FoundClause
from .heirs import heirs
from .history_records import Step, change_of, changed_record, judged_record
from .likeness import likeness, without_heading
from .quote_places import Place, find_places, wanted_of

STILL_THAT: Final = 0.5
"""Likeness from which reworded words keep an automatic label that the classifier no longer gives them at
all: it wavers at small changes. Chosen by hand on changes of real policies, as is the next."""

RATHER_THERE: Final = 0.6
"""Likeness from which the place where a clause stood is believed more than one that anchoring found."""

READ_AGAIN: Final = 0.75
"""Share of common words below which a person should read again what a person recorded."""


@dataclass(slots=True)
class Followed:
    """What became of the provisions. `rows` are those whose record is to be written, in their new state;
    `seen` says where words stand in the new version (start, end, whether a change came with it) of all that
    are live and were found, `kept` the same places by the words (`words_key`) that stood there before;
    `fresh` is what is new and needs an id, `earlier` what stood in the places of some of that, by their
    offsets."""

    rows: list[StoredRow] = field(default_factory=list)
    seen: dict[str, tuple[int, int, bool]] = field(default_factory=dict)
    fresh: list[FoundClause] = field(default_factory=list)
    earlier: dict[int, str] = field(default_factory=dict)
    kept: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    counts: Counter[ChangeKind] = field(default_factory=Counter)


def follow(
    step: Step,
    rows: Sequence[StoredRow],
    found: Sequence[FoundClause],
    faint: Sequence[FaintLabel] = (),
) -> Followed:
    """Follow every provision that a document ever had into its new version, in which the classifier found
    some clauses (of known types, their offsets in the version's text) and others too faintly to tell of."""
    return _Following(step, rows, found, faint).all()


class _Following:
    def __init__(
        self,
        step: Step,
        rows: Sequence[StoredRow],
        found: Sequence[FoundClause],
        faint: Sequence[FaintLabel],
    ) -> None:
        self.step, self.found, self.faint, self.result = step, found, faint, Followed()
        self.live = [row for row in rows if row.live and row.record.quote and may_follow(step, row)]
        self.curated = [row.record for row in rows if row.live and row.record.method is Method.CURATED]
        self.retired = [row for row in rows if not row.live and row.record.quote]
        back = [row for row in self.retired if came_back(step, row)]
        wanted = [wanted_of(row, step.before) for row in (*self.live, *back)]
        self.places = find_places(wanted, step.before, step.after, step.compared)
        self.back = {
            row.record.id: row
            for row in back
            if self.places[row.record.id].outcome in (AnchorOutcome.FOUND, AnchorOutcome.MOVED)
        }
        self.claims = Claims(step.after.text)
        self.gone: list[StoredRow] = []

    def all(self) -> Followed:
        """Everything; the provisions that stand there word for word claim their places first."""
        rank = {outcome: number for number, outcome in enumerate(AnchorOutcome)}
        for row in sorted(self.live, key=lambda row: rank[self.places[row.record.id].outcome]):
            self._one(row, self.places[row.record.id])
        self._newly_found()
        self._heirs()
        for row in self.gone:
            self._retire(row, "The clause is gone from the text.", AnchorOutcome.GONE)
        for row in self.back.values():
            self._restore_words(row)
        for row in self.live:
            if row.record.id in self.result.seen:
                start, end, _ = self.result.seen[row.record.id]
                self.result.kept.setdefault(words_key(_words(row.record)), []).append((start, end))
        if self._counterparts is not None:
            for one in self.result.fresh:
                if words := self._counterparts.words_before(one.start, one.end):
                    self.result.earlier[one.start] = words
        return self.result

    # What became of one

    def _one(self, row: StoredRow, place: Place) -> None:
        record, step = row.record, self.step
        assert record.quote is not None
        words = record.quote.selector.exact
        automatic = record.method is Method.AUTOMATIC
        if automatic and self.claims.taken(record.clause_type, place.start, place.end):
            place = self.claims.twin(record.clause_type, place)
        if automatic and place.outcome is AnchorOutcome.CHANGED:
            place = self._where_it_stood(row, place)
        if place.outcome is AnchorOutcome.GONE:
            self.gone.append(row)
        elif automatic and self.claims.taken(record.clause_type, place.start, place.end):
            said = "The clause is now one with another of its kind."
            self._retire(row, said, AnchorOutcome.CHANGED, step.words_at(place))
        elif place.outcome is AnchorOutcome.CHANGED:
            self._reworded(row, place, words, step.words_at(place))
        else:
            judged = None
            if automatic and authoritative(step, record):
                judged = self._label(record.clause_type, place)
                if judged is None:
                    said = f"No longer found by automatic analysis (classifier {step.method_version})."
                    self._retire(row, said, None)
                    return
            self._stays(row, place, judged)

    def _stays(self, row: StoredRow, place: Place, judged: FoundClause | None) -> None:
        record, step = row.record, self.step
        words, now = _words(record), step.words_at(place)
        spelled = now if words_key(words) != words_key(now) else None
        changes: list[ChangeRecord] = []
        if spelled is not None:  # the page shows these words from now on, and so must the record
            said = "The same letters: only punctuation, or blanks between words, changed."
            change = change_of(
                step, record, ChangeKind.VERIFIED, said, outcome=place.outcome, old=words, new=now
            )
            changes.append(change)
        if place.outcome is AnchorOutcome.MOVED:
            said = "The same words now stand elsewhere in the document."
            changes.append(change_of(step, record, ChangeKind.MOVED, said, outcome=place.outcome))
        if judged is not None and judged.severity is not record.severity:
            said = (
                f"The same words; the classifier (now {step.method_version}) takes them for "
                f"{judged.severity} instead of {record.severity}."
            )
            change = change_of(step, record, ChangeKind.MODIFIED, said, severity=judged.severity)
            changes.append(change.model_copy(update={"version_from": None, "version_to": None}))
        if judged is not None and (changes or record.method_version != step.method_version):
            self._put(judged_record(step, record, judged, changes, place=place, now=spelled), place, changes)
        elif changes:
            self._put(changed_record(step, record, changes, place=place, now=spelled), place, changes)
        else:
            self._claim(record, place, change=False)

    def _reworded(self, row: StoredRow, place: Place, words: str, now: str) -> None:
        record, step = row.record, self.step
        if only_looks(words, now):
            said = "Only a date, a counter or punctuation in the clause changed."
            self._new_words(record, ChangeKind.VERIFIED, said, place, words, now)
            return
        counted = changed_words(words, now)
        said = f"The words changed: {counted.inserted} came, {counted.deleted} went."
        if record.method is Method.CURATED:
            if similarity(words, now) < READ_AGAIN:
                said += (
                    " They changed much and the label is that of the old ones: a person should read it again."
                )
            self._new_words(record, ChangeKind.MODIFIED, said, place, words, now)
            return
        found = self._label(record.clause_type, place)
        if found is None and not self._still_that(record.clause_type, place, likeness(words, now)):
            said = "The clause was reworded, and automatic analysis no longer takes it for one of this kind."
            self._retire(row, said, AnchorOutcome.CHANGED, now)
        elif found is None:
            self._new_words(record, ChangeKind.MODIFIED, said, place, words, now)
        else:
            if found.severity is not record.severity:
                said += f" Automatic analysis takes them for {found.severity} instead of {record.severity}."
            change = change_of(
                step,
                record,
                ChangeKind.MODIFIED,
                said,
                severity=found.severity,
                outcome=AnchorOutcome.CHANGED,
                old=words,
                new=now,
            )
            self._put(judged_record(step, record, found, [change], place=place, now=now), place, [change])

    def _still_that(self, clause_type: str, place: Place, alike: float) -> bool:
        """Whether words that have no label of this kind any more are still taken for a clause of it."""
        return alike >= STILL_THAT or any(is_at(one, clause_type, place) for one in self.faint)

    def _new_words(
        self, record: ProvisionRecord, kind: ChangeKind, said: str, place: Place, words: str, now: str
    ) -> None:
        """The label stays, the words are others."""
        change = change_of(self.step, record, kind, said, outcome=AnchorOutcome.CHANGED, old=words, new=now)
        self._put(changed_record(self.step, record, [change], place=place, now=now), place, [change])

    # What the analysis found

    def _newly_found(self) -> None:
        step = self.step
        retired = {_key(row.record): row for row in self.retired if row.record.method is Method.AUTOMATIC}
        newer = any(
            row.record.method_version != step.method_version
            for row in self.live
            if row.record.method is Method.AUTOMATIC
        )
        # What a document says twice has one record.
        done = {
            (row.record.clause_type, _said(self.step.after.text[slice(*self.result.seen[row.record.id][:2])]))
            for row in self.live
            if row.record.id in self.result.seen
        }
        for one in self.found:
            if one.position is None or self._covered(one) or step.refused(one.clause_type, one.exact):
                continue
            said = (one.clause_type, _said(one.exact))
            if said in done:  # perhaps with another comma
                continue
            done.add(said)
            new = newer or self._new(one)
            earlier = retired.get((one.clause_type, words_key(one.exact)))
            if earlier is None and new:
                self.claims.add(one.clause_type, one.start, one.end)
                self.result.fresh.append(one)
                self.result.counts[ChangeKind.ADDED] += 1
            elif earlier is not None and (
                new or earlier.record.id in self.back or authoritative(step, earlier.record)
            ):
                self._restore_found(earlier, one)

    def _heirs(self) -> None:
        """A clause that went and one of its kind that came, with many words in common or in its place, are
        one reworded clause."""
        if self.step.before is None or self.step.unchanged:
            return
        automatic = [row for row in self.gone if row.record.method is Method.AUTOMATIC]
        for row, one in heirs(automatic, self.result.fresh):
            self._inherits(row, one)
        for row in automatic:
            place = self._spot(row) if row in self.gone else None
            if place is None:
                continue
            kind = row.record.clause_type
            heir = next((one for one in self.result.fresh if is_at(one, kind, place)), None)
            if heir is not None:
                self._inherits(row, heir)
            elif not self.claims.taken(kind, place.start, place.end):
                self.gone.remove(row)
                self._reworded(row, place, _words(row.record), self.step.words_at(place))

    def _inherits(self, row: StoredRow, one: FoundClause) -> None:
        self.gone.remove(row)
        self.result.fresh.remove(one)
        self.result.counts[ChangeKind.ADDED] -= 1
        self._reworded(row, Place(AnchorOutcome.CHANGED, one.start, one.end), _words(row.record), one.exact)

    def _spot(self, row: StoredRow) -> Place | None:
        """What stands now where a clause stood."""
        return self._counterparts.of(row) if self._counterparts is not None else None

    @cached_property
    def _counterparts(self) -> Counterparts | None:
        step = self.step
        if step.before is None or step.compared is None or step.unchanged:
            return None
        return Counterparts(step.before, step.after, step.compared)

    def _where_it_stood(self, row: StoredRow, place: Place) -> Place:
        """Of a place that anchoring found for changed words and the one where they stood, the latter when
        its words are like enough as well."""
        spot, kind = self._spot(row), row.record.clause_type
        if spot is None or self.claims.taken(kind, spot.start, spot.end):
            return place
        if spot.start < place.end and place.start < spot.end:
            return place
        return spot if likeness(_words(row.record), self.step.words_at(spot)) >= RATHER_THERE else place

    def _new(self, one: FoundClause) -> bool:
        before = self.step.before
        if before is None or self.step.unchanged:
            return True
        return not before.says(one.exact) and not before.says_but_for_dates(one.exact)

    def _covered(self, one: FoundClause) -> bool:
        """Whether a provision of its kind stands there already, followed or recorded by a person."""
        if self.claims.taken(one.clause_type, one.start, one.end):
            return True
        words = _plain(one.exact)
        for record in self.curated:
            if record.clause_type == one.clause_type and record.quote is not None:
                theirs = _plain(record.quote.selector.exact)
                if words in theirs or theirs in words:
                    return True
        return False

    def _label(self, clause_type: str, place: Place) -> FoundClause | None:
        """What the analysis says of the words at a place, if it is of this kind."""
        return next((one for one in self.found if is_at(one, clause_type, place)), None)

    # What is written

    def _restore_found(self, row: StoredRow, one: FoundClause) -> None:
        record, step = row.record, self.step
        self.back.pop(record.id, None)
        if self._new(one) and not step.unchanged:
            said = "The clause stands in the text again."
        else:
            said = f"Found again by automatic analysis (classifier {step.method_version})."
        place = Place(AnchorOutcome.FOUND, one.start, one.end)
        change = change_of(step, record, ChangeKind.RESTORED, said, severity=one.severity, new=one.exact)
        self._put(judged_record(step, record, one, [change], place=place), place, [change])

    def _restore_words(self, row: StoredRow) -> None:
        record, place = row.record, self.places[row.record.id]
        if self.claims.taken(record.clause_type, place.start, place.end):
            return
        now = self.step.words_at(place)
        said = "The clause stands in the text again."
        change = change_of(self.step, record, ChangeKind.RESTORED, said, outcome=AnchorOutcome.FOUND, new=now)
        self._put(changed_record(self.step, record, [change], place=place, now=now), place, [change])

    def _retire(
        self, row: StoredRow, said: str, outcome: AnchorOutcome | None, now: str | None = None
    ) -> None:
        record = row.record
        assert record.quote is not None
        change = change_of(
            self.step,
            record,
            ChangeKind.REMOVED,
            said,
            outcome=outcome,
            old=record.quote.selector.exact,
            new=now,
        )
        if outcome is None:  # the words are there; no version took them away
            change = change.model_copy(update={"version_from": None, "version_to": None})
        gone = changed_record(self.step, record, [change])
        self.result.rows.append(StoredRow(gone, False, row.seen_version, row.start, row.end))
        self.result.counts[ChangeKind.REMOVED] += 1

    def _put(self, record: ProvisionRecord, place: Place, changes: Sequence[ChangeRecord]) -> None:
        for change in changes:
            self.result.counts[change.kind] += 1
        self.result.rows.append(StoredRow(record, True, self.step.version, place.start, place.end))
        self._claim(record, place, change=any(one.version_to is not None for one in changes))

    def _claim(self, record: ProvisionRecord, place: Place, *, change: bool) -> None:
        self.claims.add(record.clause_type, place.start, place.end)
        self.result.seen[record.id] = (place.start, place.end, change)


def _words(record: ProvisionRecord) -> str:
    return record.quote.selector.exact if record.quote else ""


def _said(words: str) -> str:
    return words_key(without_heading(words))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _key(record: ProvisionRecord) -> tuple[str, str]:
    return record.clause_type, words_key(record.quote.selector.exact) if record.quote else ""
