"""Names that lead inside, at once, later, or partly: refused before anything is sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from clauselight.capture.addresses import AddressRules
from clauselight.capture.problems import FetchFailed, FetchRefused
from clauselight.capture.resolver import CheckedConnector, SystemLookup
from clauselight.capture.safe_fetch import fetch_page
from sites import Names, Site, here, moved, site, text

STRICT = here(rules=AddressRules.of(["front.example"]))
"""Only one name may lead to this computer, where the test's site is."""


@pytest.fixture
async def inside() -> AsyncIterator[Site]:
    handlers = {
        "/": text("<p>secret"),
        "/away": moved("http://evil.example:PORT/"),
        "/number": moved("http://2130706433:PORT/"),
        "/local": moved("http://127.0.0.1:PORT/"),
        "/v6": moved("http://[::ffff:127.0.0.1]:PORT/"),
        "/metadata": moved("http://169.254.169.254/latest/meta-data/"),
    }
    async with site(handlers) as running:
        yield running


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.1"],
        ["10.0.0.1"],
        ["169.254.169.254"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::a00:1"],
        ["fe80::1%eth0"],
        ["1.1.1.1", "127.0.0.1"],
        ["2606:4700::1111", "fd00:ec2::254"],
    ],
)
async def test_a_name_that_leads_inside_is_not_asked(inside: Site, answers: list[str]) -> None:
    names = Names({"evil.example": [answers]})
    with pytest.raises(FetchRefused) as refused:
        await fetch_page(inside.url(host="evil.example"), STRICT, lookup=names)
    assert refused.value.kind in ("address-inside", "address-port")
    assert "evil.example" in refused.value.sentence or "Port" in refused.value.sentence
    assert inside.seen == []


async def test_one_connection_has_one_look_up(inside: Site) -> None:
    """A name that answers something else the second time (rebinding) is never asked a second time."""
    names = Names({"front.example": [["127.0.0.1"], ["169.254.169.254"]]})
    fetched = await fetch_page(inside.url(host="front.example"), STRICT, lookup=names)
    assert fetched.body == b"<p>secret"
    assert names.asked == ["front.example"]


async def test_a_name_that_changes_between_two_pages_is_refused(inside: Site) -> None:
    names = Names({"front.example": [["127.0.0.1"], ["169.254.169.254"]]})
    await fetch_page(inside.url(host="front.example"), STRICT, lookup=names)
    with pytest.raises(FetchRefused, match="metadata"):
        await fetch_page(inside.url(host="front.example"), STRICT, lookup=names)
    assert len(inside.seen) == 1


@pytest.mark.parametrize("path", ["/away", "/number", "/local", "/v6", "/metadata"])
async def test_a_redirect_that_leads_inside_is_not_followed(inside: Site, path: str) -> None:
    names = Names({"evil.example": [["127.0.0.1"]]})
    with pytest.raises(FetchRefused) as refused:
        await fetch_page(inside.url(path, host="front.example"), STRICT, lookup=names)
    assert refused.value.kind in ("address-inside", "address-disguised")
    assert inside.paths == [path]


async def test_who_answers_is_looked_at_even_if_the_look_up_lied(
    inside: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second line: should a connection ever stand to a place inside, nothing is sent over it."""

    async def unchecked(self: object, host: str, port: int, traces: object = None) -> list[dict[str, object]]:
        return [{"hostname": host, "host": "127.0.0.1", "port": port, "family": 2, "proto": 6, "flags": 0}]

    monkeypatch.setattr(CheckedConnector, "_resolve_host", unchecked)
    with pytest.raises(FetchRefused) as refused:
        await fetch_page(inside.url(host="evil.example"), STRICT, lookup=Names())
    assert refused.value.kind == "address-inside"
    assert inside.seen == []


async def test_a_name_that_does_not_exist_is_said(inside: Site) -> None:
    for answers in ([[]], [[], []]):
        with pytest.raises(FetchFailed) as failed:
            await fetch_page("http://gone.example/", here(), lookup=Names({"gone.example": answers}))
        assert failed.value.kind == "name-unknown"
        assert "gone.example" in failed.value.sentence


async def test_a_dead_name_server_is_not_waited_for() -> None:
    async def dead(host: str, port: int) -> list[str]:
        await asyncio.sleep(30)
        return []

    with pytest.raises(FetchFailed) as failed:
        await fetch_page("http://shop.example/", here(connect_seconds=0.2), lookup=dead)
    assert failed.value.kind == "timeout"


async def test_the_system_is_asked_for_this_computer() -> None:
    lookup = SystemLookup()
    assert set(await lookup("localhost", 80)) & {"127.0.0.1", "::1"}
    with pytest.raises(OSError, match=r".+"):
        await lookup("no-such-host.invalid", 80)
    lookup.close()
