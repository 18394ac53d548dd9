"""Reading the packaged data files."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


class KnowledgeBroken(ValueError):
    """A packaged data file does not hold what it should; the text names the file."""


def data_folder() -> Traversable:
    """The folder of the packaged data."""
    return files("clauselight.knowledge") / "data"


def read_toml(file: Traversable) -> dict[str, Any]:
    """Parse one TOML file; raises KnowledgeBroken with the file's name."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeBroken(f"{file.name}: {error}") from error


@cache
def read_table(name: str, key: str) -> dict[str, dict[str, Any]]:
    """The entries of a file such as `agencies.toml` by their id."""
    entries = read_toml(data_folder() / f"{name}.toml")[key]
    return {entry["id"]: entry for entry in entries}
