"""Sessions: a browser that signed in with a token. A session lives as long as its token, and half a day at
the most."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from . import moments
from .people_tables import session
from .tokens import Token, digest, get_token

LIFETIME: Final = dt.timedelta(hours=12)
"""A day's work; signing in again is one paste."""


async def open_session(connection: AsyncConnection, opener: Token, moment: dt.datetime) -> str:
    """A new session's secret, for the cookie. Sessions that have expired are removed on the way."""
    secret = secrets.token_urlsafe(32)
    await connection.execute(sa.delete(session).where(session.c.expires_at <= moments.stored(moment)))
    await connection.execute(
        sa.insert(session).values(
            hash=digest(secret),
            token_id=opener.id,
            created_at=moments.stored(moment),
            expires_at=moments.stored(moment + LIFETIME),
        )
    )
    return secret


async def token_of_session(connection: AsyncConnection, secret: str, moment: dt.datetime) -> Token | None:
    """The valid token behind a session, or None."""
    row = (
        await connection.execute(
            sa.select(session.c.token_id, session.c.expires_at).where(session.c.hash == digest(secret))
        )
    ).one_or_none()
    if row is None or moments.read(row.expires_at) <= moment:
        return None
    found = await get_token(connection, row.token_id)
    return found if found is not None and found.valid(moment) else None


async def close_session(connection: AsyncConnection, secret: str) -> None:
    """Sign out."""
    await connection.execute(sa.delete(session).where(session.c.hash == digest(secret)))
