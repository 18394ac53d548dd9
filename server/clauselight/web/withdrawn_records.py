"""Records that are not published any more: what became of them.

Their addresses were given out to be cited, so they answer for good: 410 Gone, which tells programs and search
engines not to come again, with who decided what and when, which tells people why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from clauselight.contract.dispute import DecidedDispute
from clauselight.contract.document import Document
from clauselight.contract.history import ChangeRecord
from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.vocabulary import AnchorOutcome, DisputeAct
from clauselight.store.disputes import public_decisions
from clauselight.store.documents import get_document
from clauselight.store.provision_state import stored_provision

from .curating import reading
from .problems import ProblemRaised

_MERGED: Final = re.compile(r"Merged into (CL-P-[0-9]{6})\b", re.ASCII)
"""How the summary of a merged record begins (`curation.acts`)."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A record that is not published any more, with the decided disputes about it, newest first."""

    record: ProvisionRecord
    document: Document
    decisions: list[DecidedDispute]

    @property
    def change(self) -> ChangeRecord:
        """What ended it."""
        return self.record.history.changes[-1]

    @property
    def decision(self) -> DecidedDispute | None:
        """The dispute on which it was removed."""
        return next((one for one in self.decisions if one.act is DisputeAct.REMOVE), None)

    @property
    def words_gone(self) -> bool:
        """Whether the document does not hold the words any more, so that nobody had to decide."""
        return self.change.outcome is AnchorOutcome.GONE

    @property
    def successor(self) -> str | None:
        """The record that it was merged into."""
        found = _MERGED.match(self.change.summary)
        return found[1] if found else None


async def withdrawn(request: web.Request, identity: str) -> Withdrawn | None:
    """The record of an id, when it was published once; None when it is published, or never was."""
    async with reading(request) as connection:
        stored = await stored_provision(connection, identity)
        if stored is None or stored.live:
            return None
        document = await get_document(connection, stored.record.document)
        if document is None:
            return None
        decisions = await public_decisions(connection, [identity])
    return Withdrawn(stored.record, document, decisions.get(identity, []))


def withdrawn_problem(found: Withdrawn) -> ProblemRaised:
    """The same as a problem, for programs."""
    said = f"{found.record.id} was withdrawn on {found.change.date.isoformat()}: {found.change.summary}"
    return ProblemRaised("provision-withdrawn", said)


async def missing_provision(request: web.Request, identity: str) -> ProblemRaised:
    """Why a record cannot be shown: it was withdrawn, or there never was one of this id."""
    if found := await withdrawn(request, identity):
        return withdrawn_problem(found)
    return ProblemRaised("unknown-provision", "No provision has this id; ids look like CL-P-003363.")
