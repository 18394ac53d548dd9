"""Where the words that a person chose stand in the document's newest version.

Captures follow a quote by where it was seen last. A person who gives a label other words, or chooses words in
a document that is captured already, has to say so there too: the place of other words would be followed
instead.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.quote import TextQuoteSelector
from clauselight.store.provisions import provision_row
from clauselight.store.refused_labels import plain_words
from clauselight.store.sightings import Seen, note_place
from clauselight.store.versions import newest_version, version_text


async def place_words(connection: AsyncConnection, record: ProvisionRecord, moment: dt.datetime) -> None:
    """Note where a stored record's words stand, unless that is known. Raises ArchiveUnusable."""
    row = await provision_row(connection, record.id)
    if row is None or record.quote is None:
        return
    if row.seen_version is not None:
        text = await version_text(connection, record.document, row.seen_version) or ""
        if plain_words(text[row.start or 0 : row.end or 0]) == plain_words(record.quote.selector.exact):
            return
    place = await _place(connection, record, record.quote.selector)
    if place is not None or row.seen_version is not None:
        await note_place(connection, record.id, place, moment=moment)


async def _place(
    connection: AsyncConnection, record: ProvisionRecord, quote: TextQuoteSelector
) -> Seen | None:
    version = await newest_version(connection, record.document)
    if version is None or version.snapshot_sha256 != record.provenance.sha256:
        return None
    text = await version_text(connection, record.document, version.number) or ""
    # Not above: finding quotes takes memory that serving does not need.
    from clauselight.domain.anchoring import PageIndex, QuoteToAnchor, anchor_quotes

    starts = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n")]
    wanted = QuoteToAnchor("quote", quote.exact, quote.prefix, quote.suffix)
    (anchor,) = anchor_quotes(PageIndex(text, starts), [wanted])
    if anchor.outcome not in ("found", "moved"):
        return None
    return Seen(version.number, anchor.start, anchor.end)
