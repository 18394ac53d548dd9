"""What the classifier sees of a sentence: who acts and what is denied must survive."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauselight.analysis.features import BLOCKS, acts, stem, stems, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We do NOT sell your data.", ["we", "do", "not", "sell", "your", "data"]),
        ("We don’t sell it; you can't object.", ["we", "don't", "sell", "it", "you", "can't", "object"]),
        ("Kept for 24 months, €5 or 3%", ["kept", "for", "0", "months", "€", "0", "or", "0", "%"]),
        ("first_party cookies/beacons", ["first", "party", "cookies", "beacons"]),
        ("Ärzte und Größe", ["ärzte", "und", "größe"]),
        ("", []),
        ("… --- \x00 \u200b", []),
    ],
)
def test_words_are_lower_case_and_numbers_alike(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    "forms",
    [
        ("shares", "shared", "sharing"),
        ("collects", "collected", "collecting", "collection"),
        ("disclose", "disclosed", "disclosing"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(word) for word in forms}) == 1


@pytest.mark.parametrize("word", ["ads", "use", "sell", "data", "does", "ally"])
def test_short_words_are_left_as_they_are(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We do not sell your personal data.", "We do sell your personal data."),
        ("You may share our content.", "We may share your content."),
        ("We sell data, not software.", "We sell software, not data."),
    ],
)
def test_turning_the_meaning_turns_the_features(one: str, other: str) -> None:
    assert any(features(words(one)) != features(words(other)) for features in BLOCKS)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("We may close your account at any time.", ["we> clos"]),
        ("You may close your account at any time.", ["you> clos"]),
        ("We do not sell data, and you can object.", ["we> !sell", "you> object"]),
        ("We reserve the right, at our sole discretion, to terminate it.", ["we> terminat"]),
        ("Larkmoor reserves the right to terminate it.", ["x> terminat"]),
        ("Our partners may collect data.", ["x> collect"]),
        ("Data is kept. You may not", []),
        ("", []),
    ],
)
def test_who_does_what(text: str, told: list[str]) -> None:
    found = words(text)
    assert acts(found, stems(found)) == told


def test_quotation_marks_case_and_punctuation_change_nothing() -> None:
    one, other = words('We don\'t sell "Personal Data".'), words("we DON’T sell, personal data")
    assert all(features(one) == features(other) for features in BLOCKS)


@given(st.text())
def test_any_text_has_words_and_features(text: str) -> None:
    found = words(text)
    assert all(found)
    for features in BLOCKS:
        assert all(isinstance(name, str) and "\n" not in name for name in features(found))
