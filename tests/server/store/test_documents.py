"""Documents come back as they were stored, whatever they are called and however many addresses they have."""

from __future__ import annotations

import asyncio
import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.contract.document import Document
from clauselight.contract.vocabulary import DocumentKind
from clauselight.store.documents import (
    all_documents,
    get_document,
    list_documents,
    mark_analysed,
    save_documents,
)
from clauselight.store.engine import open_archive
from records import a_document

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300).filter(
    # What counts as blank in the contract's pattern \S and in Python differs for a few characters.
    lambda text: any(character.isalnum() for character in text)
)
SLUGS = st.from_regex(r"[a-z0-9]{1,10}(-[a-z0-9]{1,10}){0,3}", fullmatch=True)
PATHS = st.from_regex(r"[A-Za-z0-9ÄÖé%._~-]{0,40}(\?[a-z]{1,8}=[A-Za-z0-9%]{0,20})?", fullmatch=True)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))
MOMENTS = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC))


@st.composite
def documents(draw: st.DrawFn) -> list[Document]:
    """A few documents with distinct ids; one entity has one name."""
    numbers = draw(st.lists(st.integers(0, 999_999), unique=True, min_size=1, max_size=5))
    entities = {
        slug: {
            "id": slug,
            "name": draw(NAMES),
            "homepage": draw(st.sampled_from([None, "https://a.example/"])),
        }
        for slug in draw(st.lists(SLUGS, unique=True, min_size=1, max_size=3))
    }
    found = []
    for number in numbers:
        paths = draw(st.lists(PATHS, min_size=1, max_size=30, unique=True))
        fields: dict[str, Any] = {
            "id": f"CL-D-{number:06}",
            "slug": draw(SLUGS),
            "title": draw(NAMES),
            "kind": draw(st.sampled_from(DocumentKind)),
            "entity": entities[draw(st.sampled_from(sorted(entities)))],
            "urls": [f"https://www.a{number}.example/{path}" for path in paths],
            "language": draw(st.sampled_from([None, "en", "pt-BR", "zh-Hant-TW"])),
            "stated_last_updated": draw(st.none() | DAYS),
            "analysed_at": draw(st.none() | MOMENTS),
        }
        found.append(Document.model_validate(fields))
    return found


@settings(max_examples=40, deadline=None)
@given(given_documents=documents())
def test_documents_come_back_as_they_were_stored(new_archive: bytes, given_documents: list[Document]) -> None:
    async def round_trip(file: Path) -> tuple[list[Document], list[Document | None]]:
        engine = open_archive(file)
        try:
            async with engine.begin() as connection:
                assert await save_documents(connection, given_documents) == len(given_documents)
            async with engine.connect() as connection:
                one_by_one = [await get_document(connection, item.id) for item in given_documents]
                return await all_documents(connection), one_by_one
        finally:
            await engine.dispose()

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "archive.sqlite"
        file.write_bytes(new_archive)
        together, one_by_one = asyncio.run(round_trip(file))
    assert together == sorted(given_documents, key=lambda item: item.id)
    assert one_by_one == given_documents


async def test_saving_again_replaces_addresses_and_keeps_the_rest(empty_archive: AsyncEngine) -> None:
    first = a_document(urls=[f"https://a.example/{n}" for n in range(1_000)])
    second = a_document(urls=["https://a.example/new", "https://a.example/7"], title="Renamed")
    other = a_document(901, "b")
    async with empty_archive.begin() as connection:
        await save_documents(connection, [first, other])
        await save_documents(connection, [second])
    async with empty_archive.connect() as connection:
        assert await all_documents(connection) == [second, other]


async def test_the_moment_of_analysis_is_kept_in_utc(empty_archive: AsyncEngine) -> None:
    moment = dt.datetime(2026, 11, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=5)))
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document(), a_document(901)])
        await mark_analysed(connection, "CL-D-000900", moment)
        read = await get_document(connection, "CL-D-000900")
        untouched = await get_document(connection, "CL-D-000901")
    assert read is not None
    assert untouched is not None
    assert read.analysed_at == moment
    assert read.analysed_at.utcoffset() == dt.timedelta(0)
    assert untouched.analysed_at is None


async def test_an_unknown_id_is_none(archive: AsyncEngine) -> None:
    async with archive.connect() as connection:
        assert await get_document(connection, "CL-D-999999") is None
        assert await get_document(connection, "'; DROP TABLE document; --") is None


async def test_saving_nothing_is_nothing(empty_archive: AsyncEngine) -> None:
    async with empty_archive.begin() as connection:
        assert await save_documents(connection, []) == 0
        assert await all_documents(connection) == []


async def test_pages_of_the_list_join_up(archive: AsyncEngine) -> None:
    async with archive.connect() as connection:
        everything = await all_documents(connection)
        paged: list[Document] = []
        while True:
            page, total = await list_documents(connection, limit=400, offset=len(paged))
            assert total == len(everything)
            if not page:
                break
            paged += page
    assert paged == everything


async def test_search_takes_words_literally(empty_archive: AsyncEngine) -> None:
    named = {"hundred": "100% privacy_policy", "thousand": "1000 privacy policy", "other": "Terms"}
    async with empty_archive.begin() as connection:
        for number, (entity, title) in enumerate(named.items(), start=900):
            await save_documents(connection, [a_document(number, entity, title=title)])
        for words, wanted in {
            "100%": ["100% privacy_policy"],
            "y_p": ["100% privacy_policy"],
            "PRIVACY": ["100% privacy_policy", "1000 privacy policy"],
            "thousand": ["1000 privacy policy"],
            "nothing": [],
            "' OR 1=1 --": [],
        }.items():
            found, total = await list_documents(connection, limit=10, offset=0, search=words)
            assert [item.title for item in found] == wanted, words
            assert total == len(wanted)
