"""Tokens, sessions, disputes, refused labels, and the audit"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False, comment="SHA-256 of the token"),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("last_used_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("hash", name=op.f("uq_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "session",
        sa.Column("hash", sa.String(length=64), nullable=False, comment="SHA-256 of the cookie"),
        sa.Column("token_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["token_id"], ["token.id"], name=op.f("fk_session_token_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_session")),
    )
    op.create_index("ix_session_token_id", "session", ["token_id"])
    op.create_index("ix_session_expires_at", "session", ["expires_at"])
    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("provision_id", sa.String(length=11), nullable=False),
        sa.Column("document_id", sa.String(length=11), nullable=False),
        sa.Column("clause_type", sa.String(length=120), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("method_version", sa.String(length=300), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("proposed_type", sa.String(length=120), nullable=True),
        sa.Column("proposed_severity", sa.String(length=20), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column(
            "kind", sa.String(length=16), nullable=False, comment="digest of what is said about which label"
        ),
        sa.Column(
            "similar_to", sa.Integer(), nullable=True, comment="the earlier dispute that this one repeats"
        ),
        sa.Column(
            "announced", sa.Boolean(), nullable=False, comment="whether its document was published since"
        ),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("leased_by", sa.String(length=200), nullable=True),
        sa.Column("lease_until", sa.DateTime(), nullable=True),
        sa.Column("act", sa.String(length=20), nullable=True),
        sa.Column("outcome_text", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column(
            "decision",
            sa.JSON(),
            nullable=True,
            comment="the label and its words before, the label after",
        ),
        sa.ForeignKeyConstraint(["provision_id"], ["provision.id"], name=op.f("fk_dispute_provision_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_dispute_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_dispute_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_dispute_similar_to", "dispute", ["similar_to"])
    for columns in (
        ["kind", "state", "similar_to"],
        ["provision_id", "similar_to", "state"],
        ["state", "similar_to", "id"],
        ["announced", "document_id"],
        ["clause_type", "decided_at"],
    ):
        op.create_index("ix_dispute_" + "_".join(columns), "dispute", columns)
    op.create_table(
        "refused_label",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=11), nullable=False),
        sa.Column("clause_type", sa.String(length=120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False, comment="of the quote, case folded, one space between"),
        sa.Column("provision_id", sa.String(length=11), nullable=False),
        sa.Column("refused_at", sa.DateTime(), nullable=False),
        sa.Column("refused_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_refused_label_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_label")),
    )
    op.create_index("ix_refused_label_document_id", "refused_label", ["document_id"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_subject", "audit", ["subject"])


def downgrade() -> None:
    """Drop them."""
    for name in ("audit", "refused_label", "dispute", "session", "token"):
        op.drop_table(name)
