"""A refused label is known again for the same words of the same document, and for nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.store.refused_labels import allow_label, is_refused, refuse_label, refused_labels
from people import MOMENT, with_records

DOCUMENT = "CL-D-000900"
WORDS = "We may share your data with our partners for their own purposes."


@pytest.fixture
async def refusing(empty_archive: AsyncEngine) -> AsyncEngine:
    """An archive in which one label is refused."""
    await with_records(empty_archive, {})
    async with empty_archive.begin() as connection:
        for _ in range(2):  # the second says nothing new
            await refuse_label(
                connection,
                document_id=DOCUMENT,
                clause_type="data-sale",
                words=WORDS,
                provision_id="CL-P-000900",
                who="Mo (token 1)",
                moment=MOMENT,
            )
    return empty_archive


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        (WORDS, True),
        (WORDS.upper().replace(" ", "\n  "), True),
        (WORDS + " This is described below.", True),
        ("We may share your data with our partners", True),
        ("We may not share your data with our partners for their own purposes.", False),
        ("We may share your data", False),
        (WORDS + " We sell it to anybody who asks, too." * 3, False),
        ("", False),
    ],
    ids=["same", "white space", "longer cut", "shorter cut", "negated", "a piece", "much more", "nothing"],
)
async def test_the_same_words_are_known_again(refusing: AsyncEngine, words: str, refused: bool) -> None:
    async with refusing.connect() as connection:
        assert await is_refused(connection, DOCUMENT, "data-sale", words) is refused
        assert not await is_refused(connection, DOCUMENT, "third-party-sharing", words)
        assert not await is_refused(connection, "CL-D-000001", "data-sale", words)
        assert len(await refused_labels(connection, DOCUMENT)) == 1


async def test_a_label_that_a_person_sets_is_refused_no_longer(refusing: AsyncEngine) -> None:
    async with refusing.begin() as connection:
        await allow_label(connection, DOCUMENT, "third-party-sharing", WORDS)
        assert await is_refused(connection, DOCUMENT, "data-sale", WORDS)
        await allow_label(connection, DOCUMENT, "data-sale", WORDS)
        assert not await is_refused(connection, DOCUMENT, "data-sale", WORDS)
