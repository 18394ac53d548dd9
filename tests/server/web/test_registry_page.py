"""The registry and search as people use them: filters, counts, pages, wrong parameters, CSV."""

from __future__ import annotations

import csv
import io
import re

import pytest
from lxml import html

from serving import Client, assert_problem


def titles(server: Client, target: str) -> list[str]:
    return [
        one.text_content()
        for one in html.fromstring(server.get(target).plain).xpath("//*[@class='clause-head']/a")
    ]


def status(server: Client, target: str) -> str:
    return str(html.fromstring(server.get(target).plain).xpath("string(//*[@role='status'])")).strip()


def test_all_clauses_a_page_at_a_time(server: Client) -> None:
    seen: list[str] = []
    target: str | None = "/provisions"
    pages = []
    while target:
        pages.append(target)
        tree = html.fromstring(server.get(target).plain)
        seen += tree.xpath("//*[@class='clause-head']/a/@href")
        following = tree.xpath("//a[@rel='next']/@href")
        target = following[0] if following else None
    assert len(seen) == len(set(seen)) == 30
    assert len(pages) == 2
    back = html.fromstring(server.get(pages[1]).plain).xpath("//a[@rel='prev']/@href")[0]
    assert titles(server, back) == titles(server, pages[0])


def test_filters_narrow_and_say_how_many(server: Client) -> None:
    assert status(server, "/provisions?severity=critical") == "3 clauses fit."
    assert status(server, "/provisions?severity=critical&severity=protective") == "7 clauses fit."
    assert status(server, "/provisions?entity=murmurloft&category=ai").endswith("at Murmurloft.")
    assert status(server, "/provisions?entity=Murmurloft") == status(server, "/provisions?entity=murmurloft")
    assert "0 clauses fit" in status(server, "/provisions?since=2099-01-01")
    assert "No clause fits all of that" in server.get("/provisions?since=2099-01-01").text
    assert "No organisation of this name" in server.get("/provisions?entity=Nobody%20At%20All").text


def test_empty_fields_of_the_form_are_no_filters(server: Client) -> None:
    sent = "type=&category=&entity=&method=&confidence=&since=&until=&sort=gravest"
    assert titles(server, f"/provisions?{sent}") == titles(server, "/provisions")


def test_the_form_shows_what_was_chosen(server: Client) -> None:
    tree = html.fromstring(
        server.get("/provisions?severity=low&category=ai&sort=latest&since=2026-01-01").plain
    )
    assert tree.xpath("//input[@name='severity' and @checked]/@value") == ["low"]
    assert tree.xpath("//select[@name='category']/option[@selected]/@value") == ["ai"]
    assert tree.xpath("//select[@name='sort']/option[@selected]/@value") == ["latest"]
    assert tree.xpath("//input[@name='since']/@value") == ["2026-01-01"]


def test_pages_keep_filters_and_order(server: Client) -> None:
    link = html.fromstring(server.get("/provisions?sort=latest&method=curated").plain).xpath(
        "//a[@rel='next']/@href"
    )[0]
    assert "sort=latest" in link
    assert "method=curated" in link


@pytest.mark.parametrize(
    "query",
    [
        "severity=terrible",
        "type=no-such-type",
        "category=x",
        "method=guess",
        "confidence=0",
        "document=CL-P-000001",
        "since=yesterday",
        "since=2026-02-30",
        "sort=random",
        "after=1",
        "after=1.2.3.4",
        "after=-1.0.0",
        "after=%27%3B--",
        "after=" + "9" * 40,
        "unknown=1",
        "entity=" + "a" * 300,
        "entity=%00",
        "since=2026-01-01&since=2026-01-02",
    ],
)
def test_wrong_parameters_are_named(server: Client, query: str) -> None:
    problem = assert_problem(server.get(f"/provisions?{query}"), "bad-parameter", 400)
    assert problem["errors"][0]["field"] == query.partition("=")[0]
    assert_problem(server.get(f"/v1/provisions.csv?{query}"), "bad-parameter", 400)


@pytest.mark.parametrize("after", ["0.99999999.0", "4.0.999999", "9999999999.9999999999.9999999999"])
def test_any_place_to_go_on_from_is_harmless(server: Client, after: str) -> None:
    assert server.get(f"/provisions?after={after}").status == 200
    assert server.get(f"/provisions?before={after}").status == 200


def test_the_table_holds_what_the_page_lists(server: Client) -> None:
    reply = server.get("/v1/provisions.csv?limit=20")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    first = list(csv.DictReader(io.StringIO(reply.text)))
    following = re.fullmatch(r'<(http://[^>]+)>; rel="next"', reply.headers["link"])
    assert following is not None
    rest = server.get(following[1].removeprefix(f"http://{server.host}"))
    assert "link" not in rest.headers
    rows = first + list(csv.DictReader(io.StringIO(rest.text)))
    assert len({row["id"] for row in rows}) == 30
    record = server.get(f"/v1/provisions/{rows[0]['id']}").json
    assert rows[0]["title"] == record["title"]
    assert rows[0]["quote"] == record["quote"]["selector"]["exact"]
    assert rows[0]["organisation"] == record["entity"]["name"]
    for wrong in ("0", "5001", "-1", "x", "1e3", "%D9%A3"):
        assert_problem(server.get(f"/v1/provisions.csv?limit={wrong}"), "bad-parameter", 400)


def test_search_finds_clauses_names_and_kinds(server: Client) -> None:
    page = server.get("/search?q=arbitration").text
    assert "Forced arbitration" in page
    assert "Arbitration instead of a court" in page
    assert "<mark>" in page
    assert 'href="/entities/murmurloft"' in server.get("/search?q=murmurl").text
    assert "/documents/CL-D-000001" in server.get("/search?q=Murmurloft+Privacy").text


def test_search_says_what_it_did(server: Client) -> None:
    assert "Nothing was found" in server.get("/search?q=xyzzyx").text
    assert "as there is no word in that" in server.get("/search?q=%21%21").text
    assert "these have some of them" in server.get("/search?q=arbitration+xyzzyx").text
    assert "only the first 200 characters" in server.get("/search?q=" + "word%20" * 60).text


@pytest.mark.parametrize(
    "query", ["%22", "%2A", "NEAR(a+b)", "a+AND", "%00", "%F0%9F%94%A5", "%3Cscript%3E", "a" * 7_000]
)
def test_search_is_harmless(server: Client, query: str) -> None:
    page = server.get(f"/search?q={query}")
    assert page.status == 200
    assert "<script>" not in page.text
    assert len(page.plain) < 100_000


def test_ten_thousand_characters_are_refused_plainly(server: Client) -> None:
    reply = server.get("/search?q=" + "a" * 10_000, Accept="text/html")
    assert reply.status == 414
    assert "The address is too long" in reply.text
    assert reply.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("start", ["500", "-1", "x", "1000000"])
def test_deep_search_results_are_refused(server: Client, start: str) -> None:
    assert_problem(server.get(f"/search?q=data&from={start}"), "bad-parameter", 400)
