"""Running acts of people on the archive: alone in a transaction, and every way in which they can fail as a
problem."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from aiohttp import web
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.problem import FieldError
from clauselight.contract.record_rules import RecordRefused
from clauselight.curation.changes import Conflict, Unknown
from clauselight.curation.decide import Decided, Held
from clauselight.curation.draft import UnknownClauseType
from clauselight.store.engine import write_alone
from clauselight.store.ids import NoIdsLeft

from .bodies import field_errors
from .keys import ENGINE
from .problems import ProblemRaised


@asynccontextmanager
async def changing(request: web.Request) -> AsyncIterator[AsyncConnection]:
    """A transaction that writes alone, and is undone when anything fails. Raises ProblemRaised."""
    with problems():
        async with request.app[ENGINE].begin() as connection:
            await write_alone(connection)
            yield connection


@asynccontextmanager
async def reading(request: web.Request) -> AsyncIterator[AsyncConnection]:
    """A connection that only reads. Raises ProblemRaised."""
    with problems():
        async with request.app[ENGINE].connect() as connection:
            yield connection


@contextmanager
def problems() -> Iterator[None]:
    """Turns what acts of people raise into problems."""
    try:
        yield
    except Unknown as unknown:
        raise ProblemRaised(*_unknown(str(unknown))) from None
    except UnknownClauseType:
        raise ProblemRaised("unknown-clause-type", "No clause type has this id.") from None
    except Conflict as conflict:
        raise ProblemRaised(
            "changed-meanwhile",
            "Somebody changed it since you read it; nothing was overwritten.",
            headers={"ETag": conflict.etag},
        ) from None
    except Held as held:
        raise ProblemRaised("dispute-held", f"{held} is deciding this dispute.") from None
    except Decided:
        raise ProblemRaised("dispute-decided", "The dispute is decided already.") from None
    except RecordRefused as refused:
        errors = [FieldError(field=one.field, message=one.message) for one in refused.violations]
        said = "; ".join(f"{one.field} {one.message}" for one in errors)
        raise ProblemRaised(
            "rules-broken", f"{said}.", errors=errors, reason=refused.violations[0].rule
        ) from None
    except ValidationError as wrong:
        errors = field_errors(wrong)
        said = "; ".join(f"{one.field or 'the record'}: {one.message}" for one in errors)
        raise ProblemRaised("rules-broken", f"{said}.", errors=errors) from None
    except NoIdsLeft:
        raise ProblemRaised("archive-full", "The archive has no id left for a new record.") from None


def _unknown(identity: str) -> tuple[str, str]:
    if identity.startswith("CL-D-"):
        return "unknown-document", "No document has this id; ids look like CL-D-000098."
    if identity.startswith("CL-P-"):
        return "unknown-provision", "No provision has this id; ids look like CL-P-003363."
    return "unknown-dispute", "No dispute has this number."


def if_match(request: web.Request) -> str | None:
    """The entity tag that a change is about; None for `*`, which is any. Raises ProblemRaised without one."""
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise ProblemRaised(
            "precondition-needed",
            "Send the ETag of what you read as If-Match, or * to overwrite whatever is there.",
        )
    return None if given == "*" else given
