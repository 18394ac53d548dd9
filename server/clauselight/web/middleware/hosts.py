"""Answers only to names that are the server's own.

A web page can point a name of its own at 127.0.0.1 and then read a loopback server as if it were its own
(DNS rebinding). The browser sends that name as Host, so checking it ends the attack.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from ..keys import PORT, SETTINGS
from ..problems import ProblemRaised


@web.middleware
async def hosts(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse requests whose Host header names somebody else."""
    if request.host.lower().rstrip(".") not in own_names(request.app):
        raise ProblemRaised(
            "misdirected-host",
            "The Host header names another server. Open this one by its own address, or add the name to "
            "CLAUSELIGHT_ALLOWED_HOSTS.",
        )
    return await handler(request)


def own_names(app: web.Application) -> frozenset[str]:
    """Every Host header that is answered, in lower case."""
    settings = app[SETTINGS]
    port = app.get(PORT, settings.port)
    own = {"127.0.0.1", "localhost", "[::1]"} if settings.loopback else set()
    if settings.host not in ("0.0.0.0", "::"):  # noqa: S104
        own.add(settings.host_in_url.lower())
    names = {f"{name}:{port}" for name in own}
    if port == 80:
        names |= own
    if settings.public_url:
        names.add(urlsplit(settings.public_url).netloc.lower())
    for allowed in settings.allowed_hosts:
        names |= {allowed.lower(), f"{allowed.lower()}:{port}"}
    return frozenset(names)
