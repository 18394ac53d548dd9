"""`clauselight schema`: writes the JSON Schemas of the contract, and what the extension carries."""

from __future__ import annotations

import argparse
from pathlib import Path

from clauselight.contract.schema import schema_files
from clauselight.knowledge.readers_copy import readers_copies
from clauselight.settings import Settings

from .console import DONE, UNUSABLE, Commands, err, out


def add(commands: Commands) -> None:
    """Its options."""
    schema = commands.add_parser("schema", help="write the JSON Schemas of the contract")
    schema.add_argument("folder", type=Path, nargs="?", default=Path("shared_schema"))
    schema.add_argument(
        "--extension",
        type=Path,
        default=Path("extension/src/actions/generated"),
        help="where letters, law and places go, if the folder is there",
    )
    schema.set_defaults(command=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; returns the exit code."""
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
        for name, text in schema_files().items():
            (options.folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        err.print(f"The schemas cannot be written to {options.folder}: {error.strerror}.", markup=False)
        return UNUSABLE
    out.print(f"{len(schema_files())} schemas written to {options.folder}.", markup=False)
    if options.extension.is_dir():
        try:
            for name, text in readers_copies().items():
                (options.extension / name).write_text(text, encoding="utf-8")
        except OSError as error:
            sentence = f"The letters cannot be written to {options.extension}: {error.strerror}."
            err.print(sentence, markup=False)
            return UNUSABLE
        out.print(f"Letters, law and places written to {options.extension}.", markup=False)
    return DONE
