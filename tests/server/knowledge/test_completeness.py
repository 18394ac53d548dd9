"""Every kind of clause that can hurt has a way out everywhere, or says that there is none."""

from __future__ import annotations

import pytest

from clauselight.contract.clause_type import TypicalAction
from clauselight.contract.vocabulary import ActionEffect, ActionKind, Severity
from clauselight.knowledge.clause_types import clause_types
from clauselight.knowledge.completeness import check_actions, check_clause_types
from clauselight.knowledge.places import applies_to, expand, places

HURTING = [one for one in clause_types().values() if one.severity in ("medium", "high", "critical")]


def action(*jurisdictions: str) -> TypicalAction:
    return TypicalAction(
        kind=ActionKind.CONTACT,
        title="Write",
        jurisdictions=expand(jurisdictions),
        effect=ActionEffect.LIMITS,
    )


def test_no_clause_type_leaves_anybody_without_a_way() -> None:
    assert check_clause_types() == []
    assert len(HURTING) == 37


@pytest.mark.parametrize("clause_type", HURTING, ids=lambda one: one.id)
def test_every_group_has_an_action_and_says_how_far_it_helps(clause_type: object) -> None:
    for group in places().groups:
        right = [one for one in clause_type.actions if applies_to(one.jurisdictions, group)]  # type: ignore[attr-defined]
        assert right, group.id
        assert all(one.effect_note for one in right), group.id


def test_a_missing_place_is_named() -> None:
    broken = check_actions(Severity.HIGH, [action("EEA", "UK", "CH", "US", "BR", "CA")])
    assert [(one.rule, one.message) for one in broken] == [
        ("action-for-each-place", "no action is right in: Australia"),
        ("action-for-each-place", "no action is right in: Elsewhere"),
    ]


def test_states_forgotten_in_a_list_are_found() -> None:
    by_hand = check_actions(Severity.MEDIUM, [action("worldwide"), action("US-CA", "US-CO", "US-VA")])
    assert [one.rule for one in by_hand] == ["states-by-set"]
    assert check_actions(Severity.MEDIUM, [action("worldwide"), action("US-PRIVACY", "US-IL")]) == []
    assert check_actions(Severity.MEDIUM, [action("worldwide"), action("US-CA")]) == []


@pytest.mark.parametrize("severity", [Severity.LOW, Severity.PROTECTIVE])
def test_what_does_not_hurt_needs_no_way_out(severity: Severity) -> None:
    assert check_actions(severity, []) == []
