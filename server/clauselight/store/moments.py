"""Times in the archive: stored in UTC without a zone, as SQLite has none, and handed out with it."""

from __future__ import annotations

import datetime as dt


def stored(moment: dt.datetime) -> dt.datetime:
    """As a column holds it. `moment` has a time zone."""
    return moment.astimezone(dt.UTC).replace(tzinfo=None)


def read(value: dt.datetime) -> dt.datetime:
    """From a column: the same time in UTC."""
    return value.replace(tzinfo=dt.UTC)


def read_or_none(value: dt.datetime | None) -> dt.datetime | None:
    """From a column that may be null."""
    return None if value is None else read(value)
