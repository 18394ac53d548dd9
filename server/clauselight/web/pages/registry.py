"""The registry of all provisions: filters with counts, three orders, a page at a time."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from aiohttp import web

from clauselight.knowledge.clause_types import categories, clause_types
from clauselight.publication.registry_codes import CONFIDENCES, METHODS, SEVERITIES
from clauselight.publication.registry_query import (
    Facets,
    Listed,
    Sort,
    count_cells,
    count_facets,
    cursor_of,
    list_provisions,
)
from clauselight.publication.registry_search import search_entities, wanted
from clauselight.publication.registry_views import entity_row

from ..choice import Choice, read_choice, written_cursor
from ..registry_access import ask, ask_once
from .render import page

routes = web.RouteTableDef()

A_PAGE: Final = 25
"""Provisions on a page."""

SORTS: Final = {
    Sort.GRAVEST: "Gravest first",
    Sort.LATEST: "Latest change first",
    Sort.OLDEST: "Longest seen first",
}


@routes.get("/provisions")
async def registry(request: web.Request) -> web.Response:
    """One page of the provisions that fit."""
    choice = read_choice(request.query)
    entity = await name_entity(request, choice)
    if choice.entity_name is not None:  # nobody has this name
        rows, more = list[Listed](), False
        facets = Facets(0, Counter(), Counter(), Counter(), Counter())
    else:
        rows, more = await page_of(request, choice, A_PAGE)
        facets = await facets_of(request, choice)
    return page(
        request,
        "provisions.html",
        choice=choice,
        entity=entity,
        rows=rows,
        facets=facets,
        groups=_groups(facets),
        severities=SEVERITIES,
        methods=METHODS,
        confidences=CONFIDENCES,
        sorts=SORTS,
        types=clause_types(),
        **neighbours(choice, rows, more),
    )


async def name_entity(request: web.Request, choice: Choice) -> Any:
    """The organisation that is asked for, or None. One given by its name is looked up: then the choice has
    its id."""
    if choice.entity_name is not None:
        found = await ask(request, search_entities, wanted(choice.entity_name), limit=1)
        if found:
            choice.use_entity(found[0].id)
    if choice.filters.entity is None:
        return None
    return await ask(request, entity_row, choice.filters.entity)


async def page_of(request: web.Request, choice: Choice, limit: int) -> tuple[list[Listed], bool]:
    """The provisions of a page, and whether there are more in the direction that was gone."""
    rows = await ask(
        request,
        list_provisions,
        choice.filters,
        choice.sort,
        limit=limit + 1,
        after=choice.after,
        before=choice.before,
    )
    if len(rows) <= limit:
        return rows, False
    return (rows[1:] if choice.before is not None else rows[:limit]), True


async def facets_of(request: web.Request, choice: Choice) -> Facets:
    """Counts under the choice."""
    if choice.filters.narrow:
        cells = await ask(request, count_cells, choice.filters)
    else:
        cells = await ask_once(request, "cells", count_cells)
    return count_facets(cells, choice.filters)


def neighbours(choice: Choice, rows: list[Listed], more: bool) -> dict[str, Any]:
    """Queries of the pages before and behind, where there are such."""
    back = choice.before is not None
    has_next, has_previous = (back or more), (more if back else choice.after is not None)
    return {
        "next_page": choice.query(after=written_cursor(cursor_of(choice.sort, rows[-1])))
        if rows and has_next
        else None,
        "previous_page": choice.query(before=written_cursor(cursor_of(choice.sort, rows[0])))
        if rows and has_previous
        else None,
    }


def _groups(facets: Facets) -> list[tuple[str, str, int, list[tuple[str, str, int]]]]:
    """Categories with their count and their clause types, each with its own."""
    types = clause_types().values()
    groups = []
    for category in categories():
        inside = [(one.id, one.title, facets.types[one.id]) for one in types if one.category is category.id]
        groups.append((category.id.value, category.title, sum(one[2] for one in inside), inside))
    return groups
