"""The law of requests: complete, cited, and the same facts wherever they are read."""

from __future__ import annotations

import re
from typing import Any

import pytest

from clauselight.knowledge.clause_types import clause_types
from clauselight.knowledge.places import places
from clauselight.knowledge.requests import (
    Deadline,
    RequestKind,
    RequestLaw,
    Right,
    Rule,
    _resolved,
    about_leaving,
    request_laws,
    requests_for,
)

LAWS = request_laws()
each_law = pytest.mark.parametrize("law", LAWS.values(), ids=LAWS.keys())
OFFICIAL = (
    *("eur-lex.europa.eu", "www.legislation.gov.uk", "www.fedlex.admin.ch", "leginfo.legislature.ca.gov"),
    *("cppa.ca.gov", "uscode.house.gov", "www.planalto.gov.br", "laws-lois.justice.gc.ca"),
    *("www.legisquebec.gouv.qc.ca", "www.legislation.gov.au", "law.lis.virginia.gov", "leg.colorado.gov"),
    *("www.cga.ct.gov", "statutes.capitol.texas.gov", "www.oregonlegislature.gov", "www.legis.iowa.gov"),
    *("www.usa.gov", "globalprivacyassembly.org"),
)
"""Where the text of the law itself stands; a rule cites no other place."""


def test_every_place_has_one_law() -> None:
    codes = {code for law in LAWS.values() for code in law.jurisdictions}
    for group in places().groups:
        for member in group.members:
            assert member.code in codes or codes & set(group.codes), member.code
    states = next(group for group in places().groups if group.id == "us-states")
    assert {member.code for member in states.members} == set(LAWS["us-states"].jurisdictions)


def test_every_clause_type_is_thought_of() -> None:
    assert set(requests_for()) == set(clause_types())
    assert set(about_leaving()) <= {name for name, kinds in requests_for().items() if "erasure" in kinds}
    own = {RequestKind.COMPLAINT, RequestKind.REMINDER, RequestKind.ANSWER_TO_REFUSAL}
    for name, kinds in requests_for().items():
        assert len(set(kinds)) == len(kinds) and not own & set(kinds), name


@each_law
def test_the_official_text_is_linked(law: RequestLaw) -> None:
    links = [law.url, *(rule.url for rule in law.rules.values())]
    links += [deadline.url for deadline in law.deadlines.values() if deadline.url]
    for link in links:
        assert link.split("/")[2] in OFFICIAL, link


@each_law
def test_articles_stand_in_three_languages_with_the_same_numbers(law: RequestLaw) -> None:
    for kind, rule in law.rules.items():
        if rule.article is None:
            continue
        english, german, french = rule.article.en, rule.article.de, rule.article.fr
        numbers = [sorted(re.findall(r"\d+", text)) for text in (english, german, french)]
        assert numbers[0] == numbers[1] == numbers[2], kind
        assert "{" not in english + german + french


@each_law
def test_deadline_phrases_say_the_number_that_is_computed(law: RequestLaw) -> None:
    words = {1: ("one", "eines", "un"), 3: ("three", "drei", "trois"), 14: ("two", "zwei", "deux")}
    all_of_them = {**law.deadlines}
    for state in law.states:
        all_of_them |= {f"{state.jurisdiction} {name}": it for name, it in state.deadlines.items()}
    for name, deadline in all_of_them.items():
        if name in {"appeal", "answer"} and "law" in deadline.phrase.en and "45" not in deadline.phrase.en:
            continue  # The states differ, and Brazil's law says "at once": these letters name the rule.
        for text, word in zip(
            (deadline.phrase.en, deadline.phrase.de, deadline.phrase.fr),
            words.get(deadline.value, ("", "", "")),
            strict=True,
        ):
            assert re.search(rf"\b{deadline.value}\b", text) or (word and word in text) or "LGPD" in text, (
                name
            )


def test_what_the_law_says_of_the_most_common_requests() -> None:
    month = LAWS["gdpr"].deadlines["answer"]
    assert (month.value, month.unit, month.basis) == (1, "months", "law")
    assert month.extension and (month.extension.value, month.extension.unit) == (2, "months")
    california = LAWS["ccpa"]
    assert california.rules[RequestKind.ACCESS].deadline == "answer"
    assert (california.deadlines["answer"].value, california.deadlines["answer"].unit) == (45, "days")
    assert california.deadlines["answer"].confirm and california.deadlines["answer"].confirm.value == 10
    stop = california.deadlines[california.rules[RequestKind.OPT_OUT_SALE_SHARING].deadline or ""]
    assert (stop.value, stop.unit) == (15, "business-days")
    assert LAWS["uk-gdpr"].rules[RequestKind.COMPLAINT].article.en.startswith("section 165")  # type: ignore[union-attr]
    assert LAWS["lgpd"].deadlines["access"].value == 15
    assert LAWS["pipeda"].deadlines["answer"].value == 30
    assert LAWS["swiss-fadp"].deadlines["answer"].value == 30
    iowa = next(state for state in LAWS["us-states"].states if state.jurisdiction == "US-IA")
    assert iowa.deadlines["answer"].value == 90 and iowa.without == [RequestKind.RECTIFICATION]


def test_no_law_is_cited_where_none_gives_the_right() -> None:
    for law in ("us-federal", "elsewhere"):
        rule = LAWS[law].rules[RequestKind.ACCESS]
        assert rule.right is Right.COURTESY and rule.article is None and rule.note
    training = LAWS["ccpa"].rules[RequestKind.OBJECTION_AI_TRAINING]
    assert training.right is Right.NONE and training.instead and training.note


PHRASE = {"en": "soon", "de": "bald", "fr": "bientôt"}


@pytest.mark.parametrize(
    ("model", "broken"),
    [
        (Deadline, {"value": 1, "unit": "months", "basis": "law", "phrase": PHRASE}),
        (Deadline, {"value": 0, "unit": "days", "basis": "asked", "phrase": PHRASE}),
        (Rule, {"right": "yes", "url": "https://example.org/", "deadline": "a", "effect": "ends"}),
        (Rule, {"right": "none", "url": "https://example.org/", "deadline": "a", "note": "No."}),
        (Rule, {"right": "none", "url": "http://example.org/", "note": "No."}),
        (Rule, {"right": "perhaps", "url": "https://example.org/", "note": "No."}),
    ],
)
def test_half_a_fact_is_refused(model: type[Deadline | Rule], broken: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        model.model_validate(broken)


def test_a_law_without_a_rule_for_every_request_is_refused() -> None:
    law = LAWS["elsewhere"].model_dump()
    del law["rules"][RequestKind.REMINDER]
    with pytest.raises(ValueError, match="no rule for reminder"):
        RequestLaw.model_validate(law)


def test_an_unknown_reference_is_refused() -> None:
    with pytest.raises(KeyError):
        _resolved({"regulation": "no-such-law", "requests": {}}, {})
