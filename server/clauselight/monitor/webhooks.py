"""Tells webhooks what changed: signed, tried again for three days, never twice under another id.

The signature is that of Standard Webhooks (https://www.standardwebhooks.com/): HMAC-SHA256 over
`id.timestamp.body`, in base64 behind `v1,`. What is to be told is queued in the archive first, in the
transaction that remembers how far a webhook was told; so a server that dies tells it later.
"""

from __future__ import annotations

import asyncio
import base64
import datetime as dt
import hashlib
import hmac
import logging
import secrets
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight import __version__
from clauselight.publication.files import to_json
from clauselight.publication.news import archive_id, news
from clauselight.store.engine import write_alone
from clauselight.store.webhooks import (
    Delivery,
    Webhook,
    due_deliveries,
    queue_deliveries,
    settle_delivery,
    webhooks,
)

log = logging.getLogger("clauselight.monitor")

SECRET_PREFIX: Final = "whsec_"  # noqa: S105 - how Standard Webhooks marks secrets, not one
SECRET_BYTES: Final = 24

RETRY_AFTER: Final = (5, 300, 1_800, 7_200, 18_000, 36_000, 36_000, 72_000, 86_400)
"""Seconds until the next try, by the tries that failed: the schedule that Standard Webhooks recommends, with
a day more. After the last one the event is given up."""

WITHIN: Final = 15.0
"""Seconds that a receiver may take."""

AT_ONCE: Final = 20
"""Events queued or tried in one turn."""


def new_secret() -> str:
    """A secret as receivers' libraries expect it."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, identity: str, timestamp: int, body: bytes) -> str:
    """The value of the header `webhook-signature`. Raises ValueError for a secret that is none."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    signed = hmac.new(key, f"{identity}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(signed).decode()


async def queue_news(engine: AsyncEngine, *, moment: dt.datetime) -> int:
    """Put on its way what webhooks were not told yet; returns how many events."""
    queued = 0
    async with engine.connect() as connection:
        targets = [one for one in await webhooks(connection) if one.enabled]
    for target in targets:
        async with engine.connect() as connection:
            await write_alone(connection)
            archive = await archive_id(connection)
            told = await news(
                connection,
                archive,
                target.about,
                kinds=target.kinds,
                after_capture=target.told_up_to,
                limit=AT_ONCE,
                oldest_first=True,
            )
            if not told:
                continue
            events = [
                (one.id.removeprefix("urn:uuid:"), _event(one.model_dump(mode="json"))) for _, one in told
            ]
            await queue_deliveries(connection, target, events, told_up_to=told[-1][0], moment=moment)
            await connection.commit()
            queued += len(events)
    return queued


def _event(body: dict[str, Any]) -> dict[str, Any]:
    return {"type": "document.changed", "timestamp": body["captured_at"], "data": body}


async def deliver_due(engine: AsyncEngine, session: aiohttp.ClientSession, *, moment: dt.datetime) -> int:
    """Try what is due; returns how many were delivered. Never raises for what a receiver does."""
    async with engine.connect() as connection:
        due = await due_deliveries(connection, moment, limit=AT_ONCE)
    return sum(await asyncio.gather(*(_deliver(engine, session, one, moment) for one in due)))


async def _deliver(
    engine: AsyncEngine, session: aiohttp.ClientSession, one: Delivery, moment: dt.datetime
) -> bool:
    status, error = await _post(session, one.webhook, one, moment)
    delivered = error is None
    attempts = one.attempts + (not delivered)
    again = None
    if not delivered and attempts <= len(RETRY_AFTER):
        again = moment + dt.timedelta(seconds=RETRY_AFTER[attempts - 1])
    if not delivered:
        host = urlsplit(one.webhook.url).hostname
        log.warning("webhook %s (%s): %s%s", one.webhook.id, host, error, "" if again else "; given up")
    async with engine.begin() as connection:
        await settle_delivery(
            connection,
            one.id,
            attempts=attempts,
            delivered_at=moment if delivered else None,
            next_at=again,
            status=status,
            error=error,
        )
    return delivered


async def _post(
    session: aiohttp.ClientSession, target: Webhook, one: Delivery, moment: dt.datetime
) -> tuple[int | None, str | None]:
    """The status, and a sentence when it did not work."""
    body = to_json(one.event)
    identity, timestamp = one.id.partition(".")[2], int(moment.timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"Clauselight/{__version__}",
        "webhook-id": identity,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(target.secret, identity, timestamp, body),
    }
    try:
        async with (
            asyncio.timeout(WITHIN),
            session.post(target.url, data=body, headers=headers, allow_redirects=False) as answer,
        ):
            if 200 <= answer.status < 300:
                return answer.status, None
            return answer.status, f"the receiver answered {answer.status}"
    except TimeoutError:
        return None, f"the receiver did not answer within {WITHIN:.0f} seconds"
    except (aiohttp.ClientError, OSError, ValueError) as failure:
        return None, f"the receiver cannot be reached ({type(failure).__name__})"
