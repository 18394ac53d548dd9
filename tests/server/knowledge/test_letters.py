"""The letters: all of them, in three languages, under every law, read as a recipient would get them."""

from __future__ import annotations

import re
from itertools import product

import pytest

from clauselight.knowledge.letter_rules import check_letters
from clauselight.knowledge.letters import LANGUAGES, VARIABLES, LetterTemplate, letters
from clauselight.knowledge.requests import RequestKind, RequestLaw, Right, request_laws

LAWS = request_laws()
FOLLOW_UPS = {RequestKind.REMINDER, RequestKind.ANSWER_TO_REFUSAL}
BRACES = re.compile(r"{(\w+)}")


def rendered(
    language: str,
    law: RequestLaw,
    kind: RequestKind,
    absent: frozenset[str] = frozenset(),
    of: str | None = None,
) -> str:
    """A letter with every value that is known, as the extension fills it (extension/src/actions/fill.ts)."""
    rule = law.rules[kind]
    values = {name: f"<{name}>" for name in VARIABLES - absent}
    if rule.article is None:
        values.pop("article", None)
    else:
        values["article"] = getattr(rule.article, language)
    if rule.deadline is not None:
        values["deadline"] = getattr(law.deadlines[rule.deadline].phrase, language)
    template = letters()[language].letters[kind]
    chosen = [
        paragraph.text
        for paragraph in template.paragraphs
        if (not paragraph.laws or law.id in paragraph.laws)
        and (not paragraph.of or of in paragraph.of)
        and all(name in values for name in paragraph.needs)
        and not any(name in values for name in paragraph.without)
    ]
    labels = letters()[language].labels
    text = "\n\n".join([template.subject, *chosen])
    return BRACES.sub(lambda match: values.get(match[1], labels[match[1]]), text)


ALL = [
    (language, law.id, kind)
    for language, law, kind in product(LANGUAGES, LAWS.values(), RequestKind)
    if law.rules[kind].right is not Right.NONE
]


@pytest.mark.parametrize(("language", "law_id", "kind"), ALL)
def test_every_letter_under_every_law(language: str, law_id: str, kind: RequestKind) -> None:
    law = LAWS[law_id]
    for absent in (
        frozenset(),
        frozenset({"clause", "document_url", "customer_number", "authority", "reasons"}),
    ):
        text = rendered(language, law, kind, absent, "access" if kind in FOLLOW_UPS else None)
        assert not re.search(r"[{}]", text)
        assert "\n\n\n" not in text and "  " not in text
        assert "<name>" in text and "<entity>" in text
        if kind is RequestKind.COMPLAINT and "authority" not in absent:
            assert "<authority>" in text
        article = law.rules[kind].article
        if article is not None:
            assert getattr(article, language) in text or kind in FOLLOW_UPS
            if kind in FOLLOW_UPS and law_id not in {"gdpr", "uk-gdpr"}:
                assert getattr(article, language) in text
        else:
            assert not re.search(r"\bArti(cle|kel)\b.\d", text), "an article where no law is cited"
        if "clause" not in absent:
            assert "<clause>" in text, "the words of the clause"
        assert 300 < len(text) < 5_000


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS.keys())
def test_a_request_says_by_when(law: RequestLaw) -> None:
    own_time = {RequestKind.ARBITRATION_OPT_OUT, RequestKind.COMPLAINT, *FOLLOW_UPS}
    for language, kind in product(LANGUAGES, set(RequestKind) - own_time):
        rule = law.rules[kind]
        if rule.right is not Right.NONE:
            phrase = getattr(law.deadlines[rule.deadline or ""].phrase, language)
            assert phrase in rendered(language, law, kind)


def test_languages_say_the_same() -> None:
    """Same paragraphs, conditions, variables and article numbers in the same places."""
    english = letters()["en"]
    for language in ("de", "fr"):
        other = letters()[language]
        for kind in RequestKind:
            ours, theirs = english.letters[kind].paragraphs, other.letters[kind].paragraphs
            assert len(ours) == len(theirs), kind
            for one, two in zip(ours, theirs, strict=True):
                assert one.model_dump(exclude={"text"}) == two.model_dump(exclude={"text"}), (kind, two.text)
                assert set(BRACES.findall(one.text)) == set(BRACES.findall(two.text)), two.text
                numbers = [
                    sorted(re.findall(r"\d+", text.replace("1er", "1"))) for text in (one.text, two.text)
                ]
                assert numbers[0] == numbers[1], two.text


def test_every_variable_is_used() -> None:
    for language in letters().values():
        texts = [
            text
            for letter in language.letters.values()
            for text in (letter.subject, *(paragraph.text for paragraph in letter.paragraphs))
        ]
        assert {name for text in texts for name in BRACES.findall(text)} == VARIABLES


def texts_of(language: str) -> list[str]:
    it = letters()[language]
    found = [*it.labels.values(), *it.requests.values(), *it.ways.values(), *it.events.values()]
    for letter in it.letters.values():
        found += [letter.subject, *(paragraph.text for paragraph in letter.paragraphs)]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_plain_and_polite(language: str) -> None:
    for text in texts_of(language):
        assert "!" not in text
        assert text == text.strip()
        assert not re.search(r"[<>“‘’]|\t", text.replace("„{", "").replace("}“", "")), text


def test_german_is_formal_and_spelled_with_umlauts() -> None:
    for text in texts_of("de"):
        own_words = text.replace("Code civil du Québec", "")
        assert not re.search(r"\b(du|dich|dir|dein\w*|euch|euer)\b", own_words, re.IGNORECASE), text
        assert not re.search(r"\b(fuer|ueber|koenn|wuerd|muess|loesch|Grues|Loesch)", text), text
    for kind, letter in letters()["de"].letters.items():
        greeting = next(
            number for number, it in enumerate(letter.paragraphs) if it.text.startswith("Sehr geehrte")
        )
        first = [
            it.text
            for it in letter.paragraphs[greeting + 1 :][:2]
            if not it.needs or it.needs in (["article"], ["request_article"])
        ]
        for text in first:
            assert text[0].islower() or text.startswith(("Am ", "Ich ")), (kind, text)


def test_french_is_formal_with_its_accents_and_spaces() -> None:
    for text in texts_of("fr"):
        assert not re.search(r"\b(tu|toi|ton|tes|ta)\b", text), text
        assert not re.search(r"[^\u00a0][;:?»](?!//)", text.replace("https:", "")), text
        assert not re.search(r"«[^\u00a0]", text), text
        assert not re.search(r"\b(donnees|dela[iï] d'un mois a|declare|a compter de)\b", text), text


@pytest.mark.parametrize(
    "broken",
    [
        {"subject": "x", "paragraphs": [{"text": "{password}"}]},
        {"subject": "x", "paragraphs": [{"text": "a { brace"}]},
        {"subject": "x", "paragraphs": [{"text": "see http://example.org"}]},
        {"subject": "x", "paragraphs": [{"text": "x", "needs": ["shoe_size"]}]},
        {"subject": "x", "paragraphs": [{"text": "x" * 1_201}]},
        {"subject": "x", "paragraphs": []},
        {"subject": "x", "paragraphs": [{"text": "x", "of": ["dance"]}]},
    ],
)
def test_a_broken_letter_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        LetterTemplate.model_validate(broken)


def test_lint_finds_nothing_in_what_we_ship() -> None:
    assert check_letters() == []


def test_lint_finds_a_letter_that_cites_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    english = letters()["en"]
    access = english.letters[RequestKind.ACCESS]
    kept = [it for it in access.paragraphs if "{article}" not in it.text and "{deadline}" not in it.text]
    silent = {**english.letters, RequestKind.ACCESS: access.model_copy(update={"paragraphs": kept})}
    broken = {**letters(), "en": english.model_copy(update={"letters": silent})}
    monkeypatch.setattr("clauselight.knowledge.letter_rules.letters", lambda: broken)
    found = {(place, violation.message) for place, violation in check_letters()}
    assert ("en/access under gdpr", "the article is not named") in found
    assert ("en/access under gdpr", "it does not say by when") in found
    assert not [place for place, _ in found if place.startswith("de/")]
