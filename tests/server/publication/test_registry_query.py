"""Filters, orders and counts of the registry, compared with the same done by hand."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from benchmarks.pages_archive import make_pages_archive
from clauselight.publication.registry_file import QuestionTooLong, RegistryFile
from clauselight.publication.registry_query import (
    Filters,
    Listed,
    Sort,
    count_cells,
    count_facets,
    cursor_of,
    list_provisions,
)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """Some hundred provisions of many types, made as for the benchmark."""
    folder = tmp_path_factory.mktemp("many")
    settings = make_pages_archive(folder, 400)
    connection = sqlite3.connect(settings.registry_file)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def everything(registry: sqlite3.Connection) -> list[Listed]:
    return list_provisions(registry, Filters(), Sort.GRAVEST, limit=10_000)


FILTERS = [
    Filters(),
    Filters(types=frozenset({"data-sale", "binding-arbitration"})),
    Filters(types=frozenset()),
    Filters(severities=frozenset({0, 4})),
    Filters(methods=frozenset({0}), confidences=frozenset({1, 2})),
    Filters(entity="murmurloft"),
    Filters(entity="nobody"),
    Filters(document=1),
    Filters(since=20260901),
    Filters(since=20250101, until=20251231, severities=frozenset({1})),
    Filters(types=frozenset({"data-sale"}), severities=frozenset({0}), methods=frozenset({1})),
]


def fits(one: Listed, filters: Filters) -> bool:
    return (
        (filters.types is None or one.type in filters.types)
        and (not filters.severities or one.severity in filters.severities)
        and (not filters.methods or one.method in filters.methods)
        and (not filters.confidences or one.confidence in filters.confidences)
        and (filters.entity is None or one.entity == filters.entity)
        and (filters.document is None or one.document == filters.document)
        and (filters.since is None or one.changed >= filters.since)
        and (filters.until is None or one.changed <= filters.until)
    )


ORDERS = {
    Sort.GRAVEST: lambda one: (one.severity, -one.changed, one.number),
    Sort.LATEST: lambda one: (-one.changed, one.number),
    Sort.OLDEST: lambda one: (one.seen, one.number),
}


@pytest.mark.parametrize(("filters", "sort"), list(product(FILTERS, Sort)))
def test_pages_show_all_that_fits_in_order(
    registry: sqlite3.Connection, everything: list[Listed], filters: Filters, sort: Sort
) -> None:
    expected = sorted((one for one in everything if fits(one, filters)), key=ORDERS[sort])
    walked: list[Listed] = []
    while page := list_provisions(
        registry, filters, sort, limit=17, after=cursor_of(sort, walked[-1]) if walked else None
    ):
        walked += page
    assert walked == expected
    back: list[Listed] = expected[-1:]
    while back and (
        page := list_provisions(registry, filters, sort, limit=17, before=cursor_of(sort, back[0]))
    ):
        back = page + back
    assert back == expected


@pytest.mark.parametrize("filters", FILTERS)
def test_facets_count_what_choosing_would_give(
    registry: sqlite3.Connection, everything: list[Listed], filters: Filters
) -> None:
    from dataclasses import replace

    facets = count_facets(count_cells(registry, filters), filters)
    assert facets.total == sum(fits(one, filters) for one in everything)
    without = {
        "types": replace(filters, types=None),
        "severities": replace(filters, severities=frozenset()),
        "methods": replace(filters, methods=frozenset()),
        "confidences": replace(filters, confidences=frozenset()),
    }
    columns = {"types": "type", "severities": "severity", "methods": "method", "confidences": "confidence"}
    for name, others in without.items():
        expected = Counter(getattr(one, columns[name]) for one in everything if fits(one, others))
        assert +getattr(facets, name) == expected, name


def test_every_order_uses_its_index(registry: sqlite3.Connection) -> None:
    from clauselight.publication import registry_query

    for sort, index in (
        (Sort.GRAVEST, "provision_gravest"),
        (Sort.LATEST, "provision_latest"),
        (Sort.OLDEST, "provision_oldest"),
    ):
        seen: list[str] = []
        registry.set_trace_callback(seen.append)
        list_provisions(registry, Filters(methods=frozenset({1})), sort, limit=5)
        registry.set_trace_callback(None)
        plan = " ".join(row[3] for row in registry.execute("EXPLAIN QUERY PLAN " + seen[-1]))
        assert index in plan, plan
    assert registry_query._ORDER.keys() == set(Sort)


async def test_a_question_that_takes_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clauselight.publication import registry_file

    monkeypatch.setattr(registry_file, "LONGEST_QUESTION", 0.05)
    registry = RegistryFile(tmp_path / "registry.sqlite")

    def endless(connection: sqlite3.Connection) -> int:
        counted = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT count(*) FROM c"
        return int(connection.execute(counted).fetchone()[0])

    with pytest.raises(QuestionTooLong):
        await registry.ask(endless)
    assert await registry.ask(lambda connection: connection.execute("SELECT 1").fetchone()) == (1,)
    registry.close()
