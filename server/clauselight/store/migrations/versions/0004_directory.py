"""The action directory: facts about entities, domains that they are known by, authorities"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them, empty."""
    op.create_table(
        "authority",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("project", sa.String(length=20), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False, comment="Authority"),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority")),
    )
    op.create_table(
        "directory_fact",
        sa.Column("entity_id", sa.String(length=120), nullable=False),
        sa.Column("id", sa.String(length=120), nullable=False, comment="distinct within an entity"),
        sa.Column("kind", sa.String(length=20), nullable=False, comment="of a DirectoryEntry, or authority"),
        sa.Column("source", sa.String(length=20), nullable=False, comment="justdeleteme, datenanfragen ..."),
        sa.Column("source_record", sa.String(length=300), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("licence", sa.String(length=40), nullable=False),
        sa.Column("quality", sa.String(length=20), nullable=True),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column(
            "imported_at", sa.DateTime(), nullable=False, comment="when it was first read in this form"
        ),
        sa.Column(
            "ended_at",
            sa.DateTime(),
            nullable=True,
            comment="when its source was found not to state it any more",
        ),
        sa.Column(
            "reason",
            sa.String(length=40),
            nullable=False,
            comment="why it was taken to be about this entity",
        ),
        sa.Column("url", sa.Text(), nullable=True, comment="the link that is checked"),
        sa.Column(
            "body", sa.JSON(), nullable=False, comment="DirectoryEntry or EntityAuthority, the rest of it"
        ),
        sa.Column("checked_at", sa.DateTime(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("check_status", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name=op.f("fk_directory_fact_entity_id")),
        sa.PrimaryKeyConstraint("entity_id", "id", name=op.f("pk_directory_fact")),
    )
    with op.batch_alter_table("directory_fact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_directory_fact_source"), ["source"], unique=False)

    op.create_table(
        "entity_domain",
        sa.Column("domain", sa.String(length=253), nullable=False, comment="registrable, in ASCII"),
        sa.Column("entity_id", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name=op.f("fk_entity_domain_entity_id")),
        sa.PrimaryKeyConstraint("domain", name=op.f("pk_entity_domain")),
        comment="entities of which only a directory knows, found again when a document of theirs is analysed",
    )
    with op.batch_alter_table("entity_domain", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entity_domain_entity_id"), ["entity_id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    for table in ("entity_domain", "directory_fact", "authority"):
        op.drop_table(table)
