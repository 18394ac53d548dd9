"""`clauselight monitor`: which documents are captured again and again, and how that goes."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import logging
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from clauselight.settings import Settings
from clauselight.store.engine import migrate, open_archive

from .console import DONE, FOUND, WRONG_USE, Commands, err, harmless, out

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from clauselight.contract.document import Document

_UNITS = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_LEAST_SECONDS = 600


def add(commands: Commands) -> None:
    """Its options."""
    monitor = commands.add_parser("monitor", help="watch documents for changes")
    actions = monitor.add_subparsers(required=True, metavar="action", dest="action")
    new = actions.add_parser("add", help="watch documents: captured every day, or as often as told")
    new.add_argument("id", nargs="*", help="documents (CL-D-...)")
    new.add_argument("--analysed", action="store_true", help="all documents that were read here")
    new.add_argument("--all", action="store_true", help="all documents that are known")
    new.add_argument("--every", default="1d", help="how often: 12h, 1d, 2w ... (1d)")
    new.add_argument("--render", choices=("auto", "always", "never"), default="auto", help="use a browser")
    remove = actions.add_parser("remove", help="watch documents no more; what was captured stays")
    remove.add_argument("id", nargs="+", help="documents (CL-D-...)")
    actions.add_parser("status", help="show what is watched: fresh, due, failing since when and why")
    work = actions.add_parser("run", help="capture what is due, without a server, until stopped")
    work.add_argument("--once", action="store_true", help="only what is due now")
    for one in actions.choices.values():
        one.add_argument("--data", type=Path, help="folder of the archive")
    monitor.set_defaults(command=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; returns the exit code."""
    what = {"add": _add, "remove": _remove, "status": _status, "run": _run}[options.action]
    wrong = [one for one in getattr(options, "id", []) if not re.fullmatch(r"CL-D-[0-9]{6}", one)]
    if wrong:
        err.print(f"{wrong[0]} is no id of a document; they look like CL-D-000098.", markup=False)
        return WRONG_USE

    async def with_archive() -> int:
        migrate(settings.archive_file)
        engine = open_archive(settings.archive_file)
        try:
            return await what(engine, options, settings)
        finally:
            await engine.dispose()

    try:
        return asyncio.run(with_archive())
    except ValueError as error:  # a list of exceptions to the address rules that is none
        err.print(str(error), markup=False)
        return WRONG_USE


def seconds_of(text: str) -> int | None:
    """How many seconds a span such as 12h, 1d or 2w has; None for what is none."""
    found = re.fullmatch(r"([0-9]{1,4})([mhdw])", text)
    return int(found[1]) * _UNITS[found[2]] if found else None


async def _add(engine: AsyncEngine, options: argparse.Namespace, settings: Settings) -> int:
    from clauselight.store.documents import all_documents
    from clauselight.store.watches import Watch, save_watch

    interval = seconds_of(options.every)
    if interval is None or interval < _LEAST_SECONDS:
        err.print("--every takes a span of ten minutes or more, such as 12h, 1d or 2w.")
        return WRONG_USE
    if not (options.id or options.analysed or options.all):
        err.print("Name documents, or use --analysed or --all.")
        return WRONG_USE
    named = set(options.id)
    async with engine.begin() as connection:
        known = await all_documents(connection)
        chosen = [
            one
            for one in known
            if options.all or one.id in named or (options.analysed and one.analysed_at is not None)
        ]
        now = dt.datetime.now(dt.UTC)
        # Spread over an interval, and an hour at the most for a few: nobody is served by all at once.
        spread = min(interval, 3600 if len(chosen) <= 100 else interval)
        for position, one in enumerate(chosen):
            wait = 0.0 if len(chosen) == 1 else random.uniform(0, spread) * (position > 0)
            due = now + dt.timedelta(seconds=wait)
            await save_watch(connection, Watch(one.id, one.urls[0], due, interval, render=options.render))
    out.print(f"{len(chosen):,} documents are watched, each every {options.every}.")
    missing = sorted(named - {one.id for one in known})
    for one in missing:
        err.print(f"The archive holds no {one}.", markup=False)
    return FOUND if missing else DONE


async def _remove(engine: AsyncEngine, options: argparse.Namespace, settings: Settings) -> int:
    from clauselight.store.watches import remove_watch

    code = DONE
    async with engine.begin() as connection:
        for one in options.id:
            if await remove_watch(connection, one):
                out.print(f"{one} is watched no more.", markup=False)
            else:
                err.print(f"{one} was not watched.", markup=False)
                code = FOUND
    return code


async def _status(engine: AsyncEngine, options: argparse.Namespace, settings: Settings) -> int:
    from clauselight.store.documents import documents_with
    from clauselight.store.watches import all_watches

    async with engine.connect() as connection:
        watches = await all_watches(connection)
        documents: dict[str, Document] = {}
        for start in range(0, len(watches), 500):
            some = [one.document_id for one in watches[start : start + 500]]
            documents |= {one.id: one for one in await documents_with(connection, some)}
    if not watches:
        out.print("Nothing is watched; 'clauselight monitor add' changes that.")
        return DONE
    now = dt.datetime.now(dt.UTC)
    table = Table("document", "entity", "state", "last verified", "next")
    for one in watches:
        document = documents[one.document_id]
        problem = document.capture_problem
        state = "due" if one.due_at <= now else "fresh"
        if problem is not None:
            state = f"failing since {problem.since:%Y-%m-%d}: {problem.sentence}"
        elif document.last_verified is None:
            state = "never captured"
        verified = f"{document.last_verified:%Y-%m-%d %H:%M}" if document.last_verified else "-"
        # Names and sentences come from elsewhere: what looks like markup in them is none.
        told = (document.entity.name, state, verified, f"{one.due_at:%Y-%m-%d %H:%M}")
        table.add_row(one.document_id, *(escape(harmless(one)) for one in told))
    out.print(table)
    return DONE


async def _run(engine: AsyncEngine, options: argparse.Namespace, settings: Settings) -> int:
    from clauselight.analysis.analyser import Analyser
    from clauselight.capture.capturer import Capturer
    from clauselight.capture.policy import policy_of
    from clauselight.knowledge.clause_types import clause_types
    from clauselight.monitor.capturing import DocumentCapturer
    from clauselight.monitor.schedule import Schedule

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    categories = {one.id: one.category.value for one in clause_types().values()}
    analyser = Analyser(seconds=settings.analysis_seconds, categories=categories)
    try:
        async with Capturer(policy_of(settings)) as capturer:
            schedule = Schedule(
                engine,
                DocumentCapturer(engine, capturer, analyser),
                concurrent=settings.capture_concurrent,
            )
            if not options.once:
                await schedule.run()
            count = await schedule.run_due()
    finally:
        await analyser.close()
    out.print(f"{count:,} documents captured.")
    return DONE
