"""Short questions about a record, answered from the record alone."""

from __future__ import annotations

from typing import NamedTuple

from clauselight.contract.provision import Provision
from clauselight.contract.vocabulary import ActionEffect, EvidenceBasis, Method, Severity

from .summary import listed


class Question(NamedTuple):
    """A question and its answer, both plain text."""

    question: str
    answer: str


def questions(record: Provision) -> list[Question]:
    """What people ask first."""
    return [
        Question("Does the document really say this?", _said(record)),
        Question("Who says that it matters?", _by(record)),
        Question("Is such a clause usual?", _usual(record)),
        Question("Can I do something about it?", _help(record)),
        Question("Is this still so?", _still(record)),
    ]


def _said(record: Provision) -> str:
    if record.quote is None:
        return "No sentence of it is quoted. The label is about the document as a whole."
    if record.evidence_basis is EvidenceBasis.INFERRED:
        return "Not in so many words. The label is our reading of the quoted sentence in its context."
    if record.provenance.quote_verified:
        return "Yes. The quoted words were found again in the copy of the page that is kept here."
    return (
        "The quoted words are explicit. The page that they were taken from is not kept here, so look there."
    )


def _by(record: Provision) -> str:
    sure = f"The confidence is {record.confidence.value}."
    if record.method is Method.CURATED:
        return f"A person read the clause and set the label. {sure}"
    assert record.automatic is not None
    chance = round(record.automatic.probability * 100)
    return (
        f"A classifier, version {record.method_version}, which gives the label a probability of {chance} %. "
        f"{sure} Such labels are wrong at times: read the quote."
    )


def _usual(record: Provision) -> str:
    shown = record.context.prevalence
    share = round(100 * shown.entities_with / shown.entities_tracked)
    return (
        f"{shown.entities_with} of {shown.entities_tracked} organisations whose documents were read here "
        f"have one of this kind ({share} %)."
    )


def _help(record: Provision) -> str:
    if record.severity is Severity.PROTECTIVE:
        return "You need not: the clause is good for you."
    if not record.actions:
        return "Nothing in particular is known to help against this clause."
    titles = listed([f"“{action.title}”" for action in record.actions[:3]], "or")
    if any(action.effect is ActionEffect.ENDS for action in record.actions):
        return f"Yes: {titles}. At least one of these ends the practice where it applies."
    return f"To some extent: {titles}. None of these ends the practice."


def _still(record: Provision) -> str:
    dates = record.history
    changed = (
        "It has not changed since"
        if dates.change_count == 0
        else f"It has changed {'once' if dates.change_count == 1 else f'{dates.change_count} times'} since"
    )
    return f"Last verified on {dates.last_verified}. {changed} it was first seen on {dates.first_seen}."
