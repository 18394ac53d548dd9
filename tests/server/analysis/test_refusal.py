"""What is no document is refused, with a kind for programs and a sentence for people."""

from __future__ import annotations

import pytest

from analysis_pages import page
from clauselight.analysis.extract import Refused, blocks_of_text, extract
from clauselight.analysis.markup import MAX_BYTES
from clauselight.analysis.page import MAX_TEXT


def refusal(html: bytes | str) -> Refused:
    with pytest.raises(Refused) as caught:
        extract(html)
    return caught.value


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("bot_wall", "bot-wall"),
        ("cookie_wall", "cookie-wall"),
        ("login", "login"),
        ("error", "error-page"),
        ("short", "too-short"),
        ("needs_scripts", "needs-scripts"),
    ],
)
def test_walls(name: str, kind: str) -> None:
    refused = refusal(page(name))
    assert refused.kind == kind
    assert refused.sentence.endswith(".")
    assert refused.sentence[0].isupper()


@pytest.mark.parametrize(
    "html",
    [
        "<title>Access Denied</title><h1>Access Denied</h1><p>You may not see this. Reference #18.2</p>",
        "<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>",
        "<title>Pardon Our Interruption</title><p>Your browser made us think you were a bot.</p>",
        "<title>Larkmoor</title><p>Press &amp; Hold to confirm you are a human (and not a bot).</p>",
    ],
)
def test_bot_walls_of_several_makers(html: str) -> None:
    assert refusal(html).kind == "bot-wall"


@pytest.mark.parametrize(
    "html",
    [
        "<title>503 Service Temporarily Unavailable</title><h1>503</h1>",
        "<title>Seite nicht gefunden</title><h1>Seite nicht gefunden</h1><p>Diese Seite gibt es nicht.</p>",
        "<title>Oups</title><h1>Page introuvable</h1><p>Cette page n'existe plus.</p>",
        "<title>Larkmoor</title><h1>Oops! Something went wrong</h1>",
        "<title>502 Bad Gateway</title><h1>502 Bad Gateway</h1><hr>nginx",
    ],
)
def test_errors_of_several_servers(html: str) -> None:
    assert refusal(html).kind == "error-page"


def test_a_policy_that_speaks_of_walls_is_a_policy() -> None:
    text = (
        "<h1>Security policy</h1><p>To keep robots out we use a captcha, and we block unusual traffic.</p>"
        "<p>Log in with your password. If the page is not found you see an error 404.</p>"
        "<p>We set cookies with your consent, and you accept all of them by going on.</p>"
        "<form><input type='password'></form>"
    )
    more = (
        "<p>We may share what we know about you with anybody who pays us, as long as you do not object.</p>"
        * 25
    )
    assert "captcha" in extract(f"<html><body>{text}{more}</body></html>").text


def test_a_short_policy_is_a_policy() -> None:
    text = (
        "<h1>Privacy Policy</h1><p>We do not collect any personal data on this site, nor set cookies. "
        "Our host keeps the address of your device for seven days to fend off attacks. Write to us with any "
        "question about it, and we answer within a week.</p>"
    )
    assert "seven days" in extract(text).text


@pytest.mark.parametrize(
    "body", [b"", b" \n\t ", b"<html></html>", b"<html><head><title></title></head><body></body></html>"]
)
def test_empty(body: bytes) -> None:
    assert refusal(body).kind == "empty"


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7 1 0 obj",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\x1f\x8b\x08\0\0\0\0\0",
        b"PK\x03\x04\x14\0",
        bytes(range(256)) * 40,
        b"\0" * 5000,
        b"<html><body><p>Hello" + bytes(range(32)) * 60,
    ],
)
def test_files_of_other_kinds(body: bytes) -> None:
    assert refusal(body).kind == "not-text"


def test_too_large() -> None:
    assert refusal(b"<p>" + b"a" * MAX_BYTES).kind == "too-large"
    assert refusal("<p>" + "a" * MAX_BYTES).kind == "too-large"
    assert refusal("<p>" + "a" * (MAX_TEXT + 1)).kind == "too-large"
    with pytest.raises(Refused, match="too-large"):
        blocks_of_text("a" * (MAX_TEXT + 1))


def test_too_complex() -> None:
    assert refusal(b"<div>" * 1_000_000 + b"text").kind == "too-complex"
    assert refusal(b"<p>a" * 1_000_000).kind == "too-complex"
    with pytest.raises(Refused, match="too-complex"):
        blocks_of_text("A line.\n" * 200_000)
