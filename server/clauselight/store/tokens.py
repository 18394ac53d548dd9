"""Tokens: who may do what here. A token is 256 random bits, shown once; the archive holds its SHA-256.

A slow hash would add nothing: what it protects against is guessing, and nobody guesses 256 bits.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from . import moments
from .people_tables import session, token

PREFIX: Final = "clauselight_"
"""How a token begins, so that programs that look for leaked secrets find one."""

NOTED_AGAIN_AFTER: Final = dt.timedelta(hours=1)
"""When the last use is written down: not at every request, each of which would be a write to the archive."""

_SHAPE: Final = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}", re.ASCII)


class Scope(StrEnum):
    """What a token allows; each includes those before it."""

    READ = "read"
    """See the queue of disputes, without contacts, and the audit."""
    DISPUTE = "dispute"
    """Decide disputes."""
    CURATE = "curate"
    """Add, edit, confirm, merge and retire records."""
    ADMIN = "admin"
    """Everything."""

    def allows(self, needed: Scope) -> bool:
        """Whether this scope is enough for what needs another."""
        order = list(Scope)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class Token:
    """A token as the archive knows it, without its secret."""

    id: int
    name: str
    scope: Scope
    created_at: dt.datetime
    expires_at: dt.datetime | None
    revoked_at: dt.datetime | None
    last_used_at: dt.datetime | None

    def valid(self, moment: dt.datetime) -> bool:
        """Whether it may be used."""
        return self.revoked_at is None and (self.expires_at is None or moment < self.expires_at)


def digest(secret: str) -> str:
    """What is stored instead of a secret of full entropy."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


async def create_token(
    connection: AsyncConnection,
    *,
    name: str,
    scope: Scope,
    moment: dt.datetime,
    lifetime: dt.timedelta | None,
) -> tuple[Token, str]:
    """A new token and its secret, which is known nowhere else from now on."""
    secret = PREFIX + secrets.token_urlsafe(32)
    made = await connection.execute(
        sa.insert(token).values(
            name=name,
            hash=digest(secret),
            scope=scope.value,
            created_at=moments.stored(moment),
            expires_at=None if lifetime is None else moments.stored(moment + lifetime),
        )
    )
    number = made.inserted_primary_key
    assert number is not None
    (found,) = await _read(connection, token.c.id == number[0])
    return found, secret


async def token_with(connection: AsyncConnection, secret: str, moment: dt.datetime) -> Token | None:
    """The valid token of a secret, or None for one that is unknown, expired or revoked."""
    if not _SHAPE.fullmatch(secret):
        return None
    found = await _read(connection, token.c.hash == digest(secret))
    return found[0] if found and found[0].valid(moment) else None


async def note_use(connection: AsyncConnection, used: Token, moment: dt.datetime) -> None:
    """Write down that a token was used just now."""
    await connection.execute(
        sa.update(token).where(token.c.id == used.id).values(last_used_at=moments.stored(moment))
    )


def is_use_worth_noting(used: Token, moment: dt.datetime) -> bool:
    """Whether the last use that is written down is an hour ago."""
    return used.last_used_at is None or moment - used.last_used_at >= NOTED_AGAIN_AFTER


async def list_tokens(connection: AsyncConnection) -> list[Token]:
    """All tokens ever made, oldest first."""
    return await _read(connection, sa.true())


async def get_token(connection: AsyncConnection, token_id: int) -> Token | None:
    """One token, valid or not."""
    found = await _read(connection, token.c.id == token_id)
    return found[0] if found else None


async def revoke_token(connection: AsyncConnection, token_id: int, moment: dt.datetime) -> Token | None:
    """End a token and every session that it opened; None for an unknown id. One that ended stays ended."""
    await connection.execute(
        sa.update(token)
        .where(token.c.id == token_id, token.c.revoked_at.is_(None))
        .values(revoked_at=moments.stored(moment))
    )
    await connection.execute(sa.delete(session).where(session.c.token_id == token_id))
    return await get_token(connection, token_id)


async def _read(connection: AsyncConnection, where: sa.ColumnElement[bool]) -> list[Token]:
    rows = await connection.execute(sa.select(token).where(where).order_by(token.c.id))
    return [_token(row) for row in rows]


def _token(row: Any) -> Token:
    return Token(
        id=row.id,
        name=row.name,
        scope=Scope(row.scope),
        created_at=moments.read(row.created_at),
        expires_at=moments.read_or_none(row.expires_at),
        revoked_at=moments.read_or_none(row.revoked_at),
        last_used_at=moments.read_or_none(row.last_used_at),
    )
