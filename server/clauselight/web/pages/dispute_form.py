"""The form by which anybody reports a wrong label, for those who read records without the extension."""

from __future__ import annotations

import secrets
from typing import Final

from aiohttp import web
from pydantic import ValidationError

from clauselight.contract.dispute import MOST_COMMENT, MOST_CONTACT, DisputeRequest
from clauselight.contract.provision import Provision
from clauselight.contract.vocabulary import DisputeReason, Severity
from clauselight.knowledge.clause_types import clause_types
from clauselight.publication.files import Shelf
from clauselight.publication.places import number
from clauselight.store.disputes import NewDispute

from ..api.disputes import MOST_BYTES, checked_dispute, filed_dispute
from ..bodies import field_errors, form_body
from ..dispute_words import REASONS
from ..keys import PUBLICATION
from ..who import now
from ..withdrawn_records import missing_provision
from .people import for_people
from .render import page

routes = web.RouteTableDef()

_EMPTY: Final = {
    **dict.fromkeys(("proposed_type", "proposed_severity", "comment", "contact"), ""),
    "reason": DisputeReason.NOT_IN_TEXT,
}

_WITH_SEVERITY: Final = frozenset({DisputeReason.WRONG_KIND, DisputeReason.WRONG_SEVERITY})
"""What a proposed severity goes with; with everything else the field is not shown and not sent on."""

_PATH: Final = "/provisions/{id:CL-P-[0-9]{6}}/dispute"


@routes.get(_PATH)
@for_people
async def dispute_form(request: web.Request) -> web.StreamResponse:
    """What is wrong, and what exactly will be sent."""
    return await _form_page(request, {})


@routes.post(_PATH)
@for_people
async def send_form(request: web.Request) -> web.StreamResponse:
    """Store the dispute, and lead to its private page."""
    fields = await form_body(request, most=MOST_BYTES)
    try:
        sent = dispute_of(request.match_info["id"], fields)
    except NoSuchKind as unknown:
        said = f"No kind of clause is called “{unknown}”. Choose one from the list, or leave the field empty."
        return await _form_page(request, fields, status=422, wrong=said)
    except ValidationError as wrong:
        said = "; ".join(f"{one.field}: {one.message}" for one in field_errors(wrong))
        return await _form_page(request, fields, status=422, wrong=said)
    new = NewDispute(checked_dispute(sent), secrets.token_urlsafe(32), now())
    await filed_dispute(request, new)
    raise web.HTTPSeeOther(f"/disputes/{new.token}?sent=1")


def dispute_of(identity: str, fields: dict[str, str]) -> DisputeRequest:
    """A dispute from a form. Raises ValidationError, NoSuchKind."""
    reason = fields.get("reason", "")
    kind = fields.get("proposed_type", "").strip() if reason == DisputeReason.WRONG_KIND else ""
    severity = fields.get("proposed_severity") if reason in _WITH_SEVERITY else None
    return DisputeRequest.model_validate(
        {
            "provision": identity,
            "reason": reason,
            "proposed_type": _kind_named(kind) if kind else None,
            "proposed_severity": severity or None,
            "comment": fields.get("comment", "").strip() or None,
            "contact": fields.get("contact", "").strip() or None,
        }
    )


class NoSuchKind(Exception):
    """What was typed names no kind of clause."""


def _kind_named(typed: str) -> str:
    """The id of a kind of clause by its title, as the list offers it, or by its id. Raises NoSuchKind."""
    wanted = " ".join(typed.casefold().split())
    for one in clause_types().values():
        if wanted in (one.title.casefold(), one.id):
            return one.id
    raise NoSuchKind(typed)


async def _form_page(
    request: web.Request, fields: dict[str, str], *, status: int = 200, wrong: str = ""
) -> web.Response:
    identity = request.match_info["id"]
    found = request.app[PUBLICATION].get(Shelf.PROVISION, number(identity))
    if found is None:
        raise await missing_provision(request, identity)
    return page(
        request,
        "dispute_form.html",
        status=status,
        record=Provision.model_validate_json(found.plain()),
        form={**_EMPTY, **fields},
        wrong=wrong,
        reasons=REASONS,
        severities=list(Severity),
        types=sorted(clause_types().values(), key=lambda one: one.title),
        most_comment=MOST_COMMENT,
        most_contact=MOST_CONTACT,
    )
