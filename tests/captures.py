"""Captures of pages that a test writes, recorded as the monitor records them, by the real classifier."""

from __future__ import annotations

import dataclasses
import datetime as dt

from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.analysis.analyse import analyse
from clauselight.analysis.captured import Recorded, Taken
from clauselight.analysis.classify import load_classifier
from clauselight.analysis.extract import extract
from clauselight.analysis.recording import record_capture
from clauselight.contract.document import Document
from clauselight.contract.vocabulary import CaptureMethod
from clauselight.knowledge.clause_types import clause_types
from clauselight.store.documents import save_documents
from clauselight.store.engine import write_alone
from records import a_document

SALE = "We may sell your personal information to third parties for money."
SHARING = "We share your personal data with our advertising partners for their own purposes."
ARBITRATION = "Any dispute between you and us shall be resolved by binding arbitration and not in court."
CHANGES = "We may change these terms at any time without notice to you."
KEEPING = "We keep your data for one month after you close your account, and then delete it."
FILLER = (
    "This policy explains which information we handle when you use our service and why we do so.",
    "Our service helps people to plan their garden and to talk with other people about their plants.",
    "You can write to us at any time when something in this policy is unclear to you.",
    "We have written this policy so that it can be read in a few minutes by everybody.",
)


def page(*clauses: str, title: str = "Privacy policy") -> bytes:
    """A page that is long enough to be a policy."""
    blocks = [f"<p>{one}</p>" for one in (*FILLER[:2], *clauses, *FILLER[2:])]
    text = "".join(blocks) + "".join(
        f"<p>{one} It is said here again, as number {n}.</p>" for n, one in enumerate(FILLER * 3)
    )
    head = f'<!doctype html><html lang="en"><head><title>{title}</title></head>'
    return f"{head}<body><main><h1>{title}</h1>{text}</main></body></html>".encode()


async def capture(
    engine: AsyncEngine, body: bytes, moment: dt.datetime, document: Document | None = None
) -> Recorded:
    """Record what a page showed at a moment."""
    document = document or a_document()
    found = extract(body, url=document.urls[0])
    categories = {one.id: one.category.value for one in clause_types().values()}
    judged = analyse(found, load_classifier(), categories, language="en")
    placed = tuple(dataclasses.replace(one, position=(one.start, one.end)) for one in judged.found)
    analysis = dataclasses.replace(judged, text=found.text, found=placed)
    taken = Taken(
        url=document.urls[0],
        final_url=document.urls[0],
        moment=moment,
        method=CaptureMethod.FETCHED,
        media_type="text/html; charset=utf-8",
        body=body,
        status=200,
    )
    async with engine.connect() as connection:
        await write_alone(connection)
        await save_documents(connection, [document])
        recorded = await record_capture(connection, document, taken, analysis)
        await connection.commit()
    return recorded
