"""Every route of the server, in the order in which addresses are compared: the first that fits answers."""

from __future__ import annotations

from typing import Final

from . import feeds
from .api import (
    analyses,
    audit_lines,
    authorities,
    curation,
    dispute_decisions,
    disputes,
    documents,
    exports,
    health,
    history,
    openapi,
    published,
)
from .pages import (
    assets,
    changes,
    clause_type,
    compare,
    crawlers,
    demo,
    digest,
    dispute_form,
    dispute_state,
    document,
    downloads,
    entity,
    find,
    landing,
    letter,
    methodology,
    moderation,
    moderation_together,
    reader,
    record,
    reference,
    registry,
    sign_in,
    versions,
)

_API: Final = (
    # Files of a record before the record: `CL-P-000001.bib` would be an id that no provision has.
    exports,
    published,
    documents,
    history,
    authorities,
    analyses,
    disputes,
    health,
    openapi,
    feeds,
)

_PEOPLE: Final = (
    dispute_decisions,
    curation,
    audit_lines,
    sign_in,
    moderation,
    moderation_together,
    dispute_form,
    dispute_state,
)

_PAGES: Final = (
    landing,
    find,
    registry,
    letter,
    record,
    # Before the document, whose address takes any slug behind the id.
    reader,
    versions,
    document,
    entity,
    clause_type,
    compare,
    changes,
    methodology,
    demo,
    downloads,
    reference,
    digest,
    crawlers,
    assets,
)

ROUTES: Final = tuple(module.routes for module in (*_API, *_PEOPLE, *_PAGES))
"""The modules' tables of routes."""
