"""From a page to the clauses worth telling about: extract, segment, judge, choose. Pure; no input or
output."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from clauselight.contract.vocabulary import Confidence

from .classify import Finding
from .extract import Extracted
from .found import Analysis, FaintLabel, FoundClause
from .segment import Clause, context_of, segment

LONGEST_QUOTE: Final = 4_000
"""Characters. The longest quote in the anchoring data has 2,400; what is longer is no clause but a page
without structure, and no person could tell what in it is meant."""

MOST_FOUND: Final = 200
"""Labels of one page; of more, the surest ones are kept, so that an answer stays under some megabytes."""


class Judge(Protocol):
    """What is needed of the classifier."""

    @property
    def version(self) -> str:
        """Which classifier it is."""
        ...

    def judge(self, clauses: Sequence[Clause], *, language: str) -> list[list[Finding]]:
        """Findings of each clause, best first. Raises UnknownLanguage."""
        ...

    def types_known(self, language: str) -> tuple[str, ...] | None:
        """Clause types that are known in a language; None when all are."""
        ...


def analyse(page: Extracted, judge: Judge, categories: dict[str, str], *, language: str) -> Analysis:
    """Everything worth telling about a page. `categories` maps clause types to their categories.

    Raises UnknownLanguage.
    """
    clauses = [clause for clause in segment(page) if len(clause.text) <= LONGEST_QUOTE]
    judged = judge.judge(clauses, language=language)
    found: list[FoundClause] = []
    faint: list[FaintLabel] = []
    seen: set[tuple[str, str]] = set()
    for clause, findings in zip(clauses, judged, strict=True):
        told = chosen(findings, categories)
        faint += [
            FaintLabel(one.clause_type, clause.start, clause.end) for one in findings if one not in told
        ]
        for finding in told:
            same = (finding.clause_type, " ".join(clause.text.casefold().split()))
            if same not in seen:
                seen.add(same)
                found.append(_found(page.text, clause, finding))
    if len(found) > MOST_FOUND:
        surest = sorted(found, key=lambda one: (-one.highlight, -one.probability, one.start))[:MOST_FOUND]
        found = sorted(surest, key=lambda one: one.start)
    return Analysis(
        title=page.title,
        language=language,
        words=len(page.text.split()),
        clauses=len(clauses),
        method_version=judge.version,
        found=tuple(found),
        types_known=judge.types_known(language),
        faint=tuple(faint),
    )


def chosen(findings: Sequence[Finding], categories: dict[str, str]) -> list[Finding]:
    """Which findings of one clause become labels: the best one when it is worth highlighting or not unsure;
    the next one only when it is sure and about something else. Nobody reads three labels on one sentence."""
    if not findings:
        return []
    best, *others = findings
    if not best.highlight and best.confidence is Confidence.LOW:
        return []
    for other in others:
        if other.confidence is Confidence.HIGH and categories.get(other.clause_type) != categories.get(
            best.clause_type
        ):
            return [best, other]
    return [best]


def _found(text: str, clause: Clause, finding: Finding) -> FoundClause:
    prefix, suffix = context_of(clause, text)
    return FoundClause(
        clause_type=finding.clause_type,
        severity=finding.severity,
        confidence=finding.confidence,
        probability=round(min(max(float(finding.probability), 0.0), 1.0), 4),
        highlight=bool(finding.highlight),
        words=tuple(_spelled(finding.words, clause.text)),
        exact=clause.text,
        prefix=prefix,
        suffix=suffix,
        start=clause.start,
        end=clause.end,
    )


def _spelled(words: Sequence[str], text: str) -> list[str]:
    """The deciding words as they stand in the clause, where the reader looks for them; others are left
    out."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter whose lower case is two
        lowered = text
    found = ((word, _place(word, lowered)) for word in words)
    return [text[at : at + len(word)] for word, at in found if at >= 0]


def _place(word: str, text: str) -> int:
    """Where a word stands by itself, -1 when nowhere. Not by a pattern: each would be compiled once and
    never used again, which took a tenth of the time of a whole analysis."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (at and _in_word(text[at - 1])) and not (end < len(text) and _in_word(text[end])):
            return at
        at = text.find(word, at + 1)
    return -1


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"
