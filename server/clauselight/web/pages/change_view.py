"""A change record as pages show it: its sentence, its severities, and which words changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from clauselight.domain.word_diff import WordRun, word_diff
from clauselight.publication.files import PublicationFile, Shelf
from clauselight.publication.registry_codes import CHANGE_KINDS, SEVERITIES, day_of
from clauselight.publication.registry_views import ChangeRow

MOST_CHARACTERS: Final = 60_000
"""Characters that one page compares at the most: some 20 ms. Beyond, before and after stand one below the
other instead; the longest quotes that we know have 2,400."""


@dataclass(slots=True)
class Effort:
    """What a page may still compare."""

    characters: int = MOST_CHARACTERS

    def differ(self, before: str | None, after: str | None) -> list[WordRun]:
        """Which words changed; nothing when there is nothing to compare or it would take too long."""
        if not before or not after or len(before) + len(after) > self.characters:
            return []
        self.characters -= len(before) + len(after)
        return word_diff(before, after)


@dataclass(slots=True)
class Change:
    """One change record, ready to be shown. Severities are words; `parts` is empty without both quotes."""

    day: str
    kind: str
    provision: int
    title: str
    gone: bool
    document: int
    document_title: str
    entity: str
    entity_name: str
    summary: str
    severity_from: str | None
    severity_to: str
    old_quote: str | None
    new_quote: str | None
    parts: list[WordRun]


def changes_of(publication: PublicationFile, rows: Iterable[ChangeRow]) -> list[Change]:
    """The change records of some rows; the texts come from the published records. A row whose record has gone
    since is left out."""
    effort, found = Effort(), []
    records: dict[int, tuple[str, list[dict[str, Any]]]] = {}
    for row in rows:
        if row.provision not in records:
            records[row.provision] = _record(publication, row)
        title, changes = records[row.provision]
        if row.position >= len(changes):
            continue
        one = changes[row.position]
        old, new = one.get("old_quote"), one.get("new_quote")
        found.append(
            Change(
                day=day_of(row.day).isoformat(),
                kind=CHANGE_KINDS[row.kind].value,
                provision=row.provision,
                title=title,
                gone=row.gone is not None,
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


def _record(publication: PublicationFile, row: ChangeRow) -> tuple[str, list[dict[str, Any]]]:
    """A record's title and change records; none where it has gone since."""
    if row.gone is not None:
        return row.gone_title or "", json.loads(row.gone)
    answer = publication.read(Shelf.PROVISION, row.provision)
    if answer is None:
        return "", []
    record = json.loads(answer.plain())
    return record["title"], record["history"]["changes"]
