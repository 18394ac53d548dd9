"""Migrations from nothing lead exactly to the tables of `store/tables.py`, and back."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from clauselight.store.all_tables import metadata
from clauselight.store.engine import _config, migrate


def engine_on(file: Path) -> sa.Engine:
    return sa.create_engine(sa.URL.create("sqlite", database=str(file)))


def test_migrations_make_exactly_the_tables_of_the_code(tmp_path: Path) -> None:
    file = tmp_path / "archive.sqlite"
    migrate(file)
    engine = engine_on(file)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, metadata) == []
        made = sa.inspect(connection).get_table_names()
    engine.dispose()
    assert set(made) == set(metadata.tables) | {"alembic_version"}


def test_foreign_keys_and_indexes_are_those_of_the_code(tmp_path: Path) -> None:
    """What alembic's comparison does not see on SQLite."""
    file = tmp_path / "archive.sqlite"
    migrate(file)
    engine = engine_on(file)
    inspector = sa.inspect(engine)
    for table in metadata.tables.values():
        made = {
            (key["constrained_columns"][0], key["referred_table"], key["options"].get("ondelete"))
            for key in inspector.get_foreign_keys(table.name)
        }
        wanted = {(key.parent.name, key.column.table.name, key.ondelete) for key in table.foreign_keys}
        assert made == wanted, table.name
        assert {index["name"] for index in inspector.get_indexes(table.name)} == {
            index.name for index in table.indexes
        }
        assert set(inspector.get_pk_constraint(table.name)["constrained_columns"]) == {
            column.name for column in table.primary_key
        }
    engine.dispose()


def test_there_is_one_line_of_migrations() -> None:
    scripts = ScriptDirectory.from_config(_config(Path("unused")))
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1


def test_every_migration_can_be_undone(tmp_path: Path) -> None:
    file = tmp_path / "archive.sqlite"
    migrate(file)
    command.downgrade(_config(file), "base")
    engine = engine_on(file)
    assert sa.inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()
    migrate(file)
