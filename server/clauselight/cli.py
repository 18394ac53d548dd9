"""The commands of `clauselight`. Each answers with an exit code: 0 done, 1 found something, 2 wrong use,
3 archive, folder or key cannot be used, 4 the address cannot be listened on, 5 the page cannot be
analysed."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from importlib import import_module

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from clauselight import __version__
from clauselight.commands.console import DONE, FOUND, REFUSED, UNUSABLE, WRONG_USE, err
from clauselight.importers.refused import CatalogueRefused
from clauselight.knowledge.files import KnowledgeBroken
from clauselight.publication.signing import KeyUnusable
from clauselight.publication.static_site import FolderRefused
from clauselight.settings import Settings
from clauselight.store.engine import ArchiveUnusable

__all__ = ["DONE", "REFUSED", "WRONG_USE", "main"]

COMMANDS = {
    "serve": "serve",
    "load": "load",
    "analyse": "analyse",
    "import": "import_",
    "actions": "actions",
    "lint": "lint",
    "verify": "verify",
    "capture": "capture",
    "monitor": "monitor",
    "schema": "schema",
    "publish": "publish",
    "export": "export",
    "token": "token",
    "key": "key",
    "webhook": "webhook",
    "try": "attempt",
}
"""Each with its module below `commands`, in the order of the help text."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    options = _parser(given[:1]).parse_args(given)
    try:
        settings = _settings(options)
    except ValidationError as error:
        for wrong in error.errors():
            name = "CLAUSELIGHT_" + "_".join(str(part) for part in wrong["loc"]).upper()
            err.print(f"{name}: {wrong['msg']}", markup=False)
        return WRONG_USE
    try:
        return int(options.command(options, settings))
    except (ArchiveUnusable, FolderRefused, KeyUnusable) as error:
        err.print(str(error), markup=False)
        return UNUSABLE
    except CatalogueRefused as error:
        for refused in error.refused:
            for violation in refused.violations:
                err.print(
                    f"{refused.record_id}  {violation.rule}  {violation.field}: {violation.message}",
                    markup=False,
                )
        return FOUND
    except KnowledgeBroken as error:
        err.print(f"The packaged knowledge is damaged: {error}", markup=False)
        return UNUSABLE
    except (sqlite3.Error, DBAPIError) as error:  # the disk is full, another program holds the lock
        why = getattr(error, "orig", None) or error
        err.print(f"What lies in {settings.data} cannot be read or written: {why}.", markup=False)
        return UNUSABLE
    except KeyboardInterrupt:
        return 130


def _parser(first: list[str]) -> argparse.ArgumentParser:
    """`first`: what stands in the first place, if anything does. Of a known command, no others are imported:
    a server has no need of what they load."""
    parser = argparse.ArgumentParser(
        prog="clauselight",
        description="Shows the risky clauses of policies. Settings: CLAUSELIGHT_* variables.",
    )
    parser.add_argument("--version", action="version", version=f"clauselight {__version__}")
    commands = parser.add_subparsers(required=True, metavar="command")
    for name in [name for name in COMMANDS if name in first] or COMMANDS:
        import_module(f"clauselight.commands.{COMMANDS[name]}").add(commands)
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    given = {
        name: value
        for name in ("host", "port", "data")
        if (value := getattr(options, name, None)) is not None
    }
    return Settings(**given)


if __name__ == "__main__":
    sys.exit(main())
