"""Deciding disputes: the queue, one case, the decision. Plain forms; a script adds keys.

Taking a case and deciding it are POSTs, so that no link and no other page can do either.
"""

from __future__ import annotations

from typing import Final

from aiohttp import web
from pydantic import ValidationError

from clauselight.contract.curation import DisputeCase, DisputeDecision
from clauselight.contract.provision import Explanation
from clauselight.contract.vocabulary import DisputeAct, Severity
from clauselight.curation.decide import decide
from clauselight.knowledge.clause_types import clause_types
from clauselight.store.dispute_floods import floods
from clauselight.store.dispute_queue import lease_dispute, lease_next
from clauselight.store.tokens import Scope

from ..api.audit_lines import audit_page
from ..api.dispute_decisions import LARGEST_NUMBER, MOST_BYTES, dispute_number, whole
from ..bodies import field_errors, form_body
from ..curating import changing, reading
from ..dispute_cases import case, queue
from ..dispute_words import ACTS, AS_PROPOSED, REASONS, USUAL
from ..keys import PUBLICATION, SITE
from ..problems import ProblemRaised
from ..together import USUAL_TOGETHER
from ..who import Who, acting, now, require
from .people import for_people, people_page

routes = web.RouteTableDef()

SHOWN: Final = 25
"""Disputes on a page of the queue."""

MOST_FLOODS: Final = 5
"""What is said alike of many labels, of which the queue speaks at its top."""

_TYPE_AGAIN: Final = frozenset({"rules-broken", "changed-meanwhile", "unknown-clause-type", "dispute-held"})
"""Problems after which the form is shown again with what was typed."""


@routes.get("/moderation")
@for_people
async def waiting(request: web.Request) -> web.StreamResponse:
    """The queue."""
    reader = await require(request, Scope.READ)
    after = whole(request, "after", 0, 0, LARGEST_NUMBER)
    async with reading(request) as connection:
        found = await queue(connection, reader, after=after, limit=SHOWN, document_id=None)
        alike = [] if after else await floods(connection, limit=MOST_FLOODS)
    last = found.disputes[-1].id if found.next else None
    return await people_page(
        request,
        "moderation_queue.html",
        queue=found,
        next_after=last,
        after=after,
        floods=alike,
        reasons=REASONS,
        type_titles={one.id: one.title for one in clause_types().values()},
        usual=USUAL_TOGETHER,
        may_decide=reader.scope.allows(Scope.DISPUTE),
        decided=request.query.get("decided") == "1",
        rejected=_told(request, "rejected"),
        left=_told(request, "left"),
        none_picked=request.query.get("picked") == "0",
    )


def _told(request: web.Request, name: str) -> int | None:
    """A small number that the page before this one came to."""
    text = request.query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


@routes.post("/moderation/next")
@for_people
async def take_next(request: web.Request) -> web.StreamResponse:
    """Take the oldest dispute that nobody is at work on."""
    moderator = await require(request, Scope.DISPUTE)
    async with changing(request) as connection:
        number = await lease_next(connection, moderator.name, now())
    raise web.HTTPSeeOther("/moderation" if number is None else f"/moderation/disputes/{number}")


@routes.get("/moderation/disputes/{id}")
@for_people
async def dispute_page(request: web.Request) -> web.StreamResponse:
    """One case, with the form that decides it."""
    return await _case_page(request, await require(request, Scope.READ))


@routes.post("/moderation/disputes/{id}")
@for_people
async def decide_case(request: web.Request) -> web.StreamResponse:
    """Decide, and go on to the next one."""
    moderator = await require(request, Scope.DISPUTE)
    number = dispute_number(request)
    fields = await form_body(request, most=MOST_BYTES)
    try:
        decision = decision_of(fields)
    except ValidationError as wrong:
        errors = field_errors(wrong)
        said = "; ".join(f"{one.field}: {one.message}" if one.field else one.message for one in errors)
        return await _case_page(request, moderator, status=422, wrong=said, fields=fields)
    try:
        async with changing(request) as connection:
            await lease_dispute(connection, number, moderator.name, now())
            await decide(connection, number, decision, acting(moderator), fields.get("etag") or '""')
            following = await lease_next(connection, moderator.name, now())
    except ProblemRaised as raised:
        if raised.kind.slug not in _TYPE_AGAIN:
            raise
        return await _case_page(
            request, moderator, status=raised.kind.status, wrong=raised.detail, fields=fields
        )
    raise web.HTTPSeeOther(
        "/moderation?decided=1" if following is None else f"/moderation/disputes/{following}?decided=1"
    )


def decision_of(fields: dict[str, str]) -> DisputeDecision:
    """A decision from a form. Raises ValidationError."""
    act = fields.get("act", "")
    text = fields.get("text", "").strip()
    severity = fields.get("severity") or None
    explanation = None
    if act == DisputeAct.EDIT:
        explanation = Explanation(
            what_it_is=fields.get("what_it_is", "").strip(),
            how_it_affects_you=fields.get("how_it_affects_you", "").strip(),
            why_it_matters=fields.get("why_it_matters", "").strip(),
            interpretive_note=fields.get("interpretive_note", "").strip() or None,
        )
    return DisputeDecision.model_validate(
        {
            "act": act,
            "text": text or USUAL.get(act, ""),  # type: ignore[call-overload]
            "clause_type": (fields.get("clause_type") or None) if act == DisputeAct.RETYPE else None,
            "severity": severity if act in (DisputeAct.SEVERITY, DisputeAct.RETYPE) else None,
            "explanation": explanation,
            "similar": fields.get("similar") == "yes",
            "whole_label": fields.get("whole_label") == "yes" and act in (DisputeAct.KEEP, DisputeAct.REMOVE),
        }
    )


async def _case_page(
    request: web.Request,
    reader: Who,
    *,
    status: int = 200,
    wrong: str = "",
    fields: dict[str, str] | None = None,
) -> web.Response:
    landscape = request.app[PUBLICATION].fact("landscape")
    number = dispute_number(request)
    async with reading(request) as connection:
        found = await case(connection, request.app[SITE], reader, number, landscape)
    held = found.dispute.leased_by
    until = found.dispute.lease_until
    return await people_page(
        request,
        "moderation_case.html",
        status=status,
        case=found,
        form=_form(found, fields),
        wrong=wrong,
        held=held if held not in (None, reader.name) and until is not None and until > now() else None,
        may_decide=reader.scope.allows(Scope.DISPUTE) and found.decision is None,
        reasons=REASONS,
        acts=ACTS,
        usual=USUAL,
        severities=list(Severity),
        types=sorted(clause_types().values(), key=lambda one: one.title),
        type_titles={one.id: one.title for one in clause_types().values()},
        decided=request.query.get("decided") == "1",
    )


def _form(found: DisputeCase, fields: dict[str, str] | None) -> dict[str, str]:
    """What the form begins with: what was typed, or what the reporter proposes."""
    said, record = found.dispute, found.record
    proposed = clause_types().get(said.proposed_type or "")
    explanation = record.explanation
    begin = {
        "act": AS_PROPOSED[said.reason],
        "clause_type": said.proposed_type or "",
        "severity": said.proposed_severity or (proposed.severity if proposed else record.severity),
        "text": "",
        "similar": "yes",
        "whole_label": "no",
        "what_it_is": explanation.what_it_is,
        "how_it_affects_you": explanation.how_it_affects_you,
        "why_it_matters": explanation.why_it_matters,
        "interpretive_note": explanation.interpretive_note or "",
    }
    return begin if fields is None else {**begin, "similar": "no", "whole_label": "no", **fields}


@routes.get("/moderation/audit")
@for_people
async def audit(request: web.Request) -> web.StreamResponse:
    """Who did what, newest first."""
    await require(request, Scope.READ)
    before = whole(request, "before", LARGEST_NUMBER, 1, LARGEST_NUMBER)
    async with reading(request) as connection:
        found = await audit_page(connection, before=before, limit=SHOWN)
    last = found.entries[-1].id if found.next else None
    return await people_page(request, "moderation_audit.html", audit=found, next_before=last)
