"""A document's past over the wire: versions, changes, and what differs between two versions."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from clauselight.importers.open_terms_archive import import_versions
from clauselight.settings import Settings
from clauselight.store.documents import save_documents
from clauselight.store.engine import open_archive
from histories import SECOND_SALE, make_repository
from records import a_document
from serving import Client, assert_fits, assert_problem, running

DOCUMENT = "CL-D-000090"


@pytest.fixture(scope="module")
def shop(loaded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server whose archive holds one document's history."""
    folder = Path(shutil.copytree(loaded_folder, tmp_path_factory.mktemp("history") / "data"))
    settings = Settings(data=folder)

    async def bring_in() -> None:
        engine = open_archive(settings.archive_file)
        document = a_document(90, "shop", title="Shop Privacy Policy", slug="shop-privacy-policy")
        async with engine.begin() as connection:
            await save_documents(connection, [document])
        repository = make_repository(tmp_path_factory.mktemp("versions"))
        await import_versions(engine, repository, lambda *_: None, now=dt.datetime.now(dt.UTC))
        await engine.dispose()

    asyncio.run(bring_in())
    with running(settings) as client:
        yield client


def test_versions_are_listed_newest_first_page_by_page(shop: Client) -> None:
    target: str | None = f"/v1/documents/{DOCUMENT}/versions?limit=3"
    numbers = []
    while target is not None:
        reply = shop.get(target)
        assert_fits(reply.json, "version_page")
        numbers += [one["number"] for one in reply.json["versions"]]
        target = reply.json.get("next")
    assert numbers == [7, 6, 5, 4, 3, 2, 1]
    newest = shop.get(f"/v1/documents/{DOCUMENT}/versions?limit=1").json["versions"][0]
    assert newest["method"] == "imported" and newest["kind"] == "substantive"


def test_changes_show_the_words_before_and_after(shop: Client) -> None:
    reply = shop.get(f"/v1/documents/{DOCUMENT}/changes?limit=500")
    assert_fits(reply.json, "change_page")
    changes = reply.json["changes"]
    assert reply.json["total"] == len(changes)
    assert [one["change"]["date"] for one in changes] == sorted(
        (one["change"]["date"] for one in changes), reverse=True
    )
    reworded = next(one for one in changes if one["change"]["kind"] == "modified")
    assert reworded["change"]["new_quote"] == SECOND_SALE and reworded["live"] is False


def test_a_diff_names_what_came_and_went(shop: Client) -> None:
    reply = shop.get(f"/v1/documents/{DOCUMENT}/diff?from=3&to=4")
    assert_fits(reply.json, "diff")
    assert {run["op"]: run["text"].strip() for run in reply.json["operations"]} | {"equal": ""} == {
        "equal": "",
        "delete": "brokers.",
        "insert": "brokers and to advertisers.",
    }
    newest = shop.get(f"/v1/documents/{DOCUMENT}/diff").json
    assert (newest["from_version"], newest["to_version"]) == (6, 7)
    assert shop.get(f"/v1/documents/{DOCUMENT}/diff?from=2&to=2").json["kind"] == "cosmetic"


@pytest.mark.parametrize(
    ("target", "slug", "status"),
    [
        (f"{DOCUMENT}/diff?from=1&to=99", "unknown-version", 404),
        ("CL-D-000001/diff", "unknown-version", 404),
        (f"{DOCUMENT}/diff?from=0", "bad-parameter", 400),
        (f"{DOCUMENT}/diff?since=2", "bad-parameter", 400),
        ("CL-D-999998/diff", "unknown-document", 404),
        ("nonsense/versions", "unknown-document", 404),
        (f"{DOCUMENT}/changes?limit=501", "bad-parameter", 400),
    ],
)
def test_what_cannot_be_answered_is_a_problem(shop: Client, target: str, slug: str, status: int) -> None:
    assert_problem(shop.get(f"/v1/documents/{target}"), slug, status)


def test_records_and_documents_carry_their_history(shop: Client) -> None:
    answered = shop.get(f"/v1/documents/{DOCUMENT}").json
    assert answered["document"]["version"] == 7
    assert answered["document"]["last_verified"] == answered["document"]["last_changed"]
    court = next(one for one in answered["provisions"] if one["clause_type"]["id"] == "binding-arbitration")
    assert court["history"]["months_monitored"] == 16
    assert court["provenance"]["quote_verified"] and court["provenance"]["quote_verified_at"]
    assert court["history"]["changes"][0]["version_to"] == 1
