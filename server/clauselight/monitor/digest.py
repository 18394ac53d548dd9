"""The weekly digest: once a week, what changed since the last one; nothing changed, nothing sent."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Final

from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.exporters.digest import digest_html, digest_text
from clauselight.publication.news import digest_of
from clauselight.settings import Settings
from clauselight.store.notes import read_note, write_note

from .mail import MailRefused, message, send

log = logging.getLogger("clauselight.monitor")

DIGEST_NOTE: Final = "digest-sent-until"
"""Up to which day the digest was sent; that day is the first of the next one."""

SEND_FROM_HOUR: Final = 6
"""Hour in UTC from which it is sent on its day: morning in Europe, before the working day in America."""

LONGEST: Final = dt.timedelta(days=31)
"""A server that was off for a year does not send the year."""


async def send_due_digest(
    engine: AsyncEngine, settings: Settings, *, moment: dt.datetime, origin: str
) -> bool:
    """Send the digest when its day has come and it was not sent; returns whether one was sent.

    Raises MailRefused; it is then tried again at the next call.
    """
    if not settings.smtp_host or not settings.digest_to:
        return False
    until = digest_day(moment, settings.digest_weekday)
    async with engine.connect() as connection:
        kept = await read_note(connection, DIGEST_NOTE)
    since = dt.date.fromisoformat(kept) if kept else until - dt.timedelta(days=7)
    if since >= until:
        return False
    since = max(since, until - LONGEST)
    async with engine.begin() as connection:
        digest = await digest_of(connection, since, until, origin)
    if digest.news:
        made = message(
            settings,
            subject=digest.subject,
            text=digest_text(digest),
            html=digest_html(digest),
            moment=moment,
            identity=f"digest-{until}",
        )
        await send(settings, made)
    async with engine.begin() as connection:
        await write_note(connection, DIGEST_NOTE, until.isoformat())
    return bool(digest.news)


def digest_day(moment: dt.datetime, weekday: int) -> dt.date:
    """The latest day on which a digest was due: of this week once its hour has come."""
    now = moment.astimezone(dt.UTC) - dt.timedelta(hours=SEND_FROM_HOUR)
    return now.date() - dt.timedelta(days=(now.weekday() - weekday) % 7)


__all__ = ["MailRefused", "digest_day", "send_due_digest"]
