"""Labels that a person refused: this kind of clause, for these words, in this document, is wrong.

Whoever labels a document automatically asks here first, so that a later analysis or capture does not bring a
refused label back. Words that have changed since are other words: the label may be right for them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from . import moments
from .people_tables import refused_label

LEAST_SHARE: Final = 0.5
"""Of two quotes of which one stands within the other, the shorter must be so much of the longer to be the
same clause. A chosen value: classifiers cut clauses differently, by a sentence more or less."""


def plain_words(text: str) -> str:
    """A quote as it is compared: case folded, one space between words."""
    return " ".join(text.casefold().split())


@dataclass(frozen=True, slots=True)
class RefusedLabel:
    """One refused label; `words` as `plain_words` makes them, empty for a label without a quote."""

    document_id: str
    clause_type: str
    words: str
    provision_id: str

    def covers(self, clause_type: str, words: str) -> bool:
        """Whether a label is this one: the same type, and the same words or most of them."""
        if clause_type != self.clause_type:
            return False
        given = plain_words(words)
        shorter, longer = sorted((given, self.words), key=len)
        return given == self.words or (
            shorter != "" and shorter in longer and len(shorter) >= LEAST_SHARE * len(longer)
        )


async def refuse_label(
    connection: AsyncConnection,
    *,
    document_id: str,
    clause_type: str,
    words: str,
    provision_id: str,
    who: str,
    moment: dt.datetime,
) -> None:
    """Mark a label of a document as refused; one that is marked already is left."""
    if await is_refused(connection, document_id, clause_type, words):
        return
    await connection.execute(
        sa.insert(refused_label).values(
            document_id=document_id,
            clause_type=clause_type,
            words=plain_words(words),
            provision_id=provision_id,
            refused_at=moments.stored(moment),
            refused_by=who,
        )
    )


async def allow_label(connection: AsyncConnection, document_id: str, clause_type: str, words: str) -> None:
    """A person says that this label is right after all."""
    for one in await refused_labels(connection, document_id):
        if one.covers(clause_type, words):
            await connection.execute(
                sa.delete(refused_label).where(
                    refused_label.c.document_id == document_id,
                    refused_label.c.clause_type == clause_type,
                    refused_label.c.words == one.words,
                )
            )


async def refused_labels(connection: AsyncConnection, document_id: str) -> list[RefusedLabel]:
    """All refused labels of a document, for judging many at once with `RefusedLabel.covers`."""
    columns = refused_label.c
    rows = await connection.execute(
        sa.select(columns.document_id, columns.clause_type, columns.words, columns.provision_id)
        .where(columns.document_id == document_id)
        .order_by(columns.id)
    )
    return [RefusedLabel(*row) for row in rows]


async def is_refused(connection: AsyncConnection, document_id: str, clause_type: str, words: str) -> bool:
    """Whether a person refused this label for these words of the document."""
    return any(one.covers(clause_type, words) for one in await refused_labels(connection, document_id))
