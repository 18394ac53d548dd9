"""What of a changed document other documents show: its records as examples of how others word a clause.

A count of disputes, a date or an explanation that changes is seen in no other document; without this, each of
them would render every document that has a clause of the same type.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.store.documents import documents_with
from clauselight.store.provisions import live_provisions

from .files import PublicationFile, Shelf
from .places import number

Shown = tuple[str, str, str, str | None, str, str]
"""Clause type, severity, words, address, entity and document: what an example tells of a record."""


async def changed_as_examples(
    connection: AsyncConnection, file: PublicationFile, document_ids: Sequence[str]
) -> list[str]:
    """Ids of the live records of these documents that would be shown otherwise than they were published."""
    if not document_ids:
        return []
    published = {
        identity: shown for document in document_ids for identity, shown in _published(file, document)
    }
    documents = {one.id: one for one in await documents_with(connection, document_ids)}
    changed = []
    for record in await live_provisions(connection, document_ids=document_ids):
        if record.quote is None:
            continue
        document = documents[record.document]
        shown: Shown = (
            record.clause_type,
            record.severity.value,
            record.quote.selector.exact,
            record.provenance.source_url,
            document.entity.name,
            document.title,
        )
        if published.get(record.id) != shown:
            changed.append(record.id)
    return changed


def _published(file: PublicationFile, document_id: str) -> Iterator[tuple[str, Shown]]:
    answer = file.read(Shelf.DOCUMENT, number(document_id))
    if answer is None:
        return
    held = json.loads(answer.plain())
    for one in held["provisions"]:
        if one.get("quote"):
            yield (
                one["id"],
                (
                    one["clause_type"]["id"],
                    one["severity"],
                    one["quote"]["selector"]["exact"],
                    one["provenance"].get("source_url"),
                    held["document"]["entity"]["name"],
                    held["document"]["title"],
                ),
            )
