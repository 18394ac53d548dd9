"""Times in the archive: stored in UTC without a zone, as SQLite has none, and handed out with it."""

from __future__ import annotations

import datetime as dt
from typing import overload


def stored(moment: dt.datetime) -> dt.datetime:
    """As a column holds it. `moment` has a time zone."""
    return moment.astimezone(dt.UTC).replace(tzinfo=None)


@overload
def read(value: dt.datetime) -> dt.datetime: ...
@overload
def read(value: None) -> None: ...
def read(value: dt.datetime | None) -> dt.datetime | None:
    """From a column: the same time in UTC."""
    return None if value is None else value.replace(tzinfo=dt.UTC)
