"""`clauselight export`: what people decided, as rows for training and testing, and in the model card."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from clauselight.settings import Settings

from .console import DONE, UNUSABLE, Commands, err

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")


def add(commands: Commands) -> None:
    """Its options."""
    export = commands.add_parser(
        "export", help="write what people decided about disputed labels: as JSON lines, or in the model card"
    )
    export.add_argument(
        "what",
        choices=("decisions", "model-card"),
        help="decisions: decided disputes, without their reporters; model-card: the classifier's card with "
        "how often disputed labels stayed (a card that is in the file already is filled in, and else kept)",
    )
    export.add_argument("file", type=Path, nargs="?", help="file to write; without it, standard output")
    export.add_argument("--data", type=Path, help="folder of the archive")
    export.set_defaults(command=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; returns the exit code."""
    try:
        text, said = _decisions(settings) if options.what == "decisions" else _card(settings, options.file)
    except OSError as error:
        err.print(f"{options.file} cannot be read: {error.strerror}.", markup=False)
        return UNUSABLE
    if options.file is None:
        sys.stdout.write(text)
        return DONE
    try:
        options.file.write_text(text, encoding="utf-8")
    except OSError as error:
        err.print(f"{options.file} cannot be written: {error.strerror}.", markup=False)
        return UNUSABLE
    err.print(f"{said} written to {options.file}.", markup=False)
    return DONE


def _decisions(settings: Settings) -> tuple[str, str]:
    from clauselight.curation.rows import decision_rows

    async def rows(connection: AsyncConnection) -> list[str]:
        return [json.dumps(row, ensure_ascii=False) async for row in decision_rows(connection)]

    lines = asyncio.run(_asked(settings, rows))
    return "".join(f"{line}\n" for line in lines), f"{len(lines):,} decision{'' if len(lines) == 1 else 's'}"


def _card(settings: Settings, file: Path | None) -> tuple[str, str]:
    import datetime as dt
    from importlib.resources import files

    from clauselight.curation.upheld import filled_card
    from clauselight.store.dispute_queue import decisions_by_version

    there = file is not None and file.is_file()
    card = file if file is not None and there else files("clauselight.analysis") / "model" / "MODEL_CARD.md"
    counted = asyncio.run(_asked(settings, decisions_by_version))
    decided = sum(one.upheld + one.rejected for one in counted)
    text = filled_card(card.read_text(encoding="utf-8"), counted, dt.datetime.now(dt.UTC).date())
    return text, f"The model card with {decided:,} decision{'' if decided == 1 else 's'}"


async def _asked(settings: Settings, question: Callable[[AsyncConnection], Awaitable[T]]) -> T:
    from clauselight.store.engine import migrate, open_archive

    migrate(settings.archive_file)
    engine = open_archive(settings.archive_file)
    try:
        async with engine.connect() as connection:
            return await question(connection)
    finally:
        await engine.dispose()
