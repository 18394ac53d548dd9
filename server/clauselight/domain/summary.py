"""What a document comes to, in a few plain sentences made of its own provisions and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from clauselight.contract.vocabulary import Severity

from .severity import WORST_FIRST

MOST_NAMED: Final = 3
"""Clauses that a sentence names; the list below it has the others."""


@dataclass(frozen=True, slots=True)
class SummaryClause:
    """A provision as far as it counts here. `title`: of its clause type; `unsure`: of low confidence."""

    title: str
    severity: Severity
    category: str
    automatic: bool
    unsure: bool


def comes_to(clauses: Sequence[SummaryClause]) -> list[str]:
    """Sentences, the most important first; none for a document without provisions."""
    if not clauses:
        return []
    said = [_counts(clauses), _gravest(clauses), _topics(clauses), _protection(clauses), _labels(clauses)]
    return [sentence for sentence in said if sentence]


def counted(count: int, word: str) -> str:
    """A number with its word: "one clause", "3 clauses"."""
    return f"one {word}" if count == 1 else f"{count:,} {word}s"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """Parts with commas, and a word before the last."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def _counts(clauses: Sequence[SummaryClause]) -> str:
    found = Counter(one.severity for one in clauses)
    parts = [
        f"{found[severity]} of {severity.value} severity"
        for severity in WORST_FIRST
        if severity is not Severity.PROTECTIVE and found[severity]
    ]
    if found[Severity.PROTECTIVE]:
        parts.append(f"{found[Severity.PROTECTIVE]} in your favour")
    return f"{counted(len(clauses), 'clause').capitalize()} of it carry a label: {listed(parts)}.".replace(
        "One clause of it carry", "One clause of it carries"
    )


def _gravest(clauses: Sequence[SummaryClause]) -> str:
    grave = _titles(one for one in clauses if one.severity in (Severity.CRITICAL, Severity.HIGH))
    if not grave:
        return "None of them is of critical or high severity."
    more = len(grave) - MOST_NAMED
    named = "; ".join(_lower(title) for title in grave[:MOST_NAMED])
    return f"What weighs most: {named}" + (f"; and {more} more." if more > 0 else ".")


def _topics(clauses: Sequence[SummaryClause]) -> str:
    topics = Counter(one.category for one in clauses if one.severity is not Severity.PROTECTIVE)
    if len(topics) < 2:
        return ""
    (first, most), (second, next_most) = topics.most_common(2)
    return f"Most are about {_lower(first)} ({most}) and {_lower(second)} ({next_most})."


def _protection(clauses: Sequence[SummaryClause]) -> str:
    good = _titles(one for one in clauses if one.severity is Severity.PROTECTIVE)
    if not good:
        return "No clause in your favour was found."
    return f"In your favour: {'; '.join(_lower(title) for title in good[:MOST_NAMED])}."


def _labels(clauses: Sequence[SummaryClause]) -> str:
    automatic = sum(one.automatic for one in clauses)
    unsure = sum(one.unsure for one in clauses)
    people = len(clauses) - automatic
    if not automatic:
        who = "All labels were set by a person"
    elif not people:
        who = "All labels were set by the classifier"
    else:
        who = f"{counted(people, 'label')} {_was(people)} set by a person and {automatic:,} by the classifier"
        who = who[:1].upper() + who[1:]
    are = "is" if unsure == 1 else "are"
    doubt = f"; {counted(unsure, 'label')} {are} of low confidence" if unsure else ""
    return f"{who}{doubt}."


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def _titles(clauses: Iterable[SummaryClause]) -> list[str]:
    return list(dict.fromkeys(one.title for one in clauses))


def _lower(title: str) -> str:
    """A title inside a sentence; what is spelled in capitals stays (AI)."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
