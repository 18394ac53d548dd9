"""`clauselight load`: the starter catalogue into the archive."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from clauselight import __version__
from clauselight.settings import Settings
from clauselight.store.engine import migrate, open_archive

from .console import DONE, Commands, out, progress_bars, today


def add(commands: Commands) -> None:
    """Its options."""
    load = commands.add_parser("load", help="load the starter catalogue into the archive")
    load.add_argument("--data", type=Path, help="folder of the archive")
    load.set_defaults(command=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; returns the exit code."""
    from clauselight.importers.catalogue import load_catalogue

    async def load() -> int:
        migrate(settings.archive_file)
        engine = open_archive(settings.archive_file)
        try:
            with progress_bars("Loading") as progress:
                report = await load_catalogue(engine, version=__version__, today=today(), progress=progress)
        finally:
            await engine.dispose()
        out.print(f"Loaded {report.documents:,} documents and {report.provisions:,} provisions.")
        return DONE

    return asyncio.run(load())
