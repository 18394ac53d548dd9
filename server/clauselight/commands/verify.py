"""`clauselight verify`: recomputes hashes, looks for quotes, walks the log, and prints what fails."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from clauselight.settings import Settings
from clauselight.store.engine import ArchiveUnusable, migrate, open_archive, write_alone

from .console import DONE, FOUND, WRONG_USE, Commands, err, out, progress_bars, today

if TYPE_CHECKING:
    from clauselight.analysis.verification import Verification


def add(commands: Commands) -> None:
    """Its options."""
    verify = commands.add_parser("verify", help="check the archive's evidence against itself")
    verify.add_argument("id", nargs="*", help="documents or provisions (CL-D-..., CL-P-...); without, all")
    verify.add_argument(
        "--read-only", action="store_true", help="do not note in the archive when this was computed"
    )
    verify.add_argument("--json", action="store_true", help="print the result as JSON")
    verify.add_argument("--data", type=Path, help="folder of the archive")
    verify.set_defaults(command=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run it; returns the exit code."""
    for identity in options.id:
        if not re.fullmatch(r"CL-[DP]-[0-9]{6}", identity):
            err.print(f"{identity} is no id; ids look like CL-D-000098 or CL-P-003363.", markup=False)
            return WRONG_USE
    if not settings.archive_file.exists():
        raise ArchiveUnusable(f"There is no archive in {settings.data}; 'clauselight load' makes one.")
    result, unknown = asyncio.run(_verify(options, settings))
    for identity in unknown:
        err.print(f"The archive holds no {identity}.", markup=False)
    if options.json:
        sys.stdout.write(json.dumps(_as_json(result), indent=2) + "\n")
    else:
        for failure in result.failures:
            out.print(f"{failure.subject}  {failure.check}: {failure.sentence}", markup=False)
        said = ", ".join(f"{count:,} {what}" for what, count in sorted(result.checked.items()))
        out.print(f"Checked: {said or 'nothing'}. {len(result.failures):,} failures.", markup=False)
    if unknown:
        return WRONG_USE
    return FOUND if result.failures else DONE


async def _verify(options: argparse.Namespace, settings: Settings) -> tuple[Verification, list[str]]:
    from clauselight.analysis.verification import verify
    from clauselight.store.documents import documents_with
    from clauselight.store.provisions import provisions_with
    from clauselight.store.revisions import touch_documents
    from clauselight.store.sightings import note_evidence

    migrate(settings.archive_file)
    engine = open_archive(settings.archive_file)
    try:
        async with engine.connect() as connection:
            known = {one.id for one in await documents_with(connection, options.id)}
            with progress_bars("Checking") as progress:
                result = await verify(connection, today=today(), only=options.id, progress=progress)
            await connection.rollback()
            if not options.read_only:
                await write_alone(connection)
                now = dt.datetime.now(dt.UTC)
                noted = await note_evidence(connection, list(result.records.values()), moment=now)
                await touch_documents(connection, noted)
                await connection.commit()
            if set(options.id) - known:
                known |= {one.id for one in await provisions_with(connection, options.id)}
    finally:
        await engine.dispose()
    return result, sorted(set(options.id) - known)


def _as_json(result: Verification) -> dict[str, object]:
    return {
        "checked": dict(result.checked),
        "failures": [
            {"subject": one.subject, "check": one.check, "sentence": one.sentence} for one in result.failures
        ],
        "records": {
            identity: {
                "hash_verified": one.hash_verified,
                "quote_verified": one.quote_verified,
                "change_verified": one.change_verified,
            }
            for identity, one in sorted(result.records.items())
        },
    }
