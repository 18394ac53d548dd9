"""What all commands share: where they write, their exit codes, a progress bar."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

from rich.console import Console

from clauselight.importers.refused import Progress

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What a command adds itself to."""

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

DONE, FOUND, WRONG_USE, UNUSABLE, NOT_BOUND, REFUSED = range(6)
"""Exit codes: done, found something, wrong use, archive, folder or key cannot be used, the address cannot be
listened on, the page cannot be analysed."""


@contextmanager
def progress_bars(doing: str) -> Iterator[Progress]:
    """One bar a task, which vanishes when all is done."""
    # Not above: a server that runs for long draws no bars.
    from rich.progress import Progress as ProgressBar
    from rich.progress import TaskID

    with ProgressBar(console=err, transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def progress(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(f"{doing} {what}", total=total)
            bar.update(tasks[what], completed=done)

        yield progress


def today() -> dt.date:
    """The day in UTC."""
    return dt.datetime.now(dt.UTC).date()
