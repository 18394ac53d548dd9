"""What the scripts of a page need to rank the ways about a clause and to write its letter.

The same facts that the extension has of it (`extension/src/letter-draft.ts`), written into the page, so that
its scripts need to ask nobody for anything and its policy can forbid them to.
"""

from __future__ import annotations

import json
from typing import Any

from clauselight.contract.directory import EntityDirectory
from clauselight.contract.provision import Provision
from clauselight.publication.files import to_json


def of_clause(provision: Provision, directory: EntityDirectory | None) -> dict[str, Any]:
    """About one clause."""
    return {
        "entity": {"id": provision.entity.id, "name": provision.entity.name},
        "document": {
            "id": provision.document.id,
            "title": provision.document.title,
            "url": provision.provenance.source_url,
        },
        "provision": {
            "id": provision.id,
            "title": provision.title,
            "type": {"id": provision.clause_type.id, "title": provision.clause_type.title},
            "severity": provision.severity.value,
            "actions": [json.loads(to_json(action)) for action in provision.actions],
            "clause": provision.quote.selector.exact if provision.quote else None,
        },
        "directory": _plain(directory),
    }


def of_entity(identity: str, name: str, directory: EntityDirectory | None) -> dict[str, Any]:
    """About an organisation as a whole."""
    return {
        "entity": {"id": identity, "name": name},
        "document": None,
        "provision": None,
        "directory": _plain(directory),
    }


def _plain(directory: EntityDirectory | None) -> Any:
    return None if directory is None else json.loads(to_json(directory))
