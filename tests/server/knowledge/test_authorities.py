"""Supervisory authorities: the packaged list, whom each supervises, and who is told by a seat."""

from __future__ import annotations

import pytest

from clauselight.contract.directory import AuthorityCovers, DirectoryEntry, EntityAuthority
from clauselight.knowledge.authorities import (
    authority_list,
    authority_of_seat,
    country_named,
    packaged_authorities,
)
from clauselight.knowledge.directory import packaged_facts
from clauselight.knowledge.places import places


def test_every_country_of_the_eea_the_uk_and_switzerland_has_one_for_companies() -> None:
    told = {
        code.partition("-")[0]
        for one in authority_list().authorities
        if (one.covers in (AuthorityCovers.EVERYONE, AuthorityCovers.COMPANIES) and one.complaint_url)
        or one.email
        for code in one.jurisdictions
    }
    groups = {group.id: group for group in places().groups}
    assert {member.code for member in groups["eea"].members} <= told
    assert {"UK", "CH"} <= told


def test_every_authority_stands_once_and_leads_somewhere() -> None:
    authorities = authority_list().authorities
    assert len({one.id for one in authorities}) == len(authorities) == len(packaged_authorities()) + 16
    assert all(one.url or one.complaint_url or one.email for one in authorities)
    ico = next(one for one in authorities if one.id == "ico")
    assert ico.postal and "Wilmslow" in ico.postal, "ours has the address that the other list knows"


def test_churches_broadcasters_and_public_bodies_are_told_apart() -> None:
    by_id = {one.id: one for one in packaged_authorities()}
    assert by_id["dekathdsz"].covers is AuthorityCovers.CHURCH
    assert by_id["derf"].covers is AuthorityCovers.BROADCASTING
    assert by_id["debayldb"].covers is AuthorityCovers.PUBLIC_BODIES
    assert by_id["debaylda"].covers is AuthorityCovers.COMPANIES
    assert by_id["debaylda"].jurisdictions == ["DE-BY"]


@pytest.mark.parametrize(
    ("country", "town", "authority"),
    [
        ("IE", "Dublin 2", "iedpc"),
        ("DE", "10115 Berlin", "deberlbdi"),
        ("DE", "80331 München", "debaylda"),
        ("DE", "12345 Kleinkleckersdorf", None),
        ("DE", None, None),
        ("FR", "75001 Paris", "frcnil"),
    ],
)
def test_authority_of_a_seat(country: str, town: str | None, authority: str | None) -> None:
    assert authority_of_seat(country, town) == authority


def test_countries_by_the_last_line_of_an_address() -> None:
    assert (country_named("Deutschland"), country_named(" ireland ")) == ("DE", "IE")
    assert country_named("United States of America") is None
    assert country_named("Northern Ireland") is None


def test_packaged_facts_hold_no_notes_of_others_and_name_their_source() -> None:
    licences = {"justdeleteme": "MIT", "datenanfragen": "CC0-1.0", "curated": "Apache-2.0"}
    entries = [(one.entity_id, one.what) for one in packaged_facts() if isinstance(one.what, DirectoryEntry)]
    assert len({(entity_id, entry.id) for entity_id, entry in entries}) == len(entries) > 500
    for entity_id, entry in entries:
        assert entry.notes is None or entry.source.project == "curated", entity_id
        assert entry.source.licence == licences[entry.source.project], entity_id


def test_the_authority_at_a_seat_is_in_the_list() -> None:
    known = {one.id for one in packaged_authorities()}
    facts = [one.what for one in packaged_facts() if isinstance(one.what, EntityAuthority)]
    assert facts and {one.authority for one in facts} <= known
