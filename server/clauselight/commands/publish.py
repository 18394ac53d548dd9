"""`clauselight publish`: index and buckets as plain files."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from clauselight.exporting import export
from clauselight.publication.static_site import NGINX
from clauselight.settings import Settings

from .console import DONE, WRONG_USE, Commands, err, out, progress_bars


def add(commands: Commands) -> None:
    """Its options."""
    publish = commands.add_parser(
        "publish", help="write index and buckets as plain files that any static server can host"
    )
    publish.add_argument("folder", type=Path, nargs="?", metavar="DIR")
    publish.add_argument("--key", type=Path, help="file of the key to sign with")
    publish.add_argument("--force", action="store_true", help="write every file, also over files of others")
    publish.add_argument("--nginx", action="store_true", help="show how nginx serves the folder")
    publish.add_argument("--data", type=Path, help="folder of the archive")
    publish.set_defaults(command=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; returns the exit code."""
    if options.nginx:
        out.print(NGINX, markup=False)
        return DONE
    if options.folder is None:
        err.print("Name the folder to write to: clauselight publish DIR.")
        return WRONG_USE
    with progress_bars("Publishing") as progress:
        made = export(settings, options.folder, key=options.key, force=options.force, progress=progress)
        written, signer = asyncio.run(made)
    out.print(
        f"{options.folder} is up to date: {written.new:,} files written, {written.unchanged:,} unchanged, "
        f"{written.removed:,} removed.",
        markup=False,
    )
    out.print(f"Signed; public key for readers: {signer.public_key}" if signer else "Not signed.")
    return DONE
