"""Analysing a page that somebody sends: limits, what is kept, and every way in which it can fail.

Nothing of a page is logged, and nothing of it stays in memory when it is answered.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from aiohttp import web
from pydantic import ValidationError
from pydantic_core import from_json

from clauselight.analysis.analyser import Busy, GaveUp, LanguageUnknown, PageRefused
from clauselight.analysis.content import snapshot_of
from clauselight.analysis.documents import address_to_keep
from clauselight.analysis.keeping import PageToKeep
from clauselight.contract.analysis import MOST_BLOCKS, AnalysisAnswer, AnalysisRequest
from clauselight.contract.problem import FieldError
from clauselight.domain.canonical_url import UrlRefused
from clauselight.publication.files import to_json
from clauselight.settings import Settings
from clauselight.store.ids import NoIdsLeft

from ..analysis_answer import answer_only, keep_and_answer
from ..bodies import read_body
from ..keys import ANALYSER, ENGINE, KEEPING, PUBLICATION, SETTINGS, SITE
from ..problems import ProblemRaised

routes = web.RouteTableDef()

_MOST_MEMBERS: Final = 2 * len(AnalysisRequest.model_fields)
"""More members in one object are a mistake or an attack; a few unknown ones are named."""

_GAVE_UP: Final = {"time": "analysis-timeout", "memory": "analysis-too-large", "error": "analysis-failed"}


@routes.post("/v1/analyses")
async def analyses(request: web.Request) -> web.Response:
    """Analyse one page; keep it when that is asked for and offered."""
    settings = request.app[SETTINGS]
    if not settings.analyses:
        raise ProblemRaised("not-offered", "This server does not analyse pages.")
    body = await read_body(request, settings.analysis_bytes)
    page = _parsed(body)
    keep = _kept(page, settings)
    try:
        answer = await _answer(request.app, page, body, keep)
    except PageRefused as refused:
        raise ProblemRaised("not-a-policy", refused.sentence, reason=refused.kind) from None
    except LanguageUnknown as unknown:
        raise ProblemRaised("unknown-language", unknown.sentence, reason=unknown.language or None) from None
    except GaveUp as gave_up:
        raise ProblemRaised(_GAVE_UP[gave_up.why], gave_up.sentence) from None
    except Busy:
        raise ProblemRaised(
            "analysis-busy", "Several pages wait to be analysed already.", headers={"Retry-After": "5"}
        ) from None
    except NoIdsLeft:
        raise ProblemRaised("archive-full", "The page was analysed, but cannot be kept.") from None
    response = web.Response(
        body=to_json(answer),
        content_type="application/json",
        charset="utf-8",
        headers={"Cache-Control": "no-store"},
    )
    response.enable_compression()
    return response


async def _answer(app: web.Application, page: AnalysisRequest, body: bytes, keep: bool) -> AnalysisAnswer:
    analysis = await app[ANALYSER].analyse(body, verify=keep)
    engine, site, landscape = app[ENGINE], app[SITE], app[PUBLICATION].fact("landscape")
    moment = dt.datetime.now(dt.UTC).replace(microsecond=0)
    title = page.title or ""
    if not keep or page.url is None:
        return await answer_only(
            engine, site, analysis, url=page.url, title=title, moment=moment, landscape=landscape
        )
    blocks = None if page.blocks is None else [block.text for block in page.blocks]
    media_type, content = snapshot_of(page.html, page.text, blocks)
    to_keep = PageToKeep(page.url, title, media_type, content)
    # One after another: two that are sent at once for one new address are one document.
    async with app[KEEPING]:
        return await keep_and_answer(engine, site, analysis, to_keep, moment=moment, landscape=landscape)


def _parsed(body: bytes) -> AnalysisRequest:
    _check_members(body)
    try:
        return AnalysisRequest.model_validate_json(body, strict=True)
    except ValidationError as wrong:
        # Where and what is expected, but not what was sent.
        errors = [
            FieldError(field=".".join(map(str, error["loc"])), message=error["msg"])
            for error in wrong.errors(include_url=False, include_input=False, include_context=False)
        ]
    detail = "; ".join(f"{e.field or 'the body'}: {e.message}" for e in errors)
    raise ProblemRaised("bad-body", f"The body cannot be used. {detail}.", errors=errors)


def _check_members(body: bytes) -> None:
    """Refuse objects with more members than the contract has. The models would name each that is too much,
    and a body of half a million of them would keep everybody waiting for three seconds."""
    try:
        given = from_json(body)
    except ValueError:
        return  # told better by the model
    if not isinstance(given, dict):
        return
    blocks = given.get("blocks")
    blocks = blocks if isinstance(blocks, list) else []
    if len(blocks) > MOST_BLOCKS:
        raise _too_many("blocks", f"has {len(blocks):,} blocks; {MOST_BLOCKS:,} are the most")
    for number, one in enumerate([given, *blocks]):
        if isinstance(one, dict) and len(one) > _MOST_MEMBERS:
            raise _too_many(f"blocks.{number - 1}" if number else "", f"has {len(one):,} members")


def _too_many(field: str, what: str) -> ProblemRaised:
    wrong = FieldError(field=field, message=what)
    return ProblemRaised("bad-body", f"The body cannot be used: it {what}.", errors=[wrong])


def _kept(page: AnalysisRequest, settings: Settings) -> bool:
    """Whether the page is to be kept: what was asked for, as far as the operator allows."""
    if page.url is not None:
        try:
            address_to_keep(page.url)
        except (UrlRefused, ValueError) as refused:
            wrong = FieldError(field="url", message=str(refused))
            raise ProblemRaised("bad-body", f"The url cannot be used: {refused}", errors=[wrong]) from None
    if page.keep is None:
        return settings.keeping == "always" and page.url is not None
    if page.keep and page.url is None:
        wrong = FieldError(field="url", message="is needed for keeping")
        raise ProblemRaised("bad-body", "Keeping a page needs its address.", errors=[wrong])
    # Asked for in vain where the operator does not offer it: the answer says that nothing was kept.
    return page.keep and settings.keeping != "never"
