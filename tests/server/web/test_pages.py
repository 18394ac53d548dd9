"""The pages that people open: the front page, the demo, records, downloads."""

from __future__ import annotations

import hashlib
import io
import zipfile
from importlib.resources import files
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from clauselight.settings import Settings
from clauselight.store.engine import open_archive
from clauselight.store.snapshots import get_snapshot
from clauselight.web.pages import downloads
from serving import Client, assert_problem, running

PAGES = ["/", "/api", "/problems", "/problems/not-found", "/demo/", "/demo/privacy", "/demo/terms"]
PAGES += [f"/provisions/CL-P-{number:06}" for number in (1, 4, 5, 20)]


@pytest.mark.parametrize("path", PAGES)
def test_every_link_on_a_page_leads_somewhere(server: Client, path: str) -> None:
    tree = html.fromstring(server.get(path).plain)
    for address in {*tree.xpath("//@href"), *tree.xpath("//@src")}:
        target = urlsplit(urljoin(f"http://{server.host}{path}", address))
        if target.netloc != server.host:
            continue
        reply = server.get(target.path + (f"?{target.query}" if target.query else ""))
        assert reply.status == 200, address
        if target.fragment:
            assert html.fromstring(reply.plain).xpath("//*[@id=$name]", name=target.fragment), address


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_a_title_a_language_and_one_main_heading(server: Client, path: str) -> None:
    tree = html.fromstring(server.get(path).plain)
    assert tree.xpath("/html/@lang") == ["en"]
    assert tree.xpath("string(/html/head/title)").strip()
    assert len(tree.xpath("//h1")) == 1
    assert len(tree.xpath("//main")) == 1


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of downloads with one browser's extension, whatever this checkout has built."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("manifest.json", "{}")
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "clauselight-extension-chromium.zip").write_bytes(packed.getvalue())
    monkeypatch.setattr(downloads, "files", lambda _: tmp_path)
    return folder


@pytest.mark.usefixtures("built")
def test_the_front_page_counts_and_shows_the_way(server: Client) -> None:
    text = " ".join(html.fromstring(server.get("/").plain).text_content().split())
    info = server.get("/v1/info").json
    assert f"{info['documents']:,}" in text
    assert f"http://{server.host}" in text
    links = html.fromstring(server.get("/").plain).xpath("//a/@href")
    assert {"/demo/privacy", "/api", "/openapi.json", "/problems"} <= set(links)


@pytest.mark.usefixtures("built")
def test_the_front_page_behind_a_proxy_names_the_public_address(data_copy: Path) -> None:
    with running(Settings(data=data_copy, public_url="https://clauses.example")) as client:
        assert "https://clauses.example<" in client.get("/", Host="clauses.example").text
        assert f"http://{client.host}<" in client.get("/").text


@pytest.mark.parametrize(("name", "identity"), [("privacy", "CL-D-000001"), ("terms", "CL-D-000002")])
async def test_demo_pages_are_the_stored_snapshots_byte_for_byte(
    server: Client, data_copy: Path, name: str, identity: str
) -> None:
    reply = server.get(f"/demo/{name}")
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    record = server.get(f"/v1/documents/{identity}").json["provisions"][0]
    assert hashlib.sha256(reply.body).hexdigest() == record["provenance"]["sha256"]
    engine = open_archive(Settings(data=data_copy).archive_file)
    async with engine.connect() as connection:
        held = await get_snapshot(connection, record["provenance"]["sha256"])
    await engine.dispose()
    assert held is not None
    assert held.body == reply.body


def test_the_demo_folder_gets_its_slash(server: Client) -> None:
    reply = server.get("/demo")
    assert reply.status == 301
    assert reply.headers["location"] == "/demo/"


@pytest.mark.parametrize("slug", ["", "/pinterest-ai", "/%3Cscript%3E"])
def test_a_permalink_works_under_any_slug(server: Client, slug: str) -> None:
    page = server.get(f"/provisions/CL-P-000001{slug}")
    assert page.status == 200
    assert "train our AI/ML models" in page.text
    assert "<script>" not in page.text


def test_the_record_without_a_quote_says_so(server: Client) -> None:
    page = server.get("/provisions/CL-P-000004").text
    assert "about the whole document" in page
    assert "computed from the stored bytes" not in page
    assert "Reported by" in page


@pytest.mark.usefixtures("built")
def test_the_extension_can_be_downloaded(server: Client) -> None:
    reply = server.get("/downloads/clauselight-extension-chromium.zip")
    assert reply.headers["content-type"] == "application/zip"
    assert 'filename="clauselight-extension-chromium.zip"' in reply.headers["content-disposition"]
    assert zipfile.ZipFile(io.BytesIO(reply.body)).namelist() == ["manifest.json"]
    assert_problem(server.get("/downloads/clauselight-extension-firefox.zip"), "not-found", 404)
    assert "/downloads/clauselight-extension-chromium.zip" in server.get("/").text
    assert "/downloads/clauselight-extension-firefox.zip" not in server.get("/").text


def test_without_the_extension_the_front_page_says_how_to_build_it(
    server: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "files", lambda _: tmp_path)
    assert "make run" in server.get("/").text
    assert_problem(server.get("/downloads/clauselight-extension-chromium.zip"), "not-found", 404)


@pytest.mark.parametrize(
    ("path", "name", "kind"),
    [
        ("/static/site.css", "site.css", "text/css"),
        ("/static/icon.svg", "icon.svg", "image/svg+xml"),
        ("/favicon.ico", "icon.svg", "image/svg+xml"),
    ],
)
def test_styles_and_icons_are_served(server: Client, path: str, name: str, kind: str) -> None:
    reply = server.get(path)
    assert reply.headers["content-type"].startswith(kind)
    assert reply.body == (files("clauselight.web") / "static" / name).read_bytes()
    assert server.get(path, If_None_Match=reply.headers["etag"]).status == 304
