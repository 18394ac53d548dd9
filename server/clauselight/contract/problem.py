"""The one shape of every error: RFC 9457 problem details (https://www.rfc-editor.org/rfc/rfc9457)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .base import Model, ShortText, Slug, Text


class FieldError(Model):
    """One thing that is wrong, and where."""

    field: str
    """Name of the field or parameter; a dotted path inside a body."""
    message: Text


class Problem(Model):
    """An error a person can act on. `type` never changes once published."""

    type: Annotated[str, Field(pattern=r"^/problems/[a-z0-9-]+$")]
    title: ShortText
    status: Annotated[int, Field(ge=400, le=599)]
    detail: Text
    reason: Slug | None = None
    """Which case of the type it is, where a program may want to tell them apart: `login` of a page that is no
    policy."""
    errors: list[FieldError] = []
    """Every rule broken, all of them at once."""
