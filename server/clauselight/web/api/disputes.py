"""Reporting a wrong label, and following the report: without a token of the server, without an account."""

from __future__ import annotations

import re
import secrets
from typing import Final

from aiohttp import web

from clauselight.contract.dispute import DisputeAnswer, DisputeRequest, DisputeStatus
from clauselight.contract.problem import FieldError
from clauselight.contract.vocabulary import DisputeState
from clauselight.knowledge.clause_types import clause_types
from clauselight.publication.files import to_json
from clauselight.store.disputes import Filed, FollowedDispute, NewDispute, dispute_with_token

from ..bodies import json_body
from ..curating import reading
from ..dispute_writer import TooMany
from ..keys import DISPUTES, SETTINGS
from ..problems import ProblemRaised
from ..who import is_owner, now

routes = web.RouteTableDef()

MOST_BYTES: Final = 16 * 1024
"""Largest dispute. An ordinary one has three hundred bytes; a comment of 2,000 characters has 8,000 bytes at
the most in UTF-8."""

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


@routes.post("/v1/disputes")
async def file_dispute(request: web.Request) -> web.Response:
    """Store one dispute. The answer comes when it is on disk."""
    sent = checked_dispute(await json_body(request, DisputeRequest, most=MOST_BYTES))
    new = NewDispute(sent, secrets.token_urlsafe(32), now())
    filed = await filed_dispute(request, new)
    public = request.app[SETTINGS].public_url or ""
    answer = DisputeAnswer(
        contract_version="1",
        state=DisputeState.OPEN,
        token=new.token,
        url=f"{public}/disputes/{new.token}",
        created_at=new.created_at,
        similar=filed.similar,
        moderation=f"/moderation/disputes/{filed.id}" if is_owner(request) else None,
    )
    return private_json(to_json(answer))


def checked_dispute(sent: DisputeRequest) -> DisputeRequest:
    """A dispute that proposes a kind of clause that there is. Raises ProblemRaised."""
    if sent.proposed_type is not None and sent.proposed_type not in clause_types():
        wrong = FieldError(field="proposed_type", message="is no clause type of this server")
        raise ProblemRaised("bad-body", "The proposed kind of clause is unknown here.", errors=[wrong])
    return sent


async def filed_dispute(request: web.Request, new: NewDispute) -> Filed:
    """Store a dispute; returns when it is on disk. Raises ProblemRaised."""
    try:
        filed = await request.app[DISPUTES].file(new)
    except TooMany:
        raise ProblemRaised(
            "disputes-busy",
            "Too many disputes arrive at once; this one was not stored.",
            headers={"Retry-After": "5"},
        ) from None
    if filed is None:
        raise ProblemRaised("unknown-provision", "No published label has this id.")
    return filed


@routes.get("/v1/disputes/{token}")
async def dispute(request: web.Request) -> web.Response:
    """The state of one dispute, for whoever has its private token."""
    return private_json(to_json(status_of(await followed(request), request)))


async def followed(request: web.Request) -> FollowedDispute:
    """The dispute of the token in the address. Raises ProblemRaised."""
    token = request.match_info["token"]
    if _TOKEN.fullmatch(token):
        async with reading(request) as connection:
            found = await dispute_with_token(connection, token)
        if found is not None:
            return found
    raise ProblemRaised("unknown-dispute", "No dispute belongs to this private link.")


def status_of(found: FollowedDispute, request: web.Request) -> DisputeStatus:
    """What the reporter is shown: nothing of the comment, the contact or who decided."""
    one = found.dispute
    known = clause_types().get(one.clause_type)
    public = request.app[SETTINGS].public_url or ""
    return DisputeStatus(
        contract_version="1",
        state=one.state,
        provision=one.provision_id,
        label=known.title if known else one.clause_type,
        document=found.document_title,
        reason=one.reason,
        proposed_type=one.proposed_type,
        proposed_severity=one.proposed_severity,
        created_at=one.created_at,
        decision=one.decision,
        permalink=f"{public}/provisions/{one.provision_id}" if found.live else None,
    )


def private_json(body: bytes, *, etag: str | None = None) -> web.Response:
    """An answer that is for one person and kept nowhere."""
    headers = {"Cache-Control": "no-store"} | ({"ETag": etag} if etag else {})
    return web.Response(body=body, content_type="application/json", charset="utf-8", headers=headers)
