"""Sightings: in which version a provision's words were seen last, and where. One line a capture, so that an
unchanged page costs one statement however many provisions it has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from .tables import document, provision


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a provision's words stand in a version's text, in code points. `change`: the version also
    brought a change of the provision, so that both sides of it are held here."""

    provision_id: str
    start: int
    end: int
    change: bool = False


async def note_sightings(
    connection: AsyncConnection, seen: Sequence[Sighting], *, version: int, moment: dt.datetime
) -> None:
    """Note that quotes stand in a new version, whose snapshot was hashed and searched at a moment."""
    if not seen:
        return
    at = moment.astimezone(dt.UTC).replace(tzinfo=None)
    statement = (
        sa.update(provision)
        .where(provision.c.id == sa.bindparam("of"))
        .values(
            seen_version=version,
            position_start=sa.bindparam("start"),
            position_end=sa.bindparam("end"),
            last_seen=at.date(),
            last_verified=at.date(),
            hash_verified_at=at,
            quote_verified_at=at,
        )
    )
    await connection.execute(
        statement, [{"of": one.provision_id, "start": one.start, "end": one.end} for one in seen]
    )
    changed = [{"of": one.provision_id} for one in seen if one.change]
    if changed:
        await connection.execute(
            sa.update(provision).where(provision.c.id == sa.bindparam("of")).values(change_verified_at=at),
            changed,
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """A version and a place in its text, in code points."""

    version: int
    start: int
    end: int


async def note_place(
    connection: AsyncConnection, provision_id: str, place: Seen | None, *, moment: dt.datetime
) -> None:
    """Note where words that a person chose for a provision stand, hashed and searched at a moment; None when
    in no version that is known. What was noted of other words before holds no more."""
    at = None if place is None else moment.astimezone(dt.UTC).replace(tzinfo=None)
    await connection.execute(
        sa.update(provision)
        .where(provision.c.id == provision_id)
        .values(
            seen_version=place and place.version,
            position_start=place and place.start,
            position_end=place and place.end,
            hash_verified_at=at,
            quote_verified_at=at,
            change_verified_at=None,
        )
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was computed of a record: whether its snapshot has its hash, its quote stands there, and the words
    of its latest change stand in both versions. None: nobody could look."""

    provision_id: str
    hash_verified: bool | None
    quote_verified: bool | None
    change_verified: bool | None


async def note_evidence(
    connection: AsyncConnection, evidence: Sequence[Evidence], *, moment: dt.datetime
) -> list[str]:
    """Note when evidence was computed last, or that it does not hold; returns the documents concerned."""
    if not evidence:
        return []
    at = moment.astimezone(dt.UTC).replace(tzinfo=None)
    names = ("hash_verified", "quote_verified", "change_verified")
    for name in names:
        for holds in (True, False):
            some = [{"of": one.provision_id} for one in evidence if getattr(one, name) is holds]
            if some:
                await connection.execute(
                    sa.update(provision)
                    .where(provision.c.id == sa.bindparam("of"))
                    .values({f"{name}_at": at if holds else None}),
                    some,
                )
    ids = [one.provision_id for one in evidence]
    documents: set[str] = set()
    for start in range(0, len(ids), 500):
        found = await connection.execute(
            sa.select(provision.c.document_id).where(provision.c.id.in_(ids[start : start + 500])).distinct()
        )
        documents |= set(found.scalars())
    return sorted(documents)


async def note_verification(
    connection: AsyncConnection, document_id: str, *, version: int, moment: dt.datetime, automatic_only: bool
) -> None:
    """Note that a document's newest version was found again: what was seen in it is still there."""
    day = moment.astimezone(dt.UTC).date()
    where = [
        provision.c.document_id == document_id,
        provision.c.live.is_(True),
        provision.c.seen_version == version,
        sa.or_(provision.c.last_verified.is_(None), provision.c.last_verified <= day),
    ]
    if automatic_only:
        where.append(provision.c.method == "automatic")
    await connection.execute(sa.update(provision).where(*where).values(last_seen=day, last_verified=day))


async def note_state(
    connection: AsyncConnection,
    document_id: str,
    *,
    verified: dt.datetime | None = None,
    changed: dt.datetime | None = None,
    version: int | None = None,
    problem: tuple[str, str] | None = None,
    moment: dt.datetime,
) -> None:
    """Note on the document how a capture went: verified at a moment, a new version, or a problem (its name
    and a sentence), which has lasted since the first of its kind in a row."""

    def naive(at: dt.datetime) -> dt.datetime:
        return at.astimezone(dt.UTC).replace(tzinfo=None)

    values: dict[str, object] = {}
    if problem is None:
        values |= {"problem": None, "problem_sentence": None, "problem_since": None}
    else:
        values |= {
            "problem": problem[0],
            "problem_sentence": problem[1],
            "problem_since": sa.case(
                (document.c.problem == problem[0], document.c.problem_since), else_=naive(moment)
            ),
        }
    if verified is not None:
        values["last_verified_at"] = naive(verified)
    if changed is not None:
        values["last_changed_at"] = naive(changed)
    if version is not None:
        values["version"] = version
    await connection.execute(sa.update(document).where(document.c.id == document_id).values(**values))
