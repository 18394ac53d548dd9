"""The digest as a page: what changed in the seven days before today, or before a day."""

from __future__ import annotations

import datetime as dt

from aiohttp import web

from clauselight.contract.problem import FieldError
from clauselight.exporters.atom import KIND_NAMES, counted, severity_words, shortened
from clauselight.publication.news import digest_of

from ..keys import ENGINE, SETTINGS
from ..problems import ProblemRaised
from .render import page

routes = web.RouteTableDef()


@routes.get("/digest")
async def digest(request: web.Request) -> web.Response:
    """One week, up to and with yesterday, or up to `until` (left out)."""
    today = dt.datetime.now(dt.UTC).date()
    until = today
    if (asked := request.query.get("until")) is not None:
        try:
            until = dt.date.fromisoformat(asked)
        except ValueError:
            until = dt.date.min
        if not dt.date(2000, 1, 1) <= until <= today:
            wrong = FieldError(field="until", message="must be a day up to today, such as 2026-11-02")
            raise ProblemRaised("bad-parameter", f"until {wrong.message}.", errors=[wrong])
    origin = request.app[SETTINGS].public_url or f"{request.scheme}://{request.host}"
    week = dt.timedelta(days=7)
    # Today's changes belong to the week that is shown when nobody named another.
    end = until + dt.timedelta(days=1) if asked is None else until
    async with request.app[ENGINE].begin() as connection:
        told = await digest_of(connection, end - week, end, origin)
    return page(
        request,
        "digest.html",
        digest=told,
        earlier=(end - week).isoformat(),
        kind_names=KIND_NAMES,
        counted=counted,
        severity_words=severity_words,
        shortened=shortened,
    )
