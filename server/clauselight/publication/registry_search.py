"""Full-text search in clauses, organisations and documents.

What a person types is never a query of FTS5: words are taken out of it and quoted one by one, so that
operators are words like any other. Words between double quotes stand side by side. Found clauses hold all
words; when none does, those that hold some, and the answer says so.

First stand the clauses with all words in their title, the gravest before others; then those ranked by BM25
(Robertson and Zaragoza 2009, doi 10.1561/1500000019), as FTS5 computes it. For it FTS5 goes through every
clause that has a word, to know how rare the word is: of a word that very many have, that takes long and tells
nothing. So only words that fewer than `FREQUENT` clauses have are ranked by; where there is none, and among
clauses that hold a phrase, the gravest come first.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from typing import Final, NamedTuple

from .registry_codes import provision_at
from .registry_query import Listed, provisions_numbered

MOST_CHARACTERS: Final = 200
"""Of what was typed; the rest is not looked at, and the answer says so."""

MOST_WORDS: Final = 10
"""Each word more is a list more to be joined."""

FREQUENT: Final = 2_000
"""Clauses that have a word from which on it is not ranked by. At 100,000 clauses, ranking by three words that
most of them have took half of the time that a search may take; `make bench-pages` prints it."""

MOST_RANKED: Final = 2_000
"""Clauses whose rank is computed, the gravest."""

TITLE_WEIGHT: Final = 4.0
"""How much more a word in a title counts than one in a quote: a title is a few words that a person chose.
Chosen, not measured."""

MOST_FOUND: Final = 500
"""Clauses that can be paged through, the best first. Who needs more needs other words."""

START, END = "\x02", "\x03"
"""Stand before and after a found word in a snippet; removed from texts beforehand by `cleaned`."""

SNIPPET_WORDS: Final = 40

_PHRASE_OR_WORD: Final = re.compile(r'"([^"]*)"|(\w+)')
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for: phrases, each of one word or more, and whether something typed was left out."""

    phrases: tuple[tuple[str, ...], ...]
    shortened: bool = False

    def match(self, *, every: bool = True, beginning: bool = False) -> str:
        """The query of FTS5. `beginning`: the last word may be only begun."""
        quoted = [f'"{" ".join(phrase)}"' for phrase in self.phrases]
        if beginning and len(self.phrases[-1]) == 1 and len(self.phrases[-1][0]) > 1:
            quoted[-1] += "*"
        return (" AND " if every else " OR ").join(quoted)


def wanted(typed: str) -> Wanted:
    """Words and phrases of what a person typed; no phrases when there is no word in it."""
    text = typed[:MOST_CHARACTERS]
    phrases = []
    for phrase, word in _PHRASE_OR_WORD.findall(text.replace("“", '"').replace("”", '"')):
        # The underscore is a word character to Python and none to FTS5.
        words = tuple(_WORD.findall((phrase or word).replace("_", " ")))
        if words:
            phrases.append(words)
    phrases = list(dict.fromkeys(phrases))
    return Wanted(tuple(phrases[:MOST_WORDS]), len(typed) > len(text) or len(phrases) > MOST_WORDS)


class FoundClause(NamedTuple):
    """A clause and the piece of its quote, or of its title, that was found, with `START` and `END`."""

    clause: Listed
    snippet: str


class FoundClauses(NamedTuple):
    """A page of clauses. `total` is at most `MOST_FOUND`; `every`: they hold all words, not only some."""

    clauses: list[FoundClause]
    total: int
    every: bool


def search_clauses(
    connection: sqlite3.Connection, search: Wanted, *, start: int = 0, limit: int = 20
) -> FoundClauses:
    """The best clauses, from the `start`-th on."""
    if not search.phrases:
        return FoundClauses([], 0, every=True)
    query, places, every = _found(connection, search)
    shown = places[start : start + limit]
    snippets = {
        row[0]: row[1]
        for place in shown
        for row in connection.execute(
            "SELECT rowid, snippet(words_index, 1, ?, ?, '…', ?) FROM words_index "
            "WHERE words_index MATCH ? AND rowid=?",
            (START, END, SNIPPET_WORDS, query, place),
        )
    }
    numbers = {provision_at(place): place for place in shown}
    found = [
        FoundClause(clause, snippets.get(numbers[clause.number], ""))
        for clause in provisions_numbered(connection, list(numbers))
    ]
    return FoundClauses(found, len(places), every)


def _found(connection: sqlite3.Connection, search: Wanted) -> tuple[str, list[int], bool]:
    """The query by which clauses were found, their places in order, and whether they have all words."""
    spread: dict[tuple[str, ...], int] = {
        phrase: _spread(connection, phrase) for phrase in search.phrases if len(phrase) == 1
    }
    telling = Wanted(tuple(phrase for phrase, count in spread.items() if 0 < count < FREQUENT))
    query = search.match()
    # A word that no clause has is known by now.
    places = [] if 0 in spread.values() else _with_all(connection, search, telling)
    if places or len(search.phrases) == 1:
        return query, places, True
    if telling.phrases:
        query = telling.match(every=False)
        return query, _ranked(connection, query), False
    there = Wanted(tuple(phrase for phrase in search.phrases if spread.get(phrase) != 0))
    if not there.phrases:
        return query, [], False
    query = there.match(every=False)
    return query, _gravest(connection, "words_index", query, MOST_FOUND), False


def _with_all(connection: sqlite3.Connection, search: Wanted, telling: Wanted) -> list[int]:
    query = search.match()
    titled = _gravest(connection, "title_index", query, MOST_FOUND)
    if len(titled) == MOST_FOUND:
        return titled
    if len(telling.phrases) == len(search.phrases):
        others = _ranked(connection, query)
    elif telling.phrases:
        there = set(_gravest(connection, "words_index", query, MOST_RANKED))
        others = [place for place in _ranked(connection, telling.match()) if place in there]
    else:
        others = _gravest(connection, "words_index", query, MOST_FOUND)
    return list(dict.fromkeys([*titled, *others]))[:MOST_FOUND]


def _spread(connection: sqlite3.Connection, phrase: tuple[str, ...]) -> int:
    """How many clauses have a word; `FREQUENT` stands for so many or more."""
    row = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM words_index WHERE words_index MATCH ? LIMIT ?)",
        (Wanted((phrase,)).match(), FREQUENT),
    ).fetchone()
    return int(row[0])


def _gravest(connection: sqlite3.Connection, index: str, query: str, most: int) -> list[int]:
    """The first that fit in order of place, which is to say of severity."""
    rows = connection.execute(f"SELECT rowid FROM {index} WHERE {index} MATCH ? LIMIT ?", (query, most))  # noqa: S608
    return [row[0] for row in rows]


def _ranked(connection: sqlite3.Connection, query: str) -> list[int]:
    """The best of the first `MOST_RANKED` that fit, for a query of words that are not frequent."""
    rows = connection.execute(
        "SELECT rowid FROM (SELECT rowid, bm25(words_index, ?, 1.0) AS badness FROM words_index "
        "WHERE words_index MATCH ? LIMIT ?) ORDER BY badness, rowid",
        (TITLE_WEIGHT, query, MOST_RANKED),
    )
    return [row[0] for row in rows]


class FoundEntity(NamedTuple):
    """An organisation."""

    id: str
    name: str
    host: str


def search_entities(connection: sqlite3.Connection, search: Wanted, *, limit: int) -> list[FoundEntity]:
    """Organisations by name or host, the best first; the last word may be only begun."""
    if not search.phrases:
        return []
    rows = connection.execute(
        "SELECT entity.id, entity.name, entity.host FROM (SELECT rowid, bm25(entity_index) AS badness "
        "FROM entity_index WHERE entity_index MATCH ? LIMIT ?) AS found "
        "JOIN entity ON entity.number=found.rowid "
        "ORDER BY badness, length(entity.name), entity.number LIMIT ?",
        (search.match(beginning=True), MOST_RANKED, limit),
    )
    return [FoundEntity._make(row) for row in rows]


class FoundDocument(NamedTuple):
    """A document; `analysed` and `worst` may be None."""

    number: int
    title: str
    entity_name: str
    analysed: int | None
    provisions: int
    worst: int | None


def search_documents(connection: sqlite3.Connection, search: Wanted, *, limit: int) -> list[FoundDocument]:
    """Documents by title, those that were read first, then the best; the last word may be only begun."""
    if not search.phrases:
        return []
    rows = connection.execute(
        "SELECT document.number, document.title, entity.name, analysed, provisions, worst FROM "
        "(SELECT rowid, bm25(document_index) AS badness FROM document_index WHERE document_index MATCH ? "
        "LIMIT ?) AS found JOIN document ON document.number=found.rowid "
        "JOIN entity ON entity.number=document.entity "
        "ORDER BY analysed IS NULL, badness, document.number LIMIT ?",
        (search.match(beginning=True), MOST_RANKED, limit),
    )
    return [FoundDocument._make(row) for row in rows]
