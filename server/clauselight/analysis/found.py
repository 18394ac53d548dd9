"""What an analysis finds: plain values that pass from the analysing process to the server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clauselight.contract.vocabulary import Confidence, Severity


@dataclass(frozen=True, slots=True)
class FoundClause:
    """One label: what the classifier says, and the words it says it of.

    `start` and `end` count code points of the analysed text; `position` is where the words stand in the text
    of the snapshot that would be kept, None when they do not stand there or nobody looked.
    """

    clause_type: str
    severity: Severity
    confidence: Confidence
    probability: float
    highlight: bool
    words: tuple[str, ...]
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    position: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class FaintLabel:
    """A kind that the classifier sees in some words, but not so clearly that anybody is told. `start` and
    `end` count code points of the analysed text."""

    clause_type: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is found in one page, in the order of its text. `words` and `clauses` count what was read;
    `seconds` is how long that took. `text` is what was read, one block a line: what a version of the document
    consists of; empty when it was not asked for."""

    title: str
    language: str
    words: int
    clauses: int
    method_version: str
    found: tuple[FoundClause, ...]
    seconds: float = 0.0
    text: str = ""
    types_known: tuple[str, ...] | None = None
    """Ids of the clause types that were looked for, where the page's language has labels of few; else None:
    all."""
    faint: tuple[FaintLabel, ...] = ()
    """What a clause that was reworded may still be; empty when the text was not asked for."""

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Analysis:
        """From `dataclasses.asdict` through JSON."""
        known = fields.get("types_known")
        found = tuple(_found_from_json(one) for one in fields["found"])
        faint = tuple(FaintLabel(**one) for one in fields.get("faint", ()))
        types = None if known is None else tuple(known)
        return cls(**{**fields, "found": found, "types_known": types, "faint": faint})


def _found_from_json(fields: Mapping[str, Any]) -> FoundClause:
    position = fields.get("position")
    return FoundClause(
        **{
            **fields,
            "severity": Severity(fields["severity"]),
            "confidence": Confidence(fields["confidence"]),
            "words": tuple(fields["words"]),
            "position": None if position is None else (position[0], position[1]),
        }
    )
