"""`clauselight import`: what other projects know, from wherever their user keeps it."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
from pathlib import Path

from clauselight.settings import Settings

from . import import_versions
from .console import DONE, UNUSABLE, Commands, err, out


def add(commands: Commands) -> None:
    """Its options; each project is a command of its own."""
    parent = commands.add_parser("import", help="take over what another project knows")
    projects = parent.add_subparsers(required=True, metavar="project")
    for name, about in (
        ("justdeleteme", "where and how hard it is to delete accounts (JustDeleteMe)"),
        ("datenanfragen", "contacts for data protection and supervisory authorities (Datenanfragen.de)"),
    ):
        project = projects.add_parser(name, help=about)
        project.add_argument("path", type=Path, help="its checkout, a folder, or a tar archive")
        project.add_argument("--report", type=Path, help="file for every match and its reason (TSV, JSON)")
        project.add_argument("--known-only", action="store_true", help="leave out sites without a document")
        project.add_argument("--data", type=Path, help="folder of the archive")
        project.set_defaults(command=run, project=name)
    import_versions.add(projects)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; returns the exit code."""
    from rich.table import Table

    from clauselight.contract.directory import DirectorySource
    from clauselight.importers.datenanfragen import read_datenanfragen
    from clauselight.importers.directory import ImportReport, import_directory
    from clauselight.importers.git_dates import last_changes
    from clauselight.importers.justdeleteme import read_justdeleteme
    from clauselight.importers.match_report import counts, write_report
    from clauselight.importers.packs import PackUnreadable
    from clauselight.store.engine import migrate, open_archive

    project = DirectorySource(options.project)
    read = read_justdeleteme if project is DirectorySource.JUSTDELETEME else read_datenanfragen
    moment = dt.datetime.now(dt.UTC).replace(microsecond=0)

    async def take() -> ImportReport:
        with err.status(f"Reading {project.value}") as status:
            changed = last_changes(options.path)
            data = read(options.path, moment=moment, changed=changed.get)
            status.update(f"Matching {len(data.records):,} records")
            migrate(settings.archive_file)
            engine = open_archive(settings.archive_file)
            try:
                return await import_directory(
                    engine, project, data, moment=moment, unknown=not options.known_only
                )
            finally:
                await engine.dispose()

    try:
        report = asyncio.run(take())
        if options.report is not None:
            write_report(report, options.report)
    except PackUnreadable as error:
        err.print(str(error), markup=False)
        return UNUSABLE
    except OSError as error:
        err.print(f"The report cannot be written to {options.report}: {error.strerror}.", markup=False)
        return UNUSABLE
    table = Table(title=f"Imported from {project.value}", title_justify="left", show_header=False)
    table.add_column("what")
    table.add_column("number", justify="right")
    for what, number in counts(report):
        table.add_row(what, f"{number:,}")
    out.print(table)
    for refused in report.data.refused:
        out.print(
            f"refused  {refused.record}  {refused.field} {refused.why}: {refused.value!r}", markup=False
        )
    return DONE
