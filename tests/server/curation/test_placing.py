"""What a person chooses in a document that is captured again and again stands where it stands."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncEngine

from captures import CHANGES, KEEPING, SALE, SHARING, capture, page
from clauselight.analysis.verification import verify
from clauselight.contract.curation import ProvisionDraft
from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.quote import TextQuoteSelector
from clauselight.curation.acts import add_provision, edit_provision
from clauselight.curation.changes import Actor, read_for_change, record_etag
from clauselight.store.engine import write_alone
from clauselight.store.provision_state import StoredProvision
from clauselight.store.provisions import live_provisions

DOCUMENT = "CL-D-000900"
FIRST = dt.datetime(2026, 5, 1, 9, tzinfo=dt.UTC)
MO = Actor("Mo (token 1)", dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC))


def drafted(words: str) -> ProvisionDraft:
    return ProvisionDraft(
        clause_type="long-retention", severity="medium", quote=TextQuoteSelector(exact=words)
    )


async def live(engine: AsyncEngine, words: str) -> ProvisionRecord:
    """The one live record that quotes some words."""
    async with engine.connect() as connection:
        (found,) = (
            one
            for one in await live_provisions(connection, document_ids=[DOCUMENT])
            if one.quote is not None and one.quote.selector.exact == words
        )
    return found


async def failures(engine: AsyncEngine, today: dt.date) -> list[str]:
    async with engine.connect() as connection:
        return [one.sentence for one in (await verify(connection, today=today)).failures]


async def changed_words(engine: AsyncEngine, before: str, after: str) -> StoredProvision:
    """A curator gives a record other words."""
    old = await live(engine, before)
    async with engine.begin() as connection:
        await write_alone(connection)
        return await edit_provision(connection, old.id, drafted(after), MO, None)


async def test_other_words_of_a_record_are_followed_and_not_the_old_ones(empty_archive: AsyncEngine) -> None:
    await capture(empty_archive, page(SALE, SHARING, CHANGES), FIRST)
    made = await changed_words(empty_archive, SHARING, "We have written this policy")
    assert await failures(empty_archive, MO.today) == []

    await capture(empty_archive, page(SALE, CHANGES, KEEPING), FIRST + dt.timedelta(days=300))
    kept = await live(empty_archive, "We have written this policy")
    assert kept.id == made.record.id  # the old words went, the new ones did not
    assert await failures(empty_archive, dt.date(2027, 11, 20)) == []


async def test_an_edit_answers_with_the_tag_that_the_next_one_needs(empty_archive: AsyncEngine) -> None:
    await capture(empty_archive, page(SALE, SHARING), FIRST)
    made = await changed_words(empty_archive, SHARING, "We have written this policy")
    async with empty_archive.connect() as connection:
        again = await read_for_change(connection, made.record.id, record_etag(made))
    assert again == made


async def test_words_of_a_page_that_is_again_what_it_was_can_be_chosen(empty_archive: AsyncEngine) -> None:
    for number, words in enumerate((KEEPING, CHANGES, KEEPING)):
        await capture(empty_archive, page(SALE, words), FIRST + dt.timedelta(days=60 * number))
    async with empty_archive.begin() as connection:
        await write_alone(connection)
        made = await add_provision(connection, DOCUMENT, drafted(KEEPING), MO)
    proof = made.record.provenance
    assert proof.quote_verified and proof.captured_at == FIRST + dt.timedelta(days=120)
    assert await failures(empty_archive, MO.today) == []
    # An unchanged page verifies it like any other label.
    await capture(empty_archive, page(SALE, KEEPING), FIRST + dt.timedelta(days=240))
    async with empty_archive.connect() as connection:
        verified = await read_for_change(connection, made.record.id, None)
    assert verified.record.history.last_verified == dt.date(2026, 12, 27)
