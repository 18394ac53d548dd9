"""A record that is not published any more keeps its address, and says what became of it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from clauselight.settings import Settings
from clauselight.store.engine import open_archive
from clauselight.store.provisions import get_provision, retire_provisions
from people import report, send
from serving import Client, assert_problem, running

IDENTITY = "CL-P-000005"
SEEN_WITHIN = 5.0


@pytest.fixture
def personal(data_copy: Path) -> Iterator[Client]:
    with running(Settings(data=data_copy)) as client:
        yield client


def remove_after_dispute(client: Client) -> None:
    """Report the record, remove it, and wait until it is not published any more."""
    answer = report(client, IDENTITY, reason="not-in-text", comment="a secret thought")
    path = answer["moderation"].replace("/moderation", "/v1/admin") + "/decision"
    decision = {"act": "remove", "text": "The sentence is about employees."}
    assert send(client, "POST", path, decision, {"If-Match": "*"}).status == 200
    deadline = time.monotonic() + SEEN_WITHIN
    while client.get(f"/v1/provisions/{IDENTITY}").status == 200:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def text_of(page: bytes) -> str:
    return " ".join(html.fromstring(page).xpath("string(//main)").split())


def test_its_page_says_when_why_and_by_what_decision(personal: Client) -> None:
    record = personal.get(f"/v1/provisions/{IDENTITY}").json
    remove_after_dispute(personal)
    for path in (f"/provisions/{IDENTITY}", f"/provisions/{IDENTITY}/whatever-it-was-called"):
        page = personal.get(path)
        assert page.status == 410, "programs and search engines need not come again"
        assert page.headers["content-type"] == "text/html; charset=utf-8"
    text = text_of(page.plain)
    today = dt.datetime.now(dt.UTC).date()
    for shown in (
        f"Withdrawn: {record['title']}",
        "This label is not published any more.",
        f"It was withdrawn on {today.day} {today:%B %Y}.",
        "the report was upheld",
        "The sentence is about employees.",
        record["quote"]["selector"]["exact"],
        record["history"]["changes"][0]["summary"],
        "Upheld: the label was removed.",
        f"withdrawn {today.isoformat()}",
    ):
        assert " ".join(shown.split()) in text, shown
    assert "a secret thought" not in page.text
    tree = html.fromstring(page.plain)
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    links = set(tree.xpath("//main//@href"))
    assert {"/documents/CL-D-000001", "/entities/murmurloft"} <= links
    for link in links:
        assert personal.get(link).status in (200, 410), link


def test_programs_are_told_the_same(personal: Client) -> None:
    remove_after_dispute(personal)
    for ending in ("", ".bib", ".jsonld", ".pdf"):
        reply = personal.get(f"/v1/provisions/{IDENTITY}{ending}")
        assert_problem(reply, "provision-withdrawn", 410)
        assert "The sentence is about employees." in reply.json["detail"]
    reply = send(personal, "POST", "/v1/disputes", {"provision": IDENTITY, "reason": "other"})
    assert_problem(reply, "unknown-provision", 404)
    page = personal.get(f"/provisions/{IDENTITY}/dispute")
    assert page.status == 410
    assert "withdrawn" in text_of(page.plain)


def test_no_list_has_it(personal: Client) -> None:
    title = personal.get(f"/v1/provisions/{IDENTITY}").json["title"]
    remove_after_dispute(personal)
    deadline = time.monotonic() + SEEN_WITHIN
    while f"/provisions/{IDENTITY}" in personal.get("/provisions?entity=murmurloft").text:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    for path in ("/documents/CL-D-000001", f"/search?q={title.replace(' ', '+')}", "/entities/murmurloft"):
        tree = html.fromstring(personal.get(path).plain)
        for link in tree.xpath(f"//a[@href='/provisions/{IDENTITY}']"):
            # The list of what changed leads to it, and says what it is.
            assert "(withdrawn)" in link.getparent().text_content(), path


async def test_a_merged_record_leads_to_the_one_that_stays(data_copy: Path) -> None:
    engine = open_archive(Settings(data=data_copy).archive_file)
    async with engine.begin() as connection:
        record = await get_provision(connection, IDENTITY)
        assert record is not None
        day = dt.datetime.now(dt.UTC).date()
        summary = "Merged into CL-P-000006 by a curator. The same clause."
        await retire_provisions(connection, [record], day=day, summary=summary)
    await engine.dispose()
    with running(Settings(data=data_copy)) as client:
        tree = html.fromstring(client.get(f"/provisions/{IDENTITY}").plain)
        (link,) = tree.xpath("//main//p[contains(., 'recorded as')]/a")
        assert (link.text, link.get("href")) == ("CL-P-000006", "/provisions/CL-P-000006")


def test_an_id_that_never_was_stays_unknown(personal: Client) -> None:
    assert_problem(personal.get("/v1/provisions/CL-P-999999"), "unknown-provision", 404)
    assert personal.get("/provisions/CL-P-999999").status == 404
