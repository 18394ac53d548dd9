"""Visiting the links of the action directory: what each answer means, and what is noted of it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.capture.problems import CaptureProblem, FetchFailed, ProblemKind
from clauselight.capture.safe_fetch import Fetcher
from clauselight.contract.directory import CheckStatus, DirectoryEntry, DirectorySource
from clauselight.monitor.check_links import (
    check_link,
    check_links,
    checking_policy,
    leads_elsewhere,
    status_of,
)
from clauselight.store.directory import Fact, directories_of, links_to_check, save_facts
from sites import Names, Site, here, moved, site, text

MOMENT = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
async def shop() -> AsyncIterator[Site]:
    handlers = {
        "/": text("<p>Welcome"),
        "/close": text("<p>Close your account"),
        "/large": text("<p>" + "x" * 300_000),
        "/form.pdf": text(b"%PDF-1.7", content_type="application/pdf"),
        "/gone": text("gone", status=410),
        "/login": text("no", status=403),
        "/odd": text("no", status=406),
        "/broken": text("no", status=500),
        "/old": moved("/"),
        "/renamed": moved("/close"),
        "/sold": moved("http://buyer.example:PORT/close"),
    }
    async with site(handlers) as running:
        yield running


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/close", CheckStatus.ANSWERED),
        ("/renamed", CheckStatus.ANSWERED),
        ("/large", CheckStatus.ANSWERED),
        ("/form.pdf", CheckStatus.ANSWERED),
        ("/old", CheckStatus.MOVED),
        ("/sold", CheckStatus.MOVED),
        ("/gone", CheckStatus.DEAD),
        ("/never-there", CheckStatus.DEAD),
        ("/login", CheckStatus.BLOCKED),
        ("/odd", CheckStatus.BLOCKED),
        ("/broken", CheckStatus.UNREACHABLE),
    ],
)
async def test_what_an_answer_means(shop: Site, path: str, status: CheckStatus) -> None:
    async with Fetcher(checking_policy(here()), lookup=Names()) as fetcher:
        assert await check_link(fetcher, shop.url(path)) is status


async def test_a_link_to_the_inside_is_never_asked(shop: Site) -> None:
    async with Fetcher(checking_policy(here()), lookup=Names({"trap.example": [["10.0.0.1"]]})) as fetcher:
        assert await check_link(fetcher, shop.url("/close", "trap.example")) is CheckStatus.DEAD
    assert shop.seen == []


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("robots-disallowed", CheckStatus.BLOCKED),
        ("name-unknown", CheckStatus.UNREACHABLE),
        ("timeout", CheckStatus.UNREACHABLE),
        ("certificate", CheckStatus.UNREACHABLE),
    ],
)
def test_what_a_problem_means(kind: ProblemKind, status: CheckStatus) -> None:
    assert status_of(CaptureProblem(kind, "x")) is status


@pytest.mark.parametrize(
    ("asked", "answered", "elsewhere"),
    [
        ("https://a.example/close", "https://help.a.example/close", False),
        ("https://a.example/close", "https://b.example/close", True),
        ("https://a.example/close", "https://a.example/", True),
        ("https://a.example/", "https://www.a.example/", False),
        ("https://a.example/#close", "https://a.example/", False),
    ],
)
def test_leading_elsewhere(asked: str, answered: str, elsewhere: bool) -> None:
    assert leads_elsewhere(asked, answered) is elsewhere


def fact(entity_id: str, url: str, number: int = 1) -> Fact:
    entry = DirectoryEntry.model_validate(
        {
            "id": f"own-{number}",
            "kind": "deletion",
            "url": url,
            "countries": ["worldwide"],
            "source": {
                "project": "curated",
                "licence": "Apache-2.0",
                "record": "own",
                "imported_at": MOMENT,
            },
        }
    )
    return Fact(entity_id, entry, "recorded by us")


class Answers:
    """Stands for a fetcher: what each address answers, and how often it was asked."""

    def __init__(self, problems: dict[str, ProblemKind]) -> None:
        self.problems = problems
        self.asked: list[str] = []
        self.policy = here(concurrent=2)

    async def fetch_page(self, url: str) -> object:
        self.asked.append(url)
        await asyncio.sleep(0)
        if url in self.problems:
            raise FetchFailed(self.problems[url], "x")
        return type("Page", (), {"final_url": url})()


async def check(engine: AsyncEngine, answers: Answers, moment: dt.datetime, **which: object) -> None:
    async with engine.connect() as connection:
        links = await links_to_check(connection, **which)  # type: ignore[arg-type]
    await check_links(engine, answers, links, now=lambda: moment)  # type: ignore[arg-type]


async def test_visits_are_noted_and_a_dead_link_keeps_the_day_it_last_answered(archive: AsyncEngine) -> None:
    url = "https://www.murmurloft.example/close"
    async with archive.begin() as connection:
        facts = [fact("murmurloft", url), fact("murmurloft", url, 2)]
        await save_facts(connection, DirectorySource.CURATED, facts, moment=MOMENT)
    answers = Answers({})
    await check(archive, answers, MOMENT, entity_id="murmurloft")
    assert answers.asked == [url], "an address that two facts have is visited once"
    answers.problems[url] = "not-found"
    await check(archive, answers, MOMENT + 100 * DAY, entity_id="murmurloft", before=MOMENT + DAY)
    async with archive.connect() as connection:
        directory = (await directories_of(connection, ["murmurloft"]))["murmurloft"]
    for entry in directory.entries:
        assert entry.check is not None
        assert (entry.check.status, entry.check.answered_at) == (CheckStatus.DEAD, MOMENT)
        assert entry.check.checked_at == MOMENT + 100 * DAY


async def test_a_link_that_was_visited_lately_is_left_alone(archive: AsyncEngine) -> None:
    async with archive.begin() as connection:
        given = [fact("murmurloft", "https://www.murmurloft.example/close")]
        await save_facts(connection, DirectorySource.CURATED, given, moment=MOMENT)
    answers = Answers({})
    await check(archive, answers, MOMENT, entity_id="murmurloft")
    await check(archive, answers, MOMENT, entity_id="murmurloft", before=MOMENT - 90 * DAY)
    assert len(answers.asked) == 1


async def test_a_fact_with_another_link_was_never_visited(archive: AsyncEngine) -> None:
    for url in ("https://www.murmurloft.example/a", "https://www.murmurloft.example/b"):
        async with archive.begin() as connection:
            await save_facts(connection, DirectorySource.CURATED, [fact("murmurloft", url)], moment=MOMENT)
        async with archive.connect() as connection:
            directory = (await directories_of(connection, ["murmurloft"]))["murmurloft"]
        own = [one for one in directory.entries if one.id == "own-1"]
        assert own[0].check is None
        await check(archive, Answers({}), MOMENT, entity_id="murmurloft")
