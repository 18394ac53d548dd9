"""Links to a public archive's copy of the same address and date."""

from __future__ import annotations

import datetime as dt

import pytest

from clauselight.domain.web_archive import web_archive_url

NOON = dt.datetime(2026, 5, 1, 14, 30, 5, tzinfo=dt.timezone(dt.timedelta(hours=2)))


def test_the_link_names_address_and_moment_in_utc() -> None:
    assert (
        web_archive_url("https://policy.pinterest.com/en/privacy-policy?x=1", NOON)
        == "https://web.archive.org/web/20260501123005/https://policy.pinterest.com/en/privacy-policy?x=1"
    )


@pytest.mark.parametrize(
    "url", [None, "https://murmurloft.example/privacy", "https://localhost/x", "https:///"]
)
def test_what_no_archive_knows_has_none(url: str | None) -> None:
    assert web_archive_url(url, NOON) is None
    assert web_archive_url("https://a.org/", None) is None
