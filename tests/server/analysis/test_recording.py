"""Recording captures one by one: what is a version, what is a problem, and what becomes of the records."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.analysis.captured import Recorded, Taken
from clauselight.analysis.found import Analysis, FaintLabel, FoundClause
from clauselight.analysis.recording import record_capture
from clauselight.analysis.verification import verify
from clauselight.contract.vocabulary import CaptureMethod, ChangeKind, Severity, VersionKind
from clauselight.store.captures import CaptureOutcome, newest_capture
from clauselight.store.documents import get_document, save_documents
from clauselight.store.engine import write_alone
from clauselight.store.history_tables import version as version_table
from clauselight.store.log import broken_links, walk_log
from clauselight.store.provisions import get_provision, live_provisions, save_provision
from clauselight.store.refused_labels import refuse_label
from findings import COURT, SALE, a_clause, a_court_clause
from records import PAGE_FACTS, a_document, a_record

DOCUMENT = a_document()
CURATED = "CL-P-000900"
CURATED_WORDS = "We sell your data to anybody who asks."
FILLER = "\n".join(
    f"Passage {number} explains how our shop treats what you tell it, and why it does so."
    for number in range(40)
)
START = dt.datetime(2026, 10, 5, 6, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def page(*passages: str) -> str:
    return "\n".join(["Privacy Policy", *passages, FILLER])


def reading(text: str, *found: FoundClause, language: str = "en", version: str = "test-1") -> Analysis:
    """An analysis of a text, whose clauses are put where their words stand."""
    placed = []
    for one in found:
        at = text.index(one.exact)
        fields = {name: getattr(one, name) for name in FoundClause.__slots__}
        span = {"start": at, "end": at + len(one.exact), "position": (at, at + len(one.exact))}
        placed.append(FoundClause(**{**fields, **span}))
    return Analysis("Policy", language, len(text.split()), 9, version, tuple(placed), text=text)


def taken(moment: dt.datetime, **changes: Any) -> Taken:
    fields: dict[str, Any] = {
        "url": DOCUMENT.urls[0],
        "final_url": DOCUMENT.urls[0],
        "moment": moment,
        "method": CaptureMethod.FETCHED,
        "media_type": "text/plain",
        "body": repr(moment).encode(),
        "status": 200,
        "headers": {"ETag": '"1"'},
    }
    return Taken(**{**fields, **changes})


async def capture(
    engine: AsyncEngine, moment: dt.datetime, read: Analysis | None, **changes: Any
) -> Recorded:
    async with engine.begin() as connection:
        await write_alone(connection)
        return await record_capture(connection, DOCUMENT, taken(moment, **changes), read)


@pytest.fixture
async def engine(empty_archive: AsyncEngine) -> AsyncEngine:
    async with empty_archive.begin() as connection:
        await save_documents(connection, [DOCUMENT])
        await save_provision(connection, a_record(), today=START.date(), snapshot=PAGE_FACTS)
    return empty_archive


async def kinds(engine: AsyncEngine, identity: str) -> list[str]:
    async with engine.connect() as connection:
        record = await get_provision(connection, identity)
    assert record is not None
    assert record.severity is record.history.changes[-1].severity_to
    return [change.kind.value for change in record.history.changes]


async def test_the_same_text_is_a_verification(engine: AsyncEngine) -> None:
    text = page(CURATED_WORDS, SALE)
    first = await capture(engine, START, reading(text, a_clause()))
    again = await capture(engine, START + DAY, reading(text, a_clause()), body=b"other bytes")
    assert (first.outcome, first.kind) == (CaptureOutcome.VERSION, VersionKind.FIRST)
    assert (again.outcome, again.version) == (CaptureOutcome.VERIFIED, 1)
    async with engine.connect() as connection:
        curated, found = await live_provisions(connection)
        document = await get_document(connection, DOCUMENT.id)
        newest = await newest_capture(connection, DOCUMENT.id)
        lines = [line.kind async for line in walk_log(connection)]
        assert await broken_links(connection) == []
    for record in (curated, found):
        assert record.history.last_verified >= (START + DAY).date()
        assert record.provenance.captured_at == START
    assert document is not None and document.last_verified == START + DAY and document.last_changed == START
    assert newest is not None and (newest.etag, newest.status) == ('"1"', 200)
    assert lines == ["capture", "version", "capture"]


async def test_what_a_person_recorded_is_followed_and_keeps_its_severity(engine: AsyncEngine) -> None:
    await capture(engine, START, reading(page(CURATED_WORDS)))
    light = CURATED_WORDS.replace("anybody", "everybody")
    heavy = "We may sell or rent your data to whoever pays us and asks for it."
    await capture(engine, START + DAY, reading(page(light)))
    await capture(engine, START + 2 * DAY, reading(page("Nothing of that kind is said here any more.")))
    await capture(engine, START + 3 * DAY, reading(page(light)))
    assert await kinds(engine, CURATED) == ["added", "modified", "removed", "restored"]
    await capture(engine, START + 4 * DAY, reading(page(heavy)))
    async with engine.connect() as connection:
        record = await get_provision(connection, CURATED)
    assert record is not None and record.severity is Severity.HIGH
    assert record.provenance.change_verified or record.history.changes[-1].kind is ChangeKind.REMOVED


async def test_what_was_never_seen_in_a_capture_has_not_gone(engine: AsyncEngine) -> None:
    """A page for another country does not have the words that a person recorded of this one."""
    await capture(engine, START, reading(page(COURT)))
    await capture(engine, START + DAY, reading(page(COURT, SALE)))
    assert await kinds(engine, CURATED) == ["added"]


async def test_a_sent_page_cannot_take_away_what_a_person_recorded(engine: AsyncEngine) -> None:
    await capture(engine, START, reading(page(CURATED_WORDS)))
    sent = await capture(engine, START + DAY, reading(page(SALE), a_clause()), method=CaptureMethod.SENT)
    assert sent.outcome is CaptureOutcome.VERSION
    assert await kinds(engine, CURATED) == ["added"]


async def test_the_classifier_wavering_is_no_change(engine: AsyncEngine) -> None:
    await capture(engine, START, reading(page(SALE, COURT), a_clause()))
    await capture(engine, START + DAY, reading(page(SALE, COURT, "Another passage."), a_court_clause()))
    assert await kinds(engine, "CL-P-500000") == ["added"]
    async with engine.connect() as connection:
        types = [record.clause_type for record in await live_provisions(connection)]
    assert "binding-arbitration" not in types
    # Another classifier has another opinion of the same words.
    newer = reading(page(SALE, COURT, "A third."), a_clause(severity=Severity.LOW), version="test-2")
    await capture(engine, START + 2 * DAY, newer)
    assert await kinds(engine, "CL-P-500000") == ["added", "modified"]


async def test_a_record_has_its_words_as_the_page_spells_them_now(engine: AsyncEngine) -> None:
    """Joined or separated by a blank, a hyphen or a dot they are the same clause; but its quote must stand in
    the newest version, and the record says when the spelling changed."""
    words = "We sell your personal information and your off-site activity to U.S. data brokers."
    now = "We sell your personal information and your offsite activity to US data brokers."
    await capture(engine, START, reading(page(words, COURT), a_clause(exact=words)))
    await capture(engine, START + DAY, reading(page(now, COURT)))
    async with engine.connect() as connection:
        found = next(one for one in await live_provisions(connection) if one.id != CURATED)
        result = await verify(connection, today=START.date() + 2 * DAY, only=[found.id])
    assert found.quote is not None and found.quote.selector.exact == now
    said = found.history.changes[-1]
    assert (said.kind, said.old_quote, said.new_quote) == (ChangeKind.VERIFIED, words, now)
    assert (result.failures, result.records[found.id].quote_verified) == ([], True)
    assert result.records[found.id].change_verified


async def test_a_clause_that_was_written_anew_in_its_passage_is_not_gone(engine: AsyncEngine) -> None:
    """Too few words are left for anchoring; the passage around them tells."""
    rest = "For example, we tell them what you bought and when. You can ask us who they are at any time."
    words = "Identify your precise location and customize the recommendations and ads we show you."
    now = (
        "Depending on where you live, and with your consent, identify your precise location and customize "
        "your experience on our Services."
    )
    await capture(engine, START, reading(page(COURT, f"{words} {rest}"), a_clause(exact=words)))
    after = page(f"{now} {rest}", COURT)
    await capture(engine, START + DAY, reading(after, a_clause(exact=now)))
    async with engine.connect() as connection:
        (found,) = [one for one in await live_provisions(connection) if one.id != CURATED]
    assert [change.kind for change in found.history.changes] == [ChangeKind.ADDED, ChangeKind.MODIFIED]
    assert (found.history.changes[1].old_quote, found.history.changes[1].new_quote) == (words, now)


async def test_of_two_like_sentences_the_one_in_its_own_passage_is_the_heir(engine: AsyncEngine) -> None:
    """And the other one is new: the earlier wording belongs to the first."""
    words = "Recommend products, shops or categories that you may like based on your activity in our shop."
    heir = "Recommend products, shops, or content that you may like based on your activity and elsewhere."
    other = "Recommend products, shops or content that you may like based on your activity in our shop."
    rest = "For example, if you looked at tents we may show you sleeping bags that other people bought."
    court = a_court_clause(exact=COURT)
    await capture(engine, START, reading(page(f"{words} {rest}", COURT), a_clause(exact=words), court))
    after = page(f"{heir} {rest}", COURT, other)
    found = (a_clause(exact=heir), court, a_clause(exact=other))
    await capture(engine, START + DAY, reading(after, *found))
    async with engine.connect() as connection:
        records = [one for one in await live_provisions(connection) if one.clause_type == "data-sale"]
    reworded, added = (one for one in records if one.id != CURATED)
    assert reworded.quote is not None and reworded.quote.selector.exact == heir
    assert [change.kind for change in reworded.history.changes] == [ChangeKind.ADDED, ChangeKind.MODIFIED]
    assert added.quote is not None and added.quote.selector.exact == other
    assert added.history.changes[0].old_quote is None
    assert added.history.changes[0].summary.startswith("The clause is new in this version.")


async def test_clauses_that_stand_there_twice_stay_two(engine: AsyncEngine) -> None:
    """As where a policy says a thing in its text and again in its table of legal bases."""
    nearly = SALE.replace("your personal", "all your personal")
    both = SALE.replace("brokers", "brokers and banks")
    found = (a_clause(), a_clause(exact=nearly))
    await capture(engine, START, reading(page(SALE, COURT, nearly), *found))
    await capture(engine, START + DAY, reading(page(both, COURT, both), a_clause(exact=both)))
    for identity in ("CL-P-500000", "CL-P-500001"):
        assert await kinds(engine, identity) == ["added", "modified"]
    async with engine.connect() as connection:
        live = [one for one in await live_provisions(connection) if one.id != CURATED]
    assert len({one.quote.position.start for one in live if one.quote and one.quote.position}) == 2


async def test_what_is_said_twice_has_one_record_also_when_both_are_reworded(engine: AsyncEngine) -> None:
    now = SALE.replace("brokers", "brokers and banks")
    await capture(engine, START, reading(page(SALE, COURT, SALE), a_clause()))
    text = page(now, COURT, f"Selling: {now}")
    second = a_clause(exact=f"Selling: {now}")
    await capture(engine, START + DAY, reading(text, a_clause(exact=now), second))
    assert await kinds(engine, "CL-P-500000") == ["added", "modified"]
    async with engine.connect() as connection:
        assert len(await live_provisions(connection)) == 2


@pytest.mark.parametrize("faint", [True, False])
async def test_a_reworded_clause_keeps_a_label_that_the_classifier_sees_faintly(
    engine: AsyncEngine, faint: bool
) -> None:
    """Where it tells of another kind first, this one is not told; so it is not gone either."""
    rest = "For example, we tell them what you bought and when. You can ask us who they are at any time."
    words = "Brokers and banks share information with us, such as identifiers and what you did elsewhere."
    now = (
        "These banks share information with us too, such as hashed addresses and numbers of telephones, "
        "by which we match you and your actions with an account at our shop."
    )
    await capture(engine, START, reading(page(COURT, f"{words} {rest}"), a_clause(exact=words)))
    after = page(f"{now} {rest}", COURT)
    at = after.index(now)
    seen = (FaintLabel("data-sale", at, at + len(now)),) if faint else ()
    read = dataclasses.replace(reading(after), faint=seen)
    await capture(engine, START + DAY, read)
    assert await kinds(engine, "CL-P-500000") == ["added", "modified" if faint else "removed"]


async def test_a_refused_label_does_not_come_back(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await refuse_label(
            connection,
            document_id=DOCUMENT.id,
            clause_type="data-sale",
            words=SALE,
            provision_id="CL-P-500000",
            who="somebody",
            moment=START,
        )
    await capture(engine, START, reading(page(SALE, COURT), a_clause(), a_court_clause()))
    async with engine.connect() as connection:
        automatic = [one for one in await live_provisions(connection) if one.id != CURATED]
    assert [one.clause_type for one in automatic] == ["binding-arbitration"]


@pytest.mark.parametrize(
    ("text", "language", "problem"),
    [
        ("Welcome. Please choose your country to read our policy.", "en", "shrunken"),
        (page(SALE).replace("Passage", "Absatz"), "de", "other-language"),
    ],
)
async def test_what_cannot_be_the_next_version_is_a_problem_until_it_stays(
    engine: AsyncEngine, text: str, language: str, problem: str
) -> None:
    await capture(engine, START, reading(page(CURATED_WORDS)))
    odd = reading(text, language=language)
    first = await capture(engine, START + DAY, odd)
    assert first.outcome is CaptureOutcome.PROBLEM and first.problem is not None
    assert first.problem[0] == problem
    async with engine.connect() as connection:
        document = await get_document(connection, DOCUMENT.id)
    assert document is not None and document.version == 1 and document.capture_problem is not None
    assert document.capture_problem.kind == problem
    assert (await capture(engine, START + 10 * DAY, odd)).outcome is CaptureOutcome.PROBLEM
    later = await capture(engine, START + 16 * DAY, odd)
    assert later.outcome is CaptureOutcome.VERSION


async def test_a_page_that_was_refused_is_a_visible_problem(engine: AsyncEngine) -> None:
    await capture(engine, START, reading(page(CURATED_WORDS)))
    said = ("login", "The site asked to sign in instead of showing the document.")
    recorded = await capture(engine, START + DAY, None, problem=said, status=403)
    assert recorded.problem == said
    well = await capture(engine, START + 2 * DAY, reading(page(CURATED_WORDS)))
    assert well.outcome is CaptureOutcome.VERIFIED
    async with engine.connect() as connection:
        document = await get_document(connection, DOCUMENT.id)
    assert document is not None and document.capture_problem is None


async def test_a_clock_set_back_is_said_and_the_order_kept(engine: AsyncEngine) -> None:
    await capture(engine, START, reading(page(CURATED_WORDS)))
    late = await capture(engine, START - 30 * DAY, reading(page(CURATED_WORDS, SALE), a_clause()))
    assert (late.moment, late.version) == (START, 2)
    async with engine.connect() as connection:
        newest = await newest_capture(connection, DOCUMENT.id)
        found = next(one for one in await live_provisions(connection) if one.id != CURATED)
    assert newest is not None and newest.sentence is not None
    assert newest.sentence.startswith("The clock said 2026-09-05T06:00:00Z")
    assert found.history.first_seen == START.date()


async def test_a_full_disk_leaves_the_archive_as_it_was(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await capture(engine, START, reading(page(CURATED_WORDS)))
    from clauselight.analysis import recording

    async def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(recording, "note_state", full)
    with pytest.raises(OSError, match="No space"):
        await capture(engine, START + DAY, reading(page(SALE), a_clause()))
    async with engine.connect() as connection:
        count = await connection.scalar(sa.select(sa.func.count()).select_from(version_table))
        assert count == 1
        assert await broken_links(connection) == []
        assert [one.id for one in await live_provisions(connection)] == [CURATED]
