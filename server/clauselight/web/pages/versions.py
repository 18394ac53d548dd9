"""A document's versions: the list, and two of them side by side, word by word."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from clauselight.contract.vocabulary import DiffKind
from clauselight.store.versions import get_version, newest_version, version_text, versions_of

from ..keys import ENGINE
from ..problems import ProblemRaised
from .reader import DOCUMENT, document_of, version_number
from .render import page

routes = web.RouteTableDef()

SHOWN: Final = 100
"""Versions on the list; more are nobody's reading, and the API pages through all."""

AROUND: Final = 1
"""Blocks that are the same and are shown beside a change, so that one knows where one is."""

MOST_ROWS: Final = 2_000
"""Rows of a comparison that a page shows: documents of 60,000 words that were wholly rewritten have fewer."""

_turn = asyncio.Semaphore(2)

Words = tuple[tuple[str, str], ...]
"""Runs of words, each with its kind: `equal`, `delete` or `insert`."""


@dataclass(frozen=True, slots=True)
class Row:
    """A block of the older version beside one of the newer; `left_out` is a number of blocks that are the
    same and not shown."""

    before: Words
    after: Words
    changed: bool
    left_out: int = 0


@routes.get(DOCUMENT + "/versions")
async def versions(request: web.Request) -> web.Response:
    """The list, newest first."""
    document = await document_of(request)
    async with request.app[ENGINE].connect() as connection:
        found, total = await versions_of(connection, document.id, limit=SHOWN)
    return page(request, "versions.html", document=document, versions=found, total=total)


@routes.get(DOCUMENT + "/versions/{number:[0-9]{1,8}}")
async def version(request: web.Request) -> web.Response:
    """A version beside the one before it."""
    number = version_number(request.match_info["number"])
    return await _beside(request, None, number)


@routes.get(DOCUMENT + "/compare")
async def compare(request: web.Request) -> web.Response:
    """Any two versions; without numbers, the newest two."""
    older = version_number(request.query.get("from"))
    return await _beside(request, older, version_number(request.query.get("to")))


async def _beside(request: web.Request, older: int | None, newer: int | None) -> web.Response:
    document = await document_of(request)
    async with request.app[ENGINE].connect() as connection:
        newest = await newest_version(connection, document.id)
        after = newest if newer is None else await get_version(connection, document.id, newer)
        if after is None or newest is None:
            raise ProblemRaised("unknown-version", "The document has no version of this number.")
        first = after.number if after.number == 1 else after.number - 1
        before = await get_version(connection, document.id, older or first)
        if before is None:
            raise ProblemRaised("unknown-version", "The document has no version of this number.")
        texts = [await version_text(connection, document.id, one.number) or "" for one in (before, after)]
    async with _turn:
        rows = await asyncio.to_thread(_rows, *texts)
    return page(
        request,
        "versions_compare.html",
        document=document,
        before=before,
        after=after,
        newest=newest.number,
        rows=rows[:MOST_ROWS],
        cut=len(rows) > MOST_ROWS,
    )


def _rows(before: str, after: str) -> list[Row]:
    # Not above: comparing takes memory that serving does not need.
    from clauselight.domain.word_diff import word_diff

    rows: list[Row] = []
    left: list[tuple[str, str]] = []
    right: list[tuple[str, str]] = []

    def flush() -> None:
        if left or right:
            changed = any(kind != DiffKind.EQUAL for kind, _ in (*left, *right))
            rows.append(Row(tuple(left), tuple(right), changed))
            left.clear()
            right.clear()

    for run in word_diff(before, after):
        if run.kind is DiffKind.DELETE:
            left.append((run.kind.value, run.text))
        elif run.kind is DiffKind.INSERT:
            right.append((run.kind.value, run.text))
        else:
            pieces = run.text.split("\n")
            for place, piece in enumerate(pieces):
                if piece:
                    left.append((run.kind.value, piece))
                    right.append((run.kind.value, piece))
                if place < len(pieces) - 1:
                    flush()
    flush()
    return _folded(rows)


def _folded(rows: list[Row]) -> list[Row]:
    """Rows without those that are the same and stand beside no change."""
    near = [
        any(one.changed for one in rows[max(0, at - AROUND) : at + AROUND + 1]) for at in range(len(rows))
    ]
    found: list[Row] = []
    hidden = 0
    for row, shown in zip(rows, near, strict=True):
        if not shown:
            hidden += 1
            continue
        if hidden:
            found.append(Row((), (), changed=False, left_out=hidden))
            hidden = 0
        found.append(row)
    if hidden:
        found.append(Row((), (), changed=False, left_out=hidden))
    return found
