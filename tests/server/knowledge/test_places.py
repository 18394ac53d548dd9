"""Groups of places: every place in one group, every law known, sets that say what they say."""

from __future__ import annotations

from clauselight.knowledge.files import read_table
from clauselight.knowledge.places import applies_to, expand, jurisdiction_sets, places

GROUPS = {group.id: group for group in places().groups}


def codes_of(name: str) -> set[str]:
    return {member.code for member in GROUPS[name].members}


def test_every_place_is_in_one_group() -> None:
    members = [member.code for group in places().groups for member in group.members]
    assert len(members) == len(set(members))
    assert len(codes_of("eea")) == 30
    assert {"DE", "IE", "IS", "LI", "NO"} <= codes_of("eea")
    assert not {"UK", "GB", "CH"} & codes_of("eea")
    assert places().groups[-1].id == "elsewhere"


def test_laws_are_known_and_of_their_place() -> None:
    known = read_table("regulations", "regulation")
    for group in places().groups:
        for law in group.laws:
            assert known[law]["jurisdiction"] in group.codes
        for member in group.members:
            for law in member.laws:
                assert known[law]["jurisdiction"] == member.code


def test_every_state_has_a_law_and_its_date() -> None:
    for member in GROUPS["us-states"].members:
        assert member.laws and member.since and member.name, member.code


def test_sets_agree_with_the_groups() -> None:
    sets = {name: set(members) for name, members in jurisdiction_sets().items()}
    assert sets["US-STATES"] == codes_of("us-states")
    assert sets["US-PRIVACY"] == codes_of("us-states") | {"US-CA"}
    signal = {m.code for g in places().groups for m in g.members if m.opt_out_signal}
    assert sets["US-SIGNAL"] == signal
    assert sets["US-CONSENT"] < sets["US-STATES"]


def test_a_set_stands_for_its_members_once() -> None:
    assert expand(["EEA", "US-CO", "US-PRIVACY"])[:2] == ["EEA", "US-CO"]
    assert len(expand(["US-CO", "US-PRIVACY"])) == len(jurisdiction_sets()["US-PRIVACY"])


def test_what_is_said_of_some_states_is_not_right_for_all() -> None:
    states = GROUPS["us-states"]
    assert not applies_to(["US-CO", "US-TX"], states)
    assert applies_to(expand(["US-STATES"]), states)
    assert applies_to(["US"], states)
    assert applies_to(["worldwide"], GROUPS["elsewhere"])
    assert not applies_to(["EEA", "US", "UK"], GROUPS["elsewhere"])
    assert applies_to(["US"], GROUPS["us-ca"])
