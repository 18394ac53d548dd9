"""When two sentences of two versions are one."""

from __future__ import annotations

import pytest

from clauselight.analysis.likeness import SHORTENED, likeness, may_be_like, without_heading

COOKIES = (
    "We also use “cookies” (small text files sent by your computer each time you visit our shop, unique to "
    "your account or your browser) or similar technologies to get log data."
)
SHORT = "We also use “cookies” or similar technologies to obtain log data."


@pytest.mark.parametrize(
    ("before", "after", "one"),
    [
        # Most words of the longer one went.
        (COOKIES, SHORT, True),
        (COOKIES, f"Information from cookies and similar technologies: {SHORT}", True),
        ("Last updated: 5 October 2021", "Effective Date: 02 December 2022", True),
        # Little words stand in every long sentence.
        (COOKIES, "You get it from us.", False),
        (COOKIES, "We sell your personal information to data brokers and banks.", False),
        ("Last updated: 5 October 2021", "How we share what you tell us", False),
    ],
)
def test_a_sentence_that_was_shortened_is_the_same(before: str, after: str, one: bool) -> None:
    assert (likeness(before, after) >= SHORTENED) is one
    assert likeness(after, before) == likeness(before, after)
    assert may_be_like(before, after, SHORTENED) or not one


def test_a_heading_before_a_sentence_is_no_part_of_it() -> None:
    assert without_heading(f"Right to object: {SHORT}") == SHORT
    assert likeness(SHORT, f"Right to object: {SHORT}") == 1
    # What looks like a heading may be none; then it counts.
    listed = "For example, you can: Edit your profile, close your account, and link it to other services."
    assert likeness(listed, "For example, you can: , close your account, and") >= SHORTENED
    # What follows is no sentence of its own, or what stands before it is none of a heading.
    for whole in ("To find out more: visit our shop.", "Object:", f"{' '.join(['Very'] * 10)}: {SHORT}"):
        assert without_heading(whole) == whole


@pytest.mark.parametrize("text", ["", "  ", ".,"])
def test_nothing_is_like_nothing(text: str) -> None:
    assert likeness(text, SHORT) == likeness(text, text) == 0
