"""Files of a record over the wire: types, names, tags; PDFs made aside, one at a time, never for long."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from clauselight import app
from clauselight.publication.files import Rendered, render
from clauselight.settings import Settings
from clauselight.web import pdf_maker
from clauselight.web.pdf_maker import PdfMaker
from clauselight.web.problems import ProblemRaised
from published_records import a_published
from serving import Client, assert_problem, running

TYPES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "jsonld": 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
}


@pytest.mark.parametrize("ending", TYPES)
def test_a_file_has_its_type_its_name_and_its_tag(server: Client, ending: str) -> None:
    target = f"/v1/provisions/CL-P-000001.{ending}"
    reply = server.get(target)
    assert reply.headers["content-type"] == TYPES[ending]
    assert reply.headers["content-disposition"] == f'attachment; filename="CL-P-000001.{ending}"'
    assert f"http://{server.host}/provisions/CL-P-000001/" in reply.text
    assert server.get(target, If_None_Match=reply.headers["etag"]).status == 304


def test_a_public_server_writes_its_own_name(data_copy: Path) -> None:
    with running(Settings(data=data_copy, public_url="https://clauses.example")) as client:
        for ending in TYPES:
            text = client.get(f"/v1/provisions/CL-P-000001.{ending}", Host="clauses.example").text
            assert "https://clauses.example/provisions/CL-P-000001/" in text
            assert "127.0.0.1" not in text


def test_a_pdf_is_made_and_kept(server: Client) -> None:
    first = server.get("/v1/provisions/CL-P-000001.pdf")
    assert first.headers["content-type"] == "application/pdf"
    assert first.body.startswith(b"%PDF-")
    assert server.get("/v1/provisions/CL-P-000001.pdf").body == first.body


def record(title: str = "A clause") -> Rendered:
    return render(a_published(title=title))


async def test_pdfs_are_made_one_at_a_time_and_few_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    running_now, most = 0, 0

    async def slowly(*_: Any) -> bytes:
        nonlocal running_now, most
        running_now += 1
        most = max(most, running_now)
        await asyncio.sleep(0.05)
        running_now -= 1
        return b"%PDF-1"

    monkeypatch.setattr(pdf_maker, "_made", slowly)
    monkeypatch.setattr(pdf_maker, "MOST_WAITING", 3)
    maker = PdfMaker()
    asked = [maker.make(record(f"Title {number}"), "https://a.example") for number in range(5)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    refused = [one for one in answers if isinstance(one, ProblemRaised)]
    assert [one.kind.slug for one in refused] == ["export-busy"] * 2
    assert [one for one in answers if one == b"%PDF-1"] == [b"%PDF-1"] * 3
    assert most == 1


async def test_a_pdf_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_maker, "LONGEST", 0.01)
    with pytest.raises(ProblemRaised) as raised:
        await PdfMaker().make(record(), "https://a.example")
    assert raised.value.kind.slug == "export-failed"


async def test_a_pdf_that_cannot_be_made_is_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pdf_maker, "WORKER", "clauselight.exporters.no_such_worker")
    with pytest.raises(ProblemRaised) as raised:
        await PdfMaker().make(record(), "https://a.example")
    assert raised.value.kind.slug == "export-failed"
    assert "no PDF was made" in caplog.text


def test_while_the_registry_is_made_lists_say_so(data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: Any) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(app, "LISTED_AT_START", -1)
    monkeypatch.setattr(app, "follow_publication", never)
    with running(Settings(data=data_copy)) as client:
        for path in ("/provisions", "/search?q=data", "/changes", "/entities", "/v1/provisions.csv"):
            reply = client.get(path)
            assert_problem(reply, "not-ready", 503)
            assert reply.headers["retry-after"] == "10"
        page = client.get("/provisions", Accept="text/html")
        assert page.status == 503
        assert "being prepared" in page.text
        # What needs no list is there.
        for path in ("/", "/provisions/CL-P-000001", "/v1/provisions/CL-P-000001.bib"):
            assert client.get(path).status == 200
