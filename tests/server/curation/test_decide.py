"""A decision changes the label that was disputed, says so, and leaves everything else alone."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from clauselight.contract.curation import DisputeDecision
from clauselight.contract.dispute import DisputeRequest
from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.record_rules import RecordRefused
from clauselight.contract.vocabulary import DisputeAct, DisputeReason, Method, Severity
from clauselight.curation.changes import Actor, Conflict, Unknown
from clauselight.curation.decide import Decided, Held, case_etag, decide
from clauselight.curation.draft import UnknownClauseType
from clauselight.curation.rows import decision_rows
from clauselight.knowledge.clause_types import clause_types
from clauselight.store.audit import read_audit
from clauselight.store.dispute_queue import (
    LEASE,
    VersionDecisions,
    count_open,
    decisions_by_version,
    lease_dispute,
    lease_next,
    queued_dispute,
)
from clauselight.store.disputes import (
    SINGLY,
    NewDispute,
    dispute_counts,
    dispute_with_token,
    file_disputes,
    public_decisions,
)
from clauselight.store.engine import migrate, open_archive, write_alone
from clauselight.store.log import broken_links, log_of
from clauselight.store.provision_state import StoredProvision, stored_provision
from clauselight.store.provisions import live_provisions
from clauselight.store.refused_labels import is_refused
from people import AUTOMATIC, MOMENT, with_records

MO = Actor("Mo (token 1)", MOMENT)
WORDS = "We sell your data to anybody who asks."
OTHER_TYPES = ("marketing-use", "location-data", "third-party-sharing")


@asynccontextmanager
async def writing(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction as the server makes it."""
    async with engine.begin() as connection:
        await write_alone(connection)
        yield connection


async def disputed(
    engine: AsyncEngine,
    provision: str = "CL-P-000900",
    reason: str = "other",
    *,
    times: int = 1,
    first: str = "",
    **more: Any,
) -> int:
    """File disputes that say the same; returns the number of the first."""
    request = DisputeRequest.model_validate({"provision": provision, "reason": reason, **more})
    async with writing(engine) as connection:
        new = [
            NewDispute(request, first if first and not one else f"{provision}{reason}{one}{more}", MOMENT)
            for one in range(times)
        ]
        filed = await file_disputes(connection, new)
    assert filed[0] is not None
    return filed[0].id


async def decided(engine: AsyncEngine, number: int, etag: str | None = None, **decision: Any) -> int:
    """Decide as Mo."""
    sent = DisputeDecision.model_validate({"text": "Because.", **decision})
    async with writing(engine) as connection:
        return await decide(connection, number, sent, MO, etag)


async def record(engine: AsyncEngine, provision: str = "CL-P-000900") -> StoredProvision:
    async with engine.connect() as connection:
        found = await stored_provision(connection, provision)
    assert found is not None
    return found


async def test_another_severity_is_set_and_told(empty_archive: AsyncEngine) -> None:
    await with_records(empty_archive, {})
    number = await disputed(empty_archive, reason="wrong-severity", proposed_severity="low")
    assert await decided(empty_archive, number, act="severity", severity="low", text="Only on request.") == 1
    after = await record(empty_archive)
    assert after.record.severity is Severity.LOW
    change = after.record.history.changes[-1]
    assert (change.severity_from, change.severity_to) == (Severity.HIGH, Severity.LOW)
    assert "Only on request." in change.summary
    async with empty_archive.connect() as connection:
        (told,) = (await public_decisions(connection, ["CL-P-000900"]))["CL-P-000900"]
        counts = (await dispute_counts(connection, ["CL-P-000900"]))["CL-P-000900"]
    assert (told.state, told.act, told.text) == ("upheld", "severity", "Only on request.")
    assert (counts.open, counts.upheld, counts.rejected) == (0, 1, 0)


async def test_a_removed_label_is_gone_and_does_not_come_back(empty_archive: AsyncEngine) -> None:
    await with_records(empty_archive, AUTOMATIC)
    number = await disputed(empty_archive, reason="not-in-text")
    await decided(empty_archive, number, act="remove")
    after = await record(empty_archive)
    assert not after.live
    assert after.record.history.changes[-1].kind == "removed"
    async with empty_archive.connect() as connection:
        assert await live_provisions(connection) == []
        assert await is_refused(connection, "CL-D-000900", "data-sale", WORDS)
        assert not await is_refused(connection, "CL-D-000900", "binding-arbitration", WORDS)
        assert not await is_refused(connection, "CL-D-000901", "data-sale", WORDS)


async def test_another_kind_brings_its_own_texts_and_refuses_the_earlier_one(
    empty_archive: AsyncEngine,
) -> None:
    await with_records(empty_archive, AUTOMATIC)
    number = await disputed(empty_archive, reason="wrong-kind")
    await decided(empty_archive, number, act="retype", clause_type="binding-arbitration")
    after = (await record(empty_archive)).record
    known = clause_types()["binding-arbitration"]
    assert (after.clause_type, after.title, after.severity) == (known.id, known.title, known.severity)
    assert after.explanation.what_it_is == known.what_it_is
    assert after.method is Method.CURATED
    assert after.automatic is None
    assert after.quote is not None
    assert after.quote.selector.exact == WORDS
    async with empty_archive.connect() as connection:
        assert await is_refused(connection, "CL-D-000900", "data-sale", WORDS)
        assert not await is_refused(connection, "CL-D-000900", "binding-arbitration", WORDS)


async def test_a_rejected_dispute_makes_an_automatic_label_curated(empty_archive: AsyncEngine) -> None:
    await with_records(empty_archive, AUTOMATIC)
    await decided(empty_archive, await disputed(empty_archive), act="keep", text="It says so.")
    after = (await record(empty_archive)).record
    assert (after.method, after.confidence, after.severity) == (Method.CURATED, "high", Severity.HIGH)
    assert after.history.changes[-1].kind == "verified"


async def test_a_rejected_dispute_leaves_a_curated_label_to_the_byte(empty_archive: AsyncEngine) -> None:
    await with_records(empty_archive, {})
    before = await record(empty_archive)
    await decided(empty_archive, await disputed(empty_archive), act="keep")
    assert await record(empty_archive) == before


async def test_an_edit_changes_the_explanation_only(empty_archive: AsyncEngine) -> None:
    await with_records(empty_archive, {})
    before = (await record(empty_archive)).record
    texts = {"what_it_is": "X.", "how_it_affects_you": "Y.", "why_it_matters": "Z."}
    await decided(empty_archive, await disputed(empty_archive), act="edit", explanation=texts)
    after = (await record(empty_archive)).record
    assert after.explanation.what_it_is == "X."
    differing = {
        name for name in ProvisionRecord.model_fields if getattr(after, name) != getattr(before, name)
    }
    assert differing == {"explanation", "history"}


async def test_the_audit_and_the_log_say_who_decided_what(empty_archive: AsyncEngine) -> None:
    await with_records(empty_archive, {})
    number = await disputed(empty_archive, comment="private words", contact="me@example.org")
    await decided(empty_archive, number, act="severity", severity="low")
    async with empty_archive.connect() as connection:
        lines = await read_audit(connection, limit=10)
        assert [(line.act, line.subject, line.who) for line in lines] == [
            ("uphold", f"dispute-{number}", "Mo (token 1)"),
            ("severity", "CL-P-000900", "Mo (token 1)"),
        ]
        assert len(await log_of(connection, f"dispute-{number}")) == 1
        assert await broken_links(connection) == []
    assert "private words" not in str(lines)
    assert "me@example.org" not in str(lines)


async def test_a_contact_is_forgotten_with_the_decision(empty_archive: AsyncEngine) -> None:
    await with_records(empty_archive, {})
    number = await disputed(empty_archive, contact="me@example.org")
    await decided(empty_archive, number, act="keep")
    async with empty_archive.connect() as connection:
        found = await queued_dispute(connection, number)
    assert found is not None
    assert found.dispute.contact is None


async def test_similar_disputes_are_answered_together_and_others_stay(empty_archive: AsyncEngine) -> None:
    await with_records(empty_archive, {})
    number = await disputed(empty_archive, reason="outdated", times=SINGLY + 20, first="the-first-token")
    await disputed(empty_archive, reason="misleading")
    assert await decided(empty_archive, number, act="severity", severity="low") == SINGLY + 20
    async with empty_archive.connect() as connection:
        assert await count_open(connection) == 1
        followed = await dispute_with_token(connection, "the-first-token")
        counts = (await dispute_counts(connection, ["CL-P-000900"]))["CL-P-000900"]
    assert followed is not None
    assert followed.dispute.state == "upheld"
    assert (counts.open, counts.upheld) == (1, SINGLY), "those that only repeat are not counted"


async def test_deciding_one_alone_keeps_those_that_repeat_it_in_the_queue(empty_archive: AsyncEngine) -> None:
    await with_records(empty_archive, {})
    number = await disputed(empty_archive, times=SINGLY + 3)
    assert await decided(empty_archive, number, act="keep", similar=False) == 1
    async with empty_archive.connect() as connection:
        assert await count_open(connection) == SINGLY, "one that repeated it took its place"


async def test_removing_a_label_answers_every_dispute_about_it(empty_archive: AsyncEngine) -> None:
    await with_records(empty_archive, {})
    number = await disputed(empty_archive, reason="outdated")
    await disputed(empty_archive, reason="misleading")
    assert await decided(empty_archive, number, act="remove", similar=False) == 2


async def test_a_flood_about_one_label_is_rejected_at_once(empty_archive: AsyncEngine) -> None:
    await with_records(empty_archive, {}, {"clause_type": "binding-arbitration"})
    number = await disputed(empty_archive, reason="outdated", times=SINGLY + 5)
    for name in OTHER_TYPES:
        await disputed(empty_archive, reason="wrong-kind", proposed_type=name)
    await disputed(empty_archive, "CL-P-000901")
    answered = await decided(empty_archive, number, act="keep", whole_label=True)
    assert answered == SINGLY + 5 + len(OTHER_TYPES)
    async with empty_archive.connect() as connection:
        assert await count_open(connection) == 1, "the one about the other label"
    with pytest.raises(ValueError, match="whole_label"):
        DisputeDecision.model_validate(
            {"act": "severity", "severity": "low", "text": "x", "whole_label": True}
        )


async def test_a_dispute_is_decided_once(empty_archive: AsyncEngine) -> None:
    await with_records(empty_archive, {})
    number = await disputed(empty_archive)
    await decided(empty_archive, number, act="keep")
    with pytest.raises(Decided):
        await decided(empty_archive, number, act="remove")
    assert (await record(empty_archive)).live
    with pytest.raises(Unknown):
        await decided(empty_archive, 999, act="keep")


async def test_who_opened_it_first_decides_until_the_lease_ends(empty_archive: AsyncEngine) -> None:
    await with_records(empty_archive, {})
    number = await disputed(empty_archive)
    async with writing(empty_archive) as connection:
        assert await lease_dispute(connection, number, "Ada (token 2)", MOMENT)
        assert not await lease_dispute(connection, number, MO.who, MOMENT)
        assert await lease_next(connection, MO.who, MOMENT) is None
    with pytest.raises(Held, match="Ada"):
        await decided(empty_archive, number, act="keep")
    later = MOMENT + LEASE + dt.timedelta(seconds=1)
    async with writing(empty_archive) as connection:
        assert await lease_next(connection, MO.who, later) == number


async def test_a_clock_that_was_set_back_holds_no_dispute(empty_archive: AsyncEngine) -> None:
    await with_records(empty_archive, {})
    number = await disputed(empty_archive)
    ahead = MOMENT + dt.timedelta(days=400)
    async with writing(empty_archive) as connection:
        assert await lease_dispute(connection, number, "Ada (token 2)", ahead)
        assert await lease_next(connection, MO.who, MOMENT) == number
        assert await lease_dispute(connection, number, "Ada (token 2)", ahead)
    await decided(empty_archive, number, act="keep")


async def test_a_label_that_changed_meanwhile_is_looked_at_again(empty_archive: AsyncEngine) -> None:
    await with_records(empty_archive, {})
    first = await disputed(empty_archive, reason="outdated")
    second = await disputed(empty_archive, reason="wrong-severity")
    async with empty_archive.connect() as connection:
        queued = await queued_dispute(connection, second)
        stored = await stored_provision(connection, "CL-P-000900")
    assert queued is not None
    assert stored is not None
    etag = case_etag(queued, stored)
    await decided(empty_archive, first, act="severity", severity="low")
    with pytest.raises(Conflict) as conflict:
        await decided(empty_archive, second, etag, act="severity", severity="critical")
    await decided(empty_archive, second, conflict.value.etag, act="severity", severity="critical")


@pytest.mark.parametrize(
    ("decision", "refused"),
    [
        ({"act": "severity", "severity": "high"}, RecordRefused),
        ({"act": "retype", "clause_type": "data-sale"}, RecordRefused),
        ({"act": "retype", "clause_type": "no-such-type"}, UnknownClauseType),
        (
            {
                "act": "edit",
                "explanation": {"what_it_is": "A.", "how_it_affects_you": "B.", "why_it_matters": "C."},
            },
            RecordRefused,
        ),
    ],
    ids=["same severity", "same kind", "unknown kind", "same words"],
)
async def test_upholding_changes_something_or_is_refused(
    empty_archive: AsyncEngine, decision: dict[str, Any], refused: type[Exception]
) -> None:
    await with_records(empty_archive, {})
    number = await disputed(empty_archive)
    with pytest.raises(refused):
        await decided(empty_archive, number, **decision)
    async with empty_archive.connect() as connection:
        assert await count_open(connection) == 1, "nothing was decided"
        assert await read_audit(connection, limit=5) == []


async def test_no_second_record_of_the_same_clause_arises(empty_archive: AsyncEngine) -> None:
    await with_records(empty_archive, {}, {"clause_type": "binding-arbitration"})
    number = await disputed(empty_archive)
    with pytest.raises(RecordRefused, match="CL-P-000901"):
        await decided(empty_archive, number, act="retype", clause_type="binding-arbitration")


async def test_decisions_become_rows_without_their_reporters(empty_archive: AsyncEngine) -> None:
    await with_records(empty_archive, AUTOMATIC, {"clause_type": "binding-arbitration"})
    await decided(
        empty_archive,
        await disputed(empty_archive, comment="private", contact="me@example.org"),
        act="retype",
        clause_type="ai-training-on-user-content",
    )
    await decided(empty_archive, await disputed(empty_archive, "CL-P-000901"), act="remove")
    async with empty_archive.connect() as connection:
        rows = [row async for row in decision_rows(connection)]
        versions = await decisions_by_version(connection)
    assert [(row["text"], row["type_before"], row["type_after"], row["outcome"]) for row in rows] == [
        (WORDS, "data-sale", "ai-training-on-user-content", "upheld"),
        (WORDS, "binding-arbitration", None, "upheld"),
    ]
    assert rows[0]["method_version"] == "test-1"
    assert "private" not in str(rows)
    assert "example.org" not in str(rows)
    assert versions == [VersionDecisions(None, 1, 0), VersionDecisions("test-1", 1, 0)]


decisions = st.one_of(
    st.builds(lambda: {"act": "keep"}),
    st.builds(lambda: {"act": "remove"}),
    st.builds(lambda one: {"act": "severity", "severity": one}, st.sampled_from(list(Severity))),
    st.builds(lambda one: {"act": "retype", "clause_type": one}, st.sampled_from(sorted(clause_types()))),
    st.builds(
        lambda one: {
            "act": "edit",
            "explanation": {"what_it_is": one, "how_it_affects_you": "B.", "why_it_matters": "C."},
        },
        st.text("abc <>&\"'", min_size=1).filter(str.strip),
    ),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    automatic=st.lists(st.booleans(), min_size=4, max_size=4),
    which=st.integers(0, 3),
    reason=st.sampled_from(list(DisputeReason)),
    decision=decisions,
    text=st.text("Because <b>&'\"\u202e", min_size=1).filter(str.strip),
)
def test_no_decision_changes_any_other_record(
    tmp_path_factory: pytest.TempPathFactory,
    automatic: list[bool],
    which: int,
    reason: DisputeReason,
    decision: dict[str, Any],
    text: str,
) -> None:
    """Whatever is decided about whichever label: all others are the same to the byte, live or not."""
    folder: Path = tmp_path_factory.mktemp("property")

    async def run() -> None:
        migrate(folder / "archive.sqlite")
        engine = open_archive(folder / "archive.sqlite")
        try:
            types = sorted(clause_types())[:4]
            changes = [
                {**(AUTOMATIC if one else {}), "clause_type": name}
                for one, name in zip(automatic, types, strict=True)
            ]
            ids = await with_records(engine, *changes)
            before = {one: await record(engine, one) for one in ids}
            number = await disputed(engine, ids[which], reason)
            try:
                await decided(engine, number, **decision, text=text)
            except RecordRefused:
                decision_made = False
            else:
                decision_made = True
            after = {one: await record(engine, one) for one in ids}
            for one in ids:
                if one != ids[which] or not decision_made:
                    assert after[one] == before[one]
            if decision_made and decision["act"] != DisputeAct.REMOVE:
                assert after[ids[which]].live
        finally:
            await engine.dispose()

    asyncio.run(run())
