"""An organisation with its documents and clauses, and the list of all organisations."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from clauselight.contract.problem import FieldError
from clauselight.publication.registry_query import (
    Filters,
    Sort,
    count_cells,
    list_provisions,
)
from clauselight.publication.registry_views import (
    documents_of_entity,
    entity_row,
    list_changes,
    list_entities,
)

from ..directory_access import KIND_WORDS, MOST_SHOWN, SOURCE_WORDS, directory_of
from ..keys import PUBLICATION
from ..problems import ProblemRaised
from ..registry_access import ask
from .change_view import changes_of
from .document import chart_of, totals_of
from .render import page

routes = web.RouteTableDef()

MOST_DOCUMENTS: Final = 100
MOST_CLAUSES: Final = 40
MOST_CHANGES: Final = 8
A_PAGE: Final = 100

_AFTER: Final = re.compile(r"([0-9]{1,10}) (.{1,300})", re.DOTALL)


@routes.get("/entities")
async def entities(request: web.Request) -> web.Response:
    """Organisations by name, a page at a time."""
    given = request.query.get("after") or request.query.get("from")
    after: tuple[str, int] | None = None
    if given:
        if "after" in request.query:
            parsed = _AFTER.fullmatch(given)
            if parsed is None:
                message = "must come from a link of this list"
                raise ProblemRaised(
                    "bad-parameter", f"after {message}.", errors=[FieldError(field="after", message=message)]
                )
            after = (parsed[2], int(parsed[1]))
        else:
            after = (given[:100], 0)
    rows = await ask(request, list_entities, limit=A_PAGE + 1, after=after)
    last = rows[A_PAGE - 1] if len(rows) > A_PAGE else None
    return page(
        request,
        "entities.html",
        rows=rows[:A_PAGE],
        first=after is None,
        begun=request.query.get("from", "")[:100],
        next_page=None if last is None else urlencode({"after": f"{last.number} {last.name}"}),
    )


@routes.get("/entities/{id}")
async def entity(request: web.Request) -> web.Response:
    """One organisation."""
    found = await ask(request, entity_row, request.match_info["id"])
    if found is None:
        raise ProblemRaised("not-found", "No organisation has this id. The list of organisations has all.")
    filters = Filters(entity=found.id)
    cells = await ask(request, count_cells, filters)
    counts: Counter[tuple[str, int]] = Counter()
    for cell in cells:
        counts[cell.type, cell.severity] += cell.provisions
    changes = await ask(request, list_changes, entity=found.id, limit=MOST_CHANGES)
    return page(
        request,
        "entity.html",
        entity=found,
        documents=await ask(request, documents_of_entity, found.number, limit=MOST_DOCUMENTS),
        rows=await ask(request, list_provisions, filters, Sort.GRAVEST, limit=MOST_CLAUSES),
        totals=totals_of(counts),
        chart=chart_of(counts),
        changes=changes_of(request.app[PUBLICATION], changes),
        directory=await directory_of(request, found.id),
        directory_kinds=KIND_WORDS,
        directory_sources=SOURCE_WORDS,
        directory_most=MOST_SHOWN,
        canonical=f"/entities/{found.id}",
    )
