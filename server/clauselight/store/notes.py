"""Small facts about the archive itself, such as which starter catalogue was loaded into it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from .tables import note
from .upsert import upsert

ARCHIVE_REVISION_NOTE = "revision"
"""Written by whoever changes the archive; another value means that the publication is out of date."""

CATALOGUE_NOTE = "starter-catalogue"
"""Version of the program whose starter catalogue was loaded last."""


async def read_note(connection: AsyncConnection, name: str) -> str | None:
    """The value noted under `name`, or None."""
    value = await connection.scalar(sa.select(note.c.value).where(note.c.name == name))
    return None if value is None else str(value)


async def write_note(connection: AsyncConnection, name: str, value: str) -> None:
    """Note a value, replacing an earlier one."""
    await upsert(connection, note, [{"name": name, "value": value}])
