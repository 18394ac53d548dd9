"""`clauselight actions check`: visits the links of the action directory."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
from pathlib import Path

from clauselight.settings import Settings

from .console import DONE, FOUND, WRONG_USE, Commands, err, out, progress_bars

STALE_DAYS = 90
"""After so many days a link is visited again: help pages change a few times a year."""


def add(commands: Commands) -> None:
    """Its options."""
    parent = commands.add_parser("actions", help="the directory of what people can do")
    acts = parent.add_subparsers(required=True, metavar="act")
    check = acts.add_parser("check", help="visit its links and note when they last answered")
    check.add_argument("--entity", help="only the links of this entity (its id)")
    check.add_argument(
        "--stale-days",
        type=int,
        default=STALE_DAYS,
        help=f"only links that were not visited for so many days ({STALE_DAYS}); 0 visits all",
    )
    check.add_argument("--data", type=Path, help="folder of the archive")
    check.set_defaults(command=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; returns the exit code: 1 when a link is dead."""
    from clauselight.capture.policy import policy_of
    from clauselight.capture.safe_fetch import Fetcher
    from clauselight.contract.directory import CheckStatus
    from clauselight.monitor.check_links import check_links, checking_policy, counted
    from clauselight.store.directory import links_to_check
    from clauselight.store.documents import entity_with
    from clauselight.store.engine import migrate, open_archive

    if options.stale_days < 0:
        err.print("--stale-days is a number of days, 0 or more.")
        return WRONG_USE

    async def check() -> dict[str, CheckStatus] | None:
        migrate(settings.archive_file)
        engine = open_archive(settings.archive_file)
        before = dt.datetime.now(dt.UTC) - dt.timedelta(days=options.stale_days)
        try:
            async with engine.connect() as connection:
                if options.entity and await entity_with(connection, options.entity) is None:
                    return None
                links = await links_to_check(
                    connection, entity_id=options.entity, before=before if options.stale_days else None
                )
            with progress_bars("Visiting") as progress:
                async with Fetcher(checking_policy(policy_of(settings))) as fetcher:
                    return await check_links(
                        engine,
                        fetcher,
                        links,
                        now=lambda: dt.datetime.now(dt.UTC).replace(microsecond=0),
                        progress=lambda done, total: progress("links", done, total),
                    )
        finally:
            await engine.dispose()

    outcomes = asyncio.run(check())
    if outcomes is None:
        err.print(f"No entity has the id {options.entity}.", markup=False)
        return WRONG_USE
    for url, status in sorted(outcomes.items()):
        if status in (CheckStatus.DEAD, CheckStatus.MOVED):
            out.print(f"{status.value}  {url}", markup=False)
    summary = ", ".join(f"{number:,} {status.value}" for status, number in counted(outcomes) if number)
    out.print(f"{len(outcomes):,} links visited{': ' + summary if summary else ''}.", markup=False)
    if outcomes and set(outcomes.values()) == {CheckStatus.UNREACHABLE}:
        err.print("None of them could be reached. Is this computer connected?")
    return FOUND if CheckStatus.DEAD in outcomes.values() else DONE
