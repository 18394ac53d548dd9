"""Pages on records, documents, organisations, kinds of clauses, changes: what a reader finds there."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from clauselight.settings import Settings
from clauselight.store.documents import save_documents
from clauselight.store.engine import open_archive
from clauselight.store.provisions import get_provision, retire_provisions, save_provision
from clauselight.store.watches import Watch, save_watch
from clauselight.web.pages.methodology import SECTIONS
from clauselight.web.pages.model_card import inline, model_card
from people import report, send
from records import PAGE_FACTS, a_document, a_record
from serving import Client, assert_problem, running

PAGES = [
    "/",
    "/search",
    "/search?q=data",
    "/provisions",
    "/provisions/CL-P-000001",
    "/provisions/CL-P-000004",
    "/provisions/CL-P-000020",
    "/provisions/CL-P-000020/letter",
    "/documents",
    "/documents?read=1",
    "/documents/CL-D-000001",
    "/documents/CL-D-000002",
    "/entities",
    "/entities?from=m",
    "/entities/murmurloft",
    "/entities/murmurloft/letter",
    "/clause-types",
    "/clause-types/ai-training-on-user-content",
    "/clause-types/real-name-requirement",
    "/compare",
    "/compare?type=ai-training-on-user-content",
    "/compare?type=ai-training-on-user-content&entity=tiktok",
    "/compare?entity=pinterest&entity=murmurloft",
    "/changes",
    "/changes?kind=modified",
    "/methodology",
    "/monitored",
]
LARGEST = 100_000


def text_of(server: Client, target: str) -> str:
    return " ".join(html.fromstring(server.get(target).plain).xpath("string(//main)").split())


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_small_and_a_second_visit_smaller(server: Client, path: str) -> None:
    reply = server.get(path, Accept_Encoding="gzip")
    assert reply.status == 200
    assert reply.headers["content-encoding"] == "gzip"
    assert len(reply.plain) < LARGEST
    again = server.get(path, If_None_Match=reply.headers["etag"])
    assert again.status == 304
    assert again.body == b""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound(server: Client, path: str) -> None:
    tree = html.fromstring(server.get(path).plain)
    assert tree.xpath("/html/@lang") == ["en"]
    assert len(tree.xpath("//h1")) == 1
    assert tree.xpath("string(//head/title)").strip()
    assert tree.xpath("//meta[@name='description']/@content")[0].strip()
    identities = tree.xpath("//@id")
    assert len(identities) == len(set(identities))
    levels = [int(one.tag[1]) for one in tree.xpath("//h1|//h2|//h3|//h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", PAGES)
def test_links_lead_somewhere(server: Client, path: str) -> None:
    tree = html.fromstring(server.get(path).plain)
    links = {link.partition("#")[0] for link in tree.xpath("//main//@href") if link.startswith("/")}
    for link in sorted(links - {""})[:40]:
        if not link.endswith(".pdf"):
            assert server.get(link).status == 200, link


def test_a_record_holds_everything_in_order(server: Client) -> None:
    record = server.get("/v1/provisions/CL-P-000001").json
    text = text_of(server, "/provisions/CL-P-000001")
    expected = [
        record["title"],
        record["explanation"]["what_it_is"],
        record["explanation"]["how_it_affects_you"],
        record["explanation"]["why_it_matters"],
        record["quote"]["selector"]["exact"],
        record["actions"][0]["title"],
        record["actions"][1]["letter"]["subject"],
        "4 of 5 organisations",
        record["context"]["examples"][0]["quote"],
        "Does the document really say this?",
        record["agencies"][0]["name"],
        record["regulations"][0]["name"],
        record["institutional"]["regulatory_landscape"],
        record["institutional"]["compliance_considerations"],
        record["history"]["changes"][0]["summary"],
        record["provenance"]["sha256"],
        "0 open reports, 0 upheld, 0 rejected",
        record["citation"]["permalink"],
    ]
    places = []
    for one in expected:
        wanted = " ".join(one.split())
        assert wanted in text, wanted
        places.append(text.index(wanted, places[-1] if places else 0))
    assert places == sorted(places)


def test_a_record_carries_its_annotation_as_data(server: Client) -> None:
    tree = html.fromstring(server.get("/provisions/CL-P-000001").plain)
    (block,) = tree.xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(block) == server.get("/v1/provisions/CL-P-000001.jsonld").json
    assert "<" not in block


def test_a_record_links_its_own_files_and_where_to_report_it(server: Client) -> None:
    tree = html.fromstring(server.get("/provisions/CL-P-000005").plain)
    links = set(tree.xpath("//main//@href"))
    for ending in (".bib", ".ris", ".csl.json", ".jsonld", ".pdf", ""):
        assert f"/v1/provisions/CL-P-000005{ending}" in links
    assert "/provisions/CL-P-000005/dispute" in links
    assert {"/documents/CL-D-000001", "/entities/murmurloft"} <= links
    # Shown by the script only where the browser can do it.
    assert all(one.get("hidden") is not None for one in tree.xpath("//button[@data-share or @data-copy]"))


def test_a_document_says_what_it_comes_to(server: Client) -> None:
    text = text_of(server, "/documents/CL-D-000001")
    assert "14 clauses of it carry a label: 1 of critical severity" in text
    assert "What weighs most: personal data may be sold" in text
    tree = html.fromstring(server.get("/documents/CL-D-000001").plain)
    assert len(tree.xpath("//li[@class='clause']")) == 14
    rows = tree.xpath("//table[@class='chart']/tbody/tr")
    assert (
        sum(int(word) for row in rows for word in row.xpath("string(td[2])").split() if word.isdigit()) == 14
    )
    assert len(tree.xpath("//table[@class='chart']//rect")) >= len(rows)


def test_a_document_that_nobody_has_read_says_so(server: Client) -> None:
    known = next(
        one
        for one in server.get("/v1/documents?limit=50&offset=20").json["documents"]
        if not one.get("analysed_at")
    )
    text = text_of(server, f"/documents/{known['id']}")
    assert "Nobody has read it here yet" in text
    assert known["urls"][0] in text


def test_a_kind_of_clause_shows_who_has_it_and_wordings(server: Client) -> None:
    text = text_of(server, "/clause-types/ai-training-on-user-content")
    assert "4 of 5 organisations" in text
    assert "As a table" in text
    assert "May 2026" in text
    for entity in ("Murmurloft", "Pinterest", "Ideogram", "Leonardo AI"):
        assert entity in text
    assert "No document that was read here has it." in text_of(server, "/clause-types/real-name-requirement")


def test_a_comparison_holds_only_the_same_kind(server: Client) -> None:
    tree = html.fromstring(server.get("/compare?type=ai-training-on-user-content&entity=ideogram").plain)
    links = tree.xpath("//ul[@class='wordings']//a[starts-with(@href,'/provisions/')]/@href")
    assert len(links) == 4
    for link in links:
        record = server.get(f"/v1{link}").json
        assert record["clause_type"]["id"] == "ai-training-on-user-content"
        if record.get("quote"):
            assert record["quote"]["selector"]["exact"] in tree.xpath("string(//main)")
    assert tree.xpath("string(//ul[@class='wordings']/li[1]/h2)").split()[0] == "Ideogram"


def test_organisations_side_by_side(server: Client) -> None:
    tree = html.fromstring(server.get("/compare?entity=Pinterest&entity=tiktok&entity=nobody-knows-it").plain)
    assert tree.xpath("//table[@class='matrix'][1]/thead//th/text()")[1:3] == ["Pinterest", "TikTok"]
    assert "No organisation named “nobody-knows-it”" in tree.xpath("string(//main)")
    many = "&".join(
        f"entity={one}" for one in ("pinterest", "tiktok", "ideogram", "murmurloft", "leonardo-ai")
    )
    assert len(html.fromstring(server.get(f"/compare?{many}").plain).xpath("//ul[@class='chosen']/li")) == 4


def test_a_comparison_of_nothing_offers_what_there_is(server: Client) -> None:
    tree = html.fromstring(server.get("/compare").plain)
    (kinds,) = tree.xpath("//h2[.='Kinds that several organisations have']/following-sibling::ul[1]")
    first = kinds.xpath("./li[1]")[0]
    assert first.xpath("./a/@href") == ["/compare?type=ai-training-on-user-content"]
    assert "4 organisations" in first.text_content()
    (example,) = tree.xpath("//main//p/a[contains(@href, 'entity=')]")
    compared = html.fromstring(server.get(example.get("href")).plain)
    names = compared.xpath("//table[@class='matrix'][1]/thead//th/text()")[1:4]
    assert len(set(names)) == 3
    assert names[0] == "Murmurloft"
    assert all(name in example.text_content() for name in names)


def test_organisations_that_are_too_many_are_named(server: Client) -> None:
    many = "&".join(
        f"entity={one}" for one in ("pinterest", "tiktok", "ideogram", "murmurloft", "leonardo-ai")
    )
    assert "left out: Leonardo AI." in text_of(server, f"/compare?{many}")


def test_counts_of_changes_are_those_of_the_list(server: Client) -> None:
    for target in ("/changes", "/changes?entity=tiktok", "/changes?document=CL-D-000002"):
        tree = html.fromstring(server.get(target).plain)
        counts = {
            option.get("value"): int(option.text.rpartition("(")[2].rstrip(")"))
            for option in tree.xpath("//select[@name='kind']/option[@value!='']")
        }
        sign = "&" if "?" in target else "?"
        for kind, count in counts.items():
            listed = html.fromstring(server.get(f"{target}{sign}kind={kind}").plain)
            assert len(listed.xpath("//*[@class='kind']")) == min(count, 20), (target, kind)


def test_changes_are_listed_newest_first(server: Client) -> None:
    days = html.fromstring(server.get("/changes").plain).xpath("//h2/time/@datetime")
    assert days == sorted(days, reverse=True)
    kinds = html.fromstring(server.get("/changes?kind=modified").plain).xpath("//*[@class='kind']/text()")
    assert set(kinds) == {"Modified"}
    for wrong in ("kind=x", "after=1", "document=1"):
        assert_problem(server.get(f"/changes?{wrong}"), "bad-parameter", 400)


def test_the_method_shows_the_figures_of_the_packaged_card(server: Client) -> None:
    assert set(SECTIONS) <= set(model_card())
    text = text_of(server, "/methodology")
    for block in model_card()["Figures"].blocks:
        for row in block.rows:
            for cell in row:
                assert " ".join(html.fromstring(f"<p>{cell}</p>").text_content().split()) in text
    assert "Not legal advice" in text


def test_the_method_says_that_nothing_was_decided(server: Client) -> None:
    assert "No dispute has been decided on this server yet" in text_of(server, "/methodology")


def test_the_method_counts_how_disputes_ended(data_copy: Path) -> None:
    with running(Settings(data=data_copy)) as client:
        for reason, decision in (
            ("not-in-text", {"act": "keep", "text": "It says so."}),
            ("wrong-severity", {"act": "severity", "severity": "low", "text": "Milder."}),
        ):
            answer = report(client, "CL-P-000005", reason=reason)
            path = answer["moderation"].replace("/moderation", "/v1/admin") + "/decision"
            assert send(client, "POST", path, decision, {"If-Match": "*"}).status == 200
        deadline = time.monotonic() + 5
        rows: list[list[str]] = []
        while rows != [["People", "2", "1", "1", "too few to say"]]:
            assert time.monotonic() < deadline, rows
            time.sleep(0.05)
            table = html.fromstring(client.get("/methodology").plain).xpath(
                "//h2[@id='upheld']/following-sibling::div[1]//tbody/tr"
            )
            rows = [[cell.text_content() for cell in row] for row in table]


def test_marks_of_the_card_cannot_carry_markup() -> None:
    assert inline("**<b>** `<i>` <u>") == "<strong>&lt;b&gt;</strong> <code>&lt;i&gt;</code> &lt;u&gt;"


def test_what_is_monitored_counts(server: Client) -> None:
    info = server.get("/v1/info").json
    assert f"{info['documents']:,} documents of" in text_of(server, "/monitored")


def test_what_is_watched_and_how_it_goes(server: Client, data_copy: Path) -> None:
    assert "No document is captured again and again" in text_of(server, "/monitored")

    async def watch() -> None:
        engine = open_archive(Settings(data=data_copy).archive_file)
        tried = dt.datetime(2026, 11, 22, 8, 30, tzinfo=dt.UTC)
        async with engine.begin() as connection:
            for number, (failures, last) in enumerate(((0, tried), (3, tried), (0, None)), 1):
                await save_watch(
                    connection,
                    Watch(
                        f"CL-D-{number:06}",
                        "https://a.example/",
                        due_at=dt.datetime(2099, 1, number, 9, 0, tzinfo=dt.UTC),
                        interval_seconds=86_400,
                        failures=failures,
                        last_tried_at=last,
                    ),
                )
        await engine.dispose()

    asyncio.run(watch())
    with running(Settings(data=data_copy)) as client:
        tree = html.fromstring(client.get("/monitored").plain)
    told = [
        " ".join(one.text_content().split()) for one in tree.xpath("//h2[@id='watched']/following::dl[1]/dd")
    ]
    assert told[:4] == ["3 documents", "22 November 2026, 08:30 UTC", "1 January 2099, 09:00 UTC", "1"]
    assert told[4].startswith("1: a page that is gone")


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/nowhere", 404),
        ("/documents/CL-D-999999", 404),
        ("/provisions/CL-P-999999", 404),
        ("/entities/no-such-organisation", 404),
        ("/clause-types/no-such-type", 404),
        ("/provisions?severity=x", 400),
        ("/entities?after=x", 400),
        ("/documents?after=x", 400),
    ],
)
def test_browsers_get_problems_as_pages(server: Client, target: str, status: int) -> None:
    page = server.get(target, Accept="text/html,*/*;q=0.8")
    assert page.status == status
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    tree = html.fromstring(page.plain)
    assert tree.xpath("string(//h1)")
    assert tree.xpath("//main//a[@href='/']")
    # Programs get what they always got.
    assert server.get(target).headers["content-type"].startswith("application/problem+json")


def test_the_api_never_answers_a_page(server: Client) -> None:
    assert_problem(server.get("/v1/provisions/CL-P-999999", Accept="text/html"), "unknown-provision", 404)


@pytest.fixture(scope="module")
def public(loaded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    import shutil

    folder = Path(shutil.copytree(loaded_folder, tmp_path_factory.mktemp("public") / "data"))
    with running(Settings(data=folder, public_url="https://clauses.example")) as client:
        yield client


def test_only_a_public_server_wants_to_be_found(server: Client, public: Client) -> None:
    assert server.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    assert_problem(server.get("/sitemap.xml"), "not-found", 404)
    assert "Sitemap: https://clauses.example/sitemap.xml" in public.get("/robots.txt").text
    index = html.fromstring(public.get("/sitemap.xml").plain)
    parts = [one.text for one in index.iter("loc")]
    seen = []
    for part in parts:
        tree = html.fromstring(public.get(str(part).removeprefix("https://clauses.example")).plain)
        seen += [one.text for one in tree.iter("loc")]
    assert len(seen) == len(set(seen))
    assert {"https://clauses.example/", "https://clauses.example/provisions/CL-P-000001"} <= set(seen)
    assert_problem(public.get("/sitemap-provisions-999.xml/"), "not-found", 404)
    assert_problem(public.get("/sitemap-x.xml"), "not-found", 404)


def test_public_pages_have_canonical_addresses(public: Client) -> None:
    for path in ("/provisions/CL-P-000001", "/documents/CL-D-000001", "/clause-types/data-sale"):
        tree = html.fromstring(public.get(f"{path}").plain)
        (canonical,) = tree.xpath("//link[@rel='canonical']/@href")
        assert canonical.startswith(f"https://clauses.example{path}")
        assert public.get(canonical.removeprefix("https://clauses.example")).status == 200


def test_browsers_can_search_from_their_address_bar(server: Client) -> None:
    text = server.get("/opensearch.xml").text
    assert f"http://{server.host}/search?q={{searchTerms}}" in text


async def test_a_clause_that_went_stays_in_the_list_of_changes(data_copy: Path) -> None:
    engine = open_archive(Settings(data=data_copy).archive_file)
    async with engine.begin() as connection:
        record = await get_provision(connection, "CL-P-000005")
        assert record is not None
        day = dt.datetime.now(dt.UTC).date()
        await retire_provisions(connection, [record], day=day, summary="The clause was taken out.")
    await engine.dispose()
    with running(Settings(data=data_copy)) as client:
        tree = html.fromstring(client.get("/changes?kind=removed").plain)
        (item,) = tree.xpath("//li[starts-with(@class,'change')]")
        assert "The clause was taken out." in item.text_content()
        assert record.title in item.text_content()
        assert "/documents/CL-D-000001" in item.xpath(".//@href")
        assert "(withdrawn)" in item.text_content()
        assert "/provisions/CL-P-000005" in item.xpath(".//@href")
        assert "The clause was taken out." in text_of(client, "/documents/CL-D-000001")


async def test_changed_words_are_shown_by_label_line_and_colour(data_copy: Path) -> None:
    engine = open_archive(Settings(data=data_copy).archive_file)
    async with engine.begin() as connection:
        await save_documents(connection, [a_document()])
        changes = [
            {"date": "2026-05-01", "kind": "added", "summary": "S.", "severity_to": "high"},
            {
                "date": "2026-09-01",
                "kind": "modified",
                "summary": "Partners became anybody.",
                "severity_from": "high",
                "severity_to": "high",
                "old_quote": "We sell your data to partners who ask.",
                "new_quote": "We sell your data to anybody who asks.",
            },
        ]
        await save_provision(
            connection,
            a_record(history__changes=changes),
            today=dt.datetime.now(dt.UTC).date(),
            snapshot=PAGE_FACTS,
        )
    await engine.dispose()
    with running(Settings(data=data_copy)) as client:
        for path in ("/changes?kind=modified", "/provisions/CL-P-000900", "/documents/CL-D-000900"):
            tree = html.fromstring(client.get(path).plain)
            (diff,) = [one for one in tree.xpath("//p[@class='diff']") if "anybody" in one.text_content()]
            assert "[removed: partners" in diff.text_content()
            assert "[added: anybody" in diff.text_content()
            assert diff.xpath("string(del)")
            assert diff.xpath("string(ins)")


@pytest.mark.parametrize("path", ["/entities/pinterest", "/provisions/CL-P-000001"])
def test_pages_say_where_to_turn_and_who_says_so(server: Client, path: str) -> None:
    tree = html.fromstring(server.get(path).plain)
    (heading,) = tree.xpath("//h2[@id='where']")
    assert heading.text_content() == "Where to turn at Pinterest"
    entries = heading.getnext().xpath("./li")
    said = " ".join(" ".join(entry.text_content().split()) for entry in entries)
    assert "Delete the account" in said
    assert "Stated by JustDeleteMe" in said
    addresses = heading.getnext().xpath(".//a/@href")
    assert addresses and all(one.startswith(("https://", "mailto:")) for one in addresses)
