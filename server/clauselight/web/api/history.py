"""A document's past, read from the archive: its versions, the changes of its provisions, and what differs."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import urlencode

from aiohttp import web

from clauselight.contract import CONTRACT_VERSION
from clauselight.contract.archive import ChangePage, DiffAnswer, DiffOperation, VersionInfo, VersionPage
from clauselight.contract.problem import FieldError
from clauselight.contract.vocabulary import VersionKind
from clauselight.publication.files import render
from clauselight.store.changes import changes_of
from clauselight.store.documents import get_document
from clauselight.store.versions import Version, get_version, version_text, versions_of

from ..answers import send
from ..keys import ENGINE
from ..problems import ProblemRaised

routes = web.RouteTableDef()

DEFAULT_LIMIT = 50
MAX_LIMIT = 500
MAX_OFFSET = 10_000_000
MAX_VERSION = 10_000_000

_DOCUMENT = re.compile(r"CL-D-[0-9]{6}", re.ASCII)


@routes.get("/v1/documents/{id}/versions")
async def versions(request: web.Request) -> web.Response:
    """One page of a document's versions, the newest first."""
    (limit, offset) = _numbers(request, limit=(DEFAULT_LIMIT, 1, MAX_LIMIT), offset=(0, 0, MAX_OFFSET))
    identity = await _known(request)
    async with request.app[ENGINE].connect() as connection:
        found, total = await versions_of(connection, identity, limit=limit, offset=offset)
    page = VersionPage(
        document=identity,
        versions=[_info(one) for one in found],
        total=total,
        next=_next(request, limit, offset, total),
    )
    return send(request, render(page))


@routes.get("/v1/documents/{id}/changes")
async def changes(request: web.Request) -> web.Response:
    """One page of the change records of a document's provisions, the newest first."""
    (limit, offset) = _numbers(request, limit=(DEFAULT_LIMIT, 1, MAX_LIMIT), offset=(0, 0, MAX_OFFSET))
    identity = await _known(request)
    async with request.app[ENGINE].connect() as connection:
        found, total = await changes_of(connection, identity, limit=limit, offset=offset)
    page = ChangePage(
        document=identity, changes=found, total=total, next=_next(request, limit, offset, total)
    )
    return send(request, render(page))


@routes.get("/v1/documents/{id}/diff")
async def diff(request: web.Request) -> web.Response:
    """What differs between two versions, word by word."""
    given = {"from": (0, 1, MAX_VERSION), "to": (0, 1, MAX_VERSION)}
    older, newer = _numbers(request, **given)
    identity = await _known(request)
    async with request.app[ENGINE].connect() as connection:
        if not newer:
            newest, _ = await versions_of(connection, identity, limit=1)
            newer = newest[0].number if newest else 0
        older = older or max(newer - 1, 1)
        after = await get_version(connection, identity, newer)
        before_text = await version_text(connection, identity, older)
        after_text = await version_text(connection, identity, newer)
    if after is None or before_text is None or after_text is None:
        raise ProblemRaised("unknown-version", "The document has no version of this number.")
    answer = await asyncio.to_thread(_compared, identity, older, after, before_text, after_text)
    return send(request, render(answer))


def _compared(identity: str, older: int, after: Version, before_text: str, after_text: str) -> DiffAnswer:
    # Not above: comparing takes memory that serving does not need.
    from clauselight.domain.changes import compare
    from clauselight.domain.word_diff import word_diff

    compared = compare(before_text, after_text)
    return DiffAnswer(
        contract_version=CONTRACT_VERSION,
        document=identity,
        from_version=older,
        to_version=after.number,
        kind=compared.kind or VersionKind.COSMETIC,
        summary=compared.summary,
        operations=[DiffOperation(op=run.kind, text=run.text) for run in word_diff(before_text, after_text)],
    )


def _info(one: Version) -> VersionInfo:
    return VersionInfo.model_validate(
        {
            "number": one.number,
            "captured_at": one.captured_at,
            "kind": one.kind,
            "summary": one.summary,
            "words": one.words,
            "language": one.language,
            "url": one.url,
            "method": one.method,
            "snapshot_sha256": one.snapshot_sha256,
            "text_sha256": one.text_sha256,
            "counts": dict(one.counts),
        }
    )


async def _known(request: web.Request) -> str:
    """The id of a document of the archive."""
    identity = request.match_info["id"]
    if _DOCUMENT.fullmatch(identity):
        async with request.app[ENGINE].connect() as connection:
            if await get_document(connection, identity) is not None:
                return identity
    raise ProblemRaised("unknown-document", "No document has this id; ids look like CL-D-000098.")


def _next(request: web.Request, limit: int, offset: int, total: int) -> str | None:
    if offset + limit >= total:
        return None
    return f"{request.path}?{urlencode({'limit': limit, 'offset': offset + limit})}"


def _numbers(request: web.Request, **allowed: tuple[int, int, int]) -> list[int]:
    """Whole numbers of the query, each with its default, least and most."""
    wrong = [
        FieldError(field=name[:80], message="is no parameter of this call")
        for name in sorted(set(request.query) - set(allowed))
    ]
    found: list[int] = []
    for name, (default, least, most) in allowed.items():
        text = request.query.get(name)
        if text is None:
            found.append(default)
        elif text.isascii() and text.isdigit() and len(text) < 12 and least <= int(text) <= most:
            found.append(int(text))
        else:
            wrong.append(FieldError(field=name, message=f"must be a whole number from {least:,} to {most:,}"))
    if wrong:
        said = "; ".join(f"{error.field} {error.message}" for error in wrong)
        raise ProblemRaised("bad-parameter", f"{said}.", errors=wrong)
    return found
