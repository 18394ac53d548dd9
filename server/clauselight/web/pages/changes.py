"""What changed lately, with the words before and after; of everything, an organisation or a document."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from clauselight.contract.problem import FieldError
from clauselight.publication.registry_codes import CHANGE_KIND_CODE, CHANGE_KINDS
from clauselight.publication.registry_views import count_changes, entity_row, list_changes

from ..keys import PUBLICATION
from ..problems import ProblemRaised
from ..registry_access import ask, ask_once
from .change_view import changes_of
from .render import page

routes = web.RouteTableDef()

A_PAGE: Final = 20
_CURSOR: Final = re.compile(r"([0-9]{8})\.([0-9]{1,6})\.([0-9]{1,5})", re.ASCII)
_DOCUMENT: Final = re.compile(r"CL-D-([0-9]{6})", re.ASCII)


@routes.get("/changes")
async def changes(request: web.Request) -> web.Response:
    """Change records, the latest first."""
    query = request.query
    wrong: list[FieldError] = []
    kinds = [one for one in query.getall("kind", []) if one]
    if any(one not in CHANGE_KIND_CODE for one in kinds):
        wrong.append(FieldError(field="kind", message=f"must be one of {', '.join(CHANGE_KIND_CODE)}"))
    cursor = _CURSOR.fullmatch(query.get("after", ""))
    if query.get("after") and cursor is None:
        wrong.append(FieldError(field="after", message="must come from a link of this list"))
    document = _DOCUMENT.fullmatch(query.get("document", ""))
    if query.get("document") and document is None:
        wrong.append(FieldError(field="document", message="must be an id such as CL-D-000098"))
    if wrong:
        raise ProblemRaised(
            "bad-parameter", "; ".join(f"{one.field} {one.message}" for one in wrong) + ".", errors=wrong
        )
    of_entity = query.get("entity") or None
    of_document = int(document[1]) if document else None
    if of_entity is not None or of_document is not None:
        counts = await ask(request, count_changes, entity=of_entity, document=of_document)
    else:
        counts = await ask_once(request, "changes", count_changes)
    entity = await ask(request, entity_row, query["entity"][:120]) if query.get("entity") else None
    rows = await ask(
        request,
        list_changes,
        limit=A_PAGE + 1,
        after=(int(cursor[1]), int(cursor[2]), int(cursor[3])) if cursor else None,
        kinds=[CHANGE_KIND_CODE[one] for one in kinds],
        entity=of_entity,
        document=of_document,
    )
    kept = [(name, one) for name in ("kind", "entity", "document") for one in query.getall(name, []) if one]
    last = rows[A_PAGE - 1] if len(rows) > A_PAGE else None
    after = None if last is None else f"{last.day}.{last.provision}.{last.position}"
    return page(
        request,
        "changes.html",
        changes=changes_of(request.app[PUBLICATION], rows[:A_PAGE]),
        counts=counts,
        kinds=CHANGE_KINDS,
        chosen=kinds,
        entity=entity,
        given_entity=query.get("entity", "")[:120],
        document=document[0] if document else "",
        next_page=None if after is None else urlencode([*kept, ("after", after)]),
        first=cursor is None,
        canonical="/changes",
    )
