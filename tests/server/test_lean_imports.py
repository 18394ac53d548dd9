"""What a running server does not import, and that nothing is missing for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("alembic", "jinja2", "lxml", "numpy", "rich.progress", "sqlalchemy.orm")
"""Together some 40 MB of memory that serving readers has no use for."""


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_server_does_without_what_it_does_not_need() -> None:
    code = (
        "import sys\n"
        "import clauselight.cli, clauselight.commands.serve\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    assert run(code) == "[]"


@pytest.mark.parametrize(
    "name", ["AsyncEngine", "AsyncSession", "async_scoped_session", "AsyncResult", "engine"]
)
def test_every_name_of_the_package_is_there_all_the_same(name: str) -> None:
    code = (
        "import clauselight.commands\n"
        f"from sqlalchemy.ext.asyncio import {name} as found\n"
        "import sqlalchemy.ext.asyncio as lean\n"
        "print(found.__name__, hasattr(lean, 'Nothing'))"
    )
    assert run(code).endswith(f"{name.rpartition('.')[2]} False")


def test_a_package_that_is_there_already_is_left_alone() -> None:
    code = (
        "import sqlalchemy.ext.asyncio as before\n"
        "import clauselight.commands, sys\n"
        "print(sys.modules['sqlalchemy.ext.asyncio'] is before, type(before).__name__)"
    )
    assert run(code) == "True module"


def test_help_names_every_command() -> None:
    from clauselight.cli import COMMANDS

    text = run(
        "import sys\nfrom clauselight.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit: pass"
    )
    assert [name for name in COMMANDS if f"\n    {name} " not in text and f"\n    {name}\n" not in text] == []
