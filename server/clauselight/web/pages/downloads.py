"""The extension as a zip file, as `make run` and the wheel bring it along."""

from __future__ import annotations

from importlib.resources import files

from aiohttp import web

from ..problems import ProblemRaised

routes = web.RouteTableDef()

BROWSERS = {"chromium": "Chrome, Chromium, Edge, Brave", "firefox": "Firefox"}


def available() -> list[str]:
    """Browsers for which a zip lies beside the server."""
    folder = files("clauselight.web") / "downloads"
    return [name for name in BROWSERS if (folder / f"clauselight-extension-{name}.zip").is_file()]


@routes.get("/downloads/clauselight-extension-{browser}.zip")
async def extension(request: web.Request) -> web.Response:
    """One browser's extension."""
    browser = request.match_info["browser"]
    if browser not in available():
        raise ProblemRaised(
            "not-found",
            "This server was started without the extension's files; `make run` builds them.",
        )
    body = (files("clauselight.web") / "downloads" / f"clauselight-extension-{browser}.zip").read_bytes()
    return web.Response(
        body=body,
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="clauselight-extension-{browser}.zip"',
            "Cache-Control": "no-cache",
        },
    )
