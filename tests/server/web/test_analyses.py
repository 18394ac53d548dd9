"""POST /v1/analyses: what is answered, what is kept, and every problem that it may answer."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from clauselight.settings import Settings
from clauselight.web import bodies
from clauselight.web.api import analyses as api
from clauselight.web.api.operations import OPERATIONS
from findings import COURT, ENDING, PAGE
from serving import Client, Reply, assert_fits, assert_problem, running

URL = "https://www.fresh-site.example/legal/privacy?utm_source=mail"
HTML = PAGE * 3
TEXT = f"Privacy Policy\n\n{ENDING}\n\n{COURT}\n\n" + "We write this for you and for all of the others. " * 5


def post(client: Client, body: Any, **headers: str) -> Reply:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.request("POST", "/v1/analyses", {"Content-Type": "application/json", **headers}, data)


def analysed(client: Client, body: Any) -> dict[str, Any]:
    reply = post(client, body)
    assert reply.status == 200, reply.text[:500]
    answer: dict[str, Any] = reply.json
    assert_fits(answer, "analysis_answer")
    return answer


@pytest.fixture
def own(data_copy: Path) -> Iterator[Client]:
    """A server with an archive of its own, to write to."""
    with running(Settings(data=data_copy)) as client:
        yield client


@pytest.mark.parametrize(
    "page",
    [
        {"html": HTML},
        {"text": TEXT},
        {"blocks": [{"kind": "heading", "level": 1, "text": "Privacy"}, {"text": ENDING}, {"text": COURT}]},
    ],
    ids=["html", "text", "blocks"],
)
def test_a_page_is_labelled_in_the_shape_of_curated_records(server: Client, page: dict[str, Any]) -> None:
    answer = analysed(server, page)
    assert answer["kept"] is False
    assert answer["summary"]["words"] > 10
    provisions = {one["quote"]["selector"]["exact"]: one for one in answer["set"]["provisions"]}
    assert {ENDING, COURT} <= set(provisions)
    ending = provisions[ENDING]
    assert ending["method"] == "automatic"
    assert ending["method_version"] == answer["method_version"]
    assert ending["clause_type"]["id"] == "account-termination"
    assert ending["permalink"] == "/v1/clause-types/account-termination"
    assert server.get(ending["permalink"]).status == 200
    assert ending["id"].startswith("CL-A-")
    assert ending["context"]["prevalence"]["entities_with"] >= 1
    assert "source_url" not in ending["provenance"]
    assert {one["id"] for one in ending["context"]["siblings"]} < {one["id"] for one in provisions.values()}


def test_other_entities_with_such_a_clause_are_shown(server: Client) -> None:
    answer = analysed(server, {"html": HTML})
    told = server.get("/v1/clause-types/account-termination").json
    ending = next(
        one for one in answer["set"]["provisions"] if one["clause_type"]["id"] == "account-termination"
    )
    assert {one["provision"] for one in ending["context"]["examples"]} <= {
        one["provision"] for one in told["examples"]
    }
    counted, shown = told["prevalence"], ending["context"]["prevalence"]
    assert shown["entities_tracked"] == counted["entities_tracked"] + 1
    assert shown["entities_with"] == counted["entities_with"] + 1


def test_on_ones_own_server_a_page_with_an_address_is_kept_and_matched_within_a_second(own: Client) -> None:
    answer = analysed(own, {"html": HTML, "url": URL})
    assert answer["kept"] is True
    document = answer["set"]["document"]
    assert document["id"] == "CL-D-500000"
    assert document["urls"] == ["https://www.fresh-site.example/legal/privacy"]
    assert document["entity"]["name"] == "fresh-site.example"
    deadline = time.monotonic() + 1
    target = "/v1/match?url=" + quote("http://fresh-site.example/legal/privacy#x", safe="")
    while not (matches := own.get(target).json["matches"]) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert matches[0]["document"] == document
    assert matches[0]["provisions"] == answer["set"]["provisions"]
    for one in matches[0]["provisions"]:
        assert one["provenance"]["quote_verified"] is True
        assert own.get(one["permalink"]).status == 200
        assert_fits(own.get(f"/v1/provisions/{one['id']}").json, "provision")


def test_the_same_page_again_is_the_same_document(own: Client) -> None:
    first = analysed(own, {"html": HTML, "url": URL})
    second = analysed(own, {"html": HTML, "url": "https://fresh-site.example/legal/privacy/"})
    ids = [[one["id"] for one in answer["set"]["provisions"]] for answer in (first, second)]
    assert first["set"]["document"]["id"] == second["set"]["document"]["id"]
    assert ids[0] == ids[1]


def test_a_known_document_without_a_record_gets_one(own: Client) -> None:
    url = "https://www.123devis.com/conditions_utilisation.php"
    answer = analysed(own, {"html": HTML, "url": url})
    assert answer["set"]["document"]["id"] == "CL-D-000101"
    assert answer["set"]["document"]["entity"]["name"] == "123devis.com"
    assert answer["set"]["provisions"]


@pytest.mark.parametrize("page", [{"html": HTML, "url": URL, "keep": False}, {"html": HTML}])
def test_nothing_is_kept_when_declined_or_without_address(own: Client, page: dict[str, Any]) -> None:
    before = own.get("/v1/info").json
    assert analysed(own, page)["kept"] is False
    time.sleep(0.6)
    assert own.get("/v1/info").json == before
    assert own.get("/v1/match?url=" + quote(URL, safe="")).json["matches"] == []


@pytest.mark.parametrize(
    ("keeping", "host", "asked", "kept"),
    [
        (None, "127.0.0.1", None, True),
        (None, "0.0.0.0", None, False),
        (None, "0.0.0.0", True, False),
        ("never", "127.0.0.1", True, False),
        ("asked", "0.0.0.0", None, False),
        ("asked", "0.0.0.0", True, True),
        ("always", "0.0.0.0", None, True),
        ("always", "0.0.0.0", False, False),
    ],
)
def test_the_operator_decides_what_is_kept(keeping: Any, host: str, asked: bool | None, kept: bool) -> None:
    settings = Settings(keep_analyses=keeping, host=host)
    page = api.AnalysisRequest(text="A.", url="https://a.example/p", keep=asked)
    assert api._kept(page, settings) is kept


def test_the_answer_is_compressed_and_never_stored(server: Client) -> None:
    reply = post(server, {"html": HTML}, **{"Accept-Encoding": "gzip"})
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["content-encoding"] == "gzip"
    assert_fits(reply.json, "analysis_answer")


BAD: list[tuple[bytes, str]] = [
    (b"", "body"),
    (b"{", "JSON"),
    (b"[]", "body"),
    (b"\xff\xfe", "JSON"),
    (b"{}", "exactly one"),
    (b'{"text": "a", "html": "b"}', "exactly one"),
    (b'{"text": 7}', "text"),
    (b'{"text": "a", "url": "http://a.example/"}', "url"),
    (b'{"text": "a", "url": "https://a..example/"}', "url"),
    (b'{"text": "a", "url": "https://[a.example/"}', "url"),
    (b'{"text": "a", "keep": true}', "keep"),
    (b'{"text": "a", "cookies": "S3CRETMARK"}', "cookies"),
    (b'{"blocks": [{"text": "a", "kind": "S3CRETMARK"}]}', "blocks"),
    (b'{"text": "\\ud800"}', "JSON"),
    (b'{"blocks":' + b"[" * 100_000, "JSON"),
]


@pytest.mark.parametrize(("body", "named"), BAD, ids=[str(number) for number in range(len(BAD))])
def test_a_body_that_is_wrong_is_told_what_is_wrong(server: Client, body: bytes, named: str) -> None:
    problem = assert_problem(post(server, body), "bad-body", 400)
    assert named.lower() in (problem["detail"] + str(problem["errors"])).lower().replace("keeping", "keep")
    assert "S3CRETMARK" not in json.dumps(problem)


MANY: dict[str, Any] = {f"x{number}": 1 for number in range(300_000)}


@pytest.mark.parametrize(
    "body",
    [
        {"blocks": [{}] * 15_000},
        {"blocks": [{"text": 1, "kind": "x", "level": 99, "y": 1}] * 15_000},
        {"blocks": [{"text": "a"}] * 100_000},
        {"blocks": [None] * 1_000_000},
        {"text": "a", **MANY},
        {"blocks": [{"text": "a"}, {"text": "a", **MANY}]},
    ],
    ids=["empty", "wrong", "many", "very many", "members", "members of one"],
)
def test_however_wrong_a_body_is_it_is_told_quickly_and_briefly(body: dict[str, Any]) -> None:
    data = json.dumps(body).encode()
    started = time.thread_time()
    with pytest.raises(api.ProblemRaised) as raised:
        api._parsed(data)
    assert time.thread_time() - started < 0.5
    assert raised.value.kind.slug == "bad-body"
    assert 0 < len(raised.value.errors) < 20


def test_only_json_is_read_so_that_no_foreign_page_can_post(server: Client) -> None:
    """Browsers send text/plain and forms from any page without asking; JSON they do not."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        reply = post(server, {"text": TEXT}, **{"Content-Type": kind, "Origin": "https://evil.example"})
        assert_problem(reply, "unsupported-media-type", 415)
    reply = server.request("OPTIONS", "/v1/analyses", {"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in reply.headers


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<title>Sign in</title><h1>Sign in to continue</h1><form>Password</form>", {"login", "too-short"}),
        ("<title>Just a moment...</title><p>Checking your browser. Ray ID: 1</p>", {"bot-wall", "too-short"}),
        ("<title>404</title><h1>404 Not Found</h1>", {"error-page", "too-short"}),
        ("", {"empty"}),
        ("\x89PNG\r\n\x1a\n" + "\x00" * 500, {"not-text", "empty"}),
    ],
)
def test_a_page_that_is_no_policy_is_refused_with_the_reason(
    server: Client, html: str, reason: set[str]
) -> None:
    problem = assert_problem(post(server, {"html": html}), "not-a-policy", 422)
    assert problem["reason"] in reason
    assert problem["detail"].endswith(".")


def test_a_language_that_nobody_taught_is_refused_and_not_guessed(server: Client) -> None:
    french = "Nous vendons vos données personnelles à des tiers pour que les autres en profitent. " * 20
    problem = assert_problem(post(server, {"text": french}), "unknown-language", 422)
    assert problem["reason"] == "fr"


def test_a_page_that_says_nonsense_of_its_language_is_told_so_too(server: Client) -> None:
    page = f"<html lang='É!'><p>{'qwyx zxcv gfhj. ' * 200}</p></html>"
    problem = assert_problem(post(server, {"html": page}), "unknown-language", 422)
    assert "reason" not in problem


def test_a_page_that_is_too_large_is_told_the_limit(data_copy: Path) -> None:
    with running(Settings(data=data_copy, analysis_bytes=10_000)) as client:
        problem = assert_problem(post(client, {"text": "a" * 20_000}), "request-too-large", 413)
        assert "10,000 bytes" in problem["detail"]


def test_a_body_in_pieces_is_counted_too(data_copy: Path) -> None:
    with running(Settings(data=data_copy, analysis_bytes=10_000)) as client:
        head = (
            f"POST /v1/analyses HTTP/1.1\r\nHost: {client.host}\r\nContent-Type: application/json\r\n"
            "Transfer-Encoding: chunked\r\n\r\n"
        ).encode()
        piece = b"1000\r\n" + b"a" * 0x1000 + b"\r\n"
        assert_problem(client.raw(head + piece * 4 + b"0\r\n\r\n"), "request-too-large", 413)


def test_a_body_that_does_not_arrive_is_not_waited_for(
    server: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "ARRIVES_WITHIN", 0.3)
    head = (
        f"POST /v1/analyses HTTP/1.1\r\nHost: {server.host}\r\nContent-Type: application/json\r\n"
        "Content-Length: 100\r\n\r\n{"
    ).encode()
    assert_problem(server.raw(head), "request-timeout", 408)


def test_an_operator_may_switch_it_off(data_copy: Path) -> None:
    with running(Settings(data=data_copy, analyses=False)) as client:
        assert_problem(post(client, {"text": TEXT}), "not-offered", 403)


class Fails:
    """An analyser for which every page goes wrong in one way."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def analyse(self, request: bytes, *, verify: bool = False) -> None:
        raise self.error

    async def close(self) -> None:
        """Nothing runs."""


@pytest.mark.parametrize(
    ("error", "slug", "status"),
    [
        (api.GaveUp("time"), "analysis-timeout", 504),
        (api.GaveUp("memory"), "analysis-too-large", 422),
        (api.GaveUp("error"), "analysis-failed", 500),
        (api.Busy(), "analysis-busy", 503),
        (api.NoIdsLeft(), "archive-full", 507),
    ],
)
def test_what_goes_wrong_behind_it_is_told(
    data_copy: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, slug: str, status: int
) -> None:
    monkeypatch.setattr("clauselight.app.Analyser", lambda **_: Fails(error))
    with running(Settings(data=data_copy)) as client:
        reply = post(client, {"text": TEXT})
        assert_problem(reply, slug, status)
        assert ("retry-after" in reply.headers) == (status == 503)


def test_every_problem_that_is_described_is_met_here() -> None:
    (operation,) = (one for one in OPERATIONS if one.path == "/v1/analyses")
    source = Path(__file__).read_text(encoding="utf-8")
    assert [slug for slug in operation.problems if f'"{slug}"' not in source] == []
