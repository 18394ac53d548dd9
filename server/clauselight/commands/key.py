"""`clauselight key`: makes a signing key, or shows its public half."""

from __future__ import annotations

import argparse
from pathlib import Path

from clauselight.publication.signing import create_key, read_key
from clauselight.settings import Settings

from .console import DONE, Commands, err, out


def add(commands: Commands) -> None:
    """Its options."""
    key = commands.add_parser("key", help="make a signing key, or show its public half")
    key.add_argument("action", choices=("create", "show"))
    key.add_argument("file", type=Path)
    key.set_defaults(command=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; returns the exit code."""
    signer = create_key(options.file) if options.action == "create" else read_key(options.file)
    if options.action == "create":
        err.print(f"The private key lies in {options.file}; keep it secret, and a copy of it.", markup=False)
    out.print(signer.public_key)
    return DONE
