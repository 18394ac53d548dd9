"""A document: what it comes to, its clauses, its changes, its addresses. And the list of all documents."""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from typing import Final

from aiohttp import web

from clauselight.contract.document import Document
from clauselight.contract.problem import FieldError
from clauselight.domain.summary import SummaryClause, comes_to
from clauselight.knowledge.clause_types import clause_types
from clauselight.publication.files import Rendered, Shelf
from clauselight.publication.places import number
from clauselight.publication.registry_codes import METHODS, SEVERITIES
from clauselight.publication.registry_query import Listed
from clauselight.publication.registry_views import (
    count_of_document,
    list_changes,
    list_documents,
    numbers_of_document,
)
from clauselight.publication.render import BEHIND_DOCUMENT, leading_document
from clauselight.store.snapshots import has_snapshot

from ..keys import ENGINE, PUBLICATION
from ..problems import ProblemRaised
from ..registry_access import ask
from .change_view import changes_of
from .render import category_title, page

routes = web.RouteTableDef()

MOST_LISTED: Final = 120
"""Provisions on a document's page, the gravest first: some 500 bytes each. The registry pages through all."""

MOST_ADDRESSES: Final = 40
MOST_CHANGES: Final = 12
A_PAGE: Final = 50

ChartRow = tuple[str, Counter[int], int]
"""A topic, its counts by severity, and their sum."""

_PIECE: Final = 16_384
"""Bytes that are decompressed at a time."""

_AFTER: Final = re.compile(r"[0-9]{1,6}", re.ASCII)


@routes.get("/documents")
async def documents(request: web.Request) -> web.Response:
    """All documents by id, a page at a time; with `read=1` only those that somebody has read."""
    after, read = request.query.get("after") or "0", request.query.get("read") == "1"
    if not _AFTER.fullmatch(after):
        message = "must come from a link of this list"
        raise ProblemRaised(
            "bad-parameter", f"after {message}.", errors=[FieldError(field="after", message=message)]
        )
    rows = await ask(request, list_documents, read=read, after=int(after), limit=A_PAGE + 1)
    last = rows[A_PAGE - 1].number if len(rows) > A_PAGE else None
    return page(
        request,
        "documents.html",
        rows=rows[:A_PAGE],
        read=read,
        next_page=None if last is None else f"after={last}" + ("&read=1" if read else ""),
        first=after == "0",
    )


@routes.get("/documents/{id:CL-D-[0-9]{6}}")
@routes.get("/documents/{id:CL-D-[0-9]{6}}/{slug:(?!reader$|versions$|changes$|diff$).+}")
async def document(request: web.Request) -> web.Response:
    """One document."""
    identity = number(request.match_info["id"])
    found = request.app[PUBLICATION].get(Shelf.DOCUMENT, identity)
    if found is None:
        raise ProblemRaised("unknown-document", "No document has this id; ids look like CL-D-000098.")
    shown = Document.model_validate_json(_about(found))
    rows = await ask(request, numbers_of_document, identity, limit=MOST_LISTED)
    counts = await ask(request, count_of_document, identity)
    changes = await ask(request, list_changes, document=identity, limit=MOST_CHANGES + 1)
    total = sum(counts.values())
    async with request.app[ENGINE].connect() as connection:
        archived = await has_snapshot(connection, shown.id)
    return page(
        request,
        "document.html",
        document=shown,
        archived=archived,
        sentences=comes_to(summary_clauses(rows)) if total == len(rows) else [],
        totals=totals_of(counts),
        chart=chart_of(counts),
        rows=rows,
        total=total,
        changes=changes_of(request.app[PUBLICATION], changes[:MOST_CHANGES]),
        more_changes=len(changes) > MOST_CHANGES,
        most_addresses=MOST_ADDRESSES,
        canonical=f"/documents/{shown.id}",
    )


def summary_clauses(rows: list[Listed]) -> list[SummaryClause]:
    """Provisions as the summary counts them."""
    types = clause_types()
    return [
        SummaryClause(
            title=types[row.type].title if row.type in types else row.title,
            severity=SEVERITIES[row.severity],
            category=category_title(types[row.type].category) if row.type in types else "",
            automatic=METHODS[row.method].value == "automatic",
            unsure=row.confidence == 2,
        )
        for row in rows
    ]


def totals_of(counts: dict[tuple[str, int], int]) -> Counter[int]:
    """Counts by severity."""
    found: Counter[int] = Counter()
    for (_, severity), count in counts.items():
        found[severity] += count
    return found


def chart_of(counts: dict[tuple[str, int], int]) -> list[ChartRow]:
    """Counts by topic and severity, the topic with most clauses first."""
    types = clause_types()
    by_category: dict[str, Counter[int]] = defaultdict(Counter)
    for (identity, severity), count in counts.items():
        if identity in types:
            by_category[types[identity].category][severity] += count
    rows = [(category_title(one), found, found.total()) for one, found in by_category.items()]
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def _about(found: Rendered) -> bytes:
    """The document without its provisions, which stand behind it and may be two megabytes: only the beginning
    is decompressed."""
    opened, begun = zlib.decompressobj(31), b""
    rest = found.body
    while rest and BEHIND_DOCUMENT not in begun:
        begun += opened.decompress(rest, _PIECE)
        rest = opened.unconsumed_tail
    return leading_document(begun)
