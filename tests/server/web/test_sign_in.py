"""Who may do what: tokens, sessions, the owner, and every other web page in the same browser."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from clauselight.settings import Settings
from clauselight.store.tokens import PREFIX, Scope
from clauselight.web.api.operations import OPERATIONS
from clauselight.web.attempts import MOST_WRONG, REMEMBERED, Attempts
from people import bearer, make_token, post_form, report, send
from serving import Client, Reply, assert_problem, running

PUBLIC = "clauses.example"
QUEUE = "/v1/admin/disputes"


@pytest.fixture
def guarded(data_copy: Path) -> Iterator[Client]:
    """A server on which nobody is the owner."""
    with running(Settings(data=data_copy, local_owner=False)) as client:
        yield client


@pytest.fixture
def personal(data_copy: Path) -> Iterator[Client]:
    """A server whose owner alone reaches it."""
    with running(Settings(data=data_copy)) as client:
        yield client


def session_of(reply: Reply) -> str:
    """The cookie that an answer sets, as a browser sends it back."""
    assert reply.status == 303, reply.text
    return reply.headers["set-cookie"].partition(";")[0]


ADMIN = sorted(
    {
        (one.method, one.path.replace("{id}", "clause" if "clause-types" in one.path else "1"))
        for one in OPERATIONS
        if one.scope
    }
)
IDS = {"/documents/1": "/documents/CL-D-000001", "/provisions/1": "/provisions/CL-P-000001"}


@pytest.mark.parametrize(("method", "path"), ADMIN)
def test_every_call_for_people_needs_a_token(guarded: Client, method: str, path: str) -> None:
    for short, whole in IDS.items():
        path = path.replace(short, whole)
    body = {} if method in ("POST", "PUT", "DELETE") else None
    assert_problem(send(guarded, method, path, body), "token-needed", 401)
    wrong = send(guarded, method, path, body, bearer(PREFIX + "A" * 43))
    assert_problem(wrong, "token-refused", 401)


def test_a_scope_includes_those_before_it_and_no_other(guarded: Client, data_copy: Path) -> None:
    needs = {
        Scope.READ: ("GET", QUEUE),
        Scope.DISPUTE: ("POST", f"{QUEUE}/1/lease"),
        Scope.CURATE: ("GET", "/v1/admin/clause-types/data-sale/draft"),
    }
    order = list(Scope)
    for held in order:
        token = bearer(make_token(data_copy, held))
        for needed, (method, path) in needs.items():
            reply = send(guarded, method, path, headers=token)
            if order.index(held) >= order.index(needed):
                assert reply.status in (200, 404), (held, needed, reply.text)
            else:
                assert_problem(reply, "scope-needed", 403)


def test_tokens_end(guarded: Client, data_copy: Path) -> None:
    long_ago = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    expired = make_token(data_copy, Scope.ADMIN, days=1, at=long_ago)
    assert_problem(send(guarded, "GET", QUEUE, headers=bearer(expired)), "token-refused", 401)
    good = make_token(data_copy, Scope.ADMIN, days=None, at=long_ago)
    assert send(guarded, "GET", QUEUE, headers=bearer(good)).status == 200
    with closing(sqlite3.connect(Settings(data=data_copy).archive_file)) as connection:
        assert connection.execute("SELECT last_used_at FROM token WHERE id=2").fetchone()[0]
        connection.execute("UPDATE token SET revoked_at='2026-01-01 00:00:00'")
        connection.commit()
    assert_problem(send(guarded, "GET", QUEUE, headers=bearer(good)), "token-refused", 401)


@pytest.mark.parametrize(
    "change", [str.upper, str.lower, lambda t: t[:-1], lambda t: t + "A", lambda t: t[12:]]
)
def test_a_forged_token_is_none(guarded: Client, data_copy: Path, change: object) -> None:
    assert callable(change)
    token = make_token(data_copy, Scope.ADMIN)
    assert_problem(send(guarded, "GET", QUEUE, headers=bearer(change(token))), "token-refused", 401)


def test_a_secret_is_not_in_the_archive(guarded: Client, data_copy: Path) -> None:
    token = make_token(data_copy, Scope.ADMIN)
    cookie = session_of(post_form(guarded, "/sign-in", {"token": token})).partition("=")[2]
    for file in data_copy.iterdir():
        assert token.removeprefix(PREFIX).encode() not in file.read_bytes()
        assert cookie.encode() not in file.read_bytes()


def test_signing_in_and_out(guarded: Client, data_copy: Path) -> None:
    assert guarded.get("/moderation").headers["location"] == "/sign-in?next=/moderation"
    token = make_token(data_copy, Scope.DISPUTE, name="Ada")
    reply = post_form(guarded, "/sign-in", {"token": token, "next": "/moderation/audit"})
    assert reply.headers["location"] == "/moderation/audit"
    flags = reply.headers["set-cookie"]
    assert "HttpOnly" in flags
    assert "SameSite=Strict" in flags
    assert "Path=/" in flags
    assert "Secure" not in flags, "the server is reached over http"
    cookie = session_of(reply)
    page = guarded.get("/moderation", Cookie=cookie)
    assert page.status == 200
    assert "Ada (token 1), scope dispute" in page.text
    assert post_form(guarded, "/sign-out", {}, Cookie=cookie).status == 303
    assert guarded.get("/moderation", Cookie=cookie).status == 303, (
        "the session has ended, not only the cookie"
    )


def test_the_cookie_is_bound_to_https_where_the_server_has_a_name(data_copy: Path) -> None:
    token = make_token(data_copy, Scope.READ)
    with running(Settings(data=data_copy, public_url=f"https://{PUBLIC}")) as client:
        reply = post_form(client, "/sign-in", {"token": token}, Host=PUBLIC)
        flags = reply.headers["set-cookie"]
        assert flags.startswith("__Host-clauselight=")
        assert "Secure" in flags
        assert "Domain" not in flags
        cookie = session_of(reply)
        assert client.get("/moderation", Host=PUBLIC, Cookie=cookie).status == 200
        plain = cookie.replace("__Host-", "")
        assert client.get("/moderation", Host=PUBLIC, Cookie=plain).status == 303, (
            "a cookie anybody could set"
        )


def test_a_session_ends_with_its_token(guarded: Client, data_copy: Path) -> None:
    cookie = session_of(post_form(guarded, "/sign-in", {"token": make_token(data_copy, Scope.READ)}))
    with closing(sqlite3.connect(Settings(data=data_copy).archive_file)) as connection:
        connection.execute("UPDATE token SET revoked_at='2026-01-01 00:00:00'")
        connection.commit()
    assert guarded.get("/moderation", Cookie=cookie).status == 303


@pytest.mark.parametrize(
    "token", ["", "x", PREFIX, PREFIX + "A" * 43, "' OR 1=1 --", "<script>", "\u202e" * 30]
)
def test_a_wrong_token_opens_nothing(guarded: Client, token: str) -> None:
    reply = post_form(guarded, "/sign-in", {"token": token})
    assert reply.status == 403
    assert "set-cookie" not in reply.headers
    assert 'role="alert"' in reply.text
    assert not token or f'value="{token}"' not in reply.text


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "/moderation/../x",
        "/demo/",
        "javascript:1",
        "/moderation\n",
    ],
)
def test_signing_in_leads_nowhere_else(guarded: Client, data_copy: Path, target: str) -> None:
    token = make_token(data_copy, Scope.READ)
    reply = post_form(guarded, "/sign-in", {"token": token, "next": target})
    assert reply.headers["location"] == "/moderation"


def test_wrong_tokens_are_slowed_down(guarded: Client, data_copy: Path) -> None:
    for _ in range(MOST_WRONG):
        assert post_form(guarded, "/sign-in", {"token": "wrong"}).status == 403
    reply = post_form(guarded, "/sign-in", {"token": "wrong"})
    assert reply.status == 429
    assert 0 < int(reply.headers["retry-after"]) <= REMEMBERED
    assert_problem(send(guarded, "GET", QUEUE, headers=bearer("wrong")), "too-many-attempts", 429)
    assert guarded.get("/v1/info").status == 200
    # Behind a proxy everybody has one address: a stranger must not lock the moderators out.
    right = make_token(data_copy, Scope.ADMIN)
    assert send(guarded, "GET", QUEUE, headers=bearer(right)).status == 200
    assert post_form(guarded, "/sign-in", {"token": right}).status == 303


def test_attempts_are_forgotten_after_a_minute_and_counted_by_sender() -> None:
    moment = [0.0]
    attempts = Attempts(clock=lambda: moment[0])
    for _ in range(MOST_WRONG):
        assert attempts.wait("a") == 0
        attempts.failed("a")
    assert attempts.wait("a") == REMEMBERED
    assert attempts.wait("b") == 0
    moment[0] = REMEMBERED + 1
    assert attempts.wait("a") == 0


OWN = "http://127.0.0.1:8787"
FROM_ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:9999"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://127.0.0.1:9999"},
    {"Origin": "http://localhost:8787"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:8787.evil.example"},
    {"Origin": "chrome-extension://aaaa"},
    {"Origin": "http://["},
]


@pytest.mark.parametrize("headers", FROM_ELSEWHERE, ids=lambda one: " ".join(one.values()))
def test_no_other_page_acts_as_the_owner(personal: Client, headers: dict[str, str]) -> None:
    report(personal)
    form = {"Content-Type": "application/x-www-form-urlencoded", **headers}
    fields = b"act=remove&text=x&etag=%2a"
    for target in ("/moderation/disputes/1", "/moderation/next", "/sign-in", "/sign-out"):
        reply = personal.request("POST", target, form, fields)
        assert reply.status == 403, (target, reply.status)
        assert "another website" in reply.text
    json_call = {"Content-Type": "application/json", "If-Match": "*", **headers}
    reply = personal.request("POST", f"{QUEUE}/1/decision", json_call, b'{"act":"remove","text":"x"}')
    assert_problem(reply, "cross-site", 403)
    reply = personal.request("DELETE", "/v1/admin/provisions/CL-P-000001", json_call, b'{"reason":"x"}')
    assert_problem(reply, "cross-site", 403)
    assert personal.get(QUEUE).json["open"] == 1
    assert personal.get("/v1/provisions/CL-P-000001").status == 200


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Sec-Fetch-Site": "none"}, {"Origin": OWN}],
    ids=["program", "own page", "typed", "older browser"],
)
def test_the_owner_decides_without_a_token(personal: Client, headers: dict[str, str]) -> None:
    report(personal)
    sent = {"act": "keep", "text": "It says so."}
    reply = send(personal, "POST", f"{QUEUE}/1/decision", sent, {"If-Match": "*", **headers})
    assert reply.status == 200, reply.text
    assert personal.get("/v1/admin/audit").json["entries"][0]["who"] == "owner"


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
def test_whom_a_proxy_brings_is_not_the_owner(personal: Client, header: str) -> None:
    assert_problem(send(personal, "GET", QUEUE, headers={header: "x"}), "token-needed", 401)


def test_whom_a_proxy_brings_that_says_nothing_of_itself_is_not_the_owner(personal: Client) -> None:
    """nginx with nothing but proxy_pass: HTTP/1.0, and the Host that it was told."""
    reply = personal.raw(f"GET {QUEUE} HTTP/1.0\r\nHost: {personal.host}\r\n\r\n".encode())
    assert_problem(reply, "token-needed", 401)


def test_nobody_is_the_owner_of_a_server_with_a_name(data_copy: Path) -> None:
    for settings in (
        Settings(data=data_copy, public_url=f"https://{PUBLIC}"),
        Settings(data=data_copy, allowed_hosts=["lan.example"]),
        Settings(data=data_copy, local_owner=False),
    ):
        with running(settings) as client:
            assert_problem(client.get(QUEUE), "token-needed", 401)


def test_a_bearer_token_needs_no_origin(guarded: Client, data_copy: Path) -> None:
    """A browser does not send one by itself, and no page can without the server's leave (CORS)."""
    token = make_token(data_copy, Scope.DISPUTE)
    reply = send(guarded, "POST", f"{QUEUE}/7/lease", headers=bearer(token, Origin="https://tool.example"))
    assert_problem(reply, "unknown-dispute", 404)


@pytest.mark.parametrize("origin", ["chrome-extension://abcdef", "moz-extension://0f0f-0f0f"])
def test_the_extension_may_report_and_nothing_more(personal: Client, origin: str) -> None:
    headers = {"Origin": origin, "Sec-Fetch-Site": "cross-site"}
    sent = {"provision": "CL-P-000001", "reason": "other"}
    assert send(personal, "POST", "/v1/disputes", sent, headers).status == 200
    lease = send(personal, "POST", f"{QUEUE}/1/lease", headers=headers)
    assert_problem(lease, "cross-site", 403)


def test_a_web_page_cannot_report_in_its_visitors_name(personal: Client) -> None:
    sent = {"provision": "CL-P-000001", "reason": "other"}
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert_problem(send(personal, "POST", "/v1/disputes", sent, headers), "cross-site", 403)


@pytest.mark.parametrize("path", ["/sign-in", "/moderation", "/moderation/audit"])
def test_pages_for_people_run_only_the_servers_own_scripts(personal: Client, path: str) -> None:
    reply = personal.get(path)
    policy = reply.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert reply.headers["cache-control"] == "no-store"
    assert re.search(r"<script(?! src=\"/static/)", reply.text) is None
    assert re.search(r"\son[a-z]+=", reply.text) is None
