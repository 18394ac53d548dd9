"""How two versions differ: what tells nobody, what only moved, and what it says that is new."""

from __future__ import annotations

import random
import time

import pytest

from clauselight.contract.vocabulary import DiffKind, VersionKind
from clauselight.domain.changes import compare, only_looks
from clauselight.domain.word_diff import count_words, similarity, word_diff

POLICY = """Privacy Policy
Last updated: March 3, 2024
1. What we collect
We collect your name and your e-mail address.
We share your data with our 842 partners for advertising.
2. How long we keep it
We keep your data for 30 days.
Contact us at privacy@shop.example."""


def changed(*pairs: tuple[str, str]) -> str:
    text = POLICY
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    "pair",
    [
        ("March 3, 2024", "12 November 2025"),
        ("Last updated: March 3, 2024", "Last updated: 2025-11-12"),
        ("842 partners", "1,017 partners"),
        ("1. What we collect", "1) What We Collect"),
        ("your name and your e-mail", "your name\u00a0and  your e\u2011mail"),
        ("We collect your name and your e-mail address.", "• We collect your name, and your e-mail address"),
        ("We keep your data for 30 days.", "We keep your data\nfor 30 days."),
        ("for advertising.", "for advertising. [12]"),
    ],
    ids=[
        "date",
        "date as digits",
        "counter",
        "marks and case",
        "spaces",
        "bullet",
        "line broken",
        "footnote",
    ],
)
def test_looks_dates_and_counters_tell_nobody(pair: tuple[str, str]) -> None:
    assert compare(POLICY, changed(pair)).kind is VersionKind.COSMETIC
    assert compare(changed(pair), POLICY).kind is VersionKind.COSMETIC


@pytest.mark.parametrize(
    "pair",
    [
        ("30 days", "90 days"),
        ("We share your data", "We do not share your data"),
        ("We keep your data for 30 days.\n", ""),
        ("Contact us", "We train models on what you write.\nContact us"),
        ("privacy@shop", "data@shop"),
    ],
    ids=["a number that matters", "a not", "gone", "added", "an address"],
)
def test_what_it_says_is_substantive(pair: tuple[str, str]) -> None:
    assert compare(POLICY, changed(pair)).kind is VersionKind.SUBSTANTIVE


def test_the_same_text_is_no_change() -> None:
    assert compare(POLICY, POLICY).kind is None


def test_another_order_is_moved() -> None:
    lines = POLICY.split("\n")
    other = "\n".join([*lines[:2], *lines[5:7], *lines[2:5], lines[7]])
    found = compare(POLICY, other)
    assert found.kind is VersionKind.MOVED
    assert found.summary == "The same words in another order: 2 passages now stand elsewhere."


def test_summaries_say_what_happened() -> None:
    reworded = compare(POLICY, changed(("30 days", "90 days")))
    assert reworded.summary == (
        "1 passage reworded (1 word came and 1 went). “your data for 30” became “your data for 90”."
    ) or reworded.summary == (
        "1 passage reworded (1 word came and 1 went). “keep your data for 30” became “keep your data for 90”."
    )
    added = compare(POLICY, changed(("Contact us", "We train models on what you write.\nContact us")))
    assert added.summary == (
        "1 passage added (7 words came and 0 went). New: “We train models on what you write”."
    )
    assert [pair.after for pair in reworded.reworded] == ["We keep your data for 90 days."]


def test_only_looks_is_about_looks_only() -> None:
    assert only_looks("Effective Date: 04 December 2024", "Effective date: 1 January 2026.")
    assert not only_looks("We keep it for 30 days.", "We keep it for 31 days.")


def test_a_diff_gives_both_texts_back() -> None:
    after = changed(("30 days", "90 days"), ("842", "17"), ("Contact us", "Write to us, or call us,"))
    runs = word_diff(POLICY, after)
    assert "".join(run.text for run in runs if run.kind is not DiffKind.DELETE) == after
    assert "".join(run.text for run in runs if run.kind is not DiffKind.INSERT) == POLICY
    assert [run.text for run in runs if run.kind is DiffKind.DELETE][:2] == ["842 ", "30 "]
    assert count_words(runs).deleted == 4


def test_curly_quotes_are_no_difference() -> None:
    assert {run.kind for run in word_diff("“Data” isn’t sold", '"Data" isn\'t  sold')} == {DiffKind.EQUAL}


def test_islands_of_little_words_are_not_shown_as_kept() -> None:
    runs = word_diff(
        "We share your name with all of our partners in advertising.",
        "They sell whatever they learn to some of those people they trade with every day.",
    )
    assert [run.kind for run in runs] == [DiffKind.DELETE, DiffKind.INSERT]


def test_similarity_is_a_share_of_words() -> None:
    assert similarity("we sell your data", "we sell your data") == 1
    assert similarity("we sell your data", "we sell your soul") == 0.75
    assert similarity("", "we") == 0


HOSTILE = random.Random(3)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (" ".join(HOSTILE.choices("ab", k=150_000)), " ".join(HOSTILE.choices("ab", k=150_000))),
        (
            "\n".join(HOSTILE.choices("abcdefgh", k=150_000)),
            "\n".join(HOSTILE.choices("abcdefgh", k=150_000)),
        ),
        (" ".join(map(str, range(50_000))), " ".join(map(str, range(50_000, 0, -1)))),
        ("\n".join(map(str, range(50_000))), "\n".join(f"x{n}" for n in range(50_000))),
    ],
    ids=["two letters", "lines of one letter", "backwards", "nothing in common"],
)
def test_three_hundred_kilobytes_take_a_bounded_time(before: str, after: str) -> None:
    started = time.process_time()
    runs = word_diff(before, after)
    compare(before, after)
    assert time.process_time() - started < 10  # about half a second on an idle machine
    assert "".join(run.text for run in runs if run.kind is not DiffKind.DELETE) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Our 1 partner.", "1," * 60_000 + "x"),
        ("Our 1 partner.", "1" + "." * 120_000 + "x"),
        ("Our 1 partner.", "views" + " " * 120_000 + "x"),
        ("Our 1 partner.", "1 2024 May " * 12_000),
        (
            "\n".join(f"said {n}" if n % 2 else f"old{n} zebra{n}" for n in range(30_000)),
            "\n".join(f"said {n}" if n % 2 else f"new{n} apple{n}" for n in range(30_000)),
        ),
    ],
    ids=["a line of numbers", "a number with dots", "spaces", "dates", "every second line is another"],
)
def test_a_page_that_was_made_to_be_slow_is_compared_in_bounded_time(before: str, after: str) -> None:
    # While versions are compared, the archive can be written to by nobody else.
    started = time.process_time()
    compare(before, after)
    assert time.process_time() - started < 5  # less than half a second on an idle machine
