"""Tables of what happened: captures, versions, the log; and of what is watched and whom to tell."""

from __future__ import annotations

import sqlalchemy as sa

from .tables import metadata

capture = sa.Table(
    "capture",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("document_id", sa.ForeignKey("document.id"), nullable=False, index=True),
    sa.Column("url", sa.Text, nullable=False, comment="asked for"),
    sa.Column("final_url", sa.Text, nullable=False, comment="answered, after redirects"),
    sa.Column("started_at", sa.DateTime, nullable=False),
    sa.Column("method", sa.String(20), nullable=False, comment="fetched, rendered, sent, imported"),
    sa.Column("outcome", sa.String(20), nullable=False, comment="version, verified, problem"),
    sa.Column("version", sa.Integer, comment="made, or found again"),
    sa.Column("status", sa.Integer, comment="of the HTTP answer"),
    sa.Column("problem", sa.String(40)),
    sa.Column("sentence", sa.Text, comment="what is wrong, or worth knowing, for people"),
    sa.Column("snapshot_sha256", sa.ForeignKey("snapshot.sha256")),
    sa.Column("headers", sa.JSON),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("milliseconds", sa.Integer),
    sa.Column("source_ref", sa.String(200), comment="where it came from, such as a commit"),
)

version = sa.Table(
    "version",
    metadata,
    sa.Column("document_id", sa.ForeignKey("document.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, comment="1, 2, 3 ... of the document"),
    sa.Column("capture_id", sa.ForeignKey("capture.id"), nullable=False, index=True),
    sa.Column("captured_at", sa.DateTime, nullable=False, index=True),
    sa.Column("snapshot_sha256", sa.ForeignKey("snapshot.sha256"), nullable=False, index=True),
    sa.Column("text_sha256", sa.String(64), nullable=False, comment="of the text in UTF-8"),
    sa.Column("text", sa.LargeBinary, nullable=False, comment="zlib; one block a line"),
    sa.Column("language", sa.String(40)),
    sa.Column("words", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(20), nullable=False, comment="first, cosmetic, moved, substantive"),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("counts", sa.JSON, nullable=False, comment="change records of provisions by their kind"),
)

log_entry = sa.Table(
    "log_entry",
    metadata,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False, comment="1, 2, 3 ..."),
    sa.Column("at", sa.String(32), nullable=False, comment="RFC 3339 in UTC"),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("subject", sa.String(40), nullable=False, index=True),
    sa.Column("body", sa.Text, nullable=False, comment="canonical JSON"),
    sa.Column("previous", sa.String(64), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False, comment="over the previous hash and all else"),
    comment="append-only; every line holds the hash of the one before",
)

watch = sa.Table(
    "watch",
    metadata,
    sa.Column("document_id", sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("enabled", sa.Boolean, nullable=False, default=True),
    sa.Column("render", sa.String(10), nullable=False, comment="auto, always, never"),
    sa.Column("interval_seconds", sa.Integer, nullable=False),
    sa.Column("due_at", sa.DateTime, nullable=False, index=True),
    sa.Column("lease_until", sa.DateTime),
    sa.Column("leased_by", sa.String(80)),
    sa.Column("failures", sa.Integer, nullable=False, default=0, comment="one after another, until now"),
    sa.Column("last_tried_at", sa.DateTime),
    comment="when a document is captured next; how it went stands in capture, and in document since when",
)

webhook = sa.Table(
    "webhook",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("secret", sa.Text, nullable=False),
    sa.Column("enabled", sa.Boolean, nullable=False, default=True),
    sa.Column("kinds", sa.JSON, nullable=False, comment="of versions; empty for substantive only"),
    sa.Column("entity_id", sa.String(120), comment="only of this entity, when set"),
    sa.Column("document_id", sa.String(11), comment="only of this document, when set"),
    sa.Column("clause_type", sa.String(120), comment="only where a clause of this type changed, when set"),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("last_capture_id", sa.Integer, nullable=False, default=0, comment="told up to here"),
)

delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("webhook_id", sa.ForeignKey("webhook.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("event", sa.JSON, nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("next_at", sa.DateTime, index=True, comment="null when delivered or given up"),
    sa.Column("delivered_at", sa.DateTime),
    sa.Column("last_status", sa.Integer),
    sa.Column("last_error", sa.Text),
)
