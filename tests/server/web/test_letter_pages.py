"""Pages on which letters are written: what they tell their script, and what is left without it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import html

from clauselight.web import letter_data
from clauselight.web.pages import letter, record
from published_records import a_published
from serving import Client, assert_problem

DATA = "//script[@id='clauselight-letter-data']/text()"


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the extension had been built, whether or not it was."""
    monkeypatch.setattr(letter, "has_asset", lambda name: True)
    monkeypatch.setattr(record, "has_asset", lambda name: True)


def data_of(server: Client, path: str) -> Any:
    (block,) = html.fromstring(server.get(path).plain).xpath(DATA)
    return json.loads(block)


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("path", ["/provisions/CL-P-000001", "/provisions/CL-P-000001/letter"])
def test_the_script_is_told_what_the_extension_knows(server: Client, path: str) -> None:
    told = data_of(server, path)
    known = server.get("/v1/provisions/CL-P-000001").json
    document = server.get(f"/v1/documents/{known['document']['id']}").json
    assert told["entity"] == {"id": "pinterest", "name": "Pinterest"}
    assert told["document"]["id"] == known["document"]["id"]
    assert told["document"]["url"] == known["provenance"]["source_url"]
    provision = told["provision"]
    assert provision["type"] == known["clause_type"]
    assert provision["actions"] == known["actions"]
    assert provision["clause"] == known["quote"]["selector"]["exact"]
    assert provision["severity"] == known["severity"]
    assert told["directory"] == document["directory"]


@pytest.mark.usefixtures("built")
def test_a_letter_to_an_organisation_is_about_no_clause(server: Client) -> None:
    told = data_of(server, "/entities/pinterest/letter")
    assert told["entity"] == {"id": "pinterest", "name": "Pinterest"}
    assert told["document"] is None
    assert told["provision"] is None
    assert told["directory"]["entries"]


def test_the_page_asks_nobody_and_is_not_for_search_engines(server: Client) -> None:
    for path in ("/provisions/CL-P-000001/letter", "/entities/pinterest/letter"):
        reply = server.get(path)
        assert "connect-src" not in reply.headers["content-security-policy"]
        assert "script-src 'self'" in reply.headers["content-security-policy"]
        tree = html.fromstring(reply.plain)
        assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
        (leads,) = tree.xpath("//div[@id='letter']//a/@href")
        page, _, place = leads.partition("#")
        assert html.fromstring(server.get(page).plain).xpath("//*[@id=$place]", place=place)


def test_where_the_extension_was_not_built_pages_say_so(
    server: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter, "has_asset", lambda name: False)
    monkeypatch.setattr(record, "has_asset", lambda name: False)
    for path in ("/provisions/CL-P-000001", "/provisions/CL-P-000001/letter"):
        tree = html.fromstring(server.get(path).plain)
        assert tree.xpath(DATA) == []
        assert tree.xpath("//script[contains(@src, 'letter.js') or contains(@src, 'ways.js')]") == []
    assert "its scripts were not built" in server.get("/provisions/CL-P-000001/letter").text


def test_what_does_not_exist_has_no_letter(server: Client) -> None:
    assert_problem(server.get("/provisions/CL-P-999999/letter"), "unknown-provision", 404)
    assert_problem(server.get("/entities/nobody-at-all/letter"), "not-found", 404)


def test_a_clause_without_words_has_none_to_name() -> None:
    told = letter_data.of_clause(a_published(quote=None, evidence_basis="inferred_from_context"), None)
    assert told["provision"]["clause"] is None
    assert told["directory"] is None
