"""`clauselight analyse`: the risky clauses of a file or of one page of the web."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from clauselight.contract.analysis import AnalysisAnswer
from clauselight.settings import Settings

from .console import DONE, REFUSED, UNUSABLE, WRONG_USE, Commands, err


def add(commands: Commands) -> None:
    """Its options."""
    analyse = commands.add_parser("analyse", help="analyse a policy: a file, or one page of the web")
    analyse.add_argument(
        "source", metavar="FILE|URL", help="file, '-' for standard input, or an address to fetch"
    )
    analyse.add_argument("--json", action="store_true", help="print the answer of POST /v1/analyses")
    analyse.add_argument("--keep", action="store_true", help="keep the page as a document of the archive")
    analyse.add_argument("--url", help="https address that a file was saved from")
    analyse.add_argument("--data", type=Path, help="folder of the archive")
    analyse.set_defaults(command=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; returns the exit code."""
    from clauselight.analysing import CannotAnalyse, analyse_source, is_address, read_source
    from clauselight.analysis.analyser import GaveUp, LanguageUnknown, PageRefused
    from clauselight.analysis_report import plain, print_report
    from clauselight.capture.problems import CaptureProblem
    from clauselight.publication.files import to_json
    from clauselight.store.ids import NoIdsLeft

    async def analyse() -> AnalysisAnswer:
        doing = f"Fetching {options.source}" if is_address(options.source) else f"Reading {options.source}"
        with err.status(escape(doing)) as status:
            source = await read_source(options.source, url=options.url, settings=settings)
            status.update(f"Analysing {len(source.body):,} bytes on this computer")
            return await analyse_source(source, settings, keep=options.keep)

    try:
        answer = asyncio.run(analyse())
    except CannotAnalyse as refused:
        err.print(str(refused), markup=False)
        return WRONG_USE if refused.wrong_use else REFUSED
    except (CaptureProblem, PageRefused) as refused:
        err.print(plain(str(refused)), markup=False)
        return REFUSED
    except LanguageUnknown as unknown:
        err.print(unknown.sentence)
        return REFUSED
    except GaveUp as gave_up:
        err.print(gave_up.sentence)
        return REFUSED
    except NoIdsLeft:
        err.print("The page was analysed, but the archive has no ids left to keep it.")
        return UNUSABLE
    if options.json:
        sys.stdout.buffer.write(to_json(answer) + b"\n")
    else:
        print_report(Console(highlight=False), answer)
    return DONE
