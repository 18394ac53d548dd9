"""From what the classifier found to provisional records: its label, and what our texts say about such
clauses.

The explanation, actions, authorities and laws are those of the clause type. They are true of the kind of
clause, and nobody has read this one; so the method is `automatic`, which every reader is shown.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from clauselight.contract.action import Action, Letter
from clauselight.contract.base import NOT_KEPT
from clauselight.contract.clause_type import TypicalAction
from clauselight.contract.document import Document
from clauselight.contract.history import ChangeRecord, Provenance
from clauselight.contract.provision import (
    MOST_WORDS,
    AutomaticLabel,
    Explanation,
    ProvisionRecord,
    RecordDates,
)
from clauselight.contract.quote import Quote, TextPositionSelector, TextQuoteSelector
from clauselight.contract.vocabulary import ChangeKind, EvidenceBasis, Method
from clauselight.knowledge.clause_types import clause_types

from .found import Analysis, FoundClause

LONGEST_IN_LETTER: Final = 600
"""Characters of a clause quoted in a letter; a letter that is half quotation is not read."""

UNNAMED_ENTITY: Final = "this-page"
"""Id of the entity of a text that came without an address: nobody knows whose it is."""

UNNAMED_IN_LETTER: Final = "your company"

NOT_KEPT_NOTE: Final = "Analysed from the text that was sent; nothing of it was kept."


def provisional_records(
    analysis: Analysis, document: Document, *, moment: dt.datetime, source_url: str | None
) -> list[ProvisionRecord]:
    """Records of an analysis that is not kept, numbered from CL-A-000001; clause types that our texts do not
    know are left out."""
    provenance = Provenance(
        source_url=source_url,
        analysed_at=moment,
        snapshot_stored=False,
        hash_verified=False,
        quote_verified=False,
        change_verified=False,
        note=NOT_KEPT_NOTE,
    )
    known = [one for one in analysis.found if one.clause_type in clause_types()]
    return [
        provisional_record(
            one,
            document,
            identity=f"{NOT_KEPT}{number:06}",
            method_version=analysis.method_version,
            provenance=provenance,
            position=(one.start, one.end),
            dates=first_dates(one, moment.date(), analysis.method_version),
        )
        for number, one in enumerate(known, start=1)
    ]


def provisional_record(
    found: FoundClause,
    document: Document,
    *,
    identity: str,
    method_version: str,
    provenance: Provenance,
    position: tuple[int, int] | None,
    dates: RecordDates,
) -> ProvisionRecord:
    """One record. `position` in the text that the provenance speaks of."""
    clause_type = clause_types()[found.clause_type]
    return ProvisionRecord(
        id=identity,
        slug=clause_type.id,
        title=clause_type.title,
        severity=found.severity,
        confidence=found.confidence,
        evidence_basis=EvidenceBasis.EXPLICIT,
        method=Method.AUTOMATIC,
        method_version=method_version,
        automatic=AutomaticLabel(
            probability=found.probability,
            words=[word[:300] for word in found.words if word.strip()][:MOST_WORDS],
            highlight=found.highlight,
        ),
        explanation=Explanation(
            what_it_is=clause_type.what_it_is,
            how_it_affects_you=clause_type.how_it_affects_you,
            why_it_matters=clause_type.why_it_matters,
            interpretive_note=clause_type.not_a_problem_when,
        ),
        quote=Quote(
            selector=TextQuoteSelector(exact=found.exact, prefix=found.prefix, suffix=found.suffix),
            position=None if position is None else TextPositionSelector(start=position[0], end=position[1]),
            recorded=dates.last_verified,
        ),
        actions=[action_for(action, found.exact, document) for action in clause_type.actions],
        agencies=clause_type.agencies,
        regulations=clause_type.regulations,
        institutional=clause_type.institutional,
        provenance=provenance,
        document=document.id,
        clause_type=clause_type.id,
        history=dates,
    )


def first_dates(found: FoundClause, day: dt.date, method_version: str) -> RecordDates:
    """The history of a clause that was never seen before."""
    return RecordDates(
        first_seen=day,
        last_seen=day,
        last_verified=day,
        changes=[
            ChangeRecord(
                date=day,
                kind=ChangeKind.ADDED,
                summary=f"Found by automatic analysis (classifier {method_version}).",
                severity_to=found.severity,
            )
        ],
    )


def action_for(action: TypicalAction, clause: str, document: Document) -> Action:
    """What helps against a kind of clause, as an action against these words in this document."""
    letter = action.letter and Letter(
        subject=_filled(action.letter.subject, clause, document)[:300],
        body=_filled(action.letter.body, clause, document),
    )
    return Action(
        kind=action.kind,
        title=action.title,
        steps=action.steps,
        url=action.url,
        letter=letter,
        jurisdictions=action.jurisdictions,
        effect=action.effect,
        effect_note=action.effect_note,
        minutes=action.minutes,
    )


def _filled(text: str, clause: str, document: Document) -> str:
    """A letter's text with the names of this case; `{name}` stays, since only the sender knows it."""
    if len(clause) > LONGEST_IN_LETTER:
        clause = clause[:LONGEST_IN_LETTER].rsplit(" ", 1)[0] + " …"
    entity = document.entity
    names = {
        "entity": UNNAMED_IN_LETTER if entity.id == UNNAMED_ENTITY else entity.name,
        "document": document.title,
        "clause": clause,
    }
    # In one pass: what is put in is a stranger's text, in which a name in braces means nothing.
    return re.sub(r"\{(entity|document|clause)\}", lambda found: names[found[1]], text)
