"""Everything that goes on beside a server: documents captured when they are due, and people told."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import Final

import aiohttp
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.analysis.analyser import Analyser
from clauselight.capture.capturer import Capturer
from clauselight.capture.policy import policy_of
from clauselight.settings import Settings

from .capturing import DocumentCapturer
from .digest import MailRefused, send_due_digest
from .schedule import Schedule, now
from .webhooks import deliver_due, queue_news

log = logging.getLogger("clauselight.monitor")

TELL_EVERY: Final = 30.0
"""Seconds between two looks at what is to be told, when nothing was captured here meanwhile: another process
may have captured something, or a delivery be due again."""

MAIL_AGAIN: Final = 3600.0
"""Seconds until a mail server that refused a digest is asked again: one that is asked every half minute takes
it for an attack, and it is a letter for a week."""


async def watch_and_tell(
    engine: AsyncEngine, settings: Settings, analyser: Analyser, *, lock: asyncio.Lock, origin: str
) -> None:
    """Capture what is due and tell people, until cancelled. An error is logged and never ends it."""
    news = asyncio.Event()
    async with Capturer(policy_of(settings)) as capturer:
        schedule = Schedule(
            engine,
            DocumentCapturer(engine, capturer, analyser, lock=lock),
            concurrent=settings.capture_concurrent,
            captured=news.set,
        )
        async with asyncio.TaskGroup() as both:
            if settings.monitor:
                both.create_task(_again_and_again(schedule))
            both.create_task(_tell(engine, settings, news, origin))


async def _again_and_again(schedule: Schedule) -> None:
    while True:
        try:
            await schedule.run()
        except Exception:
            log.exception("the monitor stumbled, and goes on in a minute")
            await asyncio.sleep(60)


async def _tell(engine: AsyncEngine, settings: Settings, news: asyncio.Event, origin: str) -> None:
    no_mail_before = 0.0
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        while True:
            try:
                while await queue_news(engine, moment=now()):
                    pass
                while await deliver_due(engine, session, moment=now()):
                    pass
                if time.monotonic() >= no_mail_before:
                    await send_due_digest(engine, settings, moment=now(), origin=origin)
            except MailRefused as refused:
                no_mail_before = time.monotonic() + MAIL_AGAIN
                log.warning("the digest was not sent, and is tried again in an hour: %s", refused)
            except Exception:
                log.exception("telling people stumbled, and goes on in a moment")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), TELL_EVERY)
            news.clear()
