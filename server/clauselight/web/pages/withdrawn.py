"""The page that the permalink of a withdrawn record opens: what it was, and what became of it."""

from __future__ import annotations

from aiohttp import web

from clauselight.contract.history import ChangeRecord
from clauselight.domain.citation import PUBLISHER
from clauselight.publication.places import number

from ..withdrawn_records import Withdrawn
from .change_view import Change, Effort
from .render import origin, page


def withdrawn_page(request: web.Request, found: Withdrawn) -> web.Response:
    """410, with everything that somebody who followed a link wants to know."""
    record, effort = found.record, Effort()
    link = f"{origin(request)}/provisions/{record.id}"
    return page(
        request,
        "withdrawn.html",
        status=410,
        found=found,
        record=record,
        document=found.document,
        changes=[_change(found, one, effort) for one in record.history.changes][::-1],
        link=link,
        citation=(
            f"{PUBLISHER}, “{record.title}”, provision {record.id} of the {found.document.title} "
            f"({found.document.entity.name}), withdrawn {found.change.date.isoformat()}, {link}"
        ),
    )


def _change(found: Withdrawn, one: ChangeRecord, effort: Effort) -> Change:
    return Change(
        day=one.date.isoformat(),
        kind=one.kind.value,
        provision=number(found.record.id),
        title=found.record.title,
        gone=True,
        document=number(found.document.id),
        document_title=found.document.title,
        entity=found.document.entity.id,
        entity_name=found.document.entity.name,
        summary=one.summary,
        severity_from=one.severity_from and one.severity_from.value,
        severity_to=one.severity_to.value,
        old_quote=one.old_quote,
        new_quote=one.new_quote,
        parts=effort.differ(one.old_quote, one.new_quote),
    )
