"""What all commands share: where they write, their exit codes, a progress bar."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from clauselight.importers.refused import Progress

if TYPE_CHECKING:
    from rich.console import Console

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What a command adds itself to."""


def harmless(text: str) -> str:
    """A text without control characters but line feeds: names, words of pages and addresses come from
    strangers, and a terminal obeys what stands behind an escape character."""
    return "".join(one if one.isprintable() or one == "\n" else " " for one in text)


class _Later:
    """A console that is made when it is first written to: a server does without what draws on terminals."""

    def __init__(self, *, stderr: bool) -> None:
        self._stderr = stderr

    def made(self) -> Console:
        """The console itself."""
        from rich.console import Console

        class Harmless(Console):
            """Prints texts without what a terminal would obey."""

            def print(self, *objects: Any, **options: Any) -> None:
                """As a console does."""
                shown = (harmless(one) if isinstance(one, str) else one for one in objects)
                super().print(*shown, **options)

        made = Harmless(stderr=self._stderr, highlight=False, soft_wrap=True)
        self.__dict__["made"] = lambda: made
        return made

    def __getattr__(self, name: str) -> Any:
        return getattr(self.made(), name)


_err = _Later(stderr=True)
out, err = cast("Console", _Later(stderr=False)), cast("Console", _err)

DONE, FOUND, WRONG_USE, UNUSABLE, NOT_BOUND, REFUSED = range(6)
"""Exit codes: done, found something, wrong use, archive, folder or key cannot be used, the address cannot be
listened on, the page cannot be analysed."""


@contextmanager
def progress_bars(doing: str) -> Iterator[Progress]:
    """One bar a task, which vanishes when all is done."""
    # Not above: a server that runs for long draws no bars.
    from rich.progress import Progress as ProgressBar
    from rich.progress import TaskID

    with ProgressBar(console=_err.made(), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def progress(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(f"{doing} {what}", total=total)
            bar.update(tasks[what], completed=done)

        yield progress


def today() -> dt.date:
    """The day in UTC."""
    return dt.datetime.now(dt.UTC).date()
