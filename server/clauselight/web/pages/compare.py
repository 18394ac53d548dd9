"""Comparison: one kind of clause over organisations, or organisations over kinds. Only clauses of the same
kind stand side by side, each with its own words."""

from __future__ import annotations

import re
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import web

from clauselight.contract.problem import FieldError
from clauselight.knowledge.clause_types import categories, clause_types
from clauselight.publication.registry_query import Listed
from clauselight.publication.registry_search import search_entities, wanted
from clauselight.publication.registry_views import (
    EntityRow,
    common_types,
    entities_with_type,
    entity_row,
    most_read_entities,
    of_types_and_entities,
    quotes_of,
)

from ..problems import ProblemRaised
from ..registry_access import ask, ask_once
from .render import page

routes = web.RouteTableDef()

MOST_OF_TYPE: Final = 12
"""Organisations side by side for one kind of clause."""

MOST_ENTITIES: Final = 4
"""Organisations side by side over all kinds: columns on a wide screen."""

MOST_EXAMPLES: Final = 8
"""Kinds of clauses that are offered where nothing was chosen."""

SHORT: Final = 180
"""Characters of a quote in the table over all kinds: 69 kinds of four organisations stay below 100 kB."""

LONG: Final = 900

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


@routes.get("/compare")
async def compare(request: web.Request) -> web.Response:
    """What is compared depends on whether a kind is named."""
    identity = (request.query.get("type") or "").strip()
    if identity and identity not in clause_types():
        message = "must be the id of a kind of clause, such as data-sale"
        raise ProblemRaised(
            "bad-parameter", f"type {message}.", errors=[FieldError(field="type", message=message)]
        )
    chosen, unknown, left_out = await _entities(request, MOST_OF_TYPE if identity else MOST_ENTITIES)
    common: dict[str, Any] = {
        "types": clause_types(),
        "groups": [
            (one.title, [kind for kind in clause_types().values() if kind.category is one.id])
            for one in categories()
        ],
        "kind": clause_types().get(identity),
        "chosen": chosen,
        "unknown": unknown,
        "left_out": left_out,
        "without": {
            one.id: urlencode(
                [*([("type", identity)] if identity else [])]
                + [("entity", other.id) for other in chosen if other.id != one.id]
            )
            for one in chosen
        },
        "most_of_type": MOST_OF_TYPE,
        "most_entities": MOST_ENTITIES,
    }
    if identity:
        return page(request, "compare.html", **common, **await _of_type(request, identity, chosen))
    return page(request, "compare.html", **common, **await _of_entities(request, chosen))


async def _entities(request: web.Request, most: int) -> tuple[list[EntityRow], list[str], list[str]]:
    """The organisations that were named, by id or by name, the names that nobody has, and the names of those
    that are too many to stand side by side."""
    found: dict[str, EntityRow] = {}
    unknown = []
    left_out = []
    names = [one.strip()[:200] for one in request.query.getall("entity", []) if one.strip()]
    for name in list(dict.fromkeys(names))[: 2 * most]:
        row = await ask(request, entity_row, name) if _ID.fullmatch(name) else None
        if row is None:
            looked_up = await ask(request, search_entities, wanted(name), limit=1)
            row = await ask(request, entity_row, looked_up[0].id) if looked_up else None
        if row is None:
            unknown.append(name)
        elif len(found) < most:
            found[row.id] = row
        elif row.id not in found:
            left_out.append(row.name)
    return list(found.values()), unknown, left_out


async def _of_type(request: web.Request, identity: str, chosen: list[EntityRow]) -> dict[str, Any]:
    """One kind: the named organisations first, then those that have it in its gravest form."""
    named = await ask(request, of_types_and_entities, [one.id for one in chosen], identity) if chosen else []
    by_entity = {one.entity: one for one in named}
    rows = [by_entity[one.id] for one in chosen if one.id in by_entity]
    missing = [one for one in chosen if one.id not in by_entity]
    others = await ask(request, entities_with_type, identity, limit=2 * MOST_OF_TYPE)
    rows += [one for one in others if one.entity not in by_entity][: MOST_OF_TYPE - len(rows)]
    return {
        "rows": rows,
        "missing": missing,
        "quotes": await ask(request, quotes_of, rows),
        "long": LONG,
        "table": [],
    }


async def _of_entities(request: web.Request, chosen: list[EntityRow]) -> dict[str, Any]:
    """All kinds that at least one of the organisations has, by topic."""
    rows: list[Listed] = []
    if chosen:
        rows = await ask(request, of_types_and_entities, [one.id for one in chosen])
    cells = {(one.type, one.entity): one for one in rows}
    have = {one.type for one in rows}
    table = [
        (
            category.title,
            [
                (kind, [cells.get((kind.id, one.id)) for one in chosen])
                for kind in clause_types().values()
                if kind.category is category.id and kind.id in have
            ],
        )
        for category in categories()
    ]
    examples = {"common": [], "usual": []} if chosen else await _examples(request)
    return {
        **examples,
        "rows": [],
        "missing": [],
        "quotes": await ask(request, quotes_of, rows) if rows else {},
        "long": SHORT,
        "table": [(title, kinds) for title, kinds in table if kinds],
    }


async def _examples(request: web.Request) -> dict[str, Any]:
    """What there is to compare, for who has not named anything: kinds that most organisations have, and the
    organisations of which most is known."""
    common = await ask_once(request, "common types", partial(common_types, limit=MOST_EXAMPLES))
    usual = await ask_once(request, "most read", partial(most_read_entities, limit=MOST_ENTITIES - 1))
    known = clause_types()
    return {
        "common": [(known[identity], count) for identity, count in common if identity in known],
        "usual": usual if len(usual) > 1 else [],
    }
