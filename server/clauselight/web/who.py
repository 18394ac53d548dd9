"""Who sends a request, and whether they may: by bearer token, by session, or as the owner of a server that
only their own computer reaches.

Everything that nobody may do without a token goes through `require`. Other web pages in the same browser are
kept out by `middleware.origins`, other names of the server by `middleware.hosts`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from aiohttp import HttpVersion11, web

from clauselight.curation.changes import Actor
from clauselight.store.sessions import token_of_session
from clauselight.store.tokens import Scope, Token, is_use_worth_noting, note_use, token_with

from .keys import ATTEMPTS, ENGINE, SETTINGS
from .problems import ProblemRaised

_FORWARDED: Final = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")
"""Headers of a proxy. Where one stands before a server that believes itself personal, it brings strangers."""

PLAIN_COOKIE: Final = "clauselight"
HOST_COOKIE: Final = "__Host-clauselight"
"""Bound to the host and to https by the browser itself (RFC 6265bis, 4.1.3.2)."""


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who may do what `scope` allows. `name` is how the audit calls them."""

    name: str
    scope: Scope
    owner: bool = False
    session: bool = False


OWNER: Final = Who("owner", Scope.ADMIN, owner=True)


def now() -> dt.datetime:
    """The time, UTC, whole seconds."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


_WHO: Final[web.RequestKey[Who | None]] = web.RequestKey("who")


async def who(request: web.Request) -> Who | None:
    """Who sends the request; None for anybody. Raises ProblemRaised for a bearer token that is none."""
    if _WHO not in request:
        request[_WHO] = await _find(request)
    return request[_WHO]


async def require(request: web.Request, scope: Scope) -> Who:
    """Who sends the request, if they may do what needs `scope`. Raises ProblemRaised."""
    found = await who(request)
    if found is None:
        raise ProblemRaised(
            "token-needed",
            "This needs a token: 'clauselight token create' makes one.",
            headers={"WWW-Authenticate": "Bearer"},
        )
    if not found.scope.allows(scope):
        raise ProblemRaised(
            "scope-needed",
            f"The token's scope is {found.scope}; this needs {scope}, or one that includes it.",
        )
    return found


def acting(found: Who) -> Actor:
    """Somebody as the one who acts now."""
    return Actor(found.name, now())


def is_owner(request: web.Request) -> bool:
    """Whether whoever sends this is at the server's own computer, and nobody else could be."""
    settings = request.app[SETTINGS]
    proxied = (
        any(name in request.headers for name in _FORWARDED)
        # No browser and no program of today speaks it; proxies that were set up in two lines do.
        or request.version < HttpVersion11
    )
    return settings.personal and settings.local_owner and not proxied


def cookie_name(request: web.Request) -> tuple[str, bool]:
    """Name of the session's cookie at the address that was asked, and whether it is bound to https."""
    public = request.app[SETTINGS].public_url
    secure = public is not None and urlsplit(public).netloc.lower() == request.host.lower()
    return (HOST_COOKIE if secure else PLAIN_COOKIE), secure


def name_of(token: Token) -> str:
    """How the audit calls the holder of a token."""
    return f"{token.name} (token {token.id})"


async def _find(request: web.Request) -> Who | None:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return await _by_token(request, secret.strip())
    secret = request.cookies.get(cookie_name(request)[0], "")
    if secret:
        async with request.app[ENGINE].connect() as connection:
            token = await token_of_session(connection, secret, now())
        if token is not None:
            return Who(name_of(token), token.scope, session=True)
    return OWNER if is_owner(request) else None


async def _by_token(request: web.Request, secret: str) -> Who:
    token = await checked_token(request, secret)
    if token is None:
        raise ProblemRaised(
            "token-refused",
            "The token is unknown, has expired or was revoked.",
            headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
        )
    return Who(name_of(token), token.scope)


async def checked_token(request: web.Request, secret: str) -> Token | None:
    """The valid token of a secret, noting its use. Raises ProblemRaised when too many wrong ones came.

    A valid one is never refused for that: behind a proxy all senders have its address, and a stranger's wrong
    tokens would keep everybody else out.
    """
    async with request.app[ENGINE].connect() as connection:
        token = await token_with(connection, secret, now())
    if token is None:
        _count_wrong(request)
        return None
    if is_use_worth_noting(token, now()):
        async with request.app[ENGINE].begin() as connection:
            await note_use(connection, token, now())
    return token


def _count_wrong(request: web.Request) -> None:
    attempts, sender = request.app[ATTEMPTS], request.remote or ""
    wait = attempts.wait(sender)
    if wait:
        raise ProblemRaised(
            "too-many-attempts",
            f"Too many wrong tokens came from there. Try again in {wait} seconds.",
            headers={"Retry-After": str(wait)},
        )
    attempts.failed(sender)
