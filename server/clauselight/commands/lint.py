"""`clauselight lint`: checks every rule that a record must keep."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from clauselight.settings import Settings

from .console import DONE, FOUND, Commands, out, today


def add(commands: Commands) -> None:
    """Its options."""
    lint = commands.add_parser("lint", help="check every rule that a record must keep")
    lint.add_argument("--data", type=Path, help="folder of the archive; without it, the packaged catalogue")
    lint.add_argument("--archive", action="store_true", help="check the archive in the default folder")
    lint.set_defaults(command=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; returns the exit code."""
    from clauselight.importers.lint import lint_archive, lint_catalogue

    if options.data is None and not options.archive:
        findings, checked = lint_catalogue(today())
        what = "of the packaged catalogue"
    else:
        findings, checked = asyncio.run(lint_archive(settings, today()))
        what = f"of the archive in {settings.data}"
    for record_id, violation in findings:
        out.print(f"{record_id}  {violation.rule}  {violation.field}: {violation.message}", markup=False)
    out.print(f"{checked:,} records {what} checked, {len(findings):,} rules broken.", markup=False)
    return FOUND if findings else DONE
