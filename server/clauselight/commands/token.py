"""`clauselight token`: makes, lists and revokes the tokens of moderators, curators and scripts."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.settings import Settings
from clauselight.store.audit import note_act
from clauselight.store.engine import migrate, open_archive, write_alone
from clauselight.store.tokens import Scope, Token, create_token, list_tokens, revoke_token

from .console import DONE, FOUND, WRONG_USE, Commands, err, out

DEFAULT_DAYS = 90
"""A forgotten token ends by itself after a quarter of a year."""

MOST_DAYS = 3_650
MOST_NAME = 100
COMMAND = "the command line"
"""How the audit calls whoever sits at the server."""


def add(commands: Commands) -> None:
    """Its options."""
    token = commands.add_parser("token", help="make, list or revoke tokens of moderators and curators")
    actions = token.add_subparsers(required=True, metavar="action", dest="action")
    create = actions.add_parser("create", help="make a token; it is shown this once")
    create.add_argument(
        "--scope",
        required=True,
        choices=[scope.value for scope in Scope],
        help="read: see disputes and audit; dispute: decide disputes; curate: change records; admin: all",
    )
    create.add_argument("--name", default="unnamed", help="whose it is, for the audit")
    create.add_argument(
        "--days", type=int, default=DEFAULT_DAYS, help=f"valid for so long ({DEFAULT_DAYS}); 0 for ever"
    )
    listing = actions.add_parser("list", help="show all tokens, without their secrets")
    revoke = actions.add_parser("revoke", help="end a token and the sessions opened with it")
    revoke.add_argument("id", type=int, help="the number that the list shows")
    for action in (create, listing, revoke):
        action.add_argument("--data", type=Path, help="folder of the archive")
        action.set_defaults(command=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; returns the exit code."""
    if options.action == "create" and not 0 <= options.days <= MOST_DAYS:
        err.print(f"--days must be from 0 (for ever) to {MOST_DAYS:,}.")
        return WRONG_USE
    if options.action == "create" and not (options.name.isprintable() and 0 < len(options.name) <= MOST_NAME):
        err.print(f"--name must have 1 to {MOST_NAME} visible characters.")
        return WRONG_USE
    migrate(settings.archive_file)
    return asyncio.run(_run(options, settings))


async def _run(options: argparse.Namespace, settings: Settings) -> int:
    engine = open_archive(settings.archive_file)
    try:
        if options.action == "create":
            return await _create(engine, options)
        if options.action == "revoke":
            return await _revoke(engine, options.id)
        async with engine.connect() as connection:
            tokens = await list_tokens(connection)
    finally:
        await engine.dispose()
    for one in tokens:
        out.print(_line(one), markup=False)
    if not tokens:
        out.print("There are no tokens.")
    return DONE


async def _create(engine: AsyncEngine, options: argparse.Namespace) -> int:
    lifetime = dt.timedelta(days=options.days) if options.days else None
    async with engine.begin() as connection:
        await write_alone(connection)
        made, secret = await create_token(
            connection, name=options.name, scope=Scope(options.scope), moment=_now(), lifetime=lifetime
        )
        body = {"name": made.name, "scope": made.scope.value}
        await note_act(
            connection, who=COMMAND, act="token-create", subject=f"token-{made.id}", body=body, at=_now()
        )
    err.print(_line(made), markup=False)
    err.print("This is the only time the token is shown; the archive keeps its hash.")
    out.print(secret)
    return DONE


async def _revoke(engine: AsyncEngine, number: int) -> int:
    async with engine.begin() as connection:
        await write_alone(connection)
        revoked = await revoke_token(connection, number, _now())
        if revoked is not None:
            await note_act(
                connection, who=COMMAND, act="token-revoke", subject=f"token-{number}", body={}, at=_now()
            )
    if revoked is None:
        err.print(f"There is no token {number}; 'clauselight token list' shows all.")
        return FOUND
    out.print(_line(revoked), markup=False)
    return DONE


def _line(one: Token) -> str:
    state = "valid" if one.valid(_now()) else "revoked" if one.revoked_at else "expired"
    until = f", until {one.expires_at:%Y-%m-%d}" if one.expires_at and state == "valid" else ""
    used = f"last used {one.last_used_at:%Y-%m-%d %H:%M}" if one.last_used_at else "never used"
    return f"{one.id}  {one.scope.value:<8}{one.name}  ({state}{until}; {used})"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
