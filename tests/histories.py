"""A policy through the years, as a git repository in the layout of Open Terms Archive."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from findings import COURT, ENDING, SALE

INTRODUCTION = (
    "This policy explains what we do with information about the people who use our shop, why we do it, whom "
    "we tell about it, how long it stays with us, and which rights you have. It applies to our website and "
    "to our apps, and to everything that you buy from us, wherever you live and however you pay for it."
)
CLOSING = "You can write to us about all of this at any time, and we will answer within a month."
SECOND_SALE = "We sell your personal information to data brokers and to advertisers."

START = dt.datetime(2023, 1, 10, 8, 30, tzinfo=dt.UTC)


def policy(*passages: str, updated: str = "January 5, 2023", link: str = "a") -> str:
    """A policy in Markdown; `link` changes nothing that one reads."""
    body = "\n\n".join(passages)
    return (
        f"Privacy Policy\n==============\n\nLast updated: {updated}\n\n{INTRODUCTION}\n\n{body}\n\n"
        f"### Contact\n\n*   {CLOSING}\n*   [Write to us](https://shop.example/contact?{link})\n"
    )


@dataclass(frozen=True)
class Commit:
    """One commit of one file; no text takes it away."""

    text: str | None
    day: int
    path: str = "Shop/Privacy Policy.md"
    subject: str = "Record new changes"


HISTORY = (
    Commit(policy(SALE, COURT), 0, subject="First record of Shop Privacy Policy"),
    Commit(policy(SALE, COURT, link="b"), 10),
    Commit(policy(SALE, COURT, updated="1 June 2023"), 140),
    Commit(policy(COURT, SALE, updated="1 June 2023"), 150),
    Commit(policy(COURT, SECOND_SALE, updated="1 June 2023"), 200),
    Commit(policy(COURT, updated="1 June 2023"), 300),
    Commit("Please log in to continue.", 310),
    Commit(policy(COURT, SECOND_SALE, ENDING, updated="2 May 2024"), 480),
    Commit(policy(COURT, ENDING, updated="2 May 2024"), 500, subject="Refilter Shop Privacy Policy"),
)
"""What happens: verified, a date, moved, reworded, gone, a login, back and one new, gone for technical
reasons."""


def make_repository(folder: Path, commits: tuple[Commit, ...] = HISTORY) -> Path:
    """A checkout with these commits."""
    folder.mkdir(parents=True, exist_ok=True)
    run(folder, "init", "--quiet", "--initial-branch=main")
    add_commits(folder, commits)
    return folder


def add_commits(folder: Path, commits: tuple[Commit, ...]) -> None:
    """More commits, in order."""
    for commit in commits:
        file = folder / commit.path
        if commit.text is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(commit.text, encoding="utf-8")
        run(folder, "add", "--all")
        day = (START + dt.timedelta(days=commit.day)).isoformat()
        run(folder, "commit", "--quiet", "--allow-empty", "-m", commit.subject, day=day)


def run(folder: Path, *arguments: str, day: str = "2023-01-01T00:00:00Z") -> str:
    """One git command, as nobody in particular."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = {
        f"GIT_{role}_{name}": value
        for role in ("AUTHOR", "COMMITTER")
        for name, value in (("NAME", "Bot"), ("EMAIL", "bot@shop.example"), ("DATE", day))
    }
    return subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**clean, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
