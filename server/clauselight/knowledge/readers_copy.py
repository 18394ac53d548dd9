"""What the extension carries of the knowledge: letters, law of requests, places, authorities, and
the names of the kinds of clauses, as JSON.

A letter is filled in where the person is; so its text, the law and the places must be there too, and nothing
is asked of a server for it. `clauselight schema` writes the files, a test compares them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from pydantic import BaseModel

from .authorities import authority_list
from .clause_types import categories, clause_types
from .letters import LANGUAGES, letters
from .places import places
from .requests import about_leaving, request_laws, requests_for

FORMAT = 1
"""Of these files; readers refuse another."""


def readers_copies() -> dict[str, str]:
    """File name and text, ending in a newline."""
    laws = [law.model_dump(mode="json", exclude_defaults=True) for law in request_laws().values()]
    languages = {name: _dump(letters()[name]) for name in LANGUAGES}
    return {
        "letters.json": _text({"format": FORMAT, "languages": languages}),
        "requests.json": _text(
            {"format": FORMAT, "requests_for": requests_for(), "leaving": about_leaving(), "laws": laws}
        ),
        "places.json": _text(places().model_dump(mode="json", exclude_defaults=True)),
        "authorities.json": _text(authority_list().model_dump(mode="json", exclude_defaults=True)),
        "kinds.json": _text({"format": FORMAT, "kinds": _kinds()}),
    }


def _kinds() -> list[dict[str, str]]:
    """Kinds of clauses by title, for who reports that a label names the wrong one."""
    topics = {one.id: one.title for one in categories()}
    by_title = sorted(clause_types().values(), key=lambda one: one.title.casefold())
    return [{"id": one.id, "title": one.title, "topic": topics[one.category]} for one in by_title]


def _dump(model: BaseModel) -> Mapping[str, object]:
    return model.model_dump(mode="json", exclude_defaults=True)


def _text(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"
