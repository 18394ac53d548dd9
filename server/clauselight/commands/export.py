"""`clauselight export`: what people decided, as rows for training and testing."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path

from clauselight.settings import Settings

from .console import DONE, UNUSABLE, Commands, err


def add(commands: Commands) -> None:
    """Its options."""
    export = commands.add_parser("export", help="write decisions of disputes as JSON lines")
    export.add_argument("what", choices=("decisions",), help="decided disputes, without their reporters")
    export.add_argument("file", type=Path, nargs="?", help="file to write; without it, standard output")
    export.add_argument("--data", type=Path, help="folder of the archive")
    export.set_defaults(command=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; returns the exit code."""
    lines = asyncio.run(_lines(settings))
    text = "".join(f"{line}\n" for line in lines)
    if options.file is None:
        sys.stdout.write(text)
        return DONE
    try:
        options.file.write_text(text, encoding="utf-8")
    except OSError as error:
        err.print(f"{options.file} cannot be written: {error.strerror}.", markup=False)
        return UNUSABLE
    err.print(f"{len(lines):,} decisions written to {options.file}.", markup=False)
    return DONE


async def _lines(settings: Settings) -> list[str]:
    from clauselight.curation.rows import decision_rows
    from clauselight.store.engine import migrate, open_archive

    migrate(settings.archive_file)
    engine = open_archive(settings.archive_file)
    try:
        async with engine.connect() as connection:
            return [json.dumps(row, ensure_ascii=False) async for row in decision_rows(connection)]
    finally:
        await engine.dispose()
