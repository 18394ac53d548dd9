"""Whether every kind of clause that can hurt leaves nobody without a way: for each group of places an action
that is right there, or one that says honestly that there is none (its effect is then `informs`).

One definition of groups (`places.toml`); `clauselight lint` and a test apply it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from clauselight.contract.action import Action
from clauselight.contract.clause_type import TypicalAction
from clauselight.contract.record_rules import Violation
from clauselight.contract.vocabulary import Severity

from .clause_types import clause_types
from .places import applies_to, jurisdiction_sets, places

NEEDING: Final = frozenset({Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL})
"""Severities of clauses that hurt; what is low is worth knowing, what protects needs no way out."""


def check_actions(severity: Severity, actions: Iterable[TypicalAction | Action]) -> list[Violation]:
    """Groups of places without an action, and lists of American states that leave some out by oversight."""
    if severity not in NEEDING:
        return []
    given = list(actions)
    found = [
        Violation("action-for-each-place", "actions", f"no action is right in: {group.names.en}")
        for group in places().groups
        if not any(applies_to(action.jurisdictions, group) for action in given)
    ]
    named = [frozenset(members) for members in jurisdiction_sets().values()]
    california = frozenset({"US-CA"})
    allowed = {some for members in named for some in (members, members - california, members | california)}
    states = frozenset().union(*named)
    for action in given:
        listed = frozenset(action.jurisdictions) & states
        if len(listed) > 1 and listed not in allowed:
            message = f"{action.title!r} lists {len(listed)} states that no set of places.toml has together"
            found.append(Violation("states-by-set", "actions", message))
    return found


def check_clause_types() -> list[tuple[str, Violation]]:
    """What is missing in the clause types, by id."""
    return [
        (clause_type.id, broken)
        for clause_type in clause_types().values()
        for broken in check_actions(clause_type.severity, clause_type.actions)
    ]
