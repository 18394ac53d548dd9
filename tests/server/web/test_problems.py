"""Every error has the one shape, a published type that never changes, and a page that explains it."""

from __future__ import annotations

import pytest

from clauselight.contract.problem import FieldError
from clauselight.web.problems import MOST_DETAIL, PROBLEM_TYPES, problem_body
from serving import Client, assert_problem

PUBLISHED = {
    "analysis-busy": 503,
    "analysis-failed": 500,
    "analysis-timeout": 504,
    "analysis-too-large": 422,
    "archive-full": 507,
    "bad-body": 400,
    "bad-parameter": 400,
    "internal-error": 500,
    "export-busy": 503,
    "export-failed": 500,
    "malformed-request": 400,
    "malformed-url": 400,
    "method-not-allowed": 405,
    "misdirected-host": 421,
    "not-a-policy": 422,
    "not-found": 404,
    "not-offered": 403,
    "not-ready": 503,
    "question-too-long": 503,
    "request-timeout": 408,
    "request-too-large": 413,
    "unknown-clause-type": 404,
    "unknown-document": 404,
    "unknown-language": 422,
    "unknown-prefix": 404,
    "unknown-state": 404,
    "unknown-provision": 404,
    "provision-withdrawn": 410,
    "unsupported-media-type": 415,
    "url-too-long": 414,
    "unknown-version": 404,
    "unknown-entity": 404,
    "unknown-dispute": 404,
    "disputes-busy": 503,
    "dispute-held": 409,
    "dispute-decided": 409,
    "changed-meanwhile": 412,
    "precondition-needed": 428,
    "rules-broken": 422,
    "token-needed": 401,
    "token-refused": 401,
    "scope-needed": 403,
    "cross-site": 403,
    "too-many-attempts": 429,
}
"""Readers and scripts rely on these. Add to them; never rename, remove or renumber one."""


def test_published_types_never_change() -> None:
    assert {slug: kind.status for slug, kind in PROBLEM_TYPES.items()} == PUBLISHED


@pytest.mark.parametrize("slug", PUBLISHED)
def test_every_type_has_a_page(server: Client, slug: str) -> None:
    page = server.get(f"/problems/{slug}")
    assert page.status == 200
    assert PROBLEM_TYPES[slug].title in page.text
    assert f'id="{slug}"' in server.get("/problems").text


def test_an_unknown_type_has_none(server: Client) -> None:
    assert_problem(server.get("/problems/no-such-problem"), "not-found", 404)


@pytest.mark.parametrize(
    ("target", "slug", "status"),
    [
        ("/nowhere", "not-found", 404),
        ("/v1", "not-found", 404),
        ("/v2/index", "not-found", 404),
        ("//v1//index", "not-found", 404),
        ("/demo/imprint", "not-found", 404),
        ("/static/", "not-found", 404),
        ("/static/nothing.css", "not-found", 404),
        ("/static/../app.py", "not-found", 404),
        ("/static/%2e%2e/%2e%2e/app.py", "not-found", 404),
        ("/static/..%2f..%2fapp.py", "not-found", 404),
        ("/downloads/clauselight-extension-netscape.zip", "not-found", 404),
        ("/downloads/clauselight-extension-..%2f..%2fapp.zip", "not-found", 404),
        ("/provisions/CL-P-999999", "unknown-provision", 404),
        ("/provisions/CL-P-12", "not-found", 404),
        ("/v1/provisions/CL-P-999999", "unknown-provision", 404),
        ("/v1/provisions/CL-P-1", "unknown-provision", 404),
        ("/v1/provisions/cl-p-000001", "unknown-provision", 404),
        ("/v1/provisions/CL-P-00000%D9%A1", "unknown-provision", 404),
        ("/v1/provisions/CL-P-000001%0A", "unknown-provision", 404),
        ("/v1/documents/CL-D-999999", "unknown-document", 404),
        ("/v1/documents/x", "unknown-document", 404),
        ("/v1/clause-types/x", "unknown-clause-type", 404),
        ("/v1/clause-types/%00", "unknown-clause-type", 404),
        ("/v1/buckets/", "not-found", 404),
        ("/v1/buckets/0", "unknown-prefix", 404),
        ("/v1/buckets/000", "unknown-prefix", 404),
        ("/v1/buckets/FF", "unknown-prefix", 404),
        ("/v1/buckets/0x", "unknown-prefix", 404),
        ("/v1/buckets/-1", "unknown-prefix", 404),
        ("/v1/buckets/%D9%A1%D9%A1", "unknown-prefix", 404),
        ("/v1/buckets/" + "f" * 16, "unknown-prefix", 404),
        ("/v1/buckets/" + "f" * 5_000, "unknown-prefix", 404),
        ("/v1/match", "malformed-url", 400),
        ("/v1/match?url=", "malformed-url", 400),
        ("/v1/match?url=%20", "malformed-url", 400),
        ("/v1/match?url=policy.pinterest.com", "malformed-url", 400),
        ("/v1/match?url=javascript%3Aalert(1)", "malformed-url", 400),
        ("/v1/match?url=file%3A%2F%2F%2Fetc%2Fpasswd", "malformed-url", 400),
        ("/v1/match?url=https%3A%2F%2F", "malformed-url", 400),
        ("/v1/match?url=https%3A%2F%2Fa%20b%2F", "malformed-url", 400),
        ("/v1/match?url=https%3A%2F%2Fa.example%3A99999%2F", "malformed-url", 400),
        ("/v1/match?url=https%3A%2F%2F%FF%FE.example%2F", "malformed-url", 400),
        ("/v1/match?url=https://a.example/" + "a" * 9_000, "url-too-long", 414),
        ("/" + "a" * 8_192, "url-too-long", 414),
        ("/v1/documents?limit=501", "bad-parameter", 400),
        ("/v1/documents?limit=-1", "bad-parameter", 400),
        ("/v1/documents?limit=1e3", "bad-parameter", 400),
        ("/v1/documents?limit=%D9%A1", "bad-parameter", 400),
        ("/v1/documents?offset=99999999999999999999", "bad-parameter", 400),
        ("/v1/documents?search=" + "a" * 201, "bad-parameter", 400),
        ("/v1/documents?search=a%00b", "bad-parameter", 400),
    ],
    ids=lambda value: value[:60] if isinstance(value, str) else "",
)
def test_wrong_requests_get_their_problem(server: Client, target: str, slug: str, status: int) -> None:
    problem = assert_problem(server.get(target), slug, status)
    assert len(problem["detail"]) <= MOST_DETAIL
    assert problem["detail"][-1] in ".…"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("target", ["/", "/v1/index", "/v1/match?url=x", "/demo/privacy", "/static/site.css"])
def test_other_methods_are_told_which_work(server: Client, method: str, target: str) -> None:
    reply = server.request(method, target)
    assert_problem(reply, "method-not-allowed", 405)
    assert reply.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "multipart/form-data", "ä/ö", ""])
def test_a_body_of_another_type_is_told(server: Client, content_type: str) -> None:
    headers = {"Content-Type": content_type} if content_type.isascii() else {}
    reply = server.request("POST", "/v1/match", headers, b"url=x")
    assert_problem(reply, "unsupported-media-type", 415)


def test_a_json_body_where_none_is_expected_is_a_wrong_method(server: Client) -> None:
    reply = server.request("POST", "/v1/match", {"Content-Type": "application/json"}, b"{}")
    assert_problem(reply, "method-not-allowed", 405)


def test_all_wrong_parameters_are_named_at_once(server: Client) -> None:
    problem = assert_problem(
        server.get("/v1/documents?limit=x&offset=y&colour=red&search=" + "z" * 300), "bad-parameter", 400
    )
    assert [error["field"] for error in problem["errors"]] == ["limit", "offset", "search", "colour"]


def test_thousands_of_wrong_parameters_are_still_one_problem(server: Client) -> None:
    names = [f"{number:x}" for number in range(1_700)]
    problem = assert_problem(server.get("/v1/documents?" + "&".join(names)), "bad-parameter", 400)
    assert {error["field"] for error in problem["errors"]} == set(names)


def test_a_refused_url_says_what_is_wrong_with_it(server: Client) -> None:
    problem = assert_problem(server.get("/v1/match?url=ftp%3A%2F%2Fa.example%2F"), "malformed-url", 400)
    assert "http" in problem["detail"]
    assert [error["field"] for error in problem["errors"]] == ["url"]


def test_a_long_detail_is_cut_for_people() -> None:
    body = problem_body(PROBLEM_TYPES["bad-parameter"], "x" * 50_000, [FieldError(field="a", message="b")])
    assert len(body) < 2_000


def test_the_address_is_shown_short(server: Client) -> None:
    problem = assert_problem(server.get("/" + "a" * 5_000), "not-found", 404)
    assert len(problem["detail"]) < 200
