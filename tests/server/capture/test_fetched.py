"""What is read from the headers of an answer, and what is kept of them."""

from __future__ import annotations

import datetime as dt

import pytest
from multidict import CIMultiDict, CIMultiDictProxy

from clauselight.capture.fetched import (
    KEPT,
    LONGEST_HEADER,
    Conditional,
    kept_headers,
    media_type_of,
    retry_after_of,
)

NOW = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)


def headers(*items: tuple[str, str]) -> CIMultiDictProxy[str]:
    return CIMultiDictProxy(CIMultiDict(items))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("text/html", ("text/html", None)),
        ("Text/HTML ; Charset=UTF-8", ("text/html", "utf-8")),
        ('text/html; charset="iso-8859-1"; x=y', ("text/html", "iso-8859-1")),
        ("text/html; boundary=charset", ("text/html", None)),
        ("text/html; charset=", ("text/html", None)),
        ("; charset=utf-8", ("", "utf-8")),
        ("", ("", None)),
    ],
)
def test_media_types(value: str, expected: tuple[str, str | None]) -> None:
    assert media_type_of(headers(("content-type", value))) == expected


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("Mon, 23 Nov 2026 06:01:00 GMT", 60.0),
        ("Mon, 23 Nov 2026 05:00:00 GMT", 0.0),
        ("Mon, 23 Nov 2026 06:01:00", 60.0),
        ("-5", None),
        ("soon", None),
        ("99999999999999999999", None),
        ("Mon, 99 Nov 2026 06:01:00 GMT", None),
        ("Mon, 23 Nov 99999999999999999999 06:01:00 GMT", None),
        ("Mon, 23 Nov 2026 06:01:00 +99999999999999999999", None),
        ("", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after_of(headers(("Retry-After", value)), NOW) == seconds


def test_what_is_about_the_page_is_kept_and_what_is_about_us_is_not() -> None:
    kept = kept_headers(
        headers(
            ("set-cookie", "id=7"),
            ("last-modified", "yesterday\x1b[0m"),
            ("link", "a"),
            ("LINK", "b"),
            ("etag", "x" * 5_000),
            *(("Vary", str(n)) for n in range(50)),
        )
    )
    names = [name for name, _ in kept]
    assert set(names) <= set(KEPT)
    assert "Set-Cookie" not in names
    assert names.count("Link") == 2
    assert names.count("Vary") == 4
    assert dict(kept)["Last-Modified"] == "yesterday\ufffd[0m"
    assert len(dict(kept)["ETag"]) == LONGEST_HEADER


def test_only_what_can_be_a_validator_is_sent() -> None:
    assert Conditional().headers() == {}
    assert Conditional('"v1"', "Mon").headers() == {"If-None-Match": '"v1"', "If-Modified-Since": "Mon"}
    assert Conditional("a\r\nb", "ü").headers() == {}
