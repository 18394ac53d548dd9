"""How labels come about and how far to trust them; what is monitored and how fresh it is."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Final

from aiohttp import web

from clauselight.curation.upheld import LEAST_FOR_SHARE, labelled_by, stayed_share
from clauselight.publication.files import Shelf
from clauselight.publication.registry_codes import day_of
from clauselight.publication.registry_file import fact
from clauselight.publication.registry_query import count_cells
from clauselight.publication.registry_update import DECISIONS
from clauselight.publication.registry_views import Freshness, freshness, longest_unverified
from clauselight.store.dispute_queue import VersionDecisions
from clauselight.store.watches import watched_now

from ..curating import reading
from ..keys import PUBLICATION
from ..registry_access import ask, ask_once
from .model_card import model_card
from .render import page

routes = web.RouteTableDef()

SECTIONS: Final = ("What it is for, and what not", "Figures", "Limits")
"""Sections of the model card that the page shows, in this order; a test compares them with the card."""

AGES: Final = ((7, "in the last week"), (31, "in the last month"), (92, "in the last three months"))
"""Ages of the latest verification in days; what is older comes last."""

MOST_STALE: Final = 20


@routes.get("/methodology")
async def methodology(request: web.Request) -> web.Response:
    """The method in plain words, the figures of the packaged model, and how disputes about its labels
    ended."""
    cells = await ask_once(request, "cells", count_cells)
    decided = [VersionDecisions(*one) for one in await ask(request, fact, DECISIONS) or []]
    people = sum(cell.provisions for cell in cells if cell.method == 0)
    return page(
        request,
        "methodology.html",
        sections=[model_card()[name] for name in SECTIONS],
        people=people,
        automatic=sum(cell.provisions for cell in cells) - people,
        decided=[(labelled_by(one.method_version), one, stayed_share(one)) for one in decided],
        least_for_share=LEAST_FOR_SHARE,
        canonical="/methodology",
    )


@routes.get("/monitored")
async def monitored(request: web.Request) -> web.Response:
    """How many documents are known, read and watched, and when they were verified last."""
    async with reading(request) as connection:
        watched = await watched_now(connection)
    found = await ask_once(request, "freshness", freshness)
    state = request.app[PUBLICATION].get(Shelf.INDEX, 0)
    return page(
        request,
        "monitored.html",
        found=found,
        watched=watched,
        ages=ages_of(found, dt.datetime.now(dt.UTC).date()),
        stale=await ask(request, longest_unverified, limit=MOST_STALE),
        rendered=None if state is None else _moment(json.loads(state.plain())),
        canonical="/monitored",
    )


def ages_of(found: Freshness, today: dt.date) -> list[tuple[str, int]]:
    """How many of the documents that were read were verified last within each age."""
    counts = [0] * (len(AGES) + 1)
    for verified, count in found.verified:
        days = (today - day_of(verified)).days
        place = next((place for place, (most, _) in enumerate(AGES) if days <= most), len(AGES))
        counts[place] += count
    names = [name for _, name in AGES] + ["longer ago"]
    rows = list(zip(names, counts, strict=True))
    never = found.read - sum(counts)
    return [*rows, ("no clause to verify", never)] if never else rows


def _moment(index: dict[str, Any]) -> dt.datetime:
    return dt.datetime.fromisoformat(index["generated_at"])
