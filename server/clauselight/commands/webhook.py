"""`clauselight webhook`: who is told what changed."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
from pathlib import Path

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


def wrong_address(address: str) -> str | None:
    """Why nothing can be told to an address, as a sentence; None when it can. Whoever runs the server chooses
    it, so it may lie inside; over the internet, messages must not be read on their way."""
    from clauselight.capture.addresses import INSIDE_SUFFIXES, read_address
    from clauselight.capture.ip_ranges import outside_reason
    from clauselight.capture.problems import FetchRefused

    plain = "The address must be an http or https address without user name or fragment."
    try:
        target = read_address(address)
    except FetchRefused:
        return plain
    if "#" in address:
        return plain
    inside = "." not in target.host or target.host.endswith(tuple(f".{one}" for one in INSIDE_SUFFIXES))
    if target.address is not None:
        inside = outside_reason(target.address) is not None
    if not target.secure and not inside:
        return "Beyond this computer and its network, the address must be an https address."
    return None


async def _add(options: argparse.Namespace, settings: Settings) -> int:
    from clauselight.knowledge.clause_types import clause_types
    from clauselight.monitor.webhooks import new_secret
    from clauselight.store.documents import entity_with, get_document
    from clauselight.store.news import SUBSTANTIVE, About, newest_capture_id
    from clauselight.store.webhooks import add_webhook

    if (wrong := wrong_address(options.url)) is not None:
        err.print(wrong)
        return WRONG_USE
    if options.clause_type and options.clause_type not in clause_types():
        err.print(f"There is no clause type {options.clause_type}.", markup=False)
        return WRONG_USE
    secret = new_secret()
    about = About(options.entity, options.document, options.clause_type)
    kinds = frozenset(VersionKind) if options.all_kinds else SUBSTANTIVE
    migrate(settings.archive_file)
    engine = open_archive(settings.archive_file)
    try:
        async with engine.begin() as connection:
            for given, known in ((options.entity, entity_with), (options.document, get_document)):
                if given and await known(connection, given) is None:
                    err.print(f"The archive holds no {given}.", markup=False)
                    return FOUND
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
