"""Alembic's entry: runs migrations on a synchronous connection to the archive."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context

from clauselight.store.tables import metadata

engine = sa.create_engine(context.config.get_main_option("sqlalchemy.url") or "")
with engine.connect() as connection:
    # Batch mode, since SQLite cannot alter most things of a table in place.
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
