"""On which day each file of a git checkout changed last. Git is asked once; without it, nobody knows."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
from pathlib import Path
from typing import Final

WITHIN: Final = 60
"""Seconds; a history of 5,000 commits takes about one."""

_SAFE: Final = ("-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "-c", "core.pager=cat")
_SAFELY: Final = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    # A checkout that says it is a part of another has what it lacks fetched, by a program that it names.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}
"""A checkout's own settings can name programs to run; none of these is."""

_DAY: Final = re.compile(r"^\x01([0-9]{4}-[0-9]{2}-[0-9]{2})$")


def last_changes(folder: Path) -> dict[str, dt.date]:
    """Paths from the checkout's root and the day of their newest commit, in UTC; empty when `folder` is no
    checkout's root, or git is missing or fails."""
    if not (folder / ".git").exists():
        return {}
    command = ["git", *_SAFE, "-C", str(folder), "log", "--no-ext-diff", "--no-textconv", "--no-renames"]
    command += ["--date=format-local:%Y-%m-%d", "--format=%x01%cd", "--name-only", "-z", "HEAD"]
    environment = {**os.environ, "TZ": "UTC", **_SAFELY}
    try:
        done = subprocess.run(  # noqa: S603
            command,
            capture_output=True,
            timeout=WITHIN,
            check=True,
            env=environment,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.SubprocessError):
        return {}
    found: dict[str, dt.date] = {}
    day: dt.date | None = None
    for piece in done.stdout.decode("utf-8", "replace").split("\0"):
        text = piece.lstrip("\n")
        if match := _DAY.match(text):
            day = dt.date.fromisoformat(match.group(1))
        elif text and day is not None:
            found.setdefault(text, day)  # newest first
    return found
