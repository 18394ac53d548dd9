"""Insert or update in one statement, on every database that the archive may stand on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


async def upsert(
    connection: AsyncConnection,
    table: sa.Table,
    rows: Sequence[dict[str, Any]],
    *,
    keep: bool = False,
    unless_null: frozenset[str] = frozenset(),
) -> None:
    """Insert rows; one whose primary key exists is overwritten, or kept as it stands when `keep` is set.

    `unless_null`: columns whose earlier value stays where the new one is null.
    """
    if not rows:
        return
    statement = _insert(connection.dialect.name, table)
    keys = list(table.primary_key.columns)
    if keep:
        await connection.execute(statement.on_conflict_do_nothing(index_elements=keys), rows)
        return
    given = rows[0].keys()
    changed = {
        column.name: sa.func.coalesce(statement.excluded[column.name], column)
        if column.name in unless_null
        else statement.excluded[column.name]
        for column in table.columns
        if column.name in given and not column.primary_key
    }
    await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), rows)


def _insert(dialect: str, table: sa.Table) -> Any:
    if dialect == "postgresql":
        # Not above: its types take 3 MB of memory that most servers never need.
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    return sqlite.insert(table)
