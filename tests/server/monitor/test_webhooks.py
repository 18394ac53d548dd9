"""Webhooks, received by a real server."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.contract.vocabulary import VersionKind
from clauselight.monitor.webhooks import RETRY_AFTER, deliver_due, new_secret, queue_news, signature
from clauselight.store.news import EVERYTHING, SUBSTANTIVE, About, newest_capture_id
from clauselight.store.webhooks import add_webhook, count_deliveries, remove_webhook, webhooks
from news_archive import CHANGED, add_history, add_version
from serving import assert_fits

NOW = dt.datetime(2026, 11, 5, 9, tzinfo=dt.UTC)
LATER = dt.date(2026, 11, 5)


@dataclass
class Receiver:
    """Keeps what it was sent and answers as told."""

    url: str = ""
    status: int = 204
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.got.append((dict(request.headers), await request.read()))
        return web.Response(status=self.status, headers={"Location": "/elsewhere"})


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    app = web.Application()
    app.router.add_post("/hook", made.take)
    async with TestServer(app) as server:
        made.url = str(server.make_url("/hook"))
        yield made


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as made:
        yield made


async def register(
    engine: AsyncEngine,
    url: str,
    about: About = EVERYTHING,
    kinds: frozenset[VersionKind] = SUBSTANTIVE,
    told_up_to: int = 0,
) -> tuple[str, str]:
    secret = new_secret()
    async with engine.begin() as connection:
        return secret, await add_webhook(
            connection, url, secret, about, kinds, told_up_to=told_up_to, moment=NOW
        )


async def fill(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await add_history(connection)


async def test_a_change_arrives_signed_once(
    empty_archive: AsyncEngine, receiver: Receiver, session: aiohttp.ClientSession
) -> None:
    secret, identity = await register(empty_archive, receiver.url)
    await fill(empty_archive)
    assert await queue_news(empty_archive, moment=NOW) == 1
    assert await queue_news(empty_archive, moment=NOW) == 0
    assert await deliver_due(empty_archive, session, moment=NOW) == 1
    assert await deliver_due(empty_archive, session, moment=NOW) == 0

    ((headers, body),) = receiver.got
    event = json.loads(body)
    assert event["type"] == "document.changed"
    assert_fits(event["data"], "change_news")
    assert event["data"]["clauses"][0]["provision"] == CHANGED
    # As a receiver checks it, by the words of the standard rather than by our function.
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert int(headers["webhook-timestamp"]) == int(NOW.timestamp())
    async with empty_archive.connect() as connection:
        assert (await count_deliveries(connection))[identity].delivered == 1


async def test_what_fails_is_tried_again_under_the_same_id_and_given_up_at_last(
    empty_archive: AsyncEngine, receiver: Receiver, session: aiohttp.ClientSession
) -> None:
    await fill(empty_archive)
    _, identity = await register(empty_archive, receiver.url)
    receiver.status = 500
    await queue_news(empty_archive, moment=NOW)
    moment = NOW
    assert await deliver_due(empty_archive, session, moment=moment) == 0
    assert await deliver_due(empty_archive, session, moment=moment) == 0
    assert len(receiver.got) == 1, "not at once again"
    for wait in RETRY_AFTER:
        moment += dt.timedelta(seconds=wait)
        await deliver_due(empty_archive, session, moment=moment)
    await deliver_due(empty_archive, session, moment=moment + dt.timedelta(days=30))
    assert len(receiver.got) == 1 + len(RETRY_AFTER)
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    async with empty_archive.connect() as connection:
        count = (await count_deliveries(connection))[identity]
    assert (count.delivered, count.waiting, count.given_up) == (0, 0, 1)
    assert count.last_error == "the receiver answered 500"


async def test_a_receiver_that_recovers_gets_it(
    empty_archive: AsyncEngine, receiver: Receiver, session: aiohttp.ClientSession
) -> None:
    await fill(empty_archive)
    await register(empty_archive, receiver.url)
    receiver.status = 302
    await queue_news(empty_archive, moment=NOW)
    await deliver_due(empty_archive, session, moment=NOW)
    assert len(receiver.got) == 1, "a redirect is not followed: the signature is for the address named"
    receiver.status = 200
    assert await deliver_due(empty_archive, session, moment=NOW + dt.timedelta(seconds=RETRY_AFTER[0])) == 1


async def test_nobody_there_is_a_failure_like_any(
    empty_archive: AsyncEngine, session: aiohttp.ClientSession
) -> None:
    await fill(empty_archive)
    _, identity = await register(empty_archive, "http://127.0.0.1:9/hook")
    await queue_news(empty_archive, moment=NOW)
    assert await deliver_due(empty_archive, session, moment=NOW) == 0
    async with empty_archive.connect() as connection:
        assert (await count_deliveries(connection))[identity].waiting == 1


@pytest.mark.parametrize(
    ("about", "kinds", "events"),
    [
        (About(entity_id="a"), SUBSTANTIVE, 1),
        (About(entity_id="b"), SUBSTANTIVE, 0),
        (About(clause_type="data-sale"), SUBSTANTIVE, 1),
        (About(clause_type="no-refund"), SUBSTANTIVE, 0),
        (About(document_id="CL-D-000900"), frozenset(VersionKind), 3),
    ],
)
async def test_only_what_was_asked_for_is_told(
    empty_archive: AsyncEngine, about: About, kinds: frozenset[VersionKind], events: int
) -> None:
    await fill(empty_archive)
    await register(empty_archive, "http://127.0.0.1:9/hook", about, kinds)
    assert await queue_news(empty_archive, moment=NOW) == events


async def test_what_was_before_is_not_told_and_what_comes_later_is(empty_archive: AsyncEngine) -> None:
    await fill(empty_archive)
    async with empty_archive.connect() as connection:
        newest = await newest_capture_id(connection)
    await register(empty_archive, "http://127.0.0.1:9/hook", told_up_to=newest)
    assert await queue_news(empty_archive, moment=NOW) == 0
    async with empty_archive.begin() as connection:
        await add_version(connection, 4, LATER, VersionKind.SUBSTANTIVE)
    assert await queue_news(empty_archive, moment=NOW) == 1


async def test_a_removed_webhook_takes_its_deliveries_along(empty_archive: AsyncEngine) -> None:
    await fill(empty_archive)
    _, identity = await register(empty_archive, "http://127.0.0.1:9/hook")
    await queue_news(empty_archive, moment=NOW)
    async with empty_archive.begin() as connection:
        assert await remove_webhook(connection, identity)
        assert not await remove_webhook(connection, identity)
        assert await webhooks(connection) == []
        assert await count_deliveries(connection) == {}


def test_a_secret_that_is_none_signs_nothing() -> None:
    with pytest.raises(ValueError):
        signature("whsec_nonsense!", "id", 1, b"{}")
