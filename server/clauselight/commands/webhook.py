"""`clauselight webhook`: who is told what changed."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
from pathlib import Path
from urllib.parse import urlsplit

from clauselight.contract.vocabulary import VersionKind
from clauselight.settings import Settings
from clauselight.store.engine import migrate, open_archive

from .console import DONE, FOUND, WRONG_USE, Commands, err, out


def add(commands: Commands) -> None:
    """Its options."""
    webhook = commands.add_parser("webhook", help="tell other programs what changed")
    actions = webhook.add_subparsers(required=True, metavar="action", dest="action")
    new = actions.add_parser("add", help="tell an address; prints the secret of its signatures")
    new.add_argument("url", help="https address, or http on this computer or its network")
    new.add_argument("--entity", metavar="ID", help="only what concerns this entity")
    new.add_argument("--document", metavar="ID", help="only what concerns this document")
    new.add_argument("--clause-type", metavar="ID", help="only where a clause of this type changed")
    new.add_argument("--all-kinds", action="store_true", help="also moved passages, dates and first versions")
    actions.add_parser("list", help="show all, and how their deliveries go")
    remove = actions.add_parser("remove", help="tell it no more")
    remove.add_argument("id")
    for one in actions.choices.values():
        one.add_argument("--data", type=Path, help="folder of the archive")
    webhook.set_defaults(command=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; returns the exit code."""
    return asyncio.run({"add": _add, "list": _list, "remove": _remove}[options.action](options, settings))


async def _add(options: argparse.Namespace, settings: Settings) -> int:
    from clauselight.monitor.webhooks import new_secret
    from clauselight.store.news import SUBSTANTIVE, About, newest_capture_id
    from clauselight.store.webhooks import add_webhook

    parts = urlsplit(options.url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.fragment:
        err.print("The address must be an http or https address without user name or fragment.")
        return WRONG_USE
    secret = new_secret()
    about = About(options.entity, options.document, options.clause_type)
    kinds = frozenset(VersionKind) if options.all_kinds else SUBSTANTIVE
    migrate(settings.archive_file)
    engine = open_archive(settings.archive_file)
    try:
        async with engine.begin() as connection:
            newest = await newest_capture_id(connection)
            identity = await add_webhook(
                connection,
                options.url,
                secret,
                about,
                kinds,
                told_up_to=newest,
                moment=dt.datetime.now(dt.UTC),
            )
    finally:
        await engine.dispose()
    out.print(f"Webhook {identity} is told of every change from now on.")
    out.print(f"Its messages are signed (standardwebhooks.com) with this secret: {secret}", markup=False)
    return DONE


async def _list(options: argparse.Namespace, settings: Settings) -> int:
    from clauselight.store.webhooks import count_deliveries, webhooks

    migrate(settings.archive_file)
    engine = open_archive(settings.archive_file)
    try:
        async with engine.connect() as connection:
            all_of_them = await webhooks(connection)
            counts = await count_deliveries(connection)
    finally:
        await engine.dispose()
    if not all_of_them:
        out.print("There are no webhooks; 'clauselight webhook add URL' makes one.")
    for one in all_of_them:
        went = counts.get(one.id)
        how = (
            f"{went.delivered} delivered, {went.waiting} waiting, {went.given_up} given up"
            + (f"; {went.last_error}" if went.last_error else "")
            if went
            else "nothing delivered yet"
        )
        about = one.about.document_id or one.about.entity_id or one.about.clause_type or "everything"
        out.print(f"{one.id}  {one.url}  {about}  {how}", markup=False)
    return DONE


async def _remove(options: argparse.Namespace, settings: Settings) -> int:
    from clauselight.store.webhooks import remove_webhook

    migrate(settings.archive_file)
    engine = open_archive(settings.archive_file)
    try:
        async with engine.begin() as connection:
            gone = await remove_webhook(connection, options.id)
    finally:
        await engine.dispose()
    if not gone:
        err.print(f"There is no webhook {options.id}.", markup=False)
        return FOUND
    out.print(f"Webhook {options.id} is told nothing more.", markup=False)
    return DONE
