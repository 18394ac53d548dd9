"""The one `metadata` with every table module imported: what migrations are compared with."""

from __future__ import annotations

from . import directory_tables as _directory  # noqa: F401
from . import history_tables as _history  # noqa: F401
from . import people_tables as _people  # noqa: F401
from .tables import metadata

__all__ = ["metadata"]
