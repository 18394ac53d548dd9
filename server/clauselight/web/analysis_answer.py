"""From an analysis to its answer: kept in the archive and composed as it will be published, or composed as
if.

Used by the API and by `clauselight analyse`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from clauselight.analysis.documents import document_for, not_kept
from clauselight.analysis.found import Analysis
from clauselight.analysis.keeping import PageToKeep, keep_analysis
from clauselight.analysis.records import provisional_records
from clauselight.contract import CONTRACT_VERSION
from clauselight.contract.analysis import AnalysisAnswer, AnalysisSummary
from clauselight.contract.annotation import AnnotationSet
from clauselight.knowledge.clause_types import categories
from clauselight.publication.compose import Site, compose_provisional, compose_sets
from clauselight.publication.landscape import Landscape, current_landscape
from clauselight.store.engine import write_alone
from clauselight.store.provisions import PrevalenceCount


async def keep_and_answer(
    engine: AsyncEngine,
    site: Site,
    analysis: Analysis,
    page: PageToKeep,
    *,
    moment: dt.datetime,
    landscape: dict[str, Any] | None = None,
) -> AnalysisAnswer:
    """Keep the page, and answer with its document as it is published from now on. `landscape`: the fact of
    the present publication. Raises UrlRefused, NoIdsLeft, ArchiveUnusable."""
    async with engine.begin() as connection:
        await write_alone(connection)
        document = await keep_analysis(connection, analysis, page, moment=moment)
    async with engine.connect() as connection:
        counted = await current_landscape(connection, landscape)
        (annotation_set,) = await compose_sets(connection, site, [document.id], counted)
    return _answer(analysis, annotation_set, kept=True)


async def answer_only(
    engine: AsyncEngine | None,
    site: Site,
    analysis: Analysis,
    *,
    url: str | None,
    title: str,
    moment: dt.datetime,
    landscape: dict[str, Any] | None = None,
) -> AnalysisAnswer:
    """Answer and keep nothing. `engine` is None where there is no archive. Raises UrlRefused."""
    if engine is None:
        none = Landscape(PrevalenceCount(0, {}))
        return await _provisional(None, site, analysis, url, title, moment, none)
    async with engine.connect() as connection:
        counted = await current_landscape(connection, landscape)
        return await _provisional(connection, site, analysis, url, title, moment, counted)


async def _provisional(
    connection: AsyncConnection | None,
    site: Site,
    analysis: Analysis,
    url: str | None,
    title: str,
    moment: dt.datetime,
    landscape: Landscape,
) -> AnalysisAnswer:
    document = await document_for(
        connection, url=url, title=title or analysis.title, language=analysis.language, moment=moment
    )
    document = not_kept(document, url=url, language=analysis.language, moment=moment)
    records = provisional_records(
        analysis, document, moment=moment, source_url=document.urls[0] if document.urls else None
    )
    annotation_set = await compose_provisional(connection, site, document, records, landscape)
    return _answer(analysis, annotation_set, kept=False)


def _answer(analysis: Analysis, annotation_set: AnnotationSet, *, kept: bool) -> AnalysisAnswer:
    return AnalysisAnswer(
        contract_version=CONTRACT_VERSION,
        kept=kept,
        method_version=analysis.method_version,
        types_known=None if analysis.types_known is None else list(analysis.types_known),
        summary=AnalysisSummary(words=analysis.words, clauses=analysis.clauses, seconds=analysis.seconds),
        categories=list(categories()),
        set=annotation_set,
    )
