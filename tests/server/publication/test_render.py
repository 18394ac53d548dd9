"""Everything that readers get: the same bytes each time, the same fact in every place."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.app import site
from clauselight.contract.annotation import MatchAnswer, UrlIndex
from clauselight.domain.canonical_url import lookup_keys, page_key
from clauselight.domain.url_index import EncodedIndex, decode, truncate
from clauselight.knowledge.catalogue import catalogue_documents, known_documents
from clauselight.publication.compose import compose
from clauselight.publication.files import PublicationFile, Rendered, Shelf, render
from clauselight.publication.render import Answer, number, render_publication, text_key
from clauselight.settings import DEFAULT_PORT, Settings
from serving import assert_fits

MOMENT = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
SCHEMA_OF = {
    Shelf.INDEX: "url_index",
    Shelf.BUCKET: "bucket",
    Shelf.MATCH: "match",
    Shelf.MATCH_OTHER_LANGUAGE: "match",
    Shelf.PROVISION: "provision",
    Shelf.CLAUSE_TYPE: "clause_type",
    Shelf.DOCUMENT: "annotation_set",
}


async def rendered(engine: AsyncEngine, *, smallest: int = 1) -> list[Answer]:
    composition = await compose(engine, site(Settings(), DEFAULT_PORT))
    return list(render_publication(composition, smallest_bucket=smallest, generated_at=MOMENT))


@pytest.fixture
def published(data_copy: Path) -> Iterator[PublicationFile]:
    file = PublicationFile(Settings(data=data_copy).publication_file)
    yield file
    file.close()


async def test_a_second_render_gives_the_same_bytes(archive: AsyncEngine) -> None:
    first, second = await rendered(archive), await rendered(archive)
    assert first == second
    assert len({(shelf, key) for shelf, key, _ in first}) == len(first), "a key is used twice"


async def test_every_answer_fits_its_schema(archive: AsyncEngine) -> None:
    """All of them; a match repeats what its bucket holds, so that of those a tenth is enough."""
    counted: dict[Shelf, int] = {}
    for shelf, key, answer in await rendered(archive):
        counted[shelf] = counted.get(shelf, 0) + 1
        if shelf in SCHEMA_OF and (shelf not in (Shelf.MATCH, Shelf.MATCH_OTHER_LANGUAGE) or key % 10 == 0):
            assert_fits(json.loads(answer.plain()), SCHEMA_OF[shelf])
    assert set(counted) == set(Shelf)


async def test_nothing_absent_is_written_as_null(archive: AsyncEngine) -> None:
    for shelf, _, answer in await rendered(archive):
        if shelf is not Shelf.MATCH:
            assert b":null" not in answer.plain()


def test_every_provision_stands_alone_as_it_stands_in_its_sets(published: PublicationFile) -> None:
    seen = set()
    for document in (item.document for item in catalogue_documents()):
        found = published.get(Shelf.DOCUMENT, number(document.id))
        assert found is not None
        for provision in json.loads(found.plain())["provisions"]:
            alone = published.get(Shelf.PROVISION, number(provision["id"]))
            assert alone is not None
            assert json.loads(alone.plain()) == provision
            seen.add(provision["id"])
    assert len(seen) == 30


def index_of(published: PublicationFile) -> tuple[UrlIndex, set[int]]:
    """The index as a reader has it, and its decoded values."""
    found = published.get(Shelf.INDEX, 0)
    assert found is not None
    index = UrlIndex.model_validate_json(found.plain())
    coded = EncodedIndex(
        index.count, index.hash_bits, index.rice_parameter, base64.b64decode(index.data), index.bucket_bits
    )
    values = decode(coded)
    assert len(values) == index.count
    return index, set(values)


def all_addresses() -> dict[str, str]:
    """Every address of the catalogue and the id of its document."""
    documents = [*(item.document for item in catalogue_documents()), *known_documents()]
    return {url: document.id for document in documents for url in document.urls}


def test_all_known_addresses_are_recognised(published: PublicationFile) -> None:
    addresses = all_addresses()
    assert 2_300 <= len(addresses) <= 2_600
    index, values = index_of(published)
    for url, identity in addresses.items():
        assert truncate(page_key(url), index.hash_bits) in values, url
        best, relation = lookup_keys(url)[0]
        assert relation == "same"
        answer = published.get(Shelf.MATCH, best)
        assert answer is not None, url
        matches = MatchAnswer.model_validate_json(answer.plain()).matches
        assert identity in {match.document.id for match in matches}, url
        assert {match.relation for match in matches} == {"same"}


def test_the_demo_is_recognised_at_this_server_itself(published: PublicationFile) -> None:
    index, values = index_of(published)
    for name, identity in (("privacy", "CL-D-000001"), ("terms", "CL-D-000002")):
        for host in ("127.0.0.1", "localhost"):
            url = f"http://{host}:{DEFAULT_PORT}/demo/{name}"
            assert truncate(page_key(url), index.hash_bits) in values
            answer = published.get(Shelf.MATCH, lookup_keys(url)[0][0])
            assert answer is not None
            (match,) = json.loads(answer.plain())["matches"]
            assert match["document"]["id"] == identity


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org/privacy",
        "https://policy.pinterest.com/",
        "https://policy.pinterest.com/en/terms-of-service-2",
        "https://policy.pinterest.com.evil.example/en/privacy-policy",
        "http://127.0.0.1:8788/demo/privacy",
    ],
)
def test_other_addresses_are_not_recognised(published: PublicationFile, url: str) -> None:
    index, values = index_of(published)
    assert truncate(page_key(url), index.hash_bits) not in values
    for key, relation in lookup_keys(url):
        shelf = Shelf.MATCH if relation == "same" else Shelf.MATCH_OTHER_LANGUAGE
        assert published.get(shelf, key) is None


def test_another_language_is_told_apart(published: PublicationFile) -> None:
    """The German page of a document that is known in English."""
    keys = lookup_keys("https://policy.pinterest.com/de/privacy-policy")
    assert published.get(Shelf.MATCH, keys[0][0]) is None
    found = [published.get(Shelf.MATCH_OTHER_LANGUAGE, key) for key, relation in keys if relation != "same"]
    answers: list[dict[str, Any]] = [json.loads(answer.plain()) for answer in found if answer is not None]
    (match,) = answers[0]["matches"]
    assert match["relation"] == "other-language"
    assert match["document"]["id"] == "CL-D-000003"


def test_the_name_of_the_state_follows_the_contents_only(published: PublicationFile) -> None:
    """The time of rendering may differ; what readers compare may not."""
    index, _ = index_of(published)
    assert len(index.state) == 16
    assert index.canonicalisation >= 1


async def test_the_same_archive_has_the_same_state_at_another_time(archive: AsyncEngine) -> None:
    composition = await compose(archive, site(Settings(), DEFAULT_PORT))

    def state(moment: dt.datetime) -> str:
        answers = render_publication(composition, smallest_bucket=1, generated_at=moment)
        index = next(answer for shelf, _, answer in answers if shelf is Shelf.INDEX)
        return UrlIndex.model_validate_json(index.plain()).state

    assert state(MOMENT) == state(MOMENT + dt.timedelta(days=1))


def test_rendered_answers_decompress_to_their_tag() -> None:
    one, two = render({"a": "ä"}), render({"a": "ä"})
    assert one == two
    assert one.plain() == '{"a":"ä"}'.encode()
    assert render({"a": "b"}).etag != one.etag
    assert Rendered(one.etag, one.body) == one


def test_word_keys_do_not_collide_with_addresses() -> None:
    assert text_key("data-sale") != page_key("https://data-sale.example/")
    assert number("CL-P-003363") == 3363
