"""`clauselight import open-terms-archive`: versions of policies through the years, or their addresses."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from clauselight import __version__
from clauselight.settings import Settings
from clauselight.store.engine import migrate, open_archive

from .console import DONE, UNUSABLE, WRONG_USE, Commands, err, out, progress_bars, today

if TYPE_CHECKING:
    from clauselight.importers.ota_report import ImportReport

MOST_SHOWN = 25
"""Problems that are listed; all stand in the archive, as captures of their documents."""


def add(sources: Commands) -> None:
    """Its options, as one of the projects of `import`."""
    source = sources.add_parser(
        "open-terms-archive",
        help="versions of policies with their history, or declarations of their addresses",
        description="Imports a versions repository (a checkout, a bare repository or a bundle: every version "
        "with its date, its clauses followed through the years) or declarations (a folder or a tar archive: "
        "services and the addresses of their documents). What was imported before is left as it is.",
    )
    source.add_argument("path", type=Path, help="the repository, bundle, folder or tar archive")
    source.add_argument("--data", type=Path, help="folder of the archive")
    source.set_defaults(command=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; returns the exit code."""
    # Not above: reading and judging takes memory that other commands do not need.
    from clauselight.importers.catalogue import catalogue_is_loaded, load_catalogue
    from clauselight.importers.git_history import RepositoryUnusable
    from clauselight.importers.open_terms_archive import import_versions
    from clauselight.importers.ota_declarations import (
        DeclarationsUnusable,
        import_declarations,
        is_declarations,
    )
    from clauselight.store.ids import NoIdsLeft

    path: Path = options.path
    if not path.exists():
        err.print(f"There is no {path}.", markup=False)
        return WRONG_USE

    async def bring_in() -> ImportReport:
        migrate(settings.archive_file)
        engine = open_archive(settings.archive_file)
        try:
            with progress_bars("Importing") as progress:
                if not await catalogue_is_loaded(engine, __version__):
                    await load_catalogue(engine, version=__version__, today=today(), progress=progress)
                if is_declarations(path):
                    return await import_declarations(engine, path, progress)
                now = dt.datetime.now(dt.UTC).replace(microsecond=0)
                return await import_versions(engine, path, progress, now=now)
        finally:
            await engine.dispose()

    try:
        report = asyncio.run(bring_in())
    except (RepositoryUnusable, DeclarationsUnusable) as unusable:
        err.print(str(unusable), markup=False)
        return WRONG_USE
    except NoIdsLeft:
        err.print("The archive has no ids left; it holds no more documents or provisions.")
        return UNUSABLE
    _show(report)
    return DONE


def _show(report: ImportReport) -> None:
    said = [f"{report.documents:,} documents"]
    if report.new_documents or report.changed_documents:
        said.append(f"{report.new_documents:,} new, {report.changed_documents:,} with new addresses")
    out.print("; ".join(said) + ".")
    if report.commits or report.known:
        out.print(f"{report.commits:,} captures imported, {report.known:,} known before.")
    if report.versions or report.verified:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(report.versions.items()))
        out.print(f"{report.versions.total():,} versions ({kinds}); {report.verified:,} found unchanged.")
    if report.changes:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(report.changes.items()))
        out.print(f"{report.changes.total():,} change records of {report.provisions:,} provisions ({kinds}).")
    for title, sentences in (("No version", report.problems), ("Left out", report.skipped)):
        if sentences:
            out.print(f"{title} ({len(sentences):,}):")
            for sentence in sentences[:MOST_SHOWN]:
                out.print(f"  {sentence}", markup=False)
            if len(sentences) > MOST_SHOWN:
                out.print(f"  and {len(sentences) - MOST_SHOWN:,} more.")
