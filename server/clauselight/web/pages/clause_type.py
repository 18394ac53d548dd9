"""Kinds of clauses: what they are, who has them, since when, and how they are worded."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Final

from aiohttp import web

from clauselight.contract.clause_type import ClauseTypeAnswer
from clauselight.knowledge.clause_types import categories, clause_types
from clauselight.knowledge.files import read_table
from clauselight.publication.files import Shelf
from clauselight.publication.places import text_key
from clauselight.publication.registry_query import count_cells
from clauselight.publication.registry_shares import MonthShare, came_and_went, first_read, share_over_time
from clauselight.publication.registry_views import entities_with_type, quotes_of, wordings_of_type

from ..keys import PUBLICATION
from ..problems import ProblemRaised
from ..registry_access import ask, ask_once
from .render import page

routes = web.RouteTableDef()

MOST_ENTITIES: Final = 60
MOST_WORDINGS: Final = 3
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Share:
    """A month of the chart; `top` is the share that its upper line stands for."""

    label: str
    having: int
    read: int
    percent: int
    top: int


@routes.get("/clause-types")
async def clause_type_list(request: web.Request) -> web.Response:
    """All kinds by topic, with how many clauses there are of each."""
    counts: Counter[str] = Counter()
    for cell in await ask_once(request, "cells", count_cells):
        counts[cell.type] += cell.provisions
    about = {
        identity: entry.get("about", "") for identity, entry in read_table("categories", "category").items()
    }
    groups = [
        (one, about[one.id.value], [kind for kind in clause_types().values() if kind.category is one.id])
        for one in categories()
    ]
    return page(request, "clause_types.html", groups=groups, counts=counts, canonical="/clause-types")


@routes.get("/clause-types/{id}")
async def clause_type(request: web.Request) -> web.Response:
    """One kind of clause."""
    identity = request.match_info["id"]
    found = request.app[PUBLICATION].get(Shelf.CLAUSE_TYPE, text_key(identity))
    if found is None or identity not in clause_types():
        raise ProblemRaised("unknown-clause-type", "No kind of clause has this id.")
    told = ClauseTypeAnswer.model_validate_json(found.plain())
    rows = await ask(request, entities_with_type, identity, limit=MOST_ENTITIES)
    strong = await ask(request, wordings_of_type, identity, mildest=False, limit=MOST_WORDINGS)
    mild = await ask(request, wordings_of_type, identity, mildest=True, limit=MOST_WORDINGS)
    gravest = min((one.severity for one in strong), default=0)
    strong_numbers = {one.number for one in strong}
    mild = [one for one in mild if one.severity > gravest and one.number not in strong_numbers]
    read = await ask_once(request, "first read", first_read)
    having = await ask_once(request, f"share of {identity}", partial(came_and_went, clause_type=identity))
    today = dt.datetime.now(dt.UTC)
    shares = shares_of(share_over_time(read, having, today.year * 100 + today.month)) if having else []
    return page(
        request,
        "clause_type.html",
        kind=told.clause_type,
        prevalence=told.prevalence,
        rows=rows,
        strong=strong,
        mild=mild,
        quotes=await ask(request, quotes_of, [*strong, *mild]),
        shares=shares,
        points=points_of(shares),
        canonical=f"/clause-types/{identity}",
    )


def shares_of(months: list[MonthShare]) -> list[Share]:
    """Months with their share in percent."""
    percents = [
        round(100 * min(1.0, one.entities_with / one.entities_read)) if one.entities_read else 0
        for one in months
    ]
    # The next ten above the highest, so that small shares are not a line at the bottom.
    top = min(100, max((max(percents, default=0) // 10 + 1) * 10, 10))
    return [
        Share(
            f"{_MONTHS[one.month % 100 - 1]} {one.month // 100}",
            one.entities_with,
            one.entities_read,
            percent,
            top,
        )
        for one, percent in zip(months, percents, strict=True)
    ]


def points_of(shares: list[Share]) -> str:
    """The line of the chart, in its box of 600 by 120 that begins at 6."""
    if not shares:
        return ""
    step = 600 / max(1, len(shares) - 1)
    points = [
        f"{place * step:.1f},{126 - 120 * one.percent / one.top:.1f}" for place, one in enumerate(shares)
    ]
    return " ".join(points if len(points) > 1 else [points[0], f"600.0,{points[0].partition(',')[2]}"])
