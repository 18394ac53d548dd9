"""Every call is described, every described call exists, and every answer is what its schema promises."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest

from clauselight.app import build_app
from clauselight.contract.schema import PUBLIC_MODELS
from clauselight.knowledge.clause_types import clause_types
from clauselight.settings import Settings
from clauselight.web.api.operations import OPERATIONS
from clauselight.web.problems import PROBLEM_TYPES
from serving import Client, assert_fits, assert_problem

PAGES = {
    "/",
    "/demo",
    "/demo/",
    "/demo/{name}",
    "/downloads/clauselight-extension-{browser}.zip",
    "/api",
    "/digest",
    "/changes",
    "/clause-types",
    "/clause-types/{id}",
    "/compare",
    "/documents",
    "/documents/{id}",
    "/documents/{id}/compare",
    "/documents/{id}/reader",
    "/documents/{id}/versions",
    "/documents/{id}/versions/{number}",
    "/documents/{id}/{slug}",
    "/entities",
    "/entities/{id}",
    "/entities/{id}/letter",
    "/methodology",
    "/monitored",
    "/opensearch.xml",
    "/provisions",
    "/robots.txt",
    "/search",
    "/sitemap.xml",
    "/sitemap-{name}.xml",
    "/favicon.ico",
    "/feeds/all.atom",
    "/feeds/clause-types/{id}.atom",
    "/feeds/documents/{id}.atom",
    "/feeds/entities/{id}.atom",
    "/openapi.json",
    "/problems",
    "/problems/{slug}",
    "/provisions/{id}",
    "/provisions/{id}/{slug}",
    "/static/{name}",
    "/sign-in",
    "/sign-out",
    "/disputes/{token}",
    "/provisions/{id}/dispute",
    "/provisions/{id}/letter",
    "/moderation",
    "/moderation/next",
    "/moderation/audit",
    "/moderation/disputes/{id}",
    "/moderation/alike/{id}",
    "/moderation/reject",
}
"""What people open and files; everything else is a call of the API."""

SCHEMA_OF_MODEL = {model: name for name, model in PUBLIC_MODELS.items()}


@pytest.fixture(scope="session")
def routes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Paths of the real application and their methods."""
    app = build_app(Settings(data=tmp_path_factory.mktemp("unused")))
    found: dict[str, set[str]] = {}
    for route in app.router.routes():
        assert route.resource is not None
        found.setdefault(route.resource.canonical, set()).add(route.method)
    return found


def test_every_call_exists_and_every_route_is_described(routes: dict[str, set[str]]) -> None:
    assert set(routes) - PAGES == {operation.path for operation in OPERATIONS}
    assert set(routes) >= PAGES
    for path in {operation.path for operation in OPERATIONS}:
        described = [operation.method for operation in OPERATIONS if operation.path == path]
        assert routes[path] - {"HEAD"} == set(described)
        assert len(described) == len(set(described))


WITHOUT_TOKEN = {"/v1/analyses", "/v1/disputes", "/provisions/{id}/dispute", "/sign-in", "/sign-out"}
"""What changes something and needs no token: an analysis where it is kept, a dispute, one's own session."""


def test_whatever_else_changes_something_needs_a_token(routes: dict[str, set[str]]) -> None:
    changing = {path for path, methods in routes.items() if methods - {"GET", "HEAD"}}
    guarded = {operation.path for operation in OPERATIONS if operation.scope and operation.method != "GET"}
    assert changing - WITHOUT_TOKEN == guarded | {
        "/moderation/next",
        "/moderation/disputes/{id}",
        "/moderation/alike/{id}",
        "/moderation/reject",
    }
    assert {path for path in routes if path.startswith("/v1/admin/")} == {
        operation.path for operation in OPERATIONS if operation.scope
    }


def test_every_page_is_on_the_list_or_a_call(routes: dict[str, set[str]]) -> None:
    assert not [path for path in routes if path.startswith("/v1/") and path in PAGES]


FOR_ANYBODY = [
    operation
    for operation in OPERATIONS
    if operation.scope is None
    and not operation.path.startswith("/v1/disputes")  # see test_disputes.py
    and not operation.path.endswith("/diff")  # needs two versions: test_history.py
]


@pytest.mark.parametrize("operation", FOR_ANYBODY, ids=lambda operation: operation.path)
def test_the_example_of_each_call_works(server: Client, operation: object) -> None:
    """The examples in the API's description, sent as they stand there."""
    assert isinstance(operation, type(OPERATIONS[0]))
    # No state stays the present one for long enough to be an example that works.
    path, query = operation.path.replace("{state}", server.get("/v1/index").json["state"]), []
    for parameter in operation.parameters:
        if parameter.place == "path":
            path = path.replace("{" + parameter.name + "}", parameter.example)
        else:
            query.append(f"{parameter.name}={quote(parameter.example, safe='')}")
        if parameter.schema["type"] == "string" and "pattern" in parameter.schema:
            assert re.fullmatch(parameter.schema["pattern"], parameter.example)
    if operation.body is not None:
        assert_fits(operation.example, SCHEMA_OF_MODEL[operation.body])
    target = path + ("?" + "&".join(query) if query else "")
    body = json.dumps(operation.example).encode() if operation.body else b""
    reply = server.request(
        operation.method, target, {"Content-Type": "application/json"} if body else {}, body
    )
    assert reply.status == 200, reply.text[:300]
    assert reply.headers["content-type"].removesuffix("; charset=utf-8") == operation.media
    if operation.answer is not None:
        assert_fits(reply.json, SCHEMA_OF_MODEL[operation.answer])


def test_every_described_problem_can_be_met(server: Client) -> None:
    """How each problem that a call names is caused."""
    met = {
        ("/v1/buckets/{prefix}", "unknown-prefix"): ("/v1/buckets/zz", 404),
        ("/v1/deltas/{state}", "unknown-state"): ("/v1/deltas/0000000000000000", 404),
        ("/v1/match", "malformed-url"): ("/v1/match?url=nonsense", 400),
        ("/v1/match", "url-too-long"): ("/v1/match?url=https://a.example/" + "a" * 9_000, 414),
        ("/v1/documents", "bad-parameter"): ("/v1/documents?limit=0", 400),
        ("/v1/documents/{id}", "unknown-document"): ("/v1/documents/CL-D-999999", 404),
        **{
            (f"/v1/documents/{{id}}/{part}", slug): (f"/v1/documents/{rest}", status)
            for part in ("versions", "changes")
            for slug, rest, status in (
                ("unknown-document", f"CL-D-999999/{part}", 404),
                ("bad-parameter", f"CL-D-000001/{part}?limit=0", 400),
            )
        },
        ("/v1/provisions/{id}", "unknown-provision"): ("/v1/provisions/CL-P-999999", 404),
        **{
            (f"/v1/provisions/{{id}}.{ending}", "unknown-provision"): (
                f"/v1/provisions/CL-P-999999.{ending}",
                404,
            )
            for ending in ("bib", "ris", "csl.json", "jsonld", "pdf")
        },
        ("/v1/provisions.csv", "bad-parameter"): ("/v1/provisions.csv?severity=terrible", 400),
        ("/v1/clause-types/{id}", "unknown-clause-type"): ("/v1/clause-types/no-such-type", 404),
    }
    described = {
        (operation.path, slug)
        for operation in OPERATIONS
        if operation.method == "GET" and operation in FOR_ANYBODY  # of analyses: test_analyses.py
        for slug in operation.problems
    }
    # Moments of a start or of much to do: tests/server/web/test_health.py, test_exports.py, test_registry.py;
    # and what needs somebody who withdraws a record: test_withdrawn.py.
    elsewhere = {"not-ready", "question-too-long", "export-busy", "export-failed", "provision-withdrawn"}
    assert {pair for pair in described if pair[1] not in elsewhere} == set(met)
    for (_, slug), (target, status) in met.items():
        assert_problem(server.get(target), slug, status)
        assert PROBLEM_TYPES[slug].status == status


def test_all_buckets_fit_their_schema(server: Client) -> None:
    index = server.get("/v1/index").json
    assert_fits(index, "url_index")
    digits = -(-index["bucket_bits"] // 4) or 1
    seen = set()
    for place in range(1 << index["bucket_bits"]):
        reply = server.get(f"/v1/buckets/{place:0{digits}x}", Accept_Encoding="gzip")
        assert reply.status == 200
        if place % 8 == 0:
            assert_fits(reply.json, "bucket")
        seen |= {one["document"]["id"] for one in reply.json["sets"]}
    assert len(seen) == server.get("/v1/info").json["documents"]


def test_every_provision_and_its_page_answer(server: Client) -> None:
    for number in range(1, 31):
        reply = server.get(f"/v1/provisions/CL-P-{number:06}")
        assert_fits(reply.json, "provision")
        page = server.get(reply.json["permalink"])
        assert page.status == 200
        assert page.headers["content-type"] == "text/html; charset=utf-8"


def test_every_clause_type_answers(server: Client) -> None:
    for identity in clause_types():
        reply = server.get(f"/v1/clause-types/{identity}")
        assert reply.json["clause_type"]["id"] == identity
        assert_fits(reply.json, "clause_type")


def test_the_demo_is_matched_by_its_own_address(server: Client) -> None:
    reply = server.get("/v1/match?url=" + quote(f"http://{server.host}/demo/privacy", safe=""))
    (match,) = reply.json["matches"]
    assert match["relation"] == "same"
    assert match["document"]["id"] == "CL-D-000001"
    assert len(match["provisions"]) >= 9


def test_a_page_that_is_no_known_policy_has_no_matches(server: Client) -> None:
    reply = server.get("/v1/match?url=https%3A%2F%2Fwww.example.org%2F")
    assert reply.status == 200
    assert reply.json == {"contract_version": "1", "matches": []}
    assert_fits(reply.json, "match")


def test_info_counts_what_is_there(server: Client) -> None:
    info = server.get("/v1/info").json
    assert_fits(info, "server_info")
    assert info["provisions"] == 30
    assert info["documents"] == server.get("/v1/documents?limit=1").json["total"]


def test_the_list_of_documents_can_be_walked(server: Client) -> None:
    target: str | None = "/v1/documents?limit=500"
    seen: list[str] = []
    while target:
        page = server.get(target).json
        assert_fits(page, "document_page")
        seen += [document["id"] for document in page["documents"]]
        target = page.get("next")
    assert len(seen) == len(set(seen)) == page["total"]
    assert seen == sorted(seen)


def test_search_keeps_its_words_on_the_next_page(server: Client) -> None:
    first = server.get("/v1/documents?limit=1&search=terms%20%26%20conditions").json
    assert first["total"] > 1
    assert "search=terms+%26+conditions" in first["next"]
    second = server.get(first["next"]).json
    assert second["total"] == first["total"]
    assert second["documents"][0]["id"] > first["documents"][0]["id"]
    assert server.get("/v1/documents?search=%F0%9F%94%A5").json["total"] == 0
