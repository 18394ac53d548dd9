"""Building blocks of all models: the strict base class and the constrained text types.

The constraints are plain JSON Schema keywords (pattern, length), so that pydantic, `jsonschema` and the
extension's precompiled validator judge a value alike.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

MAX_TEXT = 20_000
"""Longest free text in a record, in characters; the longest quote in the anchoring data has 2,400."""

MAX_URL = 8_192
"""Longest URL, in characters: commonly accepted by servers and browsers (RFC 9110 asks for 8,000)."""


class Model(BaseModel):
    """Base of the contract: immutable, and a field that is not in the contract is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


Text = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT, pattern=r"\S")]
"""A non-blank text for people, never markup."""

ShortText = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"\S")]
"""A non-blank name or title."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
"""Lower-case words joined by hyphens."""

DocumentId = Annotated[str, StringConstraints(pattern=r"^CL-[AD]-[0-9]{6}$")]
"""Identity of a document, such as CL-D-000098. One with an A (answered) was analysed and not kept: no archive
holds it, and its number means something only inside the answer it stands in."""

ProvisionId = Annotated[str, StringConstraints(pattern=r"^CL-[AP]-[0-9]{6}$")]
"""Identity of a provision, such as CL-P-003363; with an A as for documents."""

NOT_KEPT = "CL-A-"
"""How the ids of documents and provisions begin that no archive holds."""

HttpsUrl = Annotated[str, StringConstraints(pattern=r'^https://[^\s/?#"<>\\]+[^\s"<>]*$', max_length=MAX_URL)]
"""An absolute https address; other schemes (javascript:, http:, data:) do not fit."""

Permalink = Annotated[
    str,
    StringConstraints(pattern=r'^(https://[^\s/?#"<>\\]+)?/[^\s"<>\\/][^\s"<>\\]*$', max_length=MAX_URL),
]
"""A stable address: absolute when the server has a public name, else a path on the server that was asked."""

Email = Annotated[
    str,
    StringConstraints(
        pattern=r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$",
        max_length=254,
    ),
]
"""A bare e-mail address (no display name, no line breaks, no header fields)."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 as 64 lower-case hexadecimal digits."""

LanguageTag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""A BCP 47 language tag."""

Jurisdiction = Annotated[str, StringConstraints(pattern=r"^(worldwide|[A-Z]{2,3}(-[A-Z]{2})?)$")]
"""Where something applies: worldwide, EEA, UK, CH, US, US-CA, BR ..."""


_MOMENT = re.compile(
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|\+00:00)$", re.ASCII
)


def _utc(value: Any) -> Any:
    """Naive times are refused: evidence without a time zone is no evidence."""
    if isinstance(value, dt.datetime):
        if value.tzinfo is None:
            raise ValueError("the time needs a time zone")
        return value.astimezone(dt.UTC)
    if isinstance(value, str) and _MOMENT.match(value):
        return dt.datetime.fromisoformat(value)
    raise ValueError("a time is written as RFC 3339 in UTC, such as 2026-11-01T09:00:00Z")


Moment = Annotated[
    dt.datetime,
    BeforeValidator(_utc),
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": _MOMENT.pattern}),
]
"""A time in UTC, RFC 3339."""

_DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", re.ASCII)


def _day(value: Any) -> Any:
    """Only YYYY-MM-DD is a day; pydantic alone would also take times and numbers."""
    if isinstance(value, str) and _DAY.match(value):
        return dt.date.fromisoformat(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    raise ValueError("a day is written YYYY-MM-DD")


Day = Annotated[
    dt.date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": _DAY.pattern}),
]
"""A calendar day in UTC, YYYY-MM-DD."""


def _distinct(values: list[Any]) -> list[Any]:
    """JSON Schema's uniqueItems, which pydantic does not judge by itself."""
    seen: list[Any] = []
    for value in values:
        if value in seen:
            raise ValueError("items must be distinct")
        seen.append(value)
    return values


def distinct(min_length: int = 0, max_length: int = 1_000) -> tuple[Any, ...]:
    """Metadata for a list whose items differ, for use as ``Annotated[list[T], *distinct()]``."""
    return (
        Field(min_length=min_length, max_length=max_length, json_schema_extra={"uniqueItems": True}),
        AfterValidator(_distinct),
    )
