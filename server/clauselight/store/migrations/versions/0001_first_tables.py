"""The archive's first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "entity",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("homepage", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity")),
    )
    op.create_table(
        "note",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_note")),
        comment="small facts about the archive itself, such as which catalogue was loaded",
    )
    op.create_table(
        "document",
        sa.Column("id", sa.String(length=11), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=True),
        sa.Column("stated_last_updated", sa.Date(), nullable=True),
        sa.Column("analysed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name=op.f("fk_document_entity_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_entity_id"), ["entity_id"], unique=False)

    op.create_table(
        "document_url",
        sa.Column("document_id", sa.String(length=11), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_url_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "position", name=op.f("pk_document_url")),
    )
    with op.batch_alter_table("document_url", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_url_url"), ["url"], unique=False)

    op.create_table(
        "provision",
        sa.Column("id", sa.String(length=11), nullable=False),
        sa.Column("document_id", sa.String(length=11), nullable=False),
        sa.Column("clause_type", sa.String(length=120), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("has_quote", sa.Boolean(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False, comment="ProvisionRecord without its change records"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_provision_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provision")),
    )
    with op.batch_alter_table("provision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_provision_clause_type"), ["clause_type"], unique=False)
        batch_op.create_index(batch_op.f("ix_provision_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_provision_severity"), ["severity"], unique=False)

    op.create_table(
        "snapshot",
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="of the bytes before compression"),
        sa.Column("document_id", sa.String(length=11), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("captured_at", sa.DateTime(), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="zlib"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_snapshot_document_id")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_snapshot")),
    )
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_snapshot_document_id"), ["document_id"], unique=False)

    op.create_table(
        "change_record",
        sa.Column("provision_id", sa.String(length=11), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("severity_from", sa.String(length=20), nullable=True),
        sa.Column("severity_to", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["provision_id"], ["provision.id"], name=op.f("fk_change_record_provision_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("provision_id", "position", name=op.f("pk_change_record")),
    )
    with op.batch_alter_table("change_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_record_date"), ["date"], unique=False)


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("change_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_change_record_date"))

    op.drop_table("change_record")
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_snapshot_document_id"))

    op.drop_table("snapshot")
    with op.batch_alter_table("provision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_provision_severity"))
        batch_op.drop_index(batch_op.f("ix_provision_document_id"))
        batch_op.drop_index(batch_op.f("ix_provision_clause_type"))

    op.drop_table("provision")
    with op.batch_alter_table("document_url", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_url_url"))

    op.drop_table("document_url")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_entity_id"))

    op.drop_table("document")
    op.drop_table("note")
    op.drop_table("entity")
