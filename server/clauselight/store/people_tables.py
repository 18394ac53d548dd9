"""Tables of what people do here: tokens, sessions, disputes, refused labels, and the audit of all acts."""

from __future__ import annotations

import sqlalchemy as sa

from .tables import metadata

token = sa.Table(
    "token",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(120), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False, unique=True, comment="SHA-256 of the token"),
    sa.Column("scope", sa.String(20), nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("expires_at", sa.DateTime),
    sa.Column("revoked_at", sa.DateTime),
    sa.Column("last_used_at", sa.DateTime),
    sqlite_autoincrement=True,
)

session = sa.Table(
    "session",
    metadata,
    sa.Column("hash", sa.String(64), primary_key=True, comment="SHA-256 of the cookie"),
    sa.Column("token_id", sa.ForeignKey("token.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("expires_at", sa.DateTime, nullable=False, index=True),
)

dispute = sa.Table(
    "dispute",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("provision_id", sa.ForeignKey("provision.id"), nullable=False),
    sa.Column("document_id", sa.ForeignKey("document.id"), nullable=False),
    # The label that was disputed; it may be another one when the dispute is decided.
    sa.Column("clause_type", sa.String(120), nullable=False),
    sa.Column("severity", sa.String(20), nullable=False),
    sa.Column("method_version", sa.String(300)),
    sa.Column("reason", sa.String(20), nullable=False),
    sa.Column("proposed_type", sa.String(120)),
    sa.Column("proposed_severity", sa.String(20)),
    sa.Column("comment", sa.Text),
    sa.Column("contact", sa.Text),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False, comment="digest of what is said about which label"),
    sa.Column("similar_to", sa.Integer, index=True, comment="the earlier dispute that this one repeats"),
    sa.Column("announced", sa.Boolean, nullable=False, comment="whether its document was published since"),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("leased_by", sa.String(200)),
    sa.Column("lease_until", sa.DateTime),
    sa.Column("act", sa.String(20)),
    sa.Column("outcome_text", sa.Text),
    sa.Column("decided_at", sa.DateTime),
    sa.Column("decided_by", sa.String(200)),
    sa.Column("decision", sa.JSON, comment="the label and its words before, the label after"),
    sa.Index("ix_dispute_kind_state_similar_to", "kind", "state", "similar_to"),
    sa.Index("ix_dispute_provision_id_similar_to_state", "provision_id", "similar_to", "state"),
    sa.Index("ix_dispute_state_similar_to_id", "state", "similar_to", "id"),
    sa.Index("ix_dispute_announced_document_id", "announced", "document_id"),
    sa.Index("ix_dispute_clause_type_decided_at", "clause_type", "decided_at"),
    sqlite_autoincrement=True,
)

refused_label = sa.Table(
    "refused_label",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("document_id", sa.ForeignKey("document.id"), nullable=False, index=True),
    sa.Column("clause_type", sa.String(120), nullable=False),
    sa.Column("words", sa.Text, nullable=False, comment="of the quote, case folded, one space between"),
    sa.Column("provision_id", sa.String(11), nullable=False),
    sa.Column("refused_at", sa.DateTime, nullable=False),
    sa.Column("refused_by", sa.String(200), nullable=False),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("who", sa.String(200), nullable=False),
    sa.Column("act", sa.String(40), nullable=False),
    sa.Column("subject", sa.String(120), nullable=False, index=True),
    sa.Column("body", sa.JSON, nullable=False),
    sqlite_autoincrement=True,
)
