"""Tables of the action directory: facts about entities, the domains that they are known by, authorities."""

from __future__ import annotations

import sqlalchemy as sa

from .tables import metadata

directory_fact = sa.Table(
    "directory_fact",
    metadata,
    sa.Column("entity_id", sa.ForeignKey("entity.id"), primary_key=True),
    sa.Column("id", sa.String(120), primary_key=True, comment="distinct within an entity"),
    sa.Column("kind", sa.String(20), nullable=False, comment="of a DirectoryEntry, or authority"),
    sa.Column("source", sa.String(20), nullable=False, index=True, comment="justdeleteme, datenanfragen ..."),
    sa.Column("source_record", sa.String(300), nullable=False),
    sa.Column("source_url", sa.Text),
    sa.Column("licence", sa.String(40), nullable=False),
    sa.Column("quality", sa.String(20)),
    sa.Column("stated_on", sa.Date),
    sa.Column("imported_at", sa.DateTime, nullable=False, comment="when it was first read in this form"),
    sa.Column("ended_at", sa.DateTime, comment="when its source was found not to state it any more"),
    sa.Column("reason", sa.String(40), nullable=False, comment="why it was taken to be about this entity"),
    sa.Column("url", sa.Text, comment="the link that is checked"),
    sa.Column("body", sa.JSON, nullable=False, comment="DirectoryEntry or EntityAuthority, the rest of it"),
    sa.Column("checked_at", sa.DateTime),
    sa.Column("answered_at", sa.DateTime),
    sa.Column("check_status", sa.String(20)),
)

entity_domain = sa.Table(
    "entity_domain",
    metadata,
    sa.Column("domain", sa.String(253), primary_key=True, comment="registrable, in ASCII"),
    sa.Column("entity_id", sa.ForeignKey("entity.id"), nullable=False, index=True),
    comment="entities of which only a directory knows, found again when a document of theirs is analysed",
)

authority = sa.Table(
    "authority",
    metadata,
    sa.Column("id", sa.String(120), primary_key=True),
    sa.Column("project", sa.String(20), nullable=False),
    sa.Column("body", sa.JSON, nullable=False, comment="Authority"),
    sa.Column("imported_at", sa.DateTime, nullable=False),
    sa.Column("ended_at", sa.DateTime),
)
