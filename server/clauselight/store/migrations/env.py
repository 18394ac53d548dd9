"""Alembic's entry: runs migrations on a synchronous connection to the archive, all in one transaction, so
that a migration that fails leaves the file as it was."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import context

from clauselight.store.all_tables import metadata

engine = sa.create_engine(context.config.attributes["url"])


@sa.event.listens_for(engine, "connect")
def _no_implicit_commits(connection: Any, _record: Any) -> None:
    # Python's sqlite3 begins no transaction before CREATE TABLE by itself; the next listener does.
    connection.isolation_level = None


@sa.event.listens_for(engine, "begin")
def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


with engine.connect() as connection:
    # Batch mode, since SQLite cannot alter most things of a table in place.
    context.configure(
        connection=connection, target_metadata=metadata, render_as_batch=True, transactional_ddl=True
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
