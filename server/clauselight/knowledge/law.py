"""Agencies and regulations: each fact stands once, and records refer to it by id."""

from __future__ import annotations

from typing import Any

from clauselight.contract.law import Agency, Regulation

from .files import KnowledgeBroken, read_table


def agency(reference: dict[str, Any]) -> Agency:
    """An agency as a record lists it, from a reference `{id, why}`."""
    known = _known("agencies", "agency", reference["id"])
    return Agency(
        id=known["id"],
        name=known["name"],
        jurisdiction=known["jurisdiction"],
        why=reference["why"],
        complaint_url=known["complaint_url"],
    )


def regulation(reference: dict[str, Any]) -> Regulation:
    """A regulation as a record lists it, from a reference `{id, articles, why}`."""
    known = _known("regulations", "regulation", reference["id"])
    return Regulation(
        id=known["id"],
        name=known["name"],
        jurisdiction=known["jurisdiction"],
        articles=reference.get("articles", []),
        why=reference.get("why"),
        url=known["url"],
    )


def _known(file: str, key: str, wanted: str) -> dict[str, Any]:
    try:
        return read_table(file, key)[wanted]
    except KeyError:
        raise KnowledgeBroken(f"{file}.toml has no entry '{wanted}'") from None
