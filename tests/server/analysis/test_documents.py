"""Whose document an analysed page is."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.analysis.documents import PROVISIONAL_ID, address_to_keep, document_for, not_kept
from clauselight.contract.document import Document
from clauselight.contract.vocabulary import DocumentKind
from clauselight.domain.canonical_url import UrlRefused
from clauselight.store.documents import addresses_with, save_documents
from records import a_document

MOMENT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://A.example/privacy?utm_source=mail&id=7&fbclid=x#top", "https://a.example/privacy?id=7"),
        ("https://me:secret@a.example/privacy", "https://a.example/privacy"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example/app#/legal/terms", "https://a.example/app#/legal/terms"),
        ("https://a.example:8443/p", "https://a.example:8443/p"),
    ],
)
def test_an_address_is_kept_without_who_came_and_how(given: str, kept: str) -> None:
    assert address_to_keep(given) == kept


@pytest.mark.parametrize("url", ["https://", "ftp://a.example/", "https://a..example/", "nonsense"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(UrlRefused):
        address_to_keep(url)


async def of(engine: AsyncEngine | None, url: str | None, title: str = "Privacy Policy") -> Document:
    if engine is None:
        return await document_for(None, url=url, title=title, language="en", moment=MOMENT)
    async with engine.connect() as connection:
        return await document_for(connection, url=url, title=title, language="en", moment=MOMENT)


async def test_a_known_address_is_its_document(archive: AsyncEngine) -> None:
    known = await of(archive, "https://policy.pinterest.com/en/privacy-policy?utm_source=x")
    assert known.entity.name == "Pinterest"
    assert known.id < "CL-D-100000"
    named = not_kept(
        known, url="https://policy.pinterest.com/en/privacy-policy", language="en", moment=MOMENT
    )
    assert (named.id, named.title, named.entity) == (PROVISIONAL_ID, known.title, known.entity)
    assert named.urls == ["https://policy.pinterest.com/en/privacy-policy"]


async def test_a_new_page_of_a_known_site_is_of_its_entity(archive: AsyncEngine) -> None:
    fresh = await of(archive, "https://policy.pinterest.com/en/brand-new-rules", "New Terms")
    assert fresh.id == PROVISIONAL_ID
    assert fresh.entity.name == "Pinterest"
    assert fresh.kind is DocumentKind.TERMS


async def test_the_entity_with_most_documents_at_the_host_has_it(empty_archive: AsyncEngine) -> None:
    async with empty_archive.begin() as connection:
        await save_documents(
            connection,
            [
                a_document(1, "guest", urls=["https://www.host.example/a"]),
                a_document(2, "owner", urls=["https://www.host.example/b"]),
                a_document(3, "owner", urls=["https://www.host.example/c"]),
                a_document(4, "sister", urls=["https://shop.host.example/d"]),
                a_document(5, "stranger", urls=["https://nothost.example/e"]),
            ],
        )
    assert (await of(empty_archive, "https://host.example/new")).entity.id == "owner"
    assert (await of(empty_archive, "https://shop.host.example/new")).entity.id == "sister"
    assert (await of(empty_archive, "https://blog.host.example/new")).entity.id == "owner"
    assert (await of(empty_archive, "https://other.example/new")).entity.id == "other-example"


async def test_what_stands_below_a_public_suffix_is_not_one_entity(empty_archive: AsyncEngine) -> None:
    async with empty_archive.begin() as connection:
        await save_documents(
            connection,
            [
                a_document(1, "somebody", urls=["https://somebody.github.io/a"]),
                a_document(2, "host", urls=["https://www.github.io/b"]),
                a_document(3, "shop", urls=["https://shop.com/c"]),
            ],
        )
        assert await addresses_with(connection, "com", below=False) == []
    assert (await of(empty_archive, "https://github.io/new")).entity.id == "host"
    assert (await of(empty_archive, "https://com/new")).entity.id == "com"


async def test_another_language_is_another_document_of_the_same_entity(empty_archive: AsyncEngine) -> None:
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document(1, "a", urls=["https://a.example/en/privacy"])])
    german = await of(empty_archive, "https://a.example/de/privacy", "Datenschutzerklärung")
    assert german.id == PROVISIONAL_ID
    assert german.entity.id == "a"
    assert german.kind is DocumentKind.PRIVACY


async def test_a_new_site_is_named_by_its_domain() -> None:
    fresh = await of(None, "https://www.shop.co.uk/legal/privacy-policy", "")
    assert (fresh.entity.id, fresh.entity.name) == ("shop-co-uk", "shop.co.uk")
    assert fresh.entity.homepage == "https://shop.co.uk/"
    assert (fresh.title, fresh.kind) == ("Privacy Policy", DocumentKind.PRIVACY)
    assert fresh.slug == "shop-co-uk-privacy-policy"


async def test_a_page_at_a_bare_ip_address_has_an_entity_too() -> None:
    assert (await of(None, "https://192.0.2.7/terms")).entity.name == "192.0.2.7"


async def test_a_text_without_address_is_nobodys() -> None:
    fresh = await of(None, None, "x" * 500 + "\n\nmore")
    assert fresh.urls == []
    assert fresh.entity.id == "this-page"
    assert len(fresh.title) <= 200
