"""`clauselight try`: a browser with the extension on the demo page."""

from __future__ import annotations

import argparse

from clauselight.settings import Settings

from .console import DONE, FOUND, Commands, err


def add(commands: Commands) -> None:
    """Its options."""
    attempt = commands.add_parser("try", help="open a browser with the extension on the demo page")
    attempt.add_argument("--port", type=int, help="port of the running server (8787)")
    attempt.set_defaults(command=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; returns the exit code."""
    from clauselight.attempt import BrowserMissing, open_browser

    try:
        open_browser(settings.port)
    except BrowserMissing as error:
        err.print(str(error), markup=False)
        return FOUND
    return DONE
