"""A kind of clause in the taxonomy, with what is known about it whatever the document."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .action import Letter
from .base import HttpsUrl, Jurisdiction, Model, ShortText, Slug, Text
from .law import Agency, InstitutionalAnalysis, Regulation
from .provision import PeerExample, Prevalence
from .vocabulary import ActionEffect, ActionKind, Category, Severity


class TypicalAction(Model):
    """Something that usually helps against this kind of clause, whoever wrote it."""

    kind: ActionKind
    title: ShortText
    steps: Annotated[list[Text], Field(max_length=20)] = []
    url: HttpsUrl | None = None
    letter: Letter | None = None
    """`{entity}`, `{document}`, `{clause}` and `{name}` are filled in where the letter is used."""
    jurisdictions: Annotated[list[Jurisdiction], Field(min_length=1)]
    effect: ActionEffect
    effect_note: Text | None = None
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None


class ClauseType(Model):
    """What a kind of clause is, when it hurts, and what to do."""

    id: Slug
    title: ShortText
    category: Category
    severity: Severity
    """The default; a record may differ."""
    severity_reason: Text
    raises: list[Text]
    lowers: list[Text]
    highlight: bool
    """Whether it is worth marking on a page by default."""
    definition: Text
    what_it_is: Text
    how_it_affects_you: Text
    why_it_matters: Text
    not_a_problem_when: Text
    actions: list[TypicalAction]
    agencies: list[Agency]
    regulations: list[Regulation]
    institutional: InstitutionalAnalysis


class ClauseTypeAnswer(Model):
    """A clause type with who has it."""

    clause_type: ClauseType
    prevalence: Prevalence | None = None
    """Absent while no document has been analysed."""
    examples: list[PeerExample]
