"""What each head of the first stage learns: from which rows, with which weight, how strictly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.corpus import UNFAIR, Row
from training.heads import Task
from training.material import Material
from training.quotes import SEVERITIES, Case, cases_of

UNSURE = 0.3
"""Weight of a sentence that the annotator called ambiguous."""
FOREIGN = 0.5
"""Weight of rows of other sources where ours are many."""
RARE = 60
"""ToS;DR quotes below which a type also learns from sentences of policies when quotes are judged."""
FEW = 0.3
"""Weight of those sentences."""
OF_UNFAIR = 0.3
"""Weight of UNFAIR-ToS's quotes when quotes are judged as ToS;DR's curators would: other criteria, as where
confidence and severity are fitted (`quotes.FOREIGN`). Over services held out in training, 0.3 and 0.5 instead
of 1 make both F1 higher by 0.003."""
WRITTEN = 3.0
"""Weight of the sentences that we wrote: each stands for many that the sources hardly have, such as a
plain sale."""
PARAPHRASE = {"first": 2.0}
OTHER_PARAPHRASE = 1.0
"""Weight of a paraphrase of a case when quotes are judged, by its file: those of the first file, most of
rare types, count twice as much as a curator's quote, all others as much. With half of both macro-F1 is lower
by 0.006 on training services and 0.02 on the dev services; with 2 for all both F1 are lower on the latter."""
DEFINED = 1.0
"""Weight of a paraphrase of a type that has no case, when sentences of policies are judged."""
WRITTEN_TERMS = 1.0
"""Weight of the sentences in the manner of UNFAIR-ToS's documents when its criteria are learned."""
OUTSIDE = 0.3
"""Weight of ToS;DR's quotes there: other criteria."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What the heads of all kinds are told from: a line for each row of the material."""

    rows: list[Row]
    kind: np.ndarray
    """Name of the part of the material."""
    main: np.ndarray
    """The first type, or nothing."""

    def has(self, name: str) -> np.ndarray:
        """Whether each row carries the type."""
        return np.array([name in row.types for row in self.rows])

    def of(self, *kinds: str) -> np.ndarray:
        """Whether each row is of these parts."""
        return np.isin(self.kind, kinds)


def tables_of(material: Material) -> Tables:
    """The material as columns."""
    rows = material.rows
    kind = np.empty(len(rows), dtype=object)
    for name, where in material.places.items():
        kind[where] = name
    main = np.array([row.types[0] if row.types else "" for row in rows])
    return Tables(rows, kind.astype(str), main)


def type_tasks(at: Tables, names: Sequence[str]) -> list[Task]:
    """A sentence's types, as we label policies."""
    weight = np.full(len(at.rows), FOREIGN)
    for i, row in enumerate(at.rows):
        if at.kind[i] == "documents":
            weight[i] = 1.0 if row.sure else UNSURE
        elif at.kind[i] == "denials" or row.source == "written":
            weight[i] = WRITTEN
    tosdr = of_tosdr(at)
    # Written for the definition of a type that ToS;DR has no case for, as for artificial intelligence.
    defined = at.of("paraphrases") & np.array([not row.fine for row in at.rows])
    weight[defined] = DEFINED
    tasks = []
    for name in names:
        judged = at.of("terms") & (name in UNFAIR)
        use = np.flatnonzero(at.of("documents", "denials") | tosdr | judged | defined)
        tasks.append(Task(use, at.has(name), weight, 0.25))
    return tasks


def of_tosdr(at: Tables) -> np.ndarray:
    """Quotes whose types were chosen out of all types."""
    return at.of("quotes") & np.array([row.source != "unfair-tos" for row in at.rows])


def criteria_tasks(at: Tables) -> list[Task]:
    """UNFAIR-ToS's seven types by its own criteria."""
    weight = np.where(at.of("quotes"), OUTSIDE, np.where(at.of("written_terms"), WRITTEN_TERMS, 1.0))
    use = np.flatnonzero(at.of("terms", "written_terms") | of_tosdr(at))
    return [Task(use, at.has(name), weight, 0.3) for name in sorted(UNFAIR)]


def worth_tasks(at: Tables) -> list[Task]:
    """Worth highlighting, strictly and generously."""
    grade = np.array([row.worth or 0 for row in at.rows])
    use = np.flatnonzero(at.of("documents"))
    return [Task(use, grade >= least, np.ones(len(grade)), 0.1, balance=2.0) for least in (2, 1)]


def rare_of(at: Tables) -> np.ndarray:
    """Rows of policies that quotes of rare types are judged by too."""
    common = Counter(at.main[at.of("quotes")].tolist())
    few = np.array([bool(row.types) and row.sure and common[row.types[0]] < RARE for row in at.rows])
    return np.flatnonzero(few & at.of("documents"))


def quote_tasks(at: Tables, names: Sequence[str]) -> tuple[list[Task], list[Task], list[Task], list[Case]]:
    """Of quotes that somebody picked: their types, severities and cases, and which cases there are."""
    picked = np.flatnonzero(at.of("quotes", "paraphrases"))
    rare = rare_of(at)
    use = np.concatenate([rare, picked])
    trust = np.where(at.of("documents"), FEW, 1.0)
    for i in np.flatnonzero(at.of("paraphrases")):
        trust[i] = PARAPHRASE.get(at.rows[i].service.removeprefix("paraphrases/"), OTHER_PARAPHRASE)
    trust[at.of("quotes") & ~of_tosdr(at)] = OF_UNFAIR

    types = []
    for name in names:
        mine = at.main == name
        positives = max(1, int(mine[use].sum()))
        balance = np.where(mine, np.clip(len(use) / (len(names) * positives), 0.2, 5.0), 1.0)
        types.append(Task(use, mine, trust * balance, 0.3))

    severity = np.array([row.severity or "" for row in at.rows])
    severities = [Task(picked, severity == one, np.ones(len(severity)), 0.3) for one in SEVERITIES]

    cases, case_of = cases_of([at.rows[i] for i in picked], [at.rows[i] for i in rare])
    which = np.full(len(at.rows), -1)
    which[use] = case_of
    of_cases = []
    for case in range(len(cases)):
        mine = which == case
        positives = max(1, int(mine.sum()))
        balance = np.where(mine, np.clip(len(use) / (len(cases) * positives), 0.5, 4.0), 1.0)
        of_cases.append(Task(use, mine, trust * balance, 0.3))
    return types, severities, of_cases, cases
