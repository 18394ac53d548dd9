"""New ids for what this server adds itself."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from .tables import document, provision

FIRST_OWN: Final = 500_000
"""Numbers below are given by the starter catalogue, which grows with every release: a document that was added
here must not find its id taken after an update."""

LAST: Final = 999_999
"""Ids have six digits."""


class NoIdsLeft(Exception):
    """All numbers of this kind are given."""


async def next_document_id(connection: AsyncConnection) -> str:
    """An id that no document has. Raises NoIdsLeft."""
    (number,) = await _free(connection, document.c.id, "CL-D-", 1)
    return f"CL-D-{number:06}"


async def next_provision_ids(connection: AsyncConnection, count: int) -> list[str]:
    """So many ids that no provision has, in order. Raises NoIdsLeft."""
    return [f"CL-P-{number:06}" for number in await _free(connection, provision.c.id, "CL-P-", count)]


async def _free(connection: AsyncConnection, column: sa.ColumnElement[str], prefix: str, count: int) -> range:
    newest = await connection.scalar(
        sa.select(sa.func.max(column)).where(column >= f"{prefix}{FIRST_OWN:06}")
    )
    first = FIRST_OWN if newest is None else int(str(newest)[len(prefix) :]) + 1
    if first + count - 1 > LAST:
        raise NoIdsLeft
    return range(first, first + count)
