"""The reader: a document as it is archived here, with its clauses marked, and what differs between versions.

The page works without scripts: quotes are `<mark>` elements that lead to their records. With scripts the
overlay of the extension takes over, the same code, so that the extension is never needed.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from clauselight.contract.document import Document
from clauselight.knowledge.clause_types import categories
from clauselight.publication.files import Rendered, Shelf, to_json
from clauselight.publication.places import number
from clauselight.store.documents import get_document
from clauselight.store.snapshots import Snapshot, get_snapshot, newest_snapshot
from clauselight.store.tokens import Scope
from clauselight.store.versions import Version, get_version, newest_version, version_text

from ..keys import ENGINE, PUBLICATION
from ..problems import ProblemRaised
from ..who import Who, who
from .assets import has_asset
from .render import WITH_SCRIPTS, page

routes = web.RouteTableDef()

POLICY: Final = WITH_SCRIPTS + "; connect-src 'self'"
"""Of the reader: the server's own scripts may ask the server, and nobody else."""

DOCUMENT: Final = "/documents/{id:CL-D-[0-9]{6}}"

MOST_AT_ONCE: Final = 2
"""Documents that are read at a time: each takes a tenth of a second of a core."""

LARGEST_VERSION: Final = 10_000_000

_turn = asyncio.Semaphore(MOST_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Held:
    """What is archived of a document: a snapshot, and the version that was made of it, if there is one."""

    snapshot: Snapshot
    version: Version | None
    text: str | None


@routes.get(DOCUMENT + "/reader")
async def reader(request: web.Request) -> web.Response:
    """A document's newest version, or the one of `?version=`."""
    document = await document_of(request)
    wanted = version_number(request.query.get("version"))
    found = request.app[PUBLICATION].get(Shelf.DOCUMENT, number(document.id))
    held = await _held(request, document, wanted)
    if held is None and wanted is not None:
        raise ProblemRaised("unknown-version", "The document has no version of this number.")
    clauses: list[dict[str, Any]] = []
    parts = None
    if held is not None:
        async with _turn:
            clauses, parts = await asyncio.to_thread(_read, found, held)
    curator = await _curator(request)
    response = page(
        request,
        "reader.html",
        document=document,
        held=held,
        parts=parts,
        clauses=clauses,
        placed=_placed(clauses, parts or []),
        with_script=parts is not None and has_asset("reader.js"),
        categories=json.loads(b"[" + b",".join(to_json(one) for one in categories()) + b"]"),
        # Labels are about the newest words: in older ones nothing can be changed.
        curating=curator is not None and wanted is None and has_asset("curation.js"),
        older=wanted is not None,
        who=curator,
    )
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Vary"] = "Accept-Encoding, Cookie"
    if curator is not None:
        response.headers["Cache-Control"] = "no-store"
    return response


async def document_of(request: web.Request) -> Document:
    """The document of the address. Raises ProblemRaised."""
    async with request.app[ENGINE].connect() as connection:
        found = await get_document(connection, request.match_info["id"])
    if found is None:
        raise ProblemRaised("unknown-document", "No document has this id; ids look like CL-D-000098.")
    return found


def version_number(given: str | None) -> int | None:
    """A version's number, None without one. Raises ProblemRaised."""
    if given is None or given == "":
        return None
    if given.isascii() and given.isdigit() and len(given) < 9 and 1 <= int(given) <= LARGEST_VERSION:
        return int(given)
    raise ProblemRaised("unknown-version", "The document has no version of this number.")


async def _curator(request: web.Request) -> Who | None:
    """Who reads, if they may change labels here. A token in a header is a program's, which needs no page."""
    found = None if "Authorization" in request.headers else await who(request)
    return found if found is not None and found.scope.allows(Scope.CURATE) else None


async def _held(request: web.Request, document: Document, wanted: int | None) -> Held | None:
    async with request.app[ENGINE].connect() as connection:
        if wanted is None:
            version = await newest_version(connection, document.id)
        else:
            version = await get_version(connection, document.id, wanted)
            if version is None:
                return None
        if version is None:
            taken = await newest_snapshot(connection, document.id)
            return None if taken is None else Held(taken, None, None)
        taken = await get_snapshot(connection, version.snapshot_sha256)
        text = await version_text(connection, document.id, version.number)
    return None if taken is None else Held(taken, version, text)


def _read(found: Rendered | None, held: Held) -> tuple[list[dict[str, Any]], Any]:
    # Not above: reading pages and finding quotes takes 20 MB that serving does not need.
    from clauselight.analysis.page_text import UnreadablePage
    from clauselight.analysis.reading import reading
    from clauselight.domain.anchoring import QuoteToAnchor

    published = json.loads(found.plain()) if found is not None else {}
    clauses = [one for one in published.get("provisions", []) if _is_marked(one)]
    quotes = [
        QuoteToAnchor(
            one["id"],
            one["quote"]["selector"]["exact"],
            one["quote"]["selector"].get("prefix") or "",
            one["quote"]["selector"].get("suffix") or "",
        )
        for one in clauses
        if one.get("quote")
    ]
    try:
        parts = reading(held.snapshot.body, held.snapshot.media_type, held.text, quotes)
    except UnreadablePage:
        return clauses, None
    by_id = {one["id"]: one for one in clauses}
    ordered = [by_id[quote.id] for quote in quotes]
    return ordered + [one for one in clauses if not one.get("quote")], parts


def _placed(clauses: list[dict[str, Any]], parts: list[Any]) -> set[str]:
    """Ids of the clauses that stand in the text, each of which carries its id there."""
    pieces = (piece for part in parts for row in part.rows for cell in row for piece in cell)
    return {clauses[piece.marks]["id"] for piece in pieces if piece.ends}


def _is_marked(provision: dict[str, Any]) -> bool:
    """Worth marking, as the overlay decides it: ordinary clauses that the classifier labels too are not."""
    automatic = provision.get("automatic")
    return not automatic or bool(automatic.get("highlight"))
