"""Rendering a template into an answer."""

from __future__ import annotations

from typing import Any

import jinja2
from aiohttp import web

from clauselight import __version__

from ..keys import TEMPLATES


def environment() -> jinja2.Environment:
    """Templates with autoescaping for everything; an unknown name is an error, not an empty string."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("clauselight.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["version"] = __version__
    made.filters["thousands"] = lambda number: f"{number:,}"
    return made


def page(request: web.Request, template: str, *, status: int = 200, **context: Any) -> web.Response:
    """An HTML answer."""
    text = request.app[TEMPLATES].get_template(template).render(path=request.path, **context)
    return web.Response(
        text=text, content_type="text/html", status=status, headers={"Cache-Control": "no-cache"}
    )
