"""Reading what a request carries: JSON that fits a model, or a form, both within a limit."""

from __future__ import annotations

import asyncio
from typing import Final, TypeVar
from urllib.parse import parse_qsl

from aiohttp import web
from pydantic import BaseModel, ValidationError

from clauselight.contract.problem import FieldError

from .problems import ProblemRaised

ARRIVES_WITHIN: Final = 30.0
"""Seconds for a body to arrive."""

MOST_FIELDS: Final = 50
"""Fields of a form; the largest here has a dozen."""

Sent = TypeVar("Sent", bound=BaseModel)


async def json_body(request: web.Request, model: type[Sent], *, most: int) -> Sent:
    """The body as a model; `most` in bytes. Raises ProblemRaised, which says where and what is expected, and
    repeats nothing of what was sent."""
    body = await read_body(request, most)
    try:
        return model.model_validate_json(body, strict=True)
    except ValidationError as wrong:
        errors = field_errors(wrong)
    detail = "; ".join(f"{one.field or 'the body'}: {one.message}" for one in errors)
    raise ProblemRaised("bad-body", f"The body cannot be used. {detail}.", errors=errors)


def field_errors(wrong: ValidationError) -> list[FieldError]:
    """What is wrong and where, without what was sent; at most twenty of them. A member that is too much is
    told without its name, which may be anything."""
    found = []
    for error in wrong.errors(include_url=False, include_input=False, include_context=False)[:20]:
        place = error["loc"][:-1] if error["type"] == "extra_forbidden" else error["loc"]
        found.append(FieldError(field=".".join(map(str, place))[:200], message=error["msg"][:300]))
    return found


async def form_body(request: web.Request, *, most: int) -> dict[str, str]:
    """A form's fields; of a name that comes twice, the first. Raises ProblemRaised."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise ProblemRaised("unsupported-media-type", "A form is sent as application/x-www-form-urlencoded.")
    body = await read_body(request, most)
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError:  # bytes that are no text, or too many fields
        raise ProblemRaised("bad-body", "The form cannot be read.") from None
    fields: dict[str, str] = {}
    for name, value in pairs:
        # Browsers send line breaks as CR LF.
        fields.setdefault(name, value.replace("\r\n", "\n"))
    return fields


async def read_body(request: web.Request, most: int) -> bytes:
    """All bytes of a body within the limits of size and time. Raises ProblemRaised."""
    too_large = ProblemRaised("request-too-large", f"This call takes {most:,} bytes; the body has more.")
    if (request.content_length or 0) > most:
        raise too_large
    arrived = bytearray()
    try:
        async with asyncio.timeout(ARRIVES_WITHIN):
            # Not `read`, which knows one limit for all calls.
            async for piece in request.content.iter_any():
                arrived += piece
                if len(arrived) > most:
                    raise too_large
    except TimeoutError:
        raise ProblemRaised(
            "request-timeout", f"The body did not arrive within {ARRIVES_WITHIN:.0f} seconds."
        ) from None
    return bytes(arrived)
