"""Signing in with a token, so that it need not be pasted into every page, and signing out."""

from __future__ import annotations

import re
from typing import Final

from aiohttp import web

from clauselight.store.sessions import LIFETIME, close_session, open_session

from ..bodies import form_body
from ..curating import changing
from ..problems import ProblemRaised
from ..who import checked_token, cookie_name, now, who
from .people import for_people, people_page

routes = web.RouteTableDef()

MOST_BYTES: Final = 4_096

_OWN_PAGE: Final = re.compile(
    r"/(moderation|curation)(/[A-Za-z0-9_-]+)*|/documents/CL-D-[0-9]{6}/reader", re.ASCII
)
"""Where one may be led after signing in: nowhere else, so that no link leads out of here."""


@routes.get("/sign-in")
@for_people
async def form(request: web.Request) -> web.StreamResponse:
    """The form, or who is signed in."""
    return await people_page(request, "sign_in.html", next=_next(request.query.get("next")), wrong="")


@routes.post("/sign-in")
@for_people
async def sign_in(request: web.Request) -> web.StreamResponse:
    """Open a session for a valid token."""
    fields = await form_body(request, most=MOST_BYTES)
    wanted = _next(fields.get("next"))
    try:
        token = await checked_token(request, fields.get("token", "").strip())
    except ProblemRaised as raised:
        response = await people_page(
            request, "sign_in.html", status=raised.kind.status, next=wanted, wrong=raised.detail
        )
        response.headers.update(raised.headers)
        return response
    if token is None:
        wrong = "This token is unknown, has expired or was revoked."
        return await people_page(request, "sign_in.html", status=403, next=wanted, wrong=wrong)
    async with changing(request) as connection:
        secret = await open_session(connection, token, now())
    response = web.HTTPSeeOther(wanted)
    name, secure = cookie_name(request)
    response.set_cookie(
        name,
        secret,
        max_age=int(LIFETIME.total_seconds()),
        path="/",
        httponly=True,
        secure=secure,
        samesite="Strict",
    )
    raise response


@routes.post("/sign-out")
@for_people
async def sign_out(request: web.Request) -> web.StreamResponse:
    """End the session."""
    name, secure = cookie_name(request)
    secret = request.cookies.get(name, "")
    if secret and await who(request) is not None:
        async with changing(request) as connection:
            await close_session(connection, secret)
    response = web.HTTPSeeOther("/sign-in")
    response.del_cookie(name, path="/", httponly=True, secure=secure, samesite="Strict")
    raise response


def _next(given: str | None) -> str:
    return given if given is not None and _OWN_PAGE.fullmatch(given) else "/moderation"
