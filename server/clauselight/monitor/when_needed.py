"""Starts what goes on beside a server only once there is something to do: what captures and tells takes 30 MB
that most servers never need."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.analysis.analyser import Analyser
from clauselight.settings import Settings
from clauselight.store.history_tables import watch, webhook

log = logging.getLogger("clauselight.monitor")

LOOK_EVERY: Final = 15.0
"""Seconds between two looks whether anything is watched or anybody to be told: a query by key."""


REST: Final = 60.0
"""Seconds until what stopped begins again."""


async def beside(
    engine: AsyncEngine, settings: Settings, analyser: Analyser, *, lock: asyncio.Lock, origin: str
) -> None:
    """Wait until there is something to do, then do it until cancelled. What goes wrong is logged, for nobody
    waits for the end of this."""
    # Another process may add the first watch or webhook: there is no event to wait for.
    while not await _needed(engine, settings):  # noqa: ASYNC110
        await asyncio.sleep(LOOK_EVERY)
    from .service import watch_and_tell

    while True:
        try:
            await watch_and_tell(engine, settings, analyser, lock=lock, origin=origin)
        except ValueError as error:  # a list of exceptions to the address rules that is none
            log.error("nothing is captured and nobody is told: %s", error)
            return
        except Exception:
            log.exception("capturing and telling stopped, and begin again in a minute")
            await asyncio.sleep(REST)


async def _needed(engine: AsyncEngine, settings: Settings) -> bool:
    if settings.smtp_host and settings.digest_to:
        return True
    try:
        async with engine.connect() as connection:
            if settings.monitor and await connection.scalar(
                sa.select(sa.exists().where(watch.c.enabled.is_(True)))
            ):
                return True
            return bool(await connection.scalar(sa.select(sa.exists().where(webhook.c.enabled.is_(True)))))
    except sa.exc.SQLAlchemyError:
        log.exception("whether anything is watched could not be read")
        return False
