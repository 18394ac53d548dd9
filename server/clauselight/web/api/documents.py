"""The list of documents, read from the archive."""

from __future__ import annotations

from urllib.parse import urlencode

from aiohttp import web

from clauselight.contract.document import DocumentPage
from clauselight.contract.problem import FieldError
from clauselight.publication.files import render
from clauselight.store.documents import list_documents

from ..answers import send
from ..keys import ENGINE
from ..problems import ProblemRaised

routes = web.RouteTableDef()

DEFAULT_LIMIT = 50
MAX_LIMIT = 500
MAX_OFFSET = 10_000_000
MAX_SEARCH = 200


@routes.get("/v1/documents")
async def documents(request: web.Request) -> web.Response:
    """One page of the documents, by id; `search` looks in titles and entities."""
    wrong: list[FieldError] = []
    limit = _whole(request, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT, wrong)
    offset = _whole(request, "offset", 0, 0, MAX_OFFSET, wrong)
    search = request.query.get("search", "").strip()
    if len(search) > MAX_SEARCH:
        wrong.append(FieldError(field="search", message=f"may have {MAX_SEARCH} characters at the most"))
    if any(character < " " or character == "\x7f" for character in search):  # SQLite ends texts at NUL
        wrong.append(FieldError(field="search", message="may hold no control characters"))
    for name in sorted(set(request.query) - {"limit", "offset", "search"}):
        wrong.append(FieldError(field=name[:80], message="is no parameter of this call"))
    if wrong:
        raise ProblemRaised(
            "bad-parameter", "; ".join(f"{e.field} {e.message}" for e in wrong) + ".", errors=wrong
        )
    async with request.app[ENGINE].connect() as connection:
        found, total = await list_documents(connection, limit=limit, offset=offset, search=search or None)
    more = {"limit": limit, "offset": offset + limit} | ({"search": search} if search else {})
    page = DocumentPage(
        documents=found,
        total=total,
        next=f"/v1/documents?{urlencode(more)}" if offset + limit < total else None,
    )
    return send(request, render(page))


def _whole(
    request: web.Request, name: str, default: int, least: int, most: int, wrong: list[FieldError]
) -> int:
    text = request.query.get(name)
    if text is None:
        return default
    if text.isascii() and text.isdigit() and len(text) < 12 and least <= int(text) <= most:
        return int(text)
    wrong.append(FieldError(field=name, message=f"must be a whole number from {least:,} to {most:,}"))
    return default
