"""No page runs a script, loads anything from elsewhere, or can be framed; every answer says so."""

from __future__ import annotations

import re
from importlib.resources import files
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from clauselight.web.problems import PROBLEM_TYPES
from serving import Client

PAGES = ["/", "/api", "/problems", "/demo/", "/demo/privacy", "/demo/terms"]
PAGES += [
    "/search?q=data",
    "/provisions",
    "/entities",
    "/entities/murmurloft",
    "/entities/murmurloft/letter",
    "/documents",
    "/changes",
    "/compare",
]
PAGES += [
    "/compare?type=data-sale",
    "/compare?entity=murmurloft&entity=pinterest",
    "/methodology",
    "/monitored",
]
PAGES += ["/documents/CL-D-000001", "/clause-types", "/clause-types/ai-training-on-user-content"]
PAGES += [f"/problems/{slug}" for slug in PROBLEM_TYPES]
PAGES += ["/provisions/CL-P-000001/letter"]
PAGES += [f"/provisions/CL-P-{number:06}" for number in range(1, 31)]
EVERYTHING = [
    *(
        "/",
        "/demo",
        "/demo/",
        "/demo/privacy",
        "/provisions/CL-P-000001",
        "/entities/murmurloft/letter",
        "/static/site.css",
        "/static/no.css",
    ),
    *("/v1/info", "/v1/match", "/v1/documents?limit=0", "/healthz", "/openapi.json", "/nowhere", "/%FF"),
]
LOADING = "//link/@href | //*/@src | //*/@srcset | //*/@poster | //object/@data | //*/@background"


@pytest.mark.parametrize("target", EVERYTHING)
def test_every_answer_carries_the_headers(server: Client, target: str) -> None:
    headers = server.get(target).headers
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in headers["content-security-policy"].split(";")
        if part.strip()
    )
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    # Elsewhere default-src forbids scripts; those of our own stand in files.
    scripted = target.startswith(("/provisions/", "/sign-in", "/moderation")) or target.endswith("/letter")
    assert policy.get("script-src", "'none'") == ("'self'" if scripted else "'none'")
    assert set(policy.values()) <= {"'none'", "'self'"}
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    assert not [name for name in headers if name.startswith("access-control-")]


def test_also_what_could_not_be_read_carries_the_headers(server: Client) -> None:
    reply = server.raw(b"\x16\x03\x01 no HTTP at all\r\n\r\n")
    assert reply.status == 400
    assert "default-src 'none'" in reply.headers["content-security-policy"]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_loads_from_elsewhere_or_runs_anything(server: Client, path: str) -> None:
    tree = html.fromstring(server.get(path).plain)
    for address in tree.xpath(LOADING):
        assert urlsplit(urljoin(f"http://{server.host}{path}", address)).netloc == server.host, address
    for script in tree.xpath("//script"):  # data, or a file of our own; see LOADING for where from
        assert not script.text or script.get("type") in ("application/ld+json", "application/json")
    assert tree.xpath("//iframe | //embed | //object | //base | //style | //*[@style]") == []
    assert [name for name in tree.xpath("//@*") if name.attrname.startswith("on")] == []
    for address in tree.xpath("//@href | //@action | //@formaction"):
        scheme = urlsplit(address).scheme
        assert scheme in ("", "https", "mailto"), address
    assert tree.xpath("//meta[@http-equiv]") == []


STATIC = sorted(
    entry.name
    for entry in (files("clauselight.web") / "static").iterdir()
    if entry.name not in ("reader.js", "ways.js", "letter.js", "curation.js")
)
"""All but what is built from the extension: it names addresses that it never asks for, and the content
security policy of its pages holds it to this server, or to nobody (tests/e2e/test_reader.py and
test_web_letters.py)."""


@pytest.mark.parametrize("name", STATIC)
def test_styles_and_icons_load_nothing_from_elsewhere(server: Client, name: str) -> None:
    text = server.get(f"/static/{name}").text
    assert set(re.findall(r"https?://[^\s\"')]+|<script|javascript:", text)) <= {"http://www.w3.org/2000/svg"}
    for address in re.findall(r"(?:url\(|@import)\s*[\"']?([^\"')\s]+)", text):
        target = urlsplit(urljoin(f"http://{server.host}/static/{name}", address))
        if not address.startswith("url("):
            assert target.netloc == server.host
            assert server.get(target.path).status == 200, address


def test_links_to_other_sites_tell_them_nothing(server: Client) -> None:
    for path in PAGES:
        for link in html.fromstring(server.get(path).plain).xpath("//a[starts-with(@href, 'https://')]"):
            assert link.get("target") is None or "noopener" in link.get("rel", ""), link.get("href")
