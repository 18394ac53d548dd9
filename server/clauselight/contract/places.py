"""Groups of places by the law that protects people there: one definition for actions, letters and readers.

A reader chooses a place, never is located. A place is a member of one group; what is said of actions and
laws by code (`EEA`, `US`, `US-CO`, `worldwide`) applies to a person there when the code is `worldwide`, the
member's own, or among the group's `codes`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Day, Jurisdiction, Model, ShortText, Slug, distinct


class Names(Model):
    """A name in the interface's languages."""

    en: ShortText
    de: ShortText
    fr: ShortText


class PlaceMember(Model):
    """A place that one can choose."""

    code: Jurisdiction
    """ISO 3166, but UK for the United Kingdom."""
    name: ShortText | None = None
    """Of a state or province, in English; a country's name every browser knows in every language."""
    laws: Annotated[list[Slug], *distinct(max_length=10)] = []
    """Of its own on personal data, beyond the group's: ids of regulations."""
    since: Day | None = None
    """Since when the first of these laws applies."""
    opt_out_signal: bool = False
    """The law makes companies heed a browser's opt-out signal (Global Privacy Control)."""


class PlaceGroup(Model):
    """Places in which the same actions are right."""

    id: Slug
    names: Names
    codes: Annotated[list[Jurisdiction], *distinct(max_length=5)]
    """What applies to everyone here, besides `worldwide`."""
    members: Annotated[list[PlaceMember], *distinct(max_length=60)]
    """Empty for the group of everywhere else."""
    laws: Annotated[list[Slug], *distinct(max_length=10)] = []
    """The general law on personal data that everyone here has: ids of regulations."""


class PlaceList(Model):
    """All groups, in the order in which one is asked to choose; every place is in one of them."""

    contract_version: Literal["1"]
    groups: Annotated[list[PlaceGroup], Field(min_length=1, max_length=40)]
