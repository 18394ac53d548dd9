"""A change record as pages show it: its sentence, its severities, and which words changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from clauselight.publication.files import PublicationFile, Shelf
from clauselight.publication.registry_codes import CHANGE_KINDS, SEVERITIES, day_of
from clauselight.publication.registry_views import ChangeRow

if TYPE_CHECKING:
    from clauselight.domain.anchoring.diff import DiffPart

MOST_PAIRS: Final = 250_000
"""Pairs of words that one page compares at the most, some 50 ms. Beyond, before and after stand one below the
other instead; the longest quotes that we know have 400 words."""


@dataclass(slots=True)
class Effort:
    """What a page may still compare."""

    pairs: int = MOST_PAIRS

    def differ(self, before: str | None, after: str | None) -> list[DiffPart]:
        """Which words changed; nothing when there is nothing to compare or it would take too long."""
        if not before or not after:
            return []
        pairs = len(before.split()) * len(after.split())
        if pairs > self.pairs:
            return []
        self.pairs -= pairs
        # Not above: it stands beside the anchoring, which takes 20 MB that most servers never need.
        from clauselight.domain.anchoring.diff import diff_words

        return diff_words(before, after)


@dataclass(slots=True)
class Change:
    """One change record, ready to be shown. Severities are words; `parts` is empty without both quotes."""

    day: str
    kind: str
    provision: int
    title: str
    document: int
    document_title: str
    entity: str
    entity_name: str
    summary: str
    severity_from: str | None
    severity_to: str
    old_quote: str | None
    new_quote: str | None
    parts: list[DiffPart]


def changes_of(publication: PublicationFile, rows: Iterable[ChangeRow]) -> list[Change]:
    """The change records of some rows; the texts come from the published records. A row whose record has gone
    since is left out."""
    effort, found = Effort(), []
    records: dict[int, dict[str, Any] | None] = {}
    for row in rows:
        if row.provision not in records:
            answer = publication.read(Shelf.PROVISION, row.provision)
            records[row.provision] = None if answer is None else json.loads(answer.plain())
        record = records[row.provision]
        changes = record["history"]["changes"] if record else []
        if record is None or row.position >= len(changes):
            continue
        one = changes[row.position]
        old, new = one.get("old_quote"), one.get("new_quote")
        found.append(
            Change(
                day=day_of(row.day).isoformat(),
                kind=CHANGE_KINDS[row.kind].value,
                provision=row.provision,
                title=record["title"],
                document=row.document,
                document_title=row.document_title,
                entity=row.entity,
                entity_name=row.entity_name,
                summary=one["summary"],
                severity_from=None if row.severity_from is None else SEVERITIES[row.severity_from].value,
                severity_to=SEVERITIES[row.severity_to].value,
                old_quote=old,
                new_quote=new,
                parts=effort.differ(old, new),
            )
        )
    return found
