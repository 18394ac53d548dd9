"""Pages on which a letter is written: about a clause, or to an organisation.

The letter comes about in the reader's browser, by the letter page of the extension (`extension/src/web/`).
Its page may run that one script and ask nobody for anything, this server included: what is typed stays where
it is typed.
"""

from __future__ import annotations

from aiohttp import web

from clauselight.contract.provision import Provision
from clauselight.publication.files import Shelf
from clauselight.publication.places import number
from clauselight.publication.registry_views import entity_row

from .. import letter_data
from ..directory_access import directory_of
from ..keys import PUBLICATION
from ..problems import ProblemRaised
from ..registry_access import ask
from .assets import has_asset
from .render import page

routes = web.RouteTableDef()


@routes.get("/provisions/{id:CL-P-[0-9]{6}}/letter")
async def letter_about_clause(request: web.Request) -> web.Response:
    """A letter that names one clause."""
    found = request.app[PUBLICATION].get(Shelf.PROVISION, number(request.match_info["id"]))
    if found is None:
        raise ProblemRaised("unknown-provision", "No provision has this id; ids look like CL-P-003363.")
    record = Provision.model_validate_json(found.plain())
    directory = await directory_of(request, record.entity.id)
    return page(
        request,
        "letter.html",
        script=True,
        entity=record.entity,
        record=record,
        data=letter_data.of_clause(record, directory),
        with_script=has_asset("letter.js"),
    )


@routes.get("/entities/{id}/letter")
async def letter_to_entity(request: web.Request) -> web.Response:
    """A letter to an organisation, about no clause of it."""
    found = await ask(request, entity_row, request.match_info["id"])
    if found is None:
        raise ProblemRaised("not-found", "No organisation has this id. The list of organisations has all.")
    return page(
        request,
        "letter.html",
        script=True,
        entity=found,
        record=None,
        data=letter_data.of_entity(found.id, found.name, await directory_of(request, found.id)),
        with_script=has_asset("letter.js"),
    )
