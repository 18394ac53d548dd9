"""One call of the API as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Parameter:
    """A path or query parameter."""

    name: str
    place: str
    description: str
    schema: dict[str, Any]
    example: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One call; `problems` are the slugs of the problem types it may answer, beside those that any call may.

    `body`: what is sent, with an example.
    """

    path: str
    summary: str
    description: str
    answer: type[BaseModel] | None
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[str, ...] = field(default=())
    method: str = "GET"
    body: type[BaseModel] | None = None
    example: dict[str, Any] = field(default_factory=dict)
    scope: str | None = None
    """What a token must allow; None: anybody may."""
    media: str = "application/json"
    """Content type of the answer."""
    if_match: bool = False
    """Whether it needs the entity tag of what it changes."""
