"""Which documents changed since somebody looked: a number that grows, kept with every document.

Whatever changes a document, its addresses, its entity or its provisions calls `touch_documents` in the same
transaction. The publication remembers the newest number that it has seen and renders only what came later.
What cannot be said by naming documents (one was deleted, everything was loaded again) is said by
`notes.ARCHIVE_REVISION_NOTE`, after which all is rendered.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from .notes import read_note, write_note
from .tables import document, note

DOCUMENT_REVISION_NOTE = "document-revision"
"""The newest number given to a document."""


async def touch_documents(connection: AsyncConnection, document_ids: Iterable[str]) -> int:
    """Note that documents changed; returns their new revision, greater than all before."""
    # One row that every writer updates first: on any database, writers take their numbers one after another.
    counted = await connection.execute(
        sa.update(note)
        .where(note.c.name == DOCUMENT_REVISION_NOTE)
        .values(value=sa.cast(sa.cast(note.c.value, sa.Integer) + 1, sa.Text))
    )
    if counted.rowcount == 0:
        await write_note(connection, DOCUMENT_REVISION_NOTE, "1")
    revision = await newest_revision(connection)
    touched = [{"touched": one} for one in document_ids]
    if touched:
        await connection.execute(
            sa.update(document).where(document.c.id == sa.bindparam("touched")).values(revision=revision),
            touched,
        )
    return revision


async def newest_revision(connection: AsyncConnection) -> int:
    """The newest number given; 0 when nothing was ever changed."""
    return int(await read_note(connection, DOCUMENT_REVISION_NOTE) or 0)


async def touched_since(connection: AsyncConnection, revision: int) -> list[str]:
    """Ids of the documents that changed after a revision, in order."""
    found = await connection.execute(
        sa.select(document.c.id).where(document.c.revision > revision).order_by(document.c.id)
    )
    return list(found.scalars())
