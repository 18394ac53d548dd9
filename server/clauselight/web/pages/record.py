"""The page that a provision's permalink opens."""

from __future__ import annotations

from aiohttp import web

from clauselight.contract.provision import Provision
from clauselight.publication.files import Shelf
from clauselight.publication.places import number

from ..keys import PUBLICATION
from ..problems import ProblemRaised
from .render import page

routes = web.RouteTableDef()


@routes.get("/provisions/{id:CL-P-[0-9]{6}}")
@routes.get("/provisions/{id:CL-P-[0-9]{6}}/{slug}")
async def record(request: web.Request) -> web.Response:
    """One record in the order in which people need it."""
    found = request.app[PUBLICATION].get(Shelf.PROVISION, number(request.match_info["id"]))
    if found is None:
        raise ProblemRaised("unknown-provision", "No provision has this id; ids look like CL-P-003363.")
    return page(request, "record.html", record=Provision.model_validate_json(found.plain()))
