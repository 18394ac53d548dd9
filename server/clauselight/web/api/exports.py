"""One record in the formats of others, and the registry as a table."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from aiohttp import web

from clauselight.contract.problem import FieldError
from clauselight.contract.provision import Provision
from clauselight.exporters.citation_file import (
    BIBTEX_TYPE,
    CSL_TYPE,
    RIS_TYPE,
    bibtex_file,
    csl_file,
    ris_file,
)
from clauselight.exporters.csv_table import CSV_TYPE, csv_table
from clauselight.exporters.web_annotation import JSONLD_TYPE, annotation
from clauselight.knowledge.clause_types import clause_types
from clauselight.publication.compression import compress
from clauselight.publication.files import Rendered, Shelf, etag_of
from clauselight.publication.places import document_id, number
from clauselight.publication.registry_codes import CONFIDENCES, METHODS, SEVERITIES, day_of
from clauselight.publication.registry_query import Listed
from clauselight.publication.registry_views import quotes_of, titles_of

from ..answers import send
from ..choice import read_choice
from ..keys import PUBLICATION
from ..pages.registry import name_entity, neighbours, page_of
from ..pages.render import origin
from ..pdf_maker import make_pdf
from ..problems import ProblemRaised
from ..registry_access import ask
from ..withdrawn_records import missing_provision

routes = web.RouteTableDef()

DEFAULT_ROWS: Final = 1_000
MOST_ROWS: Final = 5_000
"""Rows of one table, some 3 MB; the Link header leads to the next ones."""


def _jsonld_file(record: Provision, here: str) -> str:
    return json.dumps(annotation(record, here), ensure_ascii=False, indent=2) + "\n"


_FORMATS: Final[dict[str, tuple[str, Callable[[Provision, str], str]]]] = {
    "bib": (BIBTEX_TYPE, bibtex_file),
    "ris": (RIS_TYPE, ris_file),
    "csl.json": (CSL_TYPE, csl_file),
    "jsonld": (JSONLD_TYPE, _jsonld_file),
}


async def _record(request: web.Request) -> Rendered:
    identity = request.match_info["id"]
    found = request.app[PUBLICATION].get(Shelf.PROVISION, number(identity))
    if found is None:
        raise await missing_provision(request, identity)
    return found


async def _text(request: web.Request, ending: str) -> web.Response:
    kind, write = _FORMATS[ending]
    record = Provision.model_validate_json((await _record(request)).plain())
    body = write(record, origin(request)).encode()
    response = send(request, Rendered(etag_of(body), compress(body)))
    if response.status == 200:
        response.headers["Content-Type"] = f"{kind}; charset=utf-8" if "json" not in kind else kind
        response.headers["Content-Disposition"] = f'attachment; filename="{record.id}.{ending}"'
    return response


@routes.get("/v1/provisions/{id:CL-P-[0-9]{6}}.bib")
async def bibtex(request: web.Request) -> web.Response:
    """A BibTeX entry."""
    return await _text(request, "bib")


@routes.get("/v1/provisions/{id:CL-P-[0-9]{6}}.ris")
async def ris(request: web.Request) -> web.Response:
    """An RIS reference."""
    return await _text(request, "ris")


@routes.get("/v1/provisions/{id:CL-P-[0-9]{6}}.csl.json")
async def csl(request: web.Request) -> web.Response:
    """A CSL-JSON list."""
    return await _text(request, "csl.json")


@routes.get("/v1/provisions/{id:CL-P-[0-9]{6}}.jsonld")
async def jsonld(request: web.Request) -> web.Response:
    """A W3C Web Annotation."""
    return await _text(request, "jsonld")


@routes.get("/v1/provisions/{id:CL-P-[0-9]{6}}.pdf")
async def pdf(request: web.Request) -> web.Response:
    """The record to print."""
    found = await _record(request)
    body = await make_pdf(request.app, found, origin(request))
    identity = request.match_info["id"]
    return web.Response(
        body=body,
        content_type="application/pdf",
        headers={
            "ETag": etag_of(body),
            "Cache-Control": "no-cache",
            "Content-Disposition": f'inline; filename="{identity}.pdf"',
        },
    )


@routes.get("/v1/provisions.csv")
async def table(request: web.Request) -> web.Response:
    """The registry as a table, a part at a time; filters as on its page."""
    choice = read_choice(request.query, others=("limit",))
    limit = _limit(request)
    await name_entity(request, choice)
    rows, more = ([], False) if choice.entity_name is not None else await page_of(request, choice, limit)
    quotes = await ask(request, quotes_of, rows)
    titles = await ask(request, titles_of, sorted({row.document for row in rows}))
    here = origin(request)
    body = csv_table(_cells(row, titles, quotes, here) for row in rows).encode()
    response = send(request, Rendered(etag_of(body), compress(body)), CSV_TYPE)
    following = neighbours(choice, rows, more)["next_page"]
    if following:
        response.headers["Link"] = f'<{here}/v1/provisions.csv?{following}&limit={limit}>; rel="next"'
    response.headers["Content-Disposition"] = 'attachment; filename="provisions.csv"'
    return response


def _cells(row: Listed, titles: dict[int, str], quotes: dict[int, str], here: str) -> list[str]:
    kind = clause_types().get(row.type)
    identity = f"CL-P-{row.number:06}"
    return [
        identity,
        row.title,
        row.entity_name,
        titles.get(row.document, document_id(row.document)),
        row.type,
        kind.category.value if kind else "",
        SEVERITIES[row.severity].value,
        METHODS[row.method].value,
        CONFIDENCES[row.confidence].value,
        day_of(row.seen).isoformat(),
        day_of(row.changed).isoformat(),
        quotes.get(row.number, ""),
        f"{here}/provisions/{identity}",
    ]


def _limit(request: web.Request) -> int:
    given = request.query.get("limit") or str(DEFAULT_ROWS)
    if not (given.isascii() and given.isdigit() and len(given) < 6 and 1 <= int(given) <= MOST_ROWS):
        message = f"must be a whole number from 1 to {MOST_ROWS:,}"
        raise ProblemRaised(
            "bad-parameter", f"limit {message}.", errors=[FieldError(field="limit", message=message)]
        )
    return int(given)
