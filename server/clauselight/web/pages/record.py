"""The page that a provision's permalink opens: everything about one record."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from aiohttp import web

from clauselight.contract.action import Action
from clauselight.contract.history import ChangeRecord
from clauselight.contract.provision import Provision
from clauselight.domain.questions import questions
from clauselight.exporters.citation_file import whole_address, whole_citation
from clauselight.exporters.web_annotation import annotation
from clauselight.publication.files import Shelf
from clauselight.publication.places import number
from clauselight.store.snapshots import has_snapshot

from .. import letter_data
from ..directory_access import KIND_WORDS, MOST_SHOWN, SOURCE_WORDS, directory_of
from ..keys import ENGINE, PUBLICATION
from ..problems import ProblemRaised
from ..withdrawn_records import withdrawn
from .assets import has_asset
from .change_view import Change, Effort
from .render import LONGEST_TEXT, answer, markup, origin
from .withdrawn import withdrawn_page

routes = web.RouteTableDef()

LARGEST_PAGE: Final = 100_000
"""Bytes. A record whose texts are longer than any we have seen is shown again with less of each."""

_SHOWN: Final = ((LONGEST_TEXT, 30), (1_200, 12), (300, 6))
"""Characters of a text and items of a list, the first that keeps the page small enough."""

LONGEST_MAIL: Final = 1_800
"""Characters of a mailto link: mail programs and browsers cut longer ones."""


@routes.get("/provisions/{id:CL-P-[0-9]{6}}")
@routes.get("/provisions/{id:CL-P-[0-9]{6}}/{slug:(?!(?:dispute|letter)$).+}")
async def record(request: web.Request) -> web.Response:
    """One record in the order in which people need it."""
    identity = request.match_info["id"]
    found = request.app[PUBLICATION].get(Shelf.PROVISION, number(identity))
    if found is None:
        gone = await withdrawn(request, identity)
        if gone is None:
            raise ProblemRaised("unknown-provision", "No provision has this id; ids look like CL-P-003363.")
        return withdrawn_page(request, gone)
    shown = Provision.model_validate_json(found.plain())
    here = origin(request)
    changes = _changes(shown)
    directory = await directory_of(request, shown.entity.id)
    async with request.app[ENGINE].connect() as connection:
        archived = await has_snapshot(connection, shown.document.id)
    text = ""
    for most, items in _SHOWN:
        text = markup(
            request,
            "record.html",
            record=shown,
            archived=archived,
            changes=changes[::-1][:items],
            changes_left=max(0, len(changes) - items),
            citation=whole_citation(shown.citation, here),
            link=whole_address(shown.permalink, here),
            # It holds the texts whole; where that is too much, its file is linked to.
            annotation=annotation(shown, here) if most == LONGEST_TEXT else None,
            questions=questions(shown),
            directory=directory,
            directory_kinds=KIND_WORDS,
            directory_sources=SOURCE_WORDS,
            directory_most=min(items, MOST_SHOWN),
            data=letter_data.of_clause(shown, directory)
            if most == LONGEST_TEXT and has_asset("ways.js")
            else None,
            mail=mail_link,
            most=most,
            items=items,
            canonical=shown.permalink if shown.permalink.startswith("/") else shown.permalink[len(here) :],
        )
        if len(text.encode()) <= LARGEST_PAGE:
            break
    return answer(request, text, script=True)


def mail_link(action: Action) -> str:
    """A link that opens the mail program, with the letter in it if that fits."""
    address = f"mailto:{quote(str(action.email), safe='@')}"
    if action.letter is None:
        return address
    filled = f"{address}?subject={quote(action.letter.subject)}&body={quote(action.letter.body.strip())}"
    return filled if len(filled) <= LONGEST_MAIL else address


def _changes(shown: Provision) -> list[Change]:
    effort = Effort()
    return [_change(shown, one, effort) for one in shown.history.changes]


def _change(shown: Provision, one: ChangeRecord, effort: Effort) -> Change:
    return Change(
        day=one.date.isoformat(),
        kind=one.kind.value,
        provision=number(shown.id),
        title=shown.title,
        gone=False,
        document=number(shown.document.id),
        document_title=shown.document.title,
        entity=shown.entity.id,
        entity_name=shown.entity.name,
        summary=one.summary,
        severity_from=one.severity_from and one.severity_from.value,
        severity_to=one.severity_to.value,
        old_quote=one.old_quote,
        new_quote=one.new_quote,
        parts=effort.differ(one.old_quote, one.new_quote),
    )
