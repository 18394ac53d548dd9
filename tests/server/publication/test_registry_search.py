"""Full-text search: what is found, in which order, and that nothing typed is a command."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauselight.publication import registry_search
from clauselight.publication.registry_search import (
    END,
    MOST_CHARACTERS,
    MOST_WORDS,
    START,
    search_clauses,
    search_documents,
    search_entities,
    wanted,
)
from clauselight.settings import Settings
from serving import Client


@pytest.fixture(scope="module")
def registry(
    server: Client, loaded_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlite3.Connection]:
    """The registry that a server made of the starter catalogue."""
    from asyncio import run

    from benchmarks.pages_archive import registered

    folder = tmp_path_factory.mktemp("search")
    for file in loaded_folder.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    given_settings = Settings(data=folder)
    run(registered(given_settings))
    connection = sqlite3.connect(given_settings.registry_file)
    yield connection
    connection.close()


def found(registry: sqlite3.Connection, typed: str) -> list[str]:
    return [one.clause.title for one in search_clauses(registry, wanted(typed)).clauses]


def test_words_of_quotes_and_titles_are_found_in_any_form(registry: sqlite3.Connection) -> None:
    titles = found(registry, "arbitrator")
    assert "Arbitration instead of a court, and no class action" in titles
    assert found(registry, "ARBITRATION") == found(registry, "arbitration")


def test_a_title_counts_more_than_a_quote(registry: sqlite3.Connection) -> None:
    assert "licence" in found(registry, "licence")[0].lower()


def test_clauses_with_all_words_in_their_title_come_first(registry: sqlite3.Connection) -> None:
    titles = found(registry, "your content")
    with_all = ["your" in title.lower() and "content" in title.lower() for title in titles]
    assert any(with_all)
    assert with_all == sorted(with_all, reverse=True)


def test_frequent_words_are_found_gravest_first_and_rare_ones_ranked(
    registry: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As at a hundred thousand clauses: of two words one is in most clauses."""
    before = search_clauses(registry, wanted("your models"), limit=500)
    monkeypatch.setattr(registry_search, "FREQUENT", 9)
    after = search_clauses(registry, wanted("your models"), limit=500)
    assert before.every
    assert after.every
    numbers = [{one.clause.number for one in found.clauses} for found in (before, after)]
    assert numbers[0] == numbers[1] != set(), "the same are found"
    frequent = search_clauses(registry, wanted("we you"), limit=500)
    titled = [bool({"we", "you"} <= set(one.clause.title.lower().split())) for one in frequent.clauses]
    others = [one.clause.severity for one, title in zip(frequent.clauses, titled, strict=True) if not title]
    assert others
    assert others == sorted(others), "nothing tells them apart but how grave they are"


def test_where_none_has_all_words_the_telling_ones_count(
    registry: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry_search, "FREQUENT", 9)
    some = search_clauses(registry, wanted("the arbitration of zeppelins"), limit=500)
    assert not some.every
    assert some.total < 9
    assert all(START in one.snippet for one in some.clauses if "arbitrat" in one.snippet.lower())
    assert "Arbitration instead of a court, and no class action" in [one.clause.title for one in some.clauses]
    assert not search_clauses(registry, wanted("zeppelins xyzzy")).clauses


def test_all_words_are_wanted_and_some_will_do(registry: sqlite3.Connection) -> None:
    every = search_clauses(registry, wanted("machine learning models"))
    assert every.every
    assert every.clauses
    some = search_clauses(registry, wanted("arbitration zeppelin"))
    assert not some.every
    assert some.clauses


def test_a_phrase_stands_side_by_side(registry: sqlite3.Connection) -> None:
    assert found(registry, '"data brokers"')
    assert not search_clauses(registry, wanted('"brokers data"')).clauses


def test_found_words_are_marked(registry: sqlite3.Connection) -> None:
    for one in search_clauses(registry, wanted("brokers")).clauses:
        if START in one.snippet:
            assert one.snippet.count(START) == one.snippet.count(END)
            break
    else:
        pytest.fail("no snippet marks the word")


def test_names_are_found_by_their_beginning(registry: sqlite3.Connection) -> None:
    assert search_entities(registry, wanted("murm"), limit=5)[0].id == "murmurloft"
    assert search_entities(registry, wanted("murmurloft.example"), limit=5)[0].id == "murmurloft"
    documents = search_documents(registry, wanted("murmurloft priv"), limit=5)
    assert documents[0].number == 1


HOSTILE = [
    "",
    " ",
    '"',
    '""',
    "*",
    "a*",
    "NEAR(a b, 5)",
    "a AND",
    "OR",
    "NOT a",
    "title : a",
    "quote:secret",
    "^a",
    "{title quote} : a",
    "-a",
    "a + b",
    "(((((",
    "a'; DROP TABLE words; --",
    "words_index",
    "\x00",
    "a\x00b",
    "\u202e\u0301",
    "🔥",
    "a" * 10_000,
    "a " * 5_000,
    '"' * 10_000,
    "( " * 5_000,
    "NEAR " * 2_000,
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_typed_is_a_command(registry: sqlite3.Connection, typed: str) -> None:
    before = registry.execute("SELECT count(*) FROM words").fetchone()
    for question in (search_entities, search_documents):
        question(registry, wanted(typed), limit=5)
    search_clauses(registry, wanted(typed))
    assert registry.execute("SELECT count(*) FROM words").fetchone() == before


@settings(max_examples=200, deadline=None)
@given(typed=st.text(max_size=300))
def test_any_text_can_be_searched_for(registry: sqlite3.Connection, typed: str) -> None:
    search_clauses(registry, wanted(typed))
    search_entities(registry, wanted(typed), limit=3)


def test_long_input_is_shortened_and_says_so() -> None:
    assert wanted("a" * (MOST_CHARACTERS + 1)).shortened
    many = wanted(" ".join(f"w{number}" for number in range(MOST_WORDS + 1)))
    assert many.shortened
    assert len(many.phrases) == MOST_WORDS
    assert not wanted("two words").shortened
    assert wanted("twice twice").phrases == (("twice",),)
