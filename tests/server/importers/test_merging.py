"""A catalogue that is loaded again forgets nothing that captures have seen."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clauselight.contract.vocabulary import ChangeKind, Severity
from clauselight.importers.merging import merged, was_followed
from clauselight.store.provision_rows import StoredRow
from records import a_change, a_record

DAY = dt.date(2026, 11, 23)
LATER = {**a_change("2026-09-01", "modified", "high", "high"), "version_from": 1, "version_to": 2}
NEW_WORDS = "We sell your data to everybody."


def a_followed(**changes: Any) -> StoredRow:
    stored = a_record(
        quote__selector__exact=NEW_WORDS,
        quote__recorded="2026-09-01",
        history__last_verified="2026-11-20",
        history__changes=[a_change("2026-05-01", "added", "high"), LATER],
        **changes,
    )
    return StoredRow(stored, True, 2, 0, 30)


def test_what_was_never_captured_is_loaded_as_it_is() -> None:
    assert not was_followed(StoredRow(a_record(), True))
    assert was_followed(a_followed())


def test_words_and_history_stay_and_texts_are_renewed() -> None:
    record, live = merged(a_record(title="A better title"), a_followed(), DAY)
    assert (record.title, live) == ("A better title", True)
    assert record.quote is not None and record.quote.selector.exact == NEW_WORDS
    assert [change.kind for change in record.history.changes] == [ChangeKind.ADDED, ChangeKind.MODIFIED]
    assert record.history.last_verified == dt.date(2026, 11, 20)


def test_a_revised_severity_is_a_change_record() -> None:
    loaded = a_record(severity="low", history__changes=[a_change("2026-05-01", "added", "low")])
    record, _ = merged(loaded, a_followed(), DAY)
    last = record.history.changes[-1]
    assert (last.date, last.severity_from, last.severity_to) == (DAY, Severity.HIGH, Severity.LOW)
    assert record.severity is Severity.LOW


def test_what_is_gone_stays_gone_until_a_person_records_it_anew() -> None:
    gone = StoredRow(a_followed().record, False, 2, 0, 30)
    assert merged(a_record(), gone, DAY)[1] is False
    anew = a_record(quote__recorded="2026-10-01")
    record, live = merged(anew, gone, DAY)
    assert live and record.quote == anew.quote
