"""Anchoring finds clauses again as a reader would, refuses what is gone, and never runs away."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauselight.domain.anchoring import (
    Anchor,
    PageIndex,
    QuoteToAnchor,
    anchor_quotes,
    diff_words,
    normalise,
)

OLD = (
    "How we share your data",
    "We may share your personal data with advertising partners to show you relevant ads. "
    "We do not sell your data.",
    "You can delete your account at any time in the settings. We keep backups for 90 days.",
    "Any dispute will be resolved by binding arbitration. You waive your right to a jury trial.",
    "To find out more, please see our Cookie Policy.",
    "We may change these terms at any time. To find out more, please see our Cookie Policy.",
)
SHARE = "We may share your personal data with advertising partners to show you relevant ads."
JURY = "You waive your right to a jury trial."
COOKIES = "To find out more, please see our Cookie Policy."


def page_of(paragraphs: list[str] | tuple[str, ...], separator: str = " ") -> PageIndex:
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(at)
        at += len(paragraph) + len(separator)
    return PageIndex(separator.join(paragraphs), blocks)


def quote_of(exact: str, nth: int = 0) -> QuoteToAnchor:
    text = page_of(OLD).text
    start = -1
    for _ in range(nth + 1):
        start = text.index(exact, start + 1)
    end = start + len(exact)
    return QuoteToAnchor(
        f"{exact}#{nth}", exact, text[max(0, start - 32) : start], text[end : end + 32], start, end
    )


QUOTES = [quote_of(SHARE), quote_of(JURY), quote_of(COOKIES), quote_of(COOKIES, 1)]


def bare(exact: str) -> QuoteToAnchor:
    return QuoteToAnchor("q", exact)


def shown(page: PageIndex, anchor: Anchor) -> str:
    return page.text[anchor.start : anchor.end]


def test_an_unchanged_page_has_every_quote_where_it_was() -> None:
    anchors = anchor_quotes(page_of(OLD), QUOTES)
    assert [a.outcome for a in anchors] == ["found"] * 4
    assert [(a.start, a.end) for a in anchors] == [(q.start, q.end) for q in QUOTES]


def test_a_changed_clause_is_shown_as_the_whole_new_sentence() -> None:
    page = page_of([p.replace("advertising partners", "our own affiliates") for p in OLD])
    anchor = anchor_quotes(page, QUOTES)[0]
    assert anchor.outcome == "changed"
    assert shown(page, anchor) == SHARE.replace("advertising partners", "our own affiliates")


def test_a_verbatim_clause_whose_sentence_goes_on_has_changed() -> None:
    page = page_of([p.replace("jury trial.", "jury trial, unless your law forbids it.") for p in OLD])
    anchor = anchor_quotes(page, QUOTES)[1]
    assert anchor.outcome == "changed"
    assert shown(page, anchor).endswith("unless your law forbids it.")


def test_a_deleted_clause_is_gone_even_when_a_sibling_stands_elsewhere() -> None:
    page = page_of([*(p.replace(" " + JURY, "") for p in OLD), "You keep your right to a fair trial."])
    anchor = anchor_quotes(page, QUOTES)[1]
    assert (anchor.outcome, anchor.start, anchor.end) == ("gone", -1, -1)


def test_a_clause_off_the_order_of_the_others_has_moved() -> None:
    page = page_of([OLD[3], *OLD[:3], *OLD[4:]])
    assert [a.outcome for a in anchor_quotes(page, QUOTES)] == ["found", "moved", "found", "found"]


@pytest.mark.parametrize(
    ("old", "new"),
    [(" ", "\u00a0"), ("ar", "a\u00adr"), ("e", "e\u200b"), ("fi", "\ufb01"), ("We ", "\u2022 We ")],
    ids=["no-break spaces", "soft hyphens", "zero-width spaces", "ligatures", "bullets"],
)
def test_rendering_differences_are_no_changes(old: str, new: str) -> None:
    page = page_of([p.replace(old, new) for p in OLD])
    assert [a.outcome for a in anchor_quotes(page, QUOTES)] == ["found"] * 4


def test_blocks_may_be_joined_without_a_space() -> None:
    assert {a.outcome for a in anchor_quotes(page_of(OLD, ""), QUOTES)} == {"found"}


def test_offsets_count_code_points() -> None:
    page = page_of(["\U0001f512 " + p for p in OLD])
    anchor = anchor_quotes(page, [bare(JURY)])[0]
    assert shown(page, anchor) == JURY


@pytest.mark.parametrize("exact", ["", " ", "\u200b", "\ud800", "x" * 10_000, " ".join(OLD) * 20])
def test_a_quote_that_is_nowhere_is_gone(exact: str) -> None:
    for page in (page_of(OLD), PageIndex("", []), PageIndex("", [0])):
        assert anchor_quotes(page, [bare(exact)])[0].outcome == "gone"


@pytest.mark.parametrize(
    "exact", ["arbitration", "\U0001f512", "我们共享它。", "نشارك بياناتك", "แบ่งปัน", "\ud800"]
)
def test_every_script_and_a_lone_surrogate_are_found(exact: str) -> None:
    page = page_of(
        [
            "An arbitration \U0001f512 here",
            "我们不会出售您的数据。我们共享它。",
            "نحن نشارك بياناتك مع شركاء.",
            "เราอาจแบ่งปันข้อมูล",
            "\ud800",
        ]
    )
    anchor = anchor_quotes(page, [bare(exact)])[0]
    assert anchor.outcome == "found"
    assert shown(page, anchor) == exact


def test_a_quote_that_stands_500_times_keeps_its_place() -> None:
    page = page_of(["See details below."] * 500)
    starts = [0, 250 * 19, 499 * 19]
    quotes = [QuoteToAnchor(str(s), "See details below.", start=s, end=s + 18) for s in starts]
    assert [a.start for a in anchor_quotes(page, quotes)] == starts


TEXT = st.text(
    st.sampled_from("abAB .,'’-12é\u0301\u00ad\u200b\ufb01你لก\U0001f512\ud800\udc00\n"), max_size=300
)


@settings(max_examples=150, deadline=None)
@given(TEXT, st.lists(st.tuples(TEXT, TEXT, TEXT, st.none() | st.integers(0, 400)), max_size=6),
       st.lists(st.integers(0, 300), max_size=5))  # fmt: skip
def test_any_text_gives_one_valid_anchor_for_each_quote(
    text: str, parts: list[tuple[str, str, str, int | None]], blocks: list[int]
) -> None:
    quotes = [
        QuoteToAnchor(str(i), exact, prefix, suffix, start)
        for i, (exact, prefix, suffix, start) in enumerate(parts)
    ]
    quotes += [QuoteToAnchor("own", text[10:60], text[:10], text[60:70], 10)]
    anchors = anchor_quotes(PageIndex(text, sorted(set(blocks))), quotes)
    assert [a.id for a in anchors] == [q.id for q in quotes]
    for a in anchors:
        if a.outcome == "gone":
            assert (a.start, a.end) == (-1, -1)
        else:
            assert 0 <= a.start < a.end <= len(text)
        assert 0 <= a.score <= 1
        assert 0 <= a.margin <= 1


#: Steps that one quote may cost: comparisons, votes, and five windows of three rounds.
MOST_EFFORT = 4 * 2**20 + 512 + 5 * 3 * 512 * 2 * 1100


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("a " * 300_000, "a " * 200),
        ("a " * 300_000, "a " * 200 + "b " + "a " * 200),
        ("a b " * 150_000, "a b " * 150 + "b b"),
        ("a" * 600_000, "a" * 1000),
        ("!" * 600_000, "!" * 500),
        ("a b c d " * 50, "a c b d " * 100_000),
        ("\u200b" * 600_000, "\u200b" * 50),
        ("x" + ".)" * 300_000 + "y", "z" + ".)" * 50_000),
    ],
    ids=["one word", "almost", "two words", "no spaces", "no words", "long quote", "invisible", "edges"],
)  # fmt: skip
def test_hostile_text_costs_bounded_effort(text: str, exact: str) -> None:
    page = PageIndex(text, [0])
    quote = QuoteToAnchor("q", exact, text[:5000], text[-5000:], 10, 20)
    assert len(anchor_quotes(page, [quote] * 2)) == 2
    assert page.effort <= 2 * MOST_EFFORT


@given(TEXT)
def test_normalised_text_leads_back(raw: str) -> None:
    result = normalise(raw)
    assert not result.text.startswith(" ")
    assert not result.text.endswith(" ")
    for i in range(len(result.text)):
        start, end = result.to_raw(i, i + 1)
        assert 0 <= start < end <= len(raw)
    assert "  " not in result.text


def test_the_word_diff_shows_what_went_and_what_came() -> None:
    parts = diff_words("We may share your data.", "We may sell all your data.")
    assert [(p.kind, p.text) for p in parts] == [
        ("same", "We may "), ("removed", "share "), ("added", "sell all "), ("same", "your data."),
    ]  # fmt: skip


@given(TEXT, TEXT)
def test_the_word_diff_keeps_the_page_verbatim(before: str, after: str) -> None:
    parts = diff_words(before, after)
    assert "".join(p.text for p in parts if p.kind != "removed") == after
