"""What the action directory knows of an organisation, for its page and for those of its clauses."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from clauselight.contract.directory import DirectoryKind, EntityDirectory
from clauselight.store.directory import directories_of

from .keys import ENGINE

KIND_WORDS: Final = {
    DirectoryKind.DELETION: "Delete the account",
    DirectoryKind.OPT_OUT: "Opt out",
    DirectoryKind.OBJECT: "Object",
    DirectoryKind.ACCESS: "See what they hold about you",
    DirectoryKind.PORTABILITY: "Take your data along",
    DirectoryKind.SETTING: "Change the setting",
    DirectoryKind.CONTACT: "Write to them",
    DirectoryKind.COMPLAINT: "Complain to them",
}
"""What an entry is for, as a person would say it."""

SOURCE_WORDS: Final = {
    "justdeleteme": "JustDeleteMe",
    "datenanfragen": "Datenanfragen.de",
    "curated": "this server",
}

MOST_SHOWN: Final = 12


async def directory_of(request: web.Request, entity_id: str) -> EntityDirectory | None:
    """The directory of one organisation; None when nothing is known. Raises ArchiveUnusable."""
    async with request.app[ENGINE].connect() as connection:
        return (await directories_of(connection, [entity_id])).get(entity_id)
