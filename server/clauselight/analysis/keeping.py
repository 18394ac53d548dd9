"""Keeps an analysed page in the archive: the document, and a capture of it, so that the next visit matches.

A page that a reader sent is recorded like any other capture ("this is what I saw"), and marked as such: it
makes versions, and what the classifier found before goes on, changes or is retired. What a person recorded is
never touched by it, for nobody can check what a browser sends; and what repeats it is left out.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.document import Document
from clauselight.contract.vocabulary import CaptureMethod
from clauselight.store.documents import mark_analysed, save_documents
from clauselight.store.ids import next_document_id
from clauselight.store.provision_rows import METHOD_NOTES

from .captured import Taken
from .documents import PROVISIONAL_ID, address_to_keep, document_for
from .found import Analysis
from .recording import record_capture

SENT_NOTE = METHOD_NOTES[CaptureMethod.SENT]
FETCHED_NOTE = "Fetched by 'clauselight analyse'."


@dataclass(frozen=True, slots=True)
class PageToKeep:
    """The bytes of an analysed page, where they came from, and how (a sentence, and a word)."""

    url: str
    title: str
    media_type: str
    body: bytes
    note: str = SENT_NOTE
    method: CaptureMethod = CaptureMethod.SENT


async def keep_analysis(
    connection: AsyncConnection, analysis: Analysis, page: PageToKeep, *, moment: dt.datetime
) -> Document:
    """Keep a page with what was found in it, whose quotes were looked for (`FoundClause.position`).

    A quote that does not stand in the page's bytes is left out: the archive holds nothing unproven. To be
    called within a transaction. Raises UrlRefused, NoIdsLeft, ArchiveUnusable.
    """
    document = await document_for(
        connection,
        url=page.url,
        title=page.title or analysis.title,
        language=analysis.language,
        moment=moment,
    )
    new = document.id == PROVISIONAL_ID
    if new:
        document = document.model_copy(update={"id": await next_document_id(connection)})
    if new or document.language is None:
        document = document.model_copy(update={"language": analysis.language or None})
        await save_documents(connection, [document])
    where = address_to_keep(page.url)
    taken = Taken(
        url=where,
        final_url=where,
        moment=moment,
        method=page.method,
        media_type=page.media_type,
        body=page.body,
        provenance=page.note,
    )
    if not analysis.text:
        analysis = dataclasses.replace(analysis, text=_text_of(page))
    # The reader looked at this page: what the classifier finds in it now is all that it finds.
    await record_capture(connection, document, taken, analysis, judge_again=True)
    await mark_analysed(connection, document.id, moment)
    return document


def _text_of(page: PageToKeep) -> str:
    """The page's text, should the analysis not have brought it along."""
    from .snapshot_text import snapshot_text

    return snapshot_text(page.body, page.media_type).text
