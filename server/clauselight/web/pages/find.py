"""Search: clauses by their words, organisations, documents and kinds of clauses by their names."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from clauselight.contract.clause_type import ClauseType
from clauselight.contract.problem import FieldError
from clauselight.knowledge.clause_types import clause_types
from clauselight.publication.registry_search import (
    MOST_CHARACTERS,
    MOST_FOUND,
    MOST_WORDS,
    Wanted,
    search_clauses,
    search_documents,
    search_entities,
    wanted,
)

from ..problems import ProblemRaised
from ..registry_access import ask
from .render import page

routes = web.RouteTableDef()

A_PAGE: Final = 20
MOST_NAMES: Final = 6
"""Organisations, documents and kinds that are shown above the clauses."""

_FROM: Final = re.compile(r"[0-9]{1,3}", re.ASCII)


@routes.get("/search")
async def search(request: web.Request) -> web.Response:
    """What fits the words."""
    typed = "".join(one if one.isprintable() else " " for one in request.query.get("q", "")).strip()
    start = _start(request)
    looked_for = wanted(typed)
    clauses = await ask(request, search_clauses, looked_for, start=start, limit=A_PAGE)
    first = start == 0
    types = _types(looked_for) if first else []
    entities = await ask(request, search_entities, looked_for, limit=MOST_NAMES) if first else []
    documents = await ask(request, search_documents, looked_for, limit=MOST_NAMES) if first else []
    shown = typed[:MOST_CHARACTERS]
    return page(
        request,
        "search.html",
        typed=shown,
        words=looked_for.phrases,
        shortened=looked_for.shortened,
        most_characters=MOST_CHARACTERS,
        most_words=MOST_WORDS,
        most_found=MOST_FOUND,
        clauses=clauses,
        types=types,
        entities=entities,
        documents=documents,
        nothing=not (clauses.clauses or types or entities or documents),
        next_page=urlencode({"q": shown, "from": start + A_PAGE}) if clauses.total > start + A_PAGE else None,
        previous_page=urlencode({"q": shown, "from": max(0, start - A_PAGE)}) if start else None,
    )


def _start(request: web.Request) -> int:
    given = request.query.get("from") or "0"
    if not _FROM.fullmatch(given) or int(given) >= MOST_FOUND:
        message = f"must be a number below {MOST_FOUND}: only so many are ranked"
        raise ProblemRaised(
            "bad-parameter", f"from {message}.", errors=[FieldError(field="from", message=message)]
        )
    return int(given)


def _types(looked_for: Wanted) -> list[ClauseType]:
    """Kinds of clauses with all words, those that have them in the title first."""
    words = [word.lower() for phrase in looked_for.phrases for word in phrase]
    if not words:
        return []
    found = []
    for one in clause_types().values():
        title = f"{one.title} {one.id}".lower()
        text = f"{title} {one.definition} {one.what_it_is}".lower()
        if all(word in text for word in words):
            found.append((-sum(word in title for word in words), one))
    return [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].title))[:MOST_NAMES]]
