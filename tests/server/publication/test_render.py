"""Everything that readers get: the same bytes each time, the same fact in every place."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.contract.annotation import MatchAnswer, UrlIndex
from clauselight.domain.canonical_url import lookup_keys, page_key
from clauselight.domain.url_index import EncodedIndex, decode, truncate
from clauselight.knowledge.catalogue import catalogue_documents, known_documents
from clauselight.publication.files import PublicationFile, Rendered, Shelf, render
from clauselight.publication.matching import find_match
from clauselight.publication.places import number, text_key
from clauselight.settings import DEFAULT_PORT, Settings
from publications import published
from serving import assert_fits

SCHEMA_OF = {
    Shelf.INDEX: "url_index",
    Shelf.BUCKET: "bucket",
    Shelf.MATCH: "match",
    Shelf.MATCH_OTHER_LANGUAGE: "match",
    Shelf.PROVISION: "provision",
    Shelf.CLAUSE_TYPE: "clause_type",
    Shelf.DOCUMENT: "annotation_set",
    Shelf.DELTA: "url_index_delta",
    Shelf.STATE: "server_info",
}


@pytest.fixture
def publication(data_copy: Path) -> Iterator[PublicationFile]:
    file = PublicationFile(Settings(data=data_copy).publication_file)
    yield file
    file.close()


async def test_a_second_render_gives_the_same_bytes(archive: AsyncEngine, tmp_path: Path) -> None:
    """But for the time at which it was made."""
    first = await published(archive, tmp_path / "1.sqlite")
    second = await published(archive, tmp_path / "2.sqlite")
    assert set(first) == set(second)

    def timeless(answer: Rendered) -> Any:
        parsed = json.loads(answer.plain())
        return {key: value for key, value in parsed.items() if key not in ("sequence", "generated_at")}

    for place, answer in first.items():
        assert timeless(answer) == timeless(second[place]), place
        if place[0] not in (Shelf.INDEX, Shelf.BUCKET, Shelf.DELTA):
            assert answer == second[place]


async def test_every_answer_fits_its_schema(archive: AsyncEngine, tmp_path: Path) -> None:
    """All of them; a match repeats what its bucket holds, so that of those a tenth is enough."""
    counted: dict[Shelf, int] = {}
    for (shelf, key), answer in (await published(archive, tmp_path / "1.sqlite")).items():
        counted[shelf] = counted.get(shelf, 0) + 1
        if shelf in SCHEMA_OF and (shelf not in (Shelf.MATCH, Shelf.MATCH_OTHER_LANGUAGE) or key % 10 == 0):
            assert_fits(json.loads(answer.plain()), SCHEMA_OF[shelf])
    assert set(counted) == set(Shelf)


async def test_nothing_absent_is_written_as_null(archive: AsyncEngine, tmp_path: Path) -> None:
    for (shelf, _), answer in (await published(archive, tmp_path / "1.sqlite")).items():
        if shelf is not Shelf.MATCH:
            assert b":null" not in answer.plain()


def test_every_provision_stands_alone_as_it_stands_in_its_sets(publication: PublicationFile) -> None:
    seen = set()
    for document in (item.document for item in catalogue_documents()):
        found = publication.get(Shelf.DOCUMENT, number(document.id))
        assert found is not None
        for provision in json.loads(found.plain())["provisions"]:
            alone = publication.get(Shelf.PROVISION, number(provision["id"]))
            assert alone is not None
            assert json.loads(alone.plain()) == provision
            seen.add(provision["id"])
    assert len(seen) == 30


def index_of(publication: PublicationFile) -> tuple[UrlIndex, set[int]]:
    """The index as a reader has it, and its decoded values."""
    found = publication.get(Shelf.INDEX, 0)
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


def test_all_known_addresses_are_recognised(publication: PublicationFile) -> None:
    addresses = all_addresses()
    assert 2_300 <= len(addresses) <= 2_600
    index, values = index_of(publication)
    for url, identity in addresses.items():
        assert truncate(page_key(url), index.hash_bits) in values, url
        best, relation = lookup_keys(url)[0]
        assert relation == "same"
        answer = publication.get(Shelf.MATCH, best)
        assert answer is not None, url
        matches = MatchAnswer.model_validate_json(answer.plain()).matches
        assert identity in {match.document.id for match in matches}, url
        assert {match.relation for match in matches} == {"same"}


def test_the_demo_is_recognised_at_this_server_itself(publication: PublicationFile) -> None:
    index, values = index_of(publication)
    for name, identity in (("privacy", "CL-D-000001"), ("terms", "CL-D-000002")):
        for host in ("127.0.0.1", "localhost"):
            url = f"http://{host}:{DEFAULT_PORT}/demo/{name}"
            assert truncate(page_key(url), index.hash_bits) in values
            answer = publication.get(Shelf.MATCH, lookup_keys(url)[0][0])
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
def test_other_addresses_are_not_recognised(publication: PublicationFile, url: str) -> None:
    index, values = index_of(publication)
    assert truncate(page_key(url), index.hash_bits) not in values
    assert find_match(publication, url) is None


def test_another_language_is_told_apart(publication: PublicationFile) -> None:
    """The German page of a document that is known in English."""
    url = "https://policy.pinterest.com/de/privacy-policy"
    assert publication.get(Shelf.MATCH, lookup_keys(url)[0][0]) is None
    found = find_match(publication, url)
    assert found is not None
    (match,) = json.loads(Rendered.of_sendable(found).plain())["matches"]
    assert match["relation"] == "other-language"
    assert match["document"]["id"] == "CL-D-000003"


def test_the_name_of_the_state_follows_the_contents_only(publication: PublicationFile) -> None:
    """The time of rendering may differ; what readers compare may not."""
    index, _ = index_of(publication)
    assert len(index.state) == 16
    assert index.canonicalisation >= 1


def test_rendered_answers_decompress_to_their_tag() -> None:
    one, two = render({"a": "ä"}), render({"a": "ä"})
    assert one == two
    assert one.plain() == '{"a":"ä"}'.encode()
    assert render({"a": "b"}).etag != one.etag
    assert Rendered(one.etag, one.body) == one


def test_word_keys_do_not_collide_with_addresses() -> None:
    assert text_key("data-sale") != page_key("https://data-sale.example/")
    assert number("CL-P-003363") == 3363
