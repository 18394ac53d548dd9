"""Feeds as a feed reader gets them."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from clauselight.settings import Settings
from clauselight.store.engine import open_archive
from news_archive import ADDED, CHANGED, add_history
from serving import Client, Reply, assert_problem, running


@pytest.fixture(scope="module")
def settings(loaded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("feeds")
    for file in loaded_folder.iterdir():
        shutil.copy(file, folder)
    made = Settings(data=folder)

    async def fill() -> None:
        engine = open_archive(made.archive_file)
        async with engine.begin() as connection:
            await add_history(connection)
        await engine.dispose()

    asyncio.run(fill())
    return made


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[Client]:
    with running(settings) as started:
        yield started


def read(reply: Reply) -> feedparser.FeedParserDict:
    """As a real feed parser sees it; one that is malformed fails."""
    assert reply.status == 200
    assert reply.headers["content-type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(reply.plain)
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_a_substantive_change_is_told_with_the_words_that_differ(client: Client) -> None:
    found = read(client.get("/feeds/all.atom"))
    (entry,) = found.entries
    assert entry.title == "A: Privacy Policy 900 (1 new, 1 changed clauses)"
    assert entry.updated == "2026-11-03T12:00:00Z"
    assert entry.id.startswith("urn:uuid:")
    content = entry.content[0].value
    assert "<del>partners.</del>" in content.replace(" </del>", "</del>")
    assert "&lt;b&gt;everybody&lt;/b&gt;" in content
    assert "<b>everybody" not in content
    assert content.index("Data sale") < content.index("No class action"), "the gravest stands first"
    assert f"/provisions/{CHANGED}" in content
    assert f"/provisions/{ADDED}" in content


@pytest.mark.parametrize(
    ("path", "entries"),
    [
        ("/feeds/documents/CL-D-000900.atom", 1),
        ("/feeds/documents/CL-D-499999.atom", None),
        ("/feeds/documents/CL-D-000001.atom", 0),
        ("/feeds/entities/a.atom", 1),
        ("/feeds/clause-types/data-sale.atom", 1),
        ("/feeds/clause-types/no-refund.atom", 0),
        ("/feeds/all.atom?kinds=all", 3),
    ],
)
def test_feeds_about_one_thing(client: Client, path: str, entries: int | None) -> None:
    if entries is None:
        assert_problem(client.get(path), "unknown-document", 404)
        return
    found = read(client.get(path))
    assert len(found.entries) == entries
    assert next(link.href for link in found.feed.links if link.rel == "self").endswith(path)


def test_a_feed_of_a_type_tells_of_clauses_of_that_type_alone(client: Client) -> None:
    (entry,) = read(client.get("/feeds/clause-types/class-action-waiver.atom")).entries
    assert "No class action" in entry.content[0].value
    assert "Data sale" not in entry.content[0].value


def test_ids_stay_and_asking_again_costs_nothing(client: Client) -> None:
    first = client.get("/feeds/all.atom")
    again = client.get("/feeds/all.atom", If_None_Match=first.headers["etag"])
    assert again.status == 304
    assert again.body == b""
    other = read(client.get("/feeds/entities/a.atom"))
    assert other.entries[0].id == read(first).entries[0].id
    assert other.feed.id != read(first).feed.id


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/feeds/entities/nobody-knows.atom", "unknown-entity"),
        ("/feeds/clause-types/nothing-such.atom", "unknown-clause-type"),
    ],
)
def test_unknown_things_have_no_feed(client: Client, path: str, problem: str) -> None:
    assert_problem(client.get(path), problem, 404)


def test_a_wrong_parameter_is_named(client: Client) -> None:
    assert_problem(client.get("/feeds/all.atom?kinds=none"), "bad-parameter", 400)


def test_it_is_well_formed_atom(client: Client) -> None:
    root = etree.fromstring(client.get("/feeds/all.atom").plain)
    names = {"a": "http://www.w3.org/2005/Atom"}
    for path in ("a:id", "a:title", "a:updated", "a:author/a:name", "a:entry/a:id", "a:entry/a:updated"):
        assert root.findtext(path, namespaces=names), path


def test_the_digest_page_shows_the_week(client: Client) -> None:
    page = client.get("/digest?until=2026-11-09").text
    assert "1 policy changed: A" in page
    assert "<ins>" in page
    assert "&lt;b&gt;everybody&lt;/b&gt;" in page
    assert "No policy changed" in client.get("/digest?until=2026-11-03").text
    for wrong in ("yesterday", "2999-01-01", "1999-01-01"):
        assert_problem(client.get(f"/digest?until={wrong}"), "bad-parameter", 400)
