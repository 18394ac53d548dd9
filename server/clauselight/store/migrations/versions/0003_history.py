"""Captures, versions, the log, what is watched and whom to tell; and where a provision was seen last"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them; nothing is known yet of what was there before, so all new columns are empty."""
    op.create_table(
        "log_entry",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False, comment="1, 2, 3 ..."),
        sa.Column("at", sa.String(length=32), nullable=False, comment="RFC 3339 in UTC"),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="canonical JSON"),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column(
            "sha256", sa.String(length=64), nullable=False, comment="over the previous hash and all else"
        ),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_log_entry")),
        comment="append-only; every line holds the hash of the one before",
    )
    with op.batch_alter_table("log_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_log_entry_subject"), ["subject"], unique=False)

    op.create_table(
        "webhook",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False, comment="of versions; empty for substantive only"),
        sa.Column("entity_id", sa.String(length=120), nullable=True, comment="only of this entity, when set"),
        sa.Column(
            "document_id", sa.String(length=11), nullable=True, comment="only of this document, when set"
        ),
        sa.Column(
            "clause_type",
            sa.String(length=120),
            nullable=True,
            comment="only where a clause of this type changed, when set",
        ),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_capture_id", sa.Integer(), nullable=False, comment="told up to here"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("webhook_id", sa.String(length=40), nullable=False),
        sa.Column("event", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=True, comment="null when delivered or given up"),
        sa.Column("delivered_at", sa.DateTime(), nullable=True),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhook.id"], name=op.f("fk_delivery_webhook_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_next_at"), ["next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_webhook_id"), ["webhook_id"], unique=False)

    op.create_table(
        "watch",
        sa.Column("document_id", sa.String(length=11), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("render", sa.String(length=10), nullable=False, comment="auto, always, never"),
        sa.Column("interval_seconds", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("lease_until", sa.DateTime(), nullable=True),
        sa.Column("leased_by", sa.String(length=80), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False, comment="one after another, until now"),
        sa.Column("last_tried_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_watch_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_watch")),
        comment="when a document is captured next; how it went stands in capture, and in document since when",
    )
    with op.batch_alter_table("watch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_watch_due_at"), ["due_at"], unique=False)

    op.create_table(
        "capture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=11), nullable=False),
        sa.Column("url", sa.Text(), nullable=False, comment="asked for"),
        sa.Column("final_url", sa.Text(), nullable=False, comment="answered, after redirects"),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column(
            "method", sa.String(length=20), nullable=False, comment="fetched, rendered, sent, imported"
        ),
        sa.Column("outcome", sa.String(length=20), nullable=False, comment="version, verified, problem"),
        sa.Column("version", sa.Integer(), nullable=True, comment="made, or found again"),
        sa.Column("status", sa.Integer(), nullable=True, comment="of the HTTP answer"),
        sa.Column("problem", sa.String(length=40), nullable=True),
        sa.Column(
            "sentence", sa.Text(), nullable=True, comment="what is wrong, or worth knowing, for people"
        ),
        sa.Column("snapshot_sha256", sa.String(length=64), nullable=True),
        sa.Column("headers", sa.JSON(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=True),
        sa.Column(
            "source_ref", sa.String(length=200), nullable=True, comment="where it came from, such as a commit"
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_capture_document_id")),
        sa.ForeignKeyConstraint(
            ["snapshot_sha256"], ["snapshot.sha256"], name=op.f("fk_capture_snapshot_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capture")),
    )
    with op.batch_alter_table("capture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_capture_document_id"), ["document_id"], unique=False)

    op.create_table(
        "version",
        sa.Column("document_id", sa.String(length=11), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="1, 2, 3 ... of the document"),
        sa.Column("capture_id", sa.Integer(), nullable=False),
        sa.Column("captured_at", sa.DateTime(), nullable=False),
        sa.Column("snapshot_sha256", sa.String(length=64), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False, comment="of the text in UTF-8"),
        sa.Column("text", sa.LargeBinary(), nullable=False, comment="zlib; one block a line"),
        sa.Column("language", sa.String(length=40), nullable=True),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.String(length=20), nullable=False, comment="first, cosmetic, moved, substantive"
        ),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False, comment="change records of provisions by their kind"),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name=op.f("fk_version_capture_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_version_document_id")),
        sa.ForeignKeyConstraint(
            ["snapshot_sha256"], ["snapshot.sha256"], name=op.f("fk_version_snapshot_sha256")
        ),
        sa.PrimaryKeyConstraint("document_id", "number", name=op.f("pk_version")),
    )
    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_version_capture_id"), ["capture_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_version_captured_at"), ["captured_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_version_snapshot_sha256"), ["snapshot_sha256"], unique=False)

    with op.batch_alter_table("change_record", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "outcome",
                sa.String(length=10),
                nullable=True,
                comment="of anchoring: found, moved, changed, gone",
            )
        )
        batch_op.add_column(sa.Column("version_from", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("version_to", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("old_quote", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("new_quote", sa.Text(), nullable=True))

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("version", sa.Integer(), nullable=True, comment="number of the newest version")
        )
        batch_op.add_column(
            sa.Column(
                "last_changed_at",
                sa.DateTime(),
                nullable=True,
                comment="when the newest version that is not cosmetic was captured",
            )
        )
        batch_op.add_column(
            sa.Column(
                "last_verified_at",
                sa.DateTime(),
                nullable=True,
                comment="when the newest version was last found at its address",
            )
        )
        batch_op.add_column(
            sa.Column(
                "problem",
                sa.String(length=40),
                nullable=True,
                comment="of the latest capture, when it was one",
            )
        )
        batch_op.add_column(sa.Column("problem_sentence", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("problem_since", sa.DateTime(), nullable=True))

    with op.batch_alter_table("provision", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "sha256",
                sa.String(length=64),
                nullable=True,
                comment="of the record and its change records as canonical JSON",
            )
        )
        batch_op.add_column(
            sa.Column(
                "seen_version",
                sa.Integer(),
                nullable=True,
                comment="number of the version in which the quote was found last",
            )
        )
        batch_op.add_column(
            sa.Column(
                "position_start", sa.Integer(), nullable=True, comment="there, in code points of its text"
            )
        )
        batch_op.add_column(sa.Column("position_end", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("last_seen", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("last_verified", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("hash_verified_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("quote_verified_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("change_verified_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("provision", schema=None) as batch_op:
        batch_op.drop_column("change_verified_at")
        batch_op.drop_column("quote_verified_at")
        batch_op.drop_column("hash_verified_at")
        batch_op.drop_column("last_verified")
        batch_op.drop_column("last_seen")
        batch_op.drop_column("position_end")
        batch_op.drop_column("position_start")
        batch_op.drop_column("seen_version")
        batch_op.drop_column("sha256")

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_column("problem_since")
        batch_op.drop_column("problem_sentence")
        batch_op.drop_column("problem")
        batch_op.drop_column("last_verified_at")
        batch_op.drop_column("last_changed_at")
        batch_op.drop_column("version")

    with op.batch_alter_table("change_record", schema=None) as batch_op:
        batch_op.drop_column("new_quote")
        batch_op.drop_column("old_quote")
        batch_op.drop_column("version_to")
        batch_op.drop_column("version_from")
        batch_op.drop_column("outcome")

    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_version_snapshot_sha256"))
        batch_op.drop_index(batch_op.f("ix_version_captured_at"))
        batch_op.drop_index(batch_op.f("ix_version_capture_id"))

    op.drop_table("version")
    with op.batch_alter_table("capture", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_capture_document_id"))

    op.drop_table("capture")
    with op.batch_alter_table("watch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_watch_due_at"))

    op.drop_table("watch")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_webhook_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_next_at"))

    op.drop_table("delivery")
    op.drop_table("webhook")
    with op.batch_alter_table("log_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_log_entry_subject"))

    op.drop_table("log_entry")
