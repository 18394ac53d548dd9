"""What an import from Open Terms Archive did, for people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from clauselight.contract.vocabulary import ChangeKind, VersionKind


@dataclass(slots=True)
class ImportReport:
    """Counts, and a sentence for everything that was no version or was left out. `commits` were looked at
    now, `known` had been imported before; `provisions` are all of the documents that got a version."""

    documents: int = 0
    new_documents: int = 0
    changed_documents: int = 0
    commits: int = 0
    known: int = 0
    verified: int = 0
    versions: Counter[VersionKind] = field(default_factory=Counter)
    changes: Counter[ChangeKind] = field(default_factory=Counter)
    provisions: int = 0
    problems: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
