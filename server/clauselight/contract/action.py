"""What a person can do about a clause."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .base import Email, HttpsUrl, Jurisdiction, Model, ShortText, Text, distinct
from .vocabulary import ActionEffect, ActionKind


class Letter(Model):
    """A ready letter. `{name}` stands for the sender's name; nothing else is filled in by machine."""

    subject: ShortText
    body: Text


class Action(Model):
    """One thing to do, with where, how, and how far it helps."""

    kind: ActionKind
    title: ShortText
    steps: Annotated[list[Text], Field(max_length=20)] = []
    url: HttpsUrl | None = None
    """The page on which it is done."""
    email: Email | None = None
    """Whom to write to."""
    letter: Letter | None = None
    jurisdictions: Annotated[list[Jurisdiction], *distinct(1)]
    effect: ActionEffect
    effect_note: Text | None = None
    """What it does not do, or what it costs."""
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None
    """Roughly how long it takes."""
