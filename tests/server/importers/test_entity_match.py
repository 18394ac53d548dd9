"""Which entity a record is about: sure ones are matched, doubtful ones left out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from clauselight.domain.company_name import cores
from clauselight.domain.public_suffix import registrable_domain
from clauselight.importers.datenanfragen import read_datenanfragen
from clauselight.importers.directory import known_entity
from clauselight.importers.entity_match import KnownEntity, Matching, Reason, Why, match_records
from clauselight.importers.facts import SourceRecord
from clauselight.store.directory import EntityAddresses
from directory_packs import COMPANIES, companies


def entity(name: str, *urls: str) -> KnownEntity:
    return known_entity(EntityAddresses(name.lower().replace(" ", "-"), name, list(urls)))


def record(name: str, *hosts: str, account: bool = True, runs: tuple[str, ...] = ()) -> SourceRecord:
    return SourceRecord(
        name=name,
        title=name,
        cores=cores(name),
        runs=frozenset(core for one in runs for core in cores(one)),
        claims=frozenset(host for host in hosts if registrable_domain(host) == host),
        hosts=frozenset(hosts),
        entries=(),
        account=account,
    )


def company(name: str, *hosts: str, runs: tuple[str, ...] = ()) -> SourceRecord:
    return record(name, *hosts, account=False, runs=runs)


def pairs(matching: Matching) -> set[tuple[str, str, Reason]]:
    return {(one.record.name, one.entity_id, one.reason) for one in matching.matches}


def test_name_and_domain() -> None:
    found = match_records(
        [record("Pinterest", "pinterest.com")], [entity("Pinterest", "https://policy.pinterest.com/en")]
    )
    assert pairs(found) == {("Pinterest", "pinterest", Reason.NAME_AND_DOMAIN)}


def test_a_service_of_the_company_gets_the_main_account_of_its_domain() -> None:
    records = [record("Google", "google.com"), record("Google Pay", "pay.google.com")]
    found = match_records(
        records,
        [
            entity("Google Maps", "https://maps.google.com/terms"),
            entity("Google Pay", "https://pay.google.com/terms"),
        ],
    )
    assert pairs(found) == {
        ("Google", "google-maps", Reason.DOMAIN),
        ("Google Pay", "google-pay", Reason.NAME_AND_DOMAIN),
    }


def test_a_stranger_with_a_policy_on_somebody_elses_site_gets_nothing() -> None:
    found = match_records(
        [record("Google", "google.com")],
        [entity("NewsBlur", "https://google.com/doc"), entity("Google", "https://google.com/terms")],
    )
    assert pairs(found) == {("Google", "google", Reason.NAME_AND_DOMAIN)}


def test_closing_a_persons_account_is_not_closing_a_merchants() -> None:
    found = match_records(
        [record("Groupon", "groupon.com")], [entity("Groupon Merchant", "https://groupon.com/merchant")]
    )
    assert not found.matches


@pytest.mark.parametrize("host", ["help.zendesk.com", "nobody.zendesk.com"])
def test_a_help_page_at_a_provider_does_not_make_its_owner(host: str) -> None:
    found = match_records([record("Ecosia", host)], [entity("Zendesk", "https://www.zendesk.com/company")])
    assert not found.matches
    assert [why for _, why in found.unmatched] == [Why.NO_SITE]


def test_companies_that_share_a_site_are_told_by_name() -> None:
    found = match_records(
        [company("IKEA Ibérica SAU", "ikea.com"), company("IKEA Deutschland GmbH & Co. KG", "ikea.com")],
        [entity("Ikea", "https://www.ikea.com/privacy")],
    )
    assert {one.record.name for one in found.matches} == {
        "IKEA Ibérica SAU",
        "IKEA Deutschland GmbH & Co. KG",
    }


def test_a_branch_for_one_country_is_not_asked_about_another(tmp_path: Path) -> None:
    german = {**COMPANIES[1], "slug": "ikea", "name": "IKEA Deutschland GmbH", "web": "https://www.ikea.com/"}
    for countries, matched in ((["de"], 0), (["all"], 1)):
        folder = companies(tmp_path / str(matched), [{**german, "relevant-countries": countries}])
        data = read_datenanfragen(folder, moment=dt.datetime(2026, 11, 23, tzinfo=dt.UTC))
        found = match_records(data.records, [entity("IKEA USA", "https://www.ikea.com/us/privacy")])
        assert len(found.matches) == matched


def test_what_a_company_says_it_runs() -> None:
    found = match_records(
        [company("eyeo GmbH", "eyeo.com", runs=("Flattr",))], [entity("Flattr", "https://flattr.com/terms")]
    )
    assert pairs(found) == {("eyeo GmbH", "flattr", Reason.RUNS)}


def test_two_companies_that_run_something_of_one_name_are_not_told_apart() -> None:
    records = [
        company("One Ltd.", "one.com", runs=("Lantern",)),
        company("Two AG", "two.de", runs=("Lantern",)),
    ]
    assert not match_records(records, [entity("Lantern", "https://lantern.org/terms")]).matches


def test_an_equal_name_alone_counts_only_where_branches_are_usual() -> None:
    zalando = entity("Zalando", "https://www.zalando.fr/legal")
    assert pairs(match_records([company("Zalando SE", "zalando.de")], [zalando])) == {
        ("Zalando SE", "zalando", Reason.NAME)
    }
    mint = entity("Mint", "https://www.mint.com/terms")
    assert not match_records([company("MINT S.p.A", "mint.ai")], [mint]).matches


def test_register_com_is_not_the_register() -> None:
    register = entity("The Register", "https://www.theregister.com/privacy")
    found = match_records([company("Newfold Digital, Inc.", "web.com", runs=("Register",))], [register])
    assert not found.matches


def test_an_unknown_site_is_kept_for_later_by_its_own_domain() -> None:
    found = match_records([record("Chess.com", "support.chess.com", "chess.com")], [])
    assert [one.domains for one in found.new] == [("chess.com",)]


def test_many_offices_on_one_site_are_left_out() -> None:
    records = [company(f"Polizeipräsidium {town}", "polizei.nrw") for town in ("Aachen", "Bonn", "Hagen")]
    found = match_records(records, [])
    assert not found.new
    assert {why for _, why in found.unmatched} == {Why.SHARED}
