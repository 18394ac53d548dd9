"""Rendering a template into an answer: compressed, with an entity tag, so that a second visit is a 304."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web
from markupsafe import Markup, escape

from clauselight import __version__
from clauselight.contract.vocabulary import Category
from clauselight.knowledge.clause_types import categories
from clauselight.publication.compression import compress
from clauselight.publication.files import Rendered, etag_of
from clauselight.publication.registry_codes import (
    CHANGE_KINDS,
    CONFIDENCES,
    METHODS,
    SEVERITIES,
    day_of,
)
from clauselight.publication.registry_search import END, START

from ..answers import send
from ..dispute_words import ACTS, REASONS
from ..keys import SETTINGS, TEMPLATES
from ..middleware.headers import HEADERS

if TYPE_CHECKING:
    import jinja2

WITH_SCRIPTS: Final = HEADERS["Content-Security-Policy"] + "; script-src 'self'"
"""Content security policy of pages that may run the server's own script files, and nothing inline."""

LONGEST_TEXT: Final = 6_000
"""Characters of one text of a record that a page shows; the JSON of the record has the rest."""

OTHERS: Final = {
    "dispute": "/provisions/{id}/dispute",
    "reader": "/documents/{id}/reader",
    "feeds": "/feeds/all.atom",
}
"""Pages that are linked to where this server has them."""


def environment() -> jinja2.Environment:
    """Templates with autoescaping for everything; an unknown name is an error, not an empty string."""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.PackageLoader("clauselight.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"version": __version__, "dispute_reasons": REASONS, "dispute_acts": ACTS}
    made.filters |= {
        "thousands": lambda number: f"{number:,}",
        "severity": lambda code: SEVERITIES[code].value,
        "method": lambda code: METHODS[code].value,
        "confidence": lambda code: CONFIDENCES[code].value,
        "change_kind": lambda code: CHANGE_KINDS[code].value,
        "day": day_of,
        "long_day": long_day,
        "provision_id": lambda number: f"CL-P-{number:06}",
        "document_id": lambda number: f"CL-D-{number:06}",
        "category_title": category_title,
        "document_kind": lambda kind: kind.replace("-", " ").capitalize(),
        "clip": clip,
        "found": found,
    }
    return made


def long_day(day: dt.date | dt.datetime) -> str:
    """A day as people write it: 23 November 2026."""
    return f"{day.day} {day:%B %Y}"


def category_title(identity: str | Category) -> str:
    """A category's name."""
    return next(one.title for one in categories() if one.id == identity)


def clip(text: str, most: int = LONGEST_TEXT) -> str:
    """A text, cut behind so many characters."""
    return text if len(text) <= most else text[:most].rstrip() + " …"


def found(snippet: str) -> Markup:
    """A snippet with its found words marked, everything else as text."""
    parts = []
    for place, piece in enumerate(snippet.split(START)):
        marked, closed, rest = piece.partition(END)
        if place and closed:
            parts.append(Markup("<mark>{}</mark>{}").format(marked, rest.replace(END, "")))
        else:
            parts.append(escape(piece.replace(END, "")))
    return Markup("").join(parts)


def origin(request: web.Request) -> str:
    """Scheme and host under which readers reach this server."""
    return request.app[SETTINGS].public_url or f"{request.scheme}://{request.host}"


def offered(request: web.Request) -> frozenset[str]:
    """Which of the pages in `OTHERS` there are."""
    there = {resource.canonical for resource in request.app.router.resources()}
    return frozenset(name for name, path in OTHERS.items() if path in there)


def markup(request: web.Request, template: str, **context: Any) -> str:
    """The text of a page."""
    return (
        request.app[TEMPLATES]
        .get_template(template)
        .render(
            path=request.path,
            origin=request.app[SETTINGS].public_url or "",
            offered=offered(request),
            **context,
        )
    )


def answer(request: web.Request, text: str, *, status: int = 200, script: bool = False) -> web.Response:
    """A page's text as an answer."""
    body = text.encode()
    if status == 200:
        response = send(request, Rendered(etag_of(body), compress(body)), "text/html")
    else:
        response = web.Response(
            body=body,
            content_type="text/html",
            charset="utf-8",
            status=status,
            headers={"Cache-Control": "no-store"},
        )
    if script:
        response.headers["Content-Security-Policy"] = WITH_SCRIPTS
    return response


def page(
    request: web.Request, template: str, *, status: int = 200, script: bool = False, **context: Any
) -> web.Response:
    """An HTML answer."""
    return answer(request, markup(request, template, **context), status=status, script=script)
