"""The archive's tables. Every change here needs an Alembic migration; a test compares the two."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

entity = sa.Table(
    "entity",
    metadata,
    sa.Column("id", sa.String(120), primary_key=True),
    sa.Column("name", sa.String(300), nullable=False),
    sa.Column("homepage", sa.Text),
)

document = sa.Table(
    "document",
    metadata,
    sa.Column("id", sa.String(11), primary_key=True),
    sa.Column("slug", sa.String(120), nullable=False),
    sa.Column("title", sa.String(300), nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("entity_id", sa.ForeignKey("entity.id"), nullable=False, index=True),
    sa.Column("language", sa.String(40)),
    sa.Column("stated_last_updated", sa.Date),
    sa.Column("analysed_at", sa.DateTime),
    sa.Column("revision", sa.Integer, nullable=False, server_default="0", index=True),
    sa.Column("version", sa.Integer, comment="number of the newest version"),
    sa.Column(
        "last_changed_at", sa.DateTime, comment="when the newest version that is not cosmetic was captured"
    ),
    sa.Column(
        "last_verified_at", sa.DateTime, comment="when the newest version was last found at its address"
    ),
    sa.Column("problem", sa.String(40), comment="of the latest capture, when it was one"),
    sa.Column("problem_sentence", sa.Text),
    sa.Column("problem_since", sa.DateTime),
)

document_url = sa.Table(
    "document_url",
    metadata,
    sa.Column("document_id", sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("url", sa.Text, nullable=False, index=True),
)

snapshot = sa.Table(
    "snapshot",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True, comment="of the bytes before compression"),
    sa.Column("document_id", sa.ForeignKey("document.id"), nullable=False, index=True),
    sa.Column("source_url", sa.Text, nullable=False),
    sa.Column("captured_at", sa.DateTime, nullable=False),
    sa.Column("media_type", sa.String(120), nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False, comment="zlib"),
)

provision = sa.Table(
    "provision",
    metadata,
    sa.Column("id", sa.String(11), primary_key=True),
    sa.Column("document_id", sa.ForeignKey("document.id"), nullable=False, index=True),
    sa.Column("clause_type", sa.String(120), nullable=False, index=True),
    sa.Column("severity", sa.String(20), nullable=False, index=True),
    sa.Column("method", sa.String(20), nullable=False),
    sa.Column("live", sa.Boolean, nullable=False, default=True),
    sa.Column("has_quote", sa.Boolean, nullable=False),
    sa.Column("record", sa.JSON, nullable=False, comment="ProvisionRecord without its change records"),
    sa.Column("sha256", sa.String(64), comment="of the record and its change records as canonical JSON"),
    # Where the quote was found last. They change with every capture, so they stand beside the record and
    # outside of its hash; where they are null, the record's own dates and provenance hold.
    sa.Column("seen_version", sa.Integer, comment="number of the version in which the quote was found last"),
    sa.Column("position_start", sa.Integer, comment="there, in code points of its text"),
    sa.Column("position_end", sa.Integer),
    sa.Column("last_seen", sa.Date),
    sa.Column("last_verified", sa.Date),
    sa.Column("hash_verified_at", sa.DateTime),
    sa.Column("quote_verified_at", sa.DateTime),
    sa.Column("change_verified_at", sa.DateTime),
)

change_record = sa.Table(
    "change_record",
    metadata,
    sa.Column("provision_id", sa.ForeignKey("provision.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("date", sa.Date, nullable=False, index=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("severity_from", sa.String(20)),
    sa.Column("severity_to", sa.String(20), nullable=False),
    sa.Column("outcome", sa.String(10), comment="of anchoring: found, moved, changed, gone"),
    sa.Column("version_from", sa.Integer),
    sa.Column("version_to", sa.Integer),
    sa.Column("old_quote", sa.Text),
    sa.Column("new_quote", sa.Text),
)

note = sa.Table(
    "note",
    metadata,
    sa.Column("name", sa.String(120), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    comment="small facts about the archive itself, such as which catalogue was loaded",
)
