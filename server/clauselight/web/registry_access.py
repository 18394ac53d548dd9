"""Handlers' way to the registry: what cannot be answered becomes a problem with a sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from aiohttp import web

from clauselight.publication.registry_file import QuestionTooLong, fact

from .keys import REGISTRY
from .problems import ProblemRaised

P = ParamSpec("P")
T = TypeVar("T")


async def ask(
    request: web.Request,
    question: Callable[Concatenate[sqlite3.Connection, P], T],
    *values: P.args,
    **options: P.kwargs,
) -> T:
    """Ask a question. Raises ProblemRaised while the registry is being made, and when it takes too long."""
    registry = request.app[REGISTRY]
    try:
        if not await registry.once("ready", _is_made):
            raise ProblemRaised(
                "not-ready",
                "Lists and search are being prepared after a start or an update. Try again in a minute.",
                headers={"Retry-After": "10"},
            )
        return await registry.ask(question, *values, **options)
    except QuestionTooLong as late:
        raise _too_long() from late


async def ask_once(request: web.Request, name: str, question: Callable[[sqlite3.Connection], T]) -> T:
    """As `ask`, for what stays the same until the next edition and is kept under a name."""
    await ask(request, _nothing)
    try:
        return await request.app[REGISTRY].once(name, question)
    except QuestionTooLong as late:
        raise _too_long() from late


def _too_long() -> ProblemRaised:
    return ProblemRaised(
        "question-too-long",
        "The question took too long and was ended. Ask for less, or try again.",
        headers={"Retry-After": "5"},
    )


def _is_made(connection: sqlite3.Connection) -> bool:
    return fact(connection, "basis") is not None


def _nothing(connection: sqlite3.Connection) -> None:
    """Only to learn whether questions can be asked."""
