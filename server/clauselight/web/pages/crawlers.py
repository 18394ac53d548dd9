"""What search engines and browsers ask: robots.txt, sitemaps, the OpenSearch description.

Only a server with a public address wants to be found; all others ask to be left alone.
"""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import escape

from aiohttp import web

from clauselight.knowledge.clause_types import clause_types
from clauselight.publication.compression import compress
from clauselight.publication.files import Rendered, etag_of
from clauselight.publication.registry_views import SITEMAP_PART, sitemap_parts, sitemap_paths

from ..answers import send
from ..keys import SETTINGS
from ..problems import ProblemRaised
from ..registry_access import ask, ask_once
from .render import origin

routes = web.RouteTableDef()

_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_STEADY: Final = ("/", "/provisions", "/clause-types", "/entities", "/changes", "/methodology", "/monitored")
_NAME: Final = re.compile(r"(pages|provisions|documents|entities)-([0-9]{1,4})", re.ASCII)


@routes.get("/robots.txt")
async def robots(request: web.Request) -> web.Response:
    """Records are for everybody; lists with every choice of filters are no pages of their own."""
    public = request.app[SETTINGS].public_url
    if public is None:
        text = "User-agent: *\nDisallow: /\n"
    else:
        text = (
            "User-agent: *\nDisallow: /search\nDisallow: /v1/\nDisallow: /compare?\nDisallow: /provisions?\n"
            f"Disallow: /changes?\nAllow: /\n\nSitemap: {public}/sitemap.xml\n"
        )
    return _sent(request, text, "text/plain")


@routes.get("/sitemap.xml")
async def sitemap(request: web.Request) -> web.Response:
    """The list of sitemaps, of at most 50,000 addresses each."""
    here = _public(request)
    parts = await ask_once(request, "sitemap parts", sitemap_parts)
    names = ["pages-0"] + [f"{kind}-{part}" for kind, count in parts.items() for part in range(count)]
    items = "".join(f"<sitemap><loc>{escape(here)}/sitemap-{name}.xml</loc></sitemap>" for name in names)
    return _xml(request, f'<sitemapindex xmlns="{_NAMESPACE}">{items}</sitemapindex>')


@routes.get("/sitemap-{name}.xml")
async def sitemap_part(request: web.Request) -> web.Response:
    """One sitemap."""
    here = _public(request)
    found = _NAME.fullmatch(request.match_info["name"])
    if found is None:
        raise ProblemRaised("not-found", "There is no sitemap of this name.")
    if found[1] == "pages":
        paths = [*_STEADY, *(f"/clause-types/{identity}" for identity in clause_types())]
    else:
        paths = await ask(request, sitemap_paths, kind=found[1], part=int(found[2]))
    items = "".join(f"<url><loc>{escape(here + path)}</loc></url>" for path in paths[:SITEMAP_PART])
    return _xml(request, f'<urlset xmlns="{_NAMESPACE}">{items}</urlset>')


@routes.get("/opensearch.xml")
async def opensearch(request: web.Request) -> web.Response:
    """Lets a browser search here from its address bar."""
    here = escape(origin(request), {'"': "&quot;"})
    return _sent(
        request,
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        "<ShortName>Clauselight</ShortName><Description>Clauses of policies and terms</Description>"
        f'<Url type="text/html" template="{here}/search?q={{searchTerms}}"/>'
        f'<Image height="32" width="32" type="image/svg+xml">{here}/static/icon.svg</Image>'
        "<InputEncoding>UTF-8</InputEncoding></OpenSearchDescription>\n",
        "application/opensearchdescription+xml",
    )


def _public(request: web.Request) -> str:
    public = request.app[SETTINGS].public_url
    if public is None:
        raise ProblemRaised("not-found", "A server without a public address has no sitemap.")
    return public


def _xml(request: web.Request, body: str) -> web.Response:
    return _sent(request, f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n', "application/xml")


def _sent(request: web.Request, text: str, kind: str) -> web.Response:
    body = text.encode()
    return send(request, Rendered(etag_of(body), compress(body)), kind)
