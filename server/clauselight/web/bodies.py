"""Reading what a request carries: JSON that fits a model, or a form, both within a limit."""

from __future__ import annotations

from typing import TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from clauselight.contract.problem import FieldError

from .problems import ProblemRaised

Sent = TypeVar("Sent", bound=BaseModel)


async def json_body(request: web.Request, model: type[Sent], *, most: int) -> Sent:
    """The body as a model; `most` in bytes. Raises ProblemRaised, which says where and what is expected, and
    repeats nothing of what was sent."""
    body = await _bytes(request, most)
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
    await _bytes(request, most)
    try:
        fields = await request.post()
    except (ValueError, LookupError):  # bytes that are no text, or too many fields
        raise ProblemRaised("bad-body", "The form cannot be read.") from None
    # Browsers send line breaks as CR LF.
    return {name: value.replace("\r\n", "\n") for name, value in fields.items() if isinstance(value, str)}


async def _bytes(request: web.Request, most: int) -> bytes:
    too_large = ProblemRaised("request-too-large", f"This call takes {most:,} bytes; the body has more.")
    if (request.content_length or 0) > most:
        raise too_large
    body = await request.read()
    if len(body) > most:
        raise too_large
    return body
