"""Markup and scripts in every text of records, documents and organisations: shown as text on every page that
shows them, and text in every file that is made of them."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from lxml import etree, html

from clauselight.contract.provision import ProvisionRecord
from clauselight.settings import Settings
from clauselight.store.documents import mark_analysed, save_documents
from clauselight.store.engine import open_archive
from clauselight.store.provisions import save_provision
from payloads import PAYLOADS
from records import PAGE_FACTS, a_document, a_record
from serving import Client, running

FIRST = 700
ENTITY = "hostile"
DOCUMENT = "CL-D-000700"
NOT_FROM_HERE = " | ".join(
    (
        "//script[not(@type='application/ld+json' or @type='application/json')"
        " and not(starts-with(@src,'/static/'))]",
        "//img[not(starts-with(@src,'/static/'))]",
        "//svg[not(ancestor::table[@class='chart']) and not(ancestor::figure[@class='share'])]",
        "//meta[@http-equiv] | //iframe | //object | //embed | //math | //base | //style | //video | //audio",
        "//marquee | //foreignobject | //animate | //keygen | //source | //template",
    )
)
"""Elements that none of our pages has but of its own."""


def hostile_record(number: int, payload: str) -> ProvisionRecord:
    """A record with a payload in every text."""
    agency = {
        "id": "x",
        "name": payload[:300],
        "jurisdiction": "EEA",
        "why": payload,
        "complaint_url": "https://a.example/",
    }
    law = {
        "id": "y",
        "name": payload[:300],
        "jurisdiction": "EEA",
        "articles": [payload[:300]],
        "why": payload,
        "url": "https://a.example/",
    }
    action = {
        "kind": "delete",
        "title": payload[:300],
        "steps": [payload],
        "email": "a@a.example",
        "letter": {"subject": payload[:300], "body": payload},
        "jurisdictions": ["worldwide"],
        "effect": "ends",
        "effect_note": payload,
    }
    changes = [
        {"date": "2026-05-01", "kind": "added", "summary": payload, "severity_to": "high"},
        {
            "date": "2026-06-01",
            "kind": "modified",
            "summary": payload,
            "severity_from": "high",
            "severity_to": "high",
            "old_quote": f"before {payload}",
            "new_quote": f"{payload} after",
        },
    ]
    return a_record(
        id=f"CL-P-{FIRST + number:06}",
        document=DOCUMENT,
        title=payload[:300],
        explanation=dict.fromkeys(
            ("what_it_is", "how_it_affects_you", "why_it_matters", "interpretive_note"), payload
        ),
        quote__selector={
            "type": "TextQuoteSelector",
            "exact": payload,
            "prefix": payload[:100],
            "suffix": payload[:100],
        },
        method="automatic",
        method_version=payload[:300],
        automatic={"probability": 0.5, "words": [payload[:300]], "highlight": True},
        actions=[action],
        agencies=[agency],
        regulations=[law],
        institutional={
            "regulatory_landscape": payload,
            "governance_exposure": payload,
            "jurisdiction_flags": [payload],
            "vendor_implications": payload,
            "compliance_considerations": payload,
        },
        history__changes=changes,
        provenance__note=payload,
        provenance__reported_by=payload[:300],
    )


@pytest.fixture(scope="module")
def hostile(loaded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server whose archive holds a hostile record for each payload."""
    folder = Path(shutil.copytree(loaded_folder, tmp_path_factory.mktemp("hostile") / "data"))
    everything = "".join(PAYLOADS)[:290]

    async def fill() -> None:
        engine = open_archive(Settings(data=folder).archive_file)
        async with engine.begin() as connection:
            document = a_document(700, entity=ENTITY, title=everything).model_dump(
                mode="json", exclude_none=True
            )
            document["entity"]["name"] = everything
            await save_documents(connection, [type(a_document()).model_validate(document)])
            await mark_analysed(connection, DOCUMENT, dt.datetime(2026, 5, 1, tzinfo=dt.UTC))
            for number, payload in enumerate(PAYLOADS):
                record = hostile_record(number, payload)
                await save_provision(connection, record, today=dt.date(2026, 11, 22), snapshot=PAGE_FACTS)
        await engine.dispose()

    asyncio.run(fill())
    with running(Settings(data=folder)) as client:
        yield client


def assert_harmless(page: bytes, what: str) -> None:
    """Nothing on a page came from a text but text."""
    tree = html.fromstring(page)
    strange = tree.xpath(NOT_FROM_HERE)
    assert strange == [], (what, [etree.tostring(one)[:200] for one in strange[:3]])
    assert [name for name in tree.xpath("//@*") if name.attrname.startswith("on")] == [], what
    for address in tree.xpath("//@href | //@src | //@action | //@formaction | //@cite"):
        assert not address.strip().lower().startswith(("javascript:", "data:", "//")), what
        assert urlsplit(address).netloc != "evil.example", what


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_a_record_shows_markup_as_text(hostile: Client, number: int) -> None:
    page = hostile.get(f"/provisions/CL-P-{FIRST + number:06}")
    assert page.status == 200
    assert_harmless(page.plain, PAYLOADS[number])
    tree = html.fromstring(page.plain)
    visible = PAYLOADS[number][:300].replace("\x00", "\ufffd")
    assert (
        " ".join(visible.split()) in " ".join(tree.xpath("string(//h1)").split())
        or "\x00" in PAYLOADS[number]
    )
    # The annotation is data that ends where it should.
    (block,) = tree.xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(block)["target"]["selector"]["exact"] == PAYLOADS[number]
    letter = hostile.get(f"/provisions/CL-P-{FIRST + number:06}/letter")
    assert letter.status == 200
    assert_harmless(letter.plain, PAYLOADS[number])


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"/documents/{DOCUMENT}",
        f"/entities/{ENTITY}",
        f"/entities/{ENTITY}/letter",
        "/provisions?entity=hostile",
        "/changes",
        f"/changes?document={DOCUMENT}",
        "/compare?type=data-sale&entity=hostile",
        "/compare?entity=hostile&entity=murmurloft",
        "/clause-types/data-sale",
        "/search?q=window+stolen",
        "/search?q=script",
        "/entities?from=%3C",
        "/documents?read=1",
        "/monitored",
    ],
)
def test_lists_show_markup_as_text(hostile: Client, path: str) -> None:
    page = hostile.get(path)
    assert page.status == 200
    assert len(page.plain) < 100_000
    assert_harmless(page.plain, path)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_typed_is_shown_as_text(hostile: Client, payload: str) -> None:
    typed = quote(payload)
    for path in (
        f"/search?q={typed}",
        f"/provisions?entity={typed}",
        f"/compare?entity={typed}",
        f"/entities?from={typed}",
        f"/provisions?{typed}=1",
        f"/nowhere/{typed}",
        f"/entities/{typed}",
        f"/provisions/CL-P-000700/{typed}",
    ):
        page = hostile.get(path, Accept="text/html")
        assert page.status in (200, 400, 404, 414), path
        assert_harmless(page.plain, path)


@pytest.mark.parametrize("ending", ["bib", "ris", "csl.json", "jsonld", "pdf"])
def test_files_hold_markup_as_text(hostile: Client, ending: str) -> None:
    for number in (0, 13, 40) if ending == "pdf" else range(len(PAYLOADS)):
        reply = hostile.get(f"/v1/provisions/CL-P-{FIRST + number:06}.{ending}")
        assert reply.status == 200
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert not reply.headers["content-type"].startswith("text/html")


def test_the_most_that_a_record_may_hold_is_still_a_small_page(loaded_folder: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(loaded_folder, tmp_path / "data"))
    long = ("word " * 4_000)[:19_900]

    async def fill() -> None:
        engine = open_archive(Settings(data=folder).archive_file)
        async with engine.begin() as connection:
            await save_documents(connection, [a_document(700, entity=ENTITY)])
            await mark_analysed(connection, DOCUMENT, dt.datetime(2026, 5, 1, tzinfo=dt.UTC))
            record = hostile_record(0, long)
            await save_provision(connection, record, today=dt.date(2026, 11, 22), snapshot=PAGE_FACTS)
        await engine.dispose()

    asyncio.run(fill())
    with running(Settings(data=folder)) as client:
        for path in (
            "/provisions/CL-P-000700",
            f"/documents/{DOCUMENT}",
            "/changes",
            "/compare?type=data-sale",
        ):
            page = client.get(path)
            assert page.status == 200
            assert len(page.plain) <= 100_000, path
