"""`clauselight capture`: captures documents now, and says what came of each."""

from __future__ import annotations

import argparse
import asyncio
import re
from pathlib import Path

from clauselight.settings import Settings
from clauselight.store.engine import migrate, open_archive

from .console import DONE, FOUND, REFUSED, WRONG_USE, Commands, err, out, progress_bars


def add(commands: Commands) -> None:
    """Its options."""
    capture = commands.add_parser("capture", help="capture documents now: fetch, compare, record")
    capture.add_argument("id", nargs="+", help="documents (CL-D-...)")
    capture.add_argument(
        "--render", choices=("auto", "always", "never"), default="auto", help="use a browser"
    )
    capture.add_argument("--data", type=Path, help="folder of the archive")
    capture.set_defaults(command=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; returns the exit code."""
    for one in options.id:
        if not re.fullmatch(r"CL-D-[0-9]{6}", one):
            err.print(f"{one} is no id of a document; they look like CL-D-000098.", markup=False)
            return WRONG_USE
    try:
        return asyncio.run(_capture(options, settings))
    except ValueError as error:  # a list of exceptions to the address rules that is none
        err.print(str(error), markup=False)
        return WRONG_USE


async def _capture(options: argparse.Namespace, settings: Settings) -> int:
    from clauselight.analysis.analyser import Analyser, GaveUp
    from clauselight.capture.capturer import Capturer
    from clauselight.capture.policy import policy_of
    from clauselight.knowledge.clause_types import clause_types
    from clauselight.monitor.capturing import DocumentCapturer
    from clauselight.store.documents import get_document

    migrate(settings.archive_file)
    engine = open_archive(settings.archive_file)
    categories = {one.id: one.category.value for one in clause_types().values()}
    analyser = Analyser(seconds=settings.analysis_seconds, categories=categories)
    code = DONE
    try:
        async with Capturer(policy_of(settings)) as capturer:
            documents = DocumentCapturer(engine, capturer, analyser)
            with progress_bars("Capturing") as progress:
                for done, one in enumerate(options.id):
                    progress("documents", done, len(options.id))
                    async with engine.connect() as connection:
                        document = await get_document(connection, one)
                    if document is None:
                        err.print(f"The archive holds no {one}.", markup=False)
                        code = max(code, FOUND)
                        continue
                    try:
                        recorded = await documents.capture(document, document.urls[0], render=options.render)
                    except GaveUp as gave_up:
                        err.print(f"{one}: {gave_up.sentence}", markup=False)
                        code = REFUSED
                        continue
                    if recorded.problem is not None:
                        err.print(f"{one}: {recorded.problem[1]}", markup=False)
                        code = REFUSED
                    elif recorded.kind is None:
                        out.print(f"{one}: unchanged, still version {recorded.version}.", markup=False)
                    else:
                        out.print(
                            f"{one}: version {recorded.version} ({recorded.kind}). {recorded.summary}",
                            markup=False,
                        )
    finally:
        await analyser.close()
        await engine.dispose()
    return code
